"""What overruling the advice does not change: rows that must stay, a door that is closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.session import Session
from tests.session.test_plain import advisor, one_sentence
from tests.session.test_session import said, talk

ALL_KNOWN = (
    "yes", "MIPROv2", "better answers", "it stands", "72%", "90%",
)  # fmt: skip
STAY = ("--set", "data_must_stay=yes")
TRAIN = ("--route", "gold_finetune")


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (("host=together", "student_model=Qwen/Qwen3-8B"), "Together AI would receive your rows"),
        (("host=local", "student_model=Qwen/Qwen3-0.6B", "judge_model=gpt-5"), "gpt-5 answers at OpenAI"),
    ],
)
@pytest.mark.parametrize("route", [(), TRAIN])
def test_write_refuses_to_send_rows_that_must_stay(
    ticket_file: Path, tmp_path: Path, facts: tuple[str, ...], named: str, route: tuple[str, ...]
) -> None:
    told = [part for fact in facts for part in ("--set", fact)]
    done = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *STAY, *told, *route)
    assert done.returncode == 6 and named in done.stderr and "data_must_stay=no" in done.stderr
    assert not (tmp_path / "p").exists()


def test_write_refuses_a_host_that_is_closed_to_the_user(ticket_file: Path, tmp_path: Path) -> None:
    told = ("--set", "host=openai", "--set", "openai_tuned_recently=no", "--set", "student_model=gpt-4.1-mini")
    done = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *told, *TRAIN)
    assert done.returncode == 6 and "OpenAI trains only for organisations" in done.stderr
    assert not (tmp_path / "p").exists()


def test_the_plan_carries_that_rows_must_stay_and_a_run_elsewhere_is_refused(ticket_file: Path, tmp_path: Path) -> None:
    told = (*STAY, "--set", "host=practice")
    assert advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *told).returncode == 0
    kept = tmp_path / "p" / "plan.json"
    plan = json.loads(kept.read_text())
    assert plan["data_must_stay"] is True
    plan["host"] |= {"name": "together", "base_url": "https://api.together.ai/v1", "upload_to": "api.together.ai"}
    kept.write_text(json.dumps(plan | {"practice": False}))
    done = advisor("run", str(tmp_path / "p"), "--yes")
    assert done.returncode == 6 and "Together AI would receive your rows" in one_sentence(done)


def test_write_says_what_a_chosen_route_risks(ticket_file: Path, tmp_path: Path) -> None:
    told = ("--set", "host=nebius", "--set", "student_model=gpt-4.1-mini")
    done = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *told, *TRAIN)
    assert done.returncode == 0 and "! You may pay for training" in done.stderr


async def test_a_model_that_would_be_shown_rows_is_asked_about_before_a_run_is_offered(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, "yes", "this computer; the student is Qwen/Qwen3-0.6B", "the data must stay")
    step = await session.reply("use gpt-5 as judge")
    assert "gpt-5 would be shown some, at OpenAI" in said(step) and step.phase == "asking"
    assert [answer.label for answer in step.answers] == ["go on without gpt-5", "the rows may be shown to OpenAI"]
    step = await session.reply("1")
    assert session.facts.text("judge_model") is None and session.facts.flag("data_must_stay")


async def test_insisting_does_not_open_a_closed_door(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *ALL_KNOWN, "openai", "no", "the student is gpt-4o-mini", "just advise me")
    assert step.recommendation.route == "switch_host"
    step = await session.reply("train anyway")
    assert step.recommendation.route == "switch_host" and step.phase == "asking" and not session.consent
    assert "does not open that door" in said(step)
    step = await session.reply("practice")
    assert step.recommendation.trains
