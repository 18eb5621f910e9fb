"""A yes is a yes to the one thing that is open, in this sitting and in the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.conversation import Closed, Left
from advisor.domain.dialogue import Step
from advisor.domain.open_now import (
    Disagreement,
    FactAsked,
    FactsProposed,
    LeaveToRead,
    Nothing,
    Over,
    RunInHand,
    RunOffered,
)
from advisor.domain.proposal import Proposal
from advisor.errors import UsageError
from advisor.resuming import ResumedSession
from advisor.running import Running
from advisor.session import Session
from tests.session.test_model_reading import PUZZLE, STABLE, Model
from tests.session.test_settling import SWAPPED

TO_AN_OFFER = ("yes", "by hand", "that's enough")
TO_ADVICE_ALONE = ("yes", "there is no metric", "that's enough")
MEANT = ("understood", "allowed", "consented")
"""What a yes may have meant, by what is written down after it."""

SAID: dict[str, tuple[tuple[str, ...], type[object], set[str], type[object]]] = {
    "the guessed label": ((), FactAsked, {"understood"}, FactAsked),
    "a question with choices": (("yes",), FactAsked, set(), FactAsked),
    "a disagreement": (("yes", SWAPPED), Disagreement, set(), Disagreement),
    "a disagreement before the label": ((SWAPPED,), Disagreement, set(), Disagreement),
    "leave to read": (("yes", PUZZLE), LeaveToRead, {"allowed"}, FactsProposed),
    "leave to read, before an offer": ((*TO_AN_OFFER, PUZZLE), LeaveToRead, {"allowed"}, FactsProposed),
    "a proposal": (("yes", PUZZLE, "yes"), FactsProposed, {"understood"}, FactAsked),
    "a proposal, before an offer": ((*TO_AN_OFFER, PUZZLE, "yes"), FactsProposed, {"understood"}, RunOffered),
    "an offer": (TO_AN_OFFER, RunOffered, {"consented"}, RunInHand),
    "advice alone": (TO_ADVICE_ALONE, Nothing, set(), Nothing),
}  # fmt: skip
"""What leads there, what is open then, what a yes means to it, and what is open next."""


async def led(data: Path, kept: Path, replies: tuple[str, ...]) -> tuple[Session, Model, Step]:
    model = Model(Proposal(facts=(STABLE,)))
    session = Session(data, kept_in=kept, reader=model.reader)
    step = await session.open()
    for reply in replies:
        step = await session.reply(reply)
    return session, model, step


async def meant(session: Session, reply: str) -> set[str]:
    before = len(session.events)
    await session.reply(reply)
    return {kind for event in session.events[before:] if (kind := event.kind) in MEANT}


@pytest.mark.parametrize("name", SAID)
async def test_a_yes_means_yes_to_what_is_open(name: str, ticket_file: Path, tmp_path: Path) -> None:
    replies, opened, understood, following = SAID[name]
    session, _, _ = await led(ticket_file, tmp_path / "kept", replies)
    assert isinstance(session.story.open, opened)
    assert await meant(session, "yes") == understood
    assert isinstance(session.story.open, following)


@pytest.mark.parametrize("name", SAID)
async def test_it_is_put_again_in_another_sitting_and_a_yes_means_the_same(
    name: str, ticket_file: Path, tmp_path: Path
) -> None:
    replies, _, understood, following = SAID[name]
    session, model, before = await led(ticket_file, tmp_path / "kept", replies)
    assert session.transcript is not None
    again = ResumedSession(session.transcript, reader=model.reader)
    step = await again.open()
    assert again.story.open == session.story.open
    assert (step.phase, step.asked, step.answers) == (before.phase, before.asked, before.answers)
    assert step.messages[-1].text == before.messages[-1].text
    assert await meant(again, "yes") == understood
    assert isinstance(again.story.open, following)


@pytest.mark.parametrize("name", SAID)
async def test_a_yes_that_is_more_than_a_yes_agrees_to_nothing(name: str, ticket_file: Path, tmp_path: Path) -> None:
    replies, opened, _, _ = SAID[name]
    session, model, _ = await led(ticket_file, tmp_path / "kept", replies)
    sent = len(model.sent)
    assert not await meant(session, "yes, and the target is 85%") & {"allowed", "consented"}
    assert len(model.sent) == sent
    assert session.facts.number("target_score") == pytest.approx(0.85)
    if opened is not FactAsked:
        assert not session.facts.has("task_stability")


async def test_a_yes_to_something_else_does_not_confirm_the_label_beneath(ticket_file: Path, tmp_path: Path) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", (SWAPPED,))
    await session.reply("yes, and the target is 85%")
    label = session.facts.get("label_field")
    assert label is not None and label.evidence != "confirmed"


async def test_a_disagreement_left_standing_leads_on(ticket_file: Path, tmp_path: Path) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", ("yes", "MIPROv2", "that's enough", SWAPPED))
    assert isinstance(session.story.open, Disagreement)
    assert session.story.open.beneath == Nothing()
    step = await session.reply("skip")
    assert step.messages
    assert isinstance(session.story.open, RunOffered)


async def test_an_agreement_without_a_run_is_asked_for_again(ticket_file: Path, tmp_path: Path) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", (*TO_AN_OFFER, "yes"))
    assert session.story.open == RunInHand()
    assert session.transcript is not None
    again = ResumedSession(session.transcript)
    step = await again.open()
    assert again.story.open == RunOffered()
    assert "Run?" in step.messages[-1].text


async def test_a_run_that_cannot_be_started_leaves_nothing_agreed_to(
    ticket_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(running: Running, **_: object) -> Path:
        raise UsageError("The disk is full.")

    monkeypatch.setattr(Running, "start", fails)
    session, _, _ = await led(ticket_file, tmp_path / "kept", (*TO_AN_OFFER, "yes"))
    with pytest.raises(UsageError):
        async for _ in session.run():
            pass
    assert (session.story.open, session.running) == (Nothing(), None)
    step = await session.leave_running()
    assert not any("goes on by itself" in message.text for message in step.messages)
    step = await session.reply("yes")
    assert step.phase == "offering"


async def test_a_run_that_broke_off_is_offered_in_the_next_sitting_too(ticket_file: Path, tmp_path: Path) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", (*TO_AN_OFFER, "yes"))
    async for view in session.run():
        if view.state == "running" and view.current == "baseline":
            await session.cancel_run()
    before = await session.after_run()
    assert isinstance(session.story.open, RunOffered)
    broken = session.story.open.broken
    assert broken and "It can go on from where it broke off" in before.messages[-1].text
    step = await session.reply("what if I had 300?")
    assert step.messages[-1].text == before.messages[-1].text
    await session.close()
    assert session.transcript is not None
    again = ResumedSession(session.transcript)
    step = await again.open()
    assert again.story.open == RunOffered(broken)
    assert step.messages[-1].text == before.messages[-1].text
    assert await meant(again, "yes") == {"consented"}
    running = await again.start()
    assert str(running.started.folder) == broken
    await again.close()


async def test_a_run_left_to_itself_is_open_no_more_until_it_is_come_back_to(ticket_file: Path, tmp_path: Path) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", (*TO_AN_OFFER, "yes"))
    await session.start()
    step = await session.leave_running()
    assert (step.phase, session.story.open) == ("asking", Nothing())
    assert any(isinstance(event, Left) for event in session.events)
    await session.close()
    assert not any(isinstance(event, Closed) for event in session.events)
    assert session.transcript is not None
    again = ResumedSession(session.transcript)
    step = await again.open()
    assert step.phase == "running"
    await again.cancel_run()
    await again.close()


async def test_the_end_is_written_down_with_the_word_for_it(ticket_file: Path, tmp_path: Path) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", ("yes", "quit"))
    assert session.story.open == Over(FactAsked("prompt_optimization"))
    await session.close()
    assert sum(isinstance(event, Closed) for event in session.events) == 1
    assert session.transcript is not None
    step = await ResumedSession(session.transcript).open()
    assert (step.phase, step.asked) == ("asking", "prompt_optimization")


async def test_a_yes_to_a_new_run_does_not_go_on_with_a_broken_one(
    ticket_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, _ = await led(ticket_file, tmp_path / "kept", (*TO_AN_OFFER, "yes"))
    async for view in session.run():
        if view.current == "baseline":
            await session.cancel_run()
    await session.after_run()
    assert isinstance(session.story.open, RunOffered) and session.story.open.broken
    await session.reply("the task is stable")
    if not isinstance(session.story.open, RunOffered):
        await session.reply("that's enough")
    assert session.story.open == RunOffered()
    assert await meant(session, "yes") == {"consented"}
    asked: list[object] = []

    async def refuse(self: Running, *, budget: float | None, resume: bool, train_again: bool) -> None:
        asked.append(resume)
        raise UsageError("Not today.")

    monkeypatch.setattr(Running, "start", refuse)
    with pytest.raises(UsageError):
        await session.start()
    assert asked == [False]
    await session.close()
