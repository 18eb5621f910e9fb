"""A rented GPU chosen as the host: a project for it, the command to type, and nothing rented by a yes to us."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.conversation import Consented, Planned, Ran
from advisor.replaying import replay
from advisor.resuming import ResumedSession
from advisor.session import Session
from advisor.ui.app import AdvisorApp
from advisor.ui.port import Ready
from advisor.ui.screens.project import ProjectScreen
from advisor.world.project_folder import read_plan
from tests.session.test_rented import ROOT
from tests.session.test_session import said, talk
from tests.ui.driving import reply, settled

SETTINGS = ("student_model=Qwen/Qwen3-8B", "prompt_optimization=optimized", "optimized_score=0.7", "target_score=0.9")
BEFORE = ("yes", "MIPROv2", "better answers", "it stands", "72%", "90%")
REPLIES = (*BEFORE, "rent a GPU", "Qwen/Qwen3-8B")


def advisor(*arguments: str) -> subprocess.CompletedProcess[str]:
    found = subprocess.run(
        [sys.executable, "-m", "advisor", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in found.stderr
    return found


def facts(*more: str) -> list[str]:
    return [part for fact in ("host=sky", *SETTINGS, *more) for part in ("--set", fact)]


async def test_the_talk_ends_with_the_command_and_a_yes_rents_nothing(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *REPLIES)
    assert step.phase == "asking" and step.recommendation.route == "bootstrap_finetune" and not step.answers
    project = session.project
    assert project is not None and (project / "launch.sky.yaml").is_file()
    told = step.messages[-1].text
    assert f"`advisor run {project} --on sky`" in told and "`sky launch` from its README" in told
    assert "price unknown" in said(step) and "I know no price of it and rent nothing" in told
    assert session.forecast is not None and session.forecast.dollars is None and session.consent == told
    again = await session.reply("yes")
    assert again.phase == "asking" and again.messages[-1].text == told
    assert not any(isinstance(event, Consented | Ran) for event in session.events)
    assert "SkyPilot shows the price" in said(await session.reply("what does it cost?"))
    assert "in your cloud account" in said(await session.reply("who sees my rows?"))


async def test_it_is_played_again_and_taken_up_again_as_it_was(ticket_file: Path, tmp_path: Path) -> None:
    session = Session(ticket_file, kept_in=tmp_path / "kept")
    await talk(session, *REPLIES)
    kept, project = session.transcript, session.project
    await session.close()
    assert kept is not None and project is not None
    assert sum(isinstance(event, Planned) for event in session.events) == 1
    assert await replay(kept, tmp_path / "again") == []
    taken_up = ResumedSession(kept)
    step = await taken_up.open()
    await taken_up.close()
    assert taken_up.project == project and f"`advisor run {project} --on sky`" in step.messages[-1].text


async def test_the_screens_offer_no_key_that_would_run_it(ticket_file: Path) -> None:
    session = Session(ticket_file)
    app = AdvisorApp(lambda: Ready(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for text in REPLIES:
            await reply(pilot, text)
        app.screen.action_project()  # type: ignore[attr-defined]
        await pilot.pause()
        assert isinstance(app.screen, ProjectScreen)
        shown = " ".join(app.screen.all_text().split())
        assert "--on sky" in shown and "a machine and a bucket in your cloud account" in shown
        assert not app.screen.check_action("answer", ("yes",))


def test_the_commands_say_the_same(ticket_file: Path, tmp_path: Path) -> None:
    advised = advisor("advise", str(ticket_file), "--json", *facts())
    assert advised.returncode == 0 and json.loads(advised.stdout)["checklist"]["budget"]["state"] == "met"
    project = tmp_path / "project"
    written = advisor("write", str(ticket_file), "--out", str(project), *facts())
    assert written.returncode == 0 and f"`advisor run {project} --on sky`" in written.stderr
    plan = read_plan(project)
    assert "look it up" not in written.stderr and "billed by the hour until it is given back" in advised.stdout
    assert plan.host.driver == "local" and plan.rented and not plan.free and plan.student.price_in is None
    assert plan.tuning is not None and plan.tuning.method == "lora", "the card is rented to hold it"
    here = advisor("run", str(project), "--yes")
    assert here.returncode == 2 and "Add --on sky" in here.stderr and not (project / "runs").exists()


def test_a_limit_that_nothing_keeps_is_said(ticket_file: Path, tmp_path: Path) -> None:
    written = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *facts("budget_usd=20"))
    assert written.returncode == 0 and "Your limit of $20.00 cannot be kept" in written.stderr


def test_a_limit_counts_a_teacher_elsewhere_only_where_its_price_is_known(ticket_file: Path, tmp_path: Path) -> None:
    teacher = ("goal=cost", "budget_usd=20", "teacher_model=anthropic/claude-sonnet-4-5", "current_model=gpt-4.1")
    known = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *facts(*teacher))
    assert "is kept on the bill of Anthropic alone" in known.stderr, known.stderr
    unknown = [fact.replace("claude-sonnet-4-5", "claude-unheard-of") for fact in teacher]
    assert advisor("write", str(ticket_file), "--out", str(tmp_path / "q"), *facts(*unknown)).returncode == 2


@pytest.mark.parametrize("name", ["./mine", "~/mine", "/models/mine"])
async def test_a_model_that_is_a_folder_is_refused_before_anything_is_written(ticket_file: Path, name: str) -> None:
    session = Session(ticket_file)
    step = await talk(session, *BEFORE, "rent a GPU", name)
    assert session.project is None and step.asked == "host"
    told = said(step)
    assert "is a folder of this computer" in told and "hf upload" in told and "`my own GPU`" in told
    offered = [answer.value for answer in step.answers]
    assert "local" in offered and "sky" not in offered


def test_a_folder_that_only_the_disk_shows_is_refused_too(
    ticket_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models" / "mine").mkdir(parents=True)
    written = subprocess.run(
        [sys.executable, "-m", "advisor", "write", str(ticket_file), "--out", "p", *facts("student_model=models/mine")],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert written.returncode == 2 and "is a folder of this computer" in written.stderr, written.stderr
    assert not (tmp_path / "p").exists()


async def test_without_a_gpu_the_rented_one_is_the_way_on(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *BEFORE, "my own GPU", "Qwen/Qwen3-8B", "we have no gpu")
    assert step.asked == "host" and "say `rent a GPU`" in said(step), said(step)
    risk = await session.reply("train it anyway")
    assert "want of memory" in said(risk) and "host is likely" not in said(risk)
    step = await session.reply("rent a GPU")
    assert "--on sky" in said(step)
