"""What a changed, corrected or taken back answer does to what was built on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.facts import Fact, Facts, Source
from advisor.session import Session
from tests.session.test_session import READY, said, talk


async def test_another_file_makes_the_first_ones_figures_void(tmp_path: Path, ticket_file: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("body,kind\n" + "".join(f"text number {n} here,{'ab'[n % 2]}\n" for n in range(60)))
    session = Session(ticket_file)
    await talk(session, "yes")
    await session.reply(f'"{other}"')
    assert session.facts.number("usable_examples") == 60
    assert session.facts.text("label_field") == "kind"
    fact = session.facts.get("label_field")
    assert fact is not None
    assert fact.source == Source.assumed


async def test_another_host_makes_measured_scores_void(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    session.suppose(
        tuple(
            Fact(name=name, value=value, source=Source.measured, evidence="run x")
            for name, value in (("optimized_score", 0.93), ("tuned_score", 0.95), ("fine_tuning_result", "reached"))
        )
    )
    assert session.recommendation.route == "stop"
    await session.reply("use OpenAI")
    assert session.facts.number("optimized_score") == pytest.approx(0.72)
    assert not session.facts.has("fine_tuning_result")


async def test_a_forecast_never_outlives_its_plan(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    before = session.checklist["budget"]
    step = await session.reply("use Nebius")
    assert (before.state, step.checklist["budget"].state) == ("met", "unknown")


async def test_a_correction_changes_the_advice(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    step = await session.reply("sorry, I meant 70% is the target")
    assert session.facts.number("target_score") == pytest.approx(0.7)
    assert step.recommendation.route == "stop"


@pytest.mark.parametrize("reply", ["no wait, 73", "actually it scored 73, not 72", "sorry, 73%"])
async def test_the_answer_before_can_be_corrected(ticket_file: Path, reply: str) -> None:
    target = Fact(name="target_score", value=0.9, source=Source.told)
    session = Session(ticket_file, told=Facts().learn(target))
    step = await talk(session, "yes", "MIPROv2", "better answers", "it stands", "72%", reply)
    assert session.facts.number("optimized_score") == pytest.approx(0.73)
    assert step.asked == "host"


async def test_back_takes_the_last_answer_back(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, "yes", "by hand")
    assert step.asked == "task_stability"
    step = await session.reply("back")
    assert step.asked == "prompt_optimization"
    assert not session.facts.has("prompt_optimization")
    await session.reply("back")
    step = await session.reply("back")
    assert "nothing to take back" in said(step)


async def test_a_changed_answer_replaces_an_unused_project_and_keeps_an_edited_one(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY)
    await session.reply("the target is 95%")
    folder = ticket_file.parent / "advised"
    assert [path.name for path in folder.iterdir()] == ["tickets"]
    assert session.project is not None
    (session.project / "program.py").write_text("# mine\n")
    await session.reply("the target is 97%")
    assert sorted(path.name for path in folder.iterdir()) == ["tickets", "tickets-2"]
    assert (folder / "tickets" / "program.py").read_text() == "# mine\n"


async def test_a_count_told_against_the_file_is_named_once(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, "yes", "we have 5,000 labelled examples")
    assert said(step).count("600") == 1
    assert session.facts.number("usable_examples") == 600
