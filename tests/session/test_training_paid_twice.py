"""A training that its host has lost is paid for once more by a yes to just that, and by no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.domain.conversation import Consented
from advisor.domain.open_now import RunInHand, RunOffered
from advisor.resuming import ResumedSession
from advisor.running import Running
from advisor.session import Session
from advisor.world.run_folder import Run
from tests.session.test_open import TO_AN_OFFER, led
from tests.session.test_session import said

LOST = {
    "kind": "finished", "outcome": "failed", "exit_code": 2,
    "why": "The host knows nothing of the training job ft-1, which this run began and which may have been billed.",
    "try_this": "Train once more, and pay for it again? Go on with --resume --train-again if you mean to.",
}  # fmt: skip
ASKED = "trains once more and pays for the training a second time"


async def broken_off(data: Path, kept: Path) -> Session:
    """Return a conversation that offers to go on with its run."""
    session, _, _ = await led(data, kept, (*TO_AN_OFFER, "yes"))
    async for view in session.run():
        if view.state == "running" and view.current == "baseline":
            await session.cancel_run()
    step = await session.after_run()
    assert "It can go on from where it broke off" in said(step) and ASKED not in said(step)
    return session


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What runs are started with; each finds its training job lost."""
    started: list[dict[str, Any]] = []

    async def start(self: Running, **given: Any) -> Path:
        started.append(given)
        runs = sorted((self.project / "runs").iterdir())
        self.run = Run(self.project, runs[-1])
        with (runs[-1] / "events.jsonl").open("a", encoding="utf-8") as events:
            events.write(json.dumps(LOST | {"t": 9e9 + len(started)}) + "\n")
        return self.run.folder

    monkeypatch.setattr(Running, "start", start)
    return started


async def gone_on(session: Session) -> str:
    """Say yes, follow the run, and return what is said after it."""
    await session.reply("yes")
    async for _ in session.run():
        pass
    return said(await session.after_run())


async def test_the_second_bill_has_a_yes_of_its_own_each_time(
    ticket_file: Path, tmp_path: Path, starts: list[dict[str, Any]]
) -> None:
    with pytest.MonkeyPatch.context() as real:
        real.setattr(Running, "start", ORIGINAL)
        session = await broken_off(ticket_file, tmp_path / "kept")
    told = await gone_on(session)
    assert starts[-1]["resume"] and not starts[-1]["train_again"]
    assert "knows nothing of the training job ft-1" in told and ASKED in told and "--train-again" not in told
    told = await gone_on(session)
    assert starts[-1]["resume"] and starts[-1]["train_again"]
    assert ASKED in told
    agreed = [event for event in session.events if isinstance(event, Consented)]
    assert [event.pays_again for event in agreed] == [False, False, True]
    assert ASKED in agreed[-1].sentence and ASKED not in agreed[-2].sentence
    step = await session.reply("no")
    assert "Nothing was run" in said(step) and len(starts) == 2


async def test_the_question_comes_back_in_the_next_sitting(
    ticket_file: Path, tmp_path: Path, starts: list[dict[str, Any]]
) -> None:
    with pytest.MonkeyPatch.context() as real:
        real.setattr(Running, "start", ORIGINAL)
        session = await broken_off(ticket_file, tmp_path / "kept")
    await gone_on(session)
    await session.close()
    assert session.transcript is not None
    again = ResumedSession(session.transcript)
    step = await again.open()
    assert isinstance(again.story.open, RunOffered) and ASKED in said(step)
    await again.reply("yes")
    assert isinstance(again.story.open, RunInHand) and again.story.open.pays_again
    await again.start()
    assert starts[-1]["resume"] and starts[-1]["train_again"]
    await again.close()


async def test_a_new_run_of_a_changed_case_pays_for_none_that_was_lost(
    ticket_file: Path, tmp_path: Path, starts: list[dict[str, Any]]
) -> None:
    with pytest.MonkeyPatch.context() as real:
        real.setattr(Running, "start", ORIGINAL)
        session = await broken_off(ticket_file, tmp_path / "kept")
    await gone_on(session)
    await session.reply("the task is stable")
    if not isinstance(session.story.open, RunOffered):
        await session.reply("that's enough")
    assert session.story.open == RunOffered()
    await session.reply("yes")
    assert [event.pays_again for event in session.events if isinstance(event, Consented)][-1] is False
    await session.close()


ORIGINAL = Running.start
