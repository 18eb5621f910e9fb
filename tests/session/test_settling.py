"""What does not fit together stands until it is settled, and nothing else is agreed to by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.dialogue import Step
from advisor.domain.proposal import Proposal, Reader
from advisor.resuming import ResumedSession
from advisor.session import Session
from tests.session.test_model_reading import PUZZLE, STABLE, Model

SWAPPED = "the baseline is 80% and the optimized one 70%"
WHICH = "Which score is which?"


async def disagreeing(data: Path, kept: Path | None = None, reader: Reader | None = None) -> tuple[Session, Step]:
    session = Session(data, kept_in=kept, reader=reader)
    await session.open()
    await session.reply("yes")
    return session, await session.reply(SWAPPED)


def said(step: Step) -> str:
    return "\n".join(message.text for message in step.messages)


async def test_it_is_named_and_settled(ticket_file: Path) -> None:
    session, step = await disagreeing(ticket_file)
    assert WHICH in said(step)
    assert len(step.answers) == 3
    step = await session.reply("1")
    assert session.facts.number("optimized_score") == pytest.approx(0.8)
    assert session.facts.number("baseline_score") == pytest.approx(0.7)
    assert WHICH not in said(step)


@pytest.mark.parametrize(
    "reply", ["what's GEPA?", "what if I had 300?", "colourless green ideas", "yes", "the target is 95%"]
)
async def test_it_stands_whatever_else_is_said(ticket_file: Path, reply: str) -> None:
    session, _ = await disagreeing(ticket_file)
    asked = session.asked
    step = await session.reply(reply)
    assert WHICH in step.messages[-1].text
    assert (session.asked, len(step.answers)) == (asked, 3)
    assert not session.facts.has("task_stability")
    await session.reply("1")
    assert session.facts.number("optimized_score") == pytest.approx(0.8)


async def test_skip_leaves_it_standing_and_the_question_behind_it_open(ticket_file: Path) -> None:
    session, _ = await disagreeing(ticket_file)
    step = await session.reply("skip")
    assert WHICH not in said(step)
    assert session.story.skipped == frozenset()
    assert session.facts.number("optimized_score") == pytest.approx(0.7)
    step = await session.reply("the target is 95%")
    assert WHICH not in said(step)


async def test_it_comes_back_with_what_brought_it_up(ticket_file: Path) -> None:
    session, _ = await disagreeing(ticket_file)
    await session.reply("1")
    step = await session.reply("back")
    assert WHICH in said(step)
    await session.reply("skip")
    step = await session.reply("no wait, the optimized prompts score 60%")
    assert WHICH in said(step)


async def test_it_is_put_again_after_a_break(ticket_file: Path, tmp_path: Path) -> None:
    session, _ = await disagreeing(ticket_file, tmp_path / "kept")
    assert session.transcript is not None
    again = ResumedSession(session.transcript)
    step = await again.open()
    assert WHICH in said(step)
    await again.reply("1")
    assert again.facts.number("optimized_score") == pytest.approx(0.8)


async def test_a_yes_to_the_model_is_no_yes_to_the_run_nor_the_other_way(ticket_file: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session = Session(ticket_file, reader=model.reader)
    step = await session.open()
    for reply in ("yes", "by hand", "that's enough"):
        step = await session.reply(reply)
    assert step.phase == "offering"
    step = await session.reply(PUZZLE)
    assert "may I send it" in step.messages[-1].text
    step = await session.reply("what's GEPA?")
    assert "may I send it" in step.messages[-1].text
    assert "Run?" not in said(step)
    step = await session.reply("no")
    assert "Run?" in step.messages[-1].text
    assert model.sent == []
    step = await session.reply("yes")
    assert step.phase == "running"
    assert model.sent == []


async def test_a_proposal_stands_until_it_is_answered(ticket_file: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session = Session(ticket_file, reader=model.reader)
    await session.open()
    await session.reply("yes")
    await session.reply(PUZZLE)
    await session.reply("yes")
    step = await session.reply("why?")
    assert "Is that right?" in step.messages[-1].text
    await session.reply("yes")
    assert session.facts.text("task_stability") == "stable"
