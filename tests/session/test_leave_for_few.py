"""A leave for a few: what is asked, offered, written and run under it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.domain.leave import given_to
from advisor.session import Session
from tests.session.test_plain import advisor, one_sentence
from tests.session.test_rows_stay import ALL_KNOWN
from tests.session.test_session import READY, said, talk

KNOWN = ("the student is gpt-4.1-mini", "just advise me")


async def test_a_leave_that_leaves_somebody_out_is_asked_about(ticket_file: Path) -> None:
    session = Session(ticket_file)
    step = await talk(session, *READY[:-1], "the rows can be uploaded to anyone but OpenAI")
    assert "I took no leave from that" in said(step) and step.asked == "host"
    assert session.facts.get("data_must_stay") is None


@pytest.mark.parametrize("insists", ["skip", "train anyway"])
async def test_no_insisting_sends_rows_to_one_without_leave(ticket_file: Path, insists: str) -> None:
    session = Session(ticket_file)
    await talk(session, *ALL_KNOWN, "the rows may be shown to OpenAI")
    step = await session.reply("nebius")
    assert "You said the rows may go to OpenAI; Nebius Token Factory" in said(step)
    step = await talk(session, insists, *KNOWN, "train anyway")
    assert step.phase == "asking" and not session.consent
    assert step.recommendation.route == "switch_host"


async def test_leave_given_for_the_next_is_beside_the_one_before_and_may_be_taken_back(ticket_file: Path) -> None:
    session = Session(ticket_file)
    await talk(session, *READY[:-1], "the rows may be shown to OpenAI", "nebius", "3")
    assert given_to(session.facts) == ("OpenAI", "Nebius Token Factory")
    await session.reply("back")
    assert given_to(session.facts) == ("OpenAI",)


def test_a_run_at_one_without_leave_is_refused(ticket_file: Path, tmp_path: Path) -> None:
    assert advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), "--set", "host=practice").returncode == 0
    kept = tmp_path / "p" / "plan.json"
    plan = json.loads(kept.read_text())
    assert plan["rows_may_go_to"] == []
    plan["host"] |= {"name": "together", "base_url": "https://api.together.ai/v1", "upload_to": "api.together.ai"}
    kept.write_text(json.dumps(plan | {"practice": False, "rows_may_go_to": ["OpenAI"]}))
    done = advisor("run", str(tmp_path / "p"), "--yes")
    assert done.returncode == 6 and "you said the rows may go to OpenAI" in one_sentence(done)
