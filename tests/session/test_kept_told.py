"""Whoever opens a file is told of other conversations about it; whoever is refused, how to go on."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.domain.conversation import Ended, Ran, Said
from advisor.domain.model_shape import billions_in, closed_model
from advisor.exporting import record_of_kept
from advisor.session import Session
from advisor.starting import Beginning, guide_to
from advisor.world.templates import render
from tests.session.test_session import READY, said, talk


async def left(home: Path, data: Path) -> Session:
    session = Session(data, kept_in=home / "conversations")
    await session.open()
    await session.reply("yes")
    await session.close()
    return session


async def opened(data: Path) -> str:
    session = Beginning().begin(data=data)
    step = await session.open()
    await session.close()
    return said(step)


def test_an_unfinished_one_about_the_same_file_is_named_at_the_start(home: Path, ticket_file: Path) -> None:
    kept = asyncio.run(left(home, ticket_file))
    assert kept.transcript is not None
    opening = asyncio.run(opened(ticket_file))
    assert "Go on with it? `resume`" in opening and f"`advisor plain --resume {kept.transcript.stem}`" in opening
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "plain", str(ticket_file)], input="quit\n", capture_output=True, text=True
    )
    assert "Not finished: a conversation about this file" in done.stdout
    other = ticket_file.with_name("other.csv")
    other.write_bytes(ticket_file.read_bytes())
    assert "Not finished" not in guide_to(other).opening()


def test_one_open_in_another_terminal_is_said(home: Path, ticket_file: Path) -> None:
    kept = asyncio.run(left(home, ticket_file))
    assert kept.transcript is not None
    holds = (
        "import sys; from pathlib import Path; from advisor.world.sittings import sit_down;"
        "sitting = sit_down(Path(sys.argv[1])); print(sitting is not None, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holds, str(kept.transcript)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "True\n"
        assert "open in another terminal or browser tab" in guide_to(ticket_file).opening()
        other.communicate("")


def test_advice_to_wait_writes_nothing_and_names_the_way_around(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "few.csv"
    data.write_text("text,label\n" + "".join(f"text number {n} here,{'ab'[n % 2]}\n" for n in range(200)))
    given = ["write", str(data), "--set", "prompt_optimization=optimized", "--set", "optimized_score=0.7"]
    assert main(given) == 3
    told = capsys.readouterr().err
    assert "Nothing was written. `--route bootstrap_finetune` overrules the advice" in told
    assert not (tmp_path / "advised").exists()
    assert main(["run", str(tmp_path / "advised" / "few")]) == 2
    assert "There is no such folder." in capsys.readouterr().err
    assert main([*given, "--route", "bootstrap_finetune"]) == 0
    assert "! Under 500 examples a tuned model often learns the examples" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("route", "told"),
    [("finetune", "did you mean bootstrap_finetune or gold_finetune?"), ("distil", "did you mean distillation?"),
     ("stop", "runs nothing"), ("xyz", "the routes are prompt_optimization")],
)  # fmt: skip
def test_a_wrong_route_is_answered_by_the_near_ones(route: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["write", "x.csv", "--route", route])
    assert told in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["write", "--help"])
    assert "gold_finetune       fine-tune on your labels" in capsys.readouterr().out


async def test_the_record_of_a_failed_start_says_why(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    session.events.extend([Ran(folder="runs/x"), Ended(), Said(text="OPENAI_API_KEY is not set.", manner="error")])
    record = record_of_kept(session.events)
    assert record.ended == "OPENAI_API_KEY is not set."
    assert "- nothing. Why: OPENAI" in render("conversation/record.md", record=record)


@pytest.mark.parametrize(
    ("name", "billions"), [("meta-llama/Llama-3.3-70B-Instruct", 70), ("acme/tiny-0.5b", 0.5), ("acme/x8bit", None)]
)
def test_a_size_is_read_from_a_name(name: str, billions: float | None) -> None:
    assert billions_in(name) == billions


CLOSED = {"gpt-4o-mini": True, "openai/gpt-4.1": True, "openai/gpt-oss-20b": False, "anthropic/claude-x": True,
          "Qwen/Qwen3-8B": False}  # fmt: skip


@pytest.mark.parametrize(("name", "closed"), CLOSED.items())
def test_a_closed_model_is_known_by_its_name(name: str, closed: bool) -> None:
    assert closed_model(name) is closed


def test_each_unknown_model_has_a_message_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, told in (
        (str(tmp_path), "has no config.json"), ("gpt-4o-mini", "no open model"),
        ("acme/huge-70B", "about 70 billion weights"), ("acme/typo", "I do not know how large"),
    ):  # fmt: skip
        assert main(["doctor", "--model", name]) == 2
        assert told in capsys.readouterr().err


async def test_another_label_is_offered_as_the_label(ticket_file: Path) -> None:
    step = await Session(ticket_file).open()
    assert next(answer.label for answer in step.answers if answer.value != "yes").startswith("no, the label is ")
