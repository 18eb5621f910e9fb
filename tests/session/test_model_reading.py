"""A model may propose what a reply says; nothing of it holds before a yes, and nothing is sent without leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.conversation import Proposed
from advisor.domain.dialogue import Step
from advisor.domain.facts import Fact, FactName, Source
from advisor.domain.proposal import Failed, Proposal, Reader
from advisor.replaying import replay
from advisor.resuming import ResumedSession
from advisor.session import Session

PUZZLE = "roughly as often as the moon comes back, times a thousand"
STABLE = Fact(name="task_stability", value="stable", source=Source.told, evidence="as often as the moon")


class Model:
    """Answers from a list and remembers what it was sent."""

    def __init__(self, *found: Proposal | Failed) -> None:
        self.found = list(found)
        self.sent: list[tuple[str, FactName | None]] = []
        self.reader = Reader("tester/model", self.propose)

    async def propose(self, reply: str, asked: FactName | None, question: str) -> Proposal | Failed:
        self.sent.append((reply, asked))
        return self.found.pop(0)


def said(step: Step) -> str:
    return "\n".join(message.text for message in step.messages)


async def puzzled(model: Model, data: Path, kept: Path | None = None) -> tuple[Session, Step]:
    session = Session(data, kept_in=kept, reader=model.reader)
    await session.open()
    await session.reply("yes")
    return session, await session.reply(PUZZLE)


async def test_nothing_is_sent_before_a_yes(ticket_file: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session, step = await puzzled(model, ticket_file)
    asked = session.asked
    assert "tester/model" in said(step)
    assert "may I send it" in said(step)
    assert model.sent == []
    step = await session.reply("no")
    assert model.sent == []
    assert step.asked == asked
    step = await session.reply(PUZZLE)
    assert "may I send it" not in said(step)
    assert model.sent == []


async def test_a_proposal_holds_after_a_second_yes(ticket_file: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session, step = await puzzled(model, ticket_file)
    step = await session.reply("yes")
    assert model.sent == [(PUZZLE, session.asked)]
    assert "as often as the moon" in said(step)
    assert not session.facts.has("task_stability")
    step = await session.reply("1")
    assert session.facts.text("task_stability") == "stable"
    assert "Noted: task is settled" in said(step)


async def test_a_no_to_a_proposal_leaves_everything(ticket_file: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)), Proposal())
    session, _ = await puzzled(model, ticket_file)
    before = session.facts
    await session.reply("yes")
    step = await session.reply("n")
    assert session.facts == before
    assert step.asked is not None
    step = await session.reply(PUZZLE)
    assert "may I send it" not in said(step)
    assert "found nothing in it" in said(step)


async def test_a_model_that_fails_leaves_the_conversation_whole(ticket_file: Path) -> None:
    model = Model(Failed(why="The provider refused the key.", detail="401 from the provider"))
    session, _ = await puzzled(model, ticket_file)
    step = await session.reply("yes")
    assert "The provider refused the key." in said(step)
    assert [message.detail for message in step.messages if message.detail] == ["401 from the provider"]
    assert step.asked == session.asked
    await session.reply("the target is 90%")
    assert session.facts.number("target_score") == pytest.approx(0.9)


async def test_what_is_asked_may_be_answered_past_the_model(ticket_file: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session, _ = await puzzled(model, ticket_file)
    await session.reply("the target is 90%")
    assert session.facts.number("target_score") == pytest.approx(0.9)
    assert model.sent == []


async def test_data_that_must_stay_keeps_replies_here_too(ticket_file: Path) -> None:
    model = Model()
    session = Session(ticket_file, reader=model.reader)
    await session.open()
    await session.reply("yes, and the data must stay here")
    step = await session.reply(PUZZLE)
    assert "tester/model" not in said(step)


async def test_a_break_in_the_middle_asks_again_and_pays_once(ticket_file: Path, tmp_path: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session, _ = await puzzled(model, ticket_file, tmp_path / "kept")
    await session.reply("yes")
    assert session.transcript is not None
    again = ResumedSession(session.transcript, reader=model.reader)
    step = await again.open()
    assert "as often as the moon" in said(step)
    await again.reply("yes")
    assert again.facts.text("task_stability") == "stable"
    assert len(model.sent) == 1


async def test_a_replay_asks_no_model(ticket_file: Path, tmp_path: Path) -> None:
    model = Model(Proposal(facts=(STABLE,)))
    session, _ = await puzzled(model, ticket_file, tmp_path / "kept")
    await session.reply("yes")
    await session.reply("yes")
    await session.reply("just give me the advice" if session.asked is None else "that's enough")
    assert any(isinstance(event, Proposed) for event in session.events)
    assert session.transcript is not None
    assert await replay(session.transcript, tmp_path / "again") == []
    assert len(model.sent) == 1


async def resumed(before: Session, model: str) -> tuple[ResumedSession, Model, Step]:
    other = Model(Proposal(facts=(STABLE,)))
    other.reader = Reader(model, other.propose)
    assert before.transcript is not None
    session = ResumedSession(before.transcript, reader=other.reader)
    return session, other, await session.open()


@pytest.mark.parametrize("again", ["tester/model", "other/model"])
async def test_leave_is_for_the_model_that_was_named(again: str, ticket_file: Path, tmp_path: Path) -> None:
    first, _ = await puzzled(Model(), ticket_file, tmp_path / "kept")
    await first.close()
    session, model, step = await resumed(first, again)
    assert again in said(step) and "may I send it" in said(step) and model.sent == []
    await session.reply("yes")
    assert len(model.sent) == 1 and session.story.allowed == again


async def test_a_no_to_one_model_is_none_to_another(ticket_file: Path, tmp_path: Path) -> None:
    first, _ = await puzzled(Model(), ticket_file, tmp_path / "kept")
    await first.reply("no")
    await first.close()
    session, model, _ = await resumed(first, "tester/model")
    assert "may I send it" not in said(await session.reply(PUZZLE))
    await session.close()
    session, model, _ = await resumed(first, "other/model")
    step = await session.reply(PUZZLE)
    assert "may I send it" in said(step) and "other/model" in said(step) and model.sent == []
