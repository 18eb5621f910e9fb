"""A run on a rented machine that asks other providers too: they are named with their bill, and a yes is theirs."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.about_runs import who_sees
from advisor.domain.advice import advise
from advisor.domain.at_hand import AtHand
from advisor.domain.checklist import check
from advisor.domain.forecast import forecast
from advisor.session import Session
from advisor.world.project_folder import read_plan
from tests.domain.test_supposing import READY, case
from tests.session.test_rented import ROOT, SKY, local_plan, write
from tests.session.test_rented_offer import BEFORE, advisor
from tests.session.test_session import said, talk

HELPED = (
    "host=sky", "goal=cost", "student_model=Qwen/Qwen3-8B", "current_model=gpt-4.1", "teacher_model=gpt-4.1",
    "prompt_model=anthropic/claude-sonnet-4-5", "judge_model=gpt-5", "prompt_optimization=optimized",
    "optimized_score=0.7", "target_score=0.9",
)  # fmt: skip
BILLED = "Rows are also shown to OpenAI and Anthropic. The bill of OpenAI and Anthropic, the machine apart: likely $"
QUESTION = "May rows be shown to OpenAI and Anthropic? y / n"


@pytest.fixture
def helped(ticket_file: Path, tmp_path: Path) -> tuple[Path, str]:
    """A project whose teacher, writer of prompts and judge answer elsewhere, and what was said when it was written."""
    project = tmp_path / "project"
    given = [part for fact in HELPED for part in ("--set", fact)]
    written = advisor("write", str(ticket_file), "--out", str(project), *given)
    assert written.returncode == 0, written.stderr
    return project, " ".join(written.stderr.split())


def on_a_terminal(project: Path, tmp_path: Path, answers: str) -> tuple[int, str, bool]:
    """Return the exit code, what was said, and whether SkyPilot was started."""
    program, started = tmp_path / "bin" / "sky", tmp_path / "started"
    program.parent.mkdir(exist_ok=True)
    stub = SKY.format(python=sys.executable).replace(
        "import os, sys", f"import os, sys\nopen({str(started)!r}, 'w').close()"
    )
    program.write_text(stub)
    program.chmod(0o755)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "run", str(project), "--on", "sky"], cwd=ROOT, stdin=theirs,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
             "OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"},
    )  # fmt: skip
    os.write(ours, answers.encode())
    told = process.communicate(timeout=60)[0]
    os.close(ours)
    os.close(theirs)
    assert "Traceback" not in told
    return process.returncode, " ".join(told.split()), started.exists()


def test_the_written_project_names_them_with_their_bill(helped: tuple[Path, str]) -> None:
    _, told = helped
    assert "student Qwen/Qwen3-8B (a rented cloud GPU), teacher openai/gpt-4.1 (OpenAI)" in told
    assert "judge openai/gpt-5 (OpenAI)" in told and BILLED in told and "price unknown" not in told
    assert "The machine apart: its price is shown by SkyPilot." in told


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_skypilot_is_started_after_a_yes_to_them_alone(helped: tuple[Path, str], tmp_path: Path) -> None:
    project, _ = helped
    code, told, started = on_a_terminal(project, tmp_path, "n\ny\n")
    assert code == 2 and not started and "Nothing was run." in told and "Proceed?" not in told
    assert BILLED in told and QUESTION in told and "teacher openai/gpt-4.1 (OpenAI)" in told
    code, told, started = on_a_terminal(project, tmp_path, "y\ny\n")
    assert code == 0 and started and told.index(QUESTION) < told.index("Proceed?"), told


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_where_nobody_else_is_asked_no_yes_is_either(tmp_path: Path) -> None:
    code, told, started = on_a_terminal(write(local_plan(), tmp_path), tmp_path, "y\n")
    assert code == 0 and started and "y / n" not in told
    assert "Models: student Qwen/Qwen3-0.6B (a rented cloud GPU)" in told and "also shown" not in told


async def test_the_conversation_says_the_same(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(
        session,
        *BEFORE,
        "rent a GPU",
        "Qwen/Qwen3-8B, the judge is gpt-5 and gpt-4.1 writes the prompts",
        "$20",
    )
    told = step.messages[-1].text
    assert "judge openai/gpt-5 (there too)" in told and "Rows are also shown to OpenAI." in told, said(step)
    assert "at most $20.00 (your limit)" in told and session.consent == told and not step.answers
    assert "shows rows to OpenAI too" in said(await session.reply("who sees my rows?"))
    await session.close()


def test_asked_who_sees_the_rows_they_are_named(helped: tuple[Path, str]) -> None:
    plan = read_plan(helped[0])
    facts = case(READY)
    hand = AtHand(facts, advise(facts, check(facts)), plan, forecast(plan))
    assert "shows rows to OpenAI and Anthropic too" in who_sees(hand)
