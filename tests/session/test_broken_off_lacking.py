"""A run that was broken off stays known where a key or a package it needs is not there for now."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import case_file
from advisor.domain.open_now import RunOffered
from advisor.resuming import ResumedSession
from advisor.session import Session
from tests.session.test_open import meant
from tests.session.test_session import said
from tests.session.test_training_paid_twice import broken_off

LACK = "It cannot start here yet: SOME_API_KEY (Somebody) is not set."


async def taken_up(session: Session) -> ResumedSession:
    await session.close()
    assert session.transcript is not None
    return ResumedSession(session.transcript)


async def test_it_is_gone_on_with_once_the_key_is_there_and_never_begun_anew(ticket_file: Path, tmp_path: Path) -> None:
    session = await broken_off(ticket_file, tmp_path / "kept")
    offered = session.story.open
    assert isinstance(offered, RunOffered) and offered.broken

    with pytest.MonkeyPatch.context() as bare:
        bare.setattr(case_file, "lacks", lambda plan, here: (LACK,))
        without = await taken_up(session)
        step = await without.open()
        command = f"`advisor run {without.project} --resume`"
        assert LACK in said(step) and command in said(step) and command in without.consent
        assert (step.phase, step.answers) == ("asking", ())
        for reply in ("yes", "what if I had 300?"):
            assert await meant(without, reply) == set()
            assert without.story.open == offered
        assert command in said(await without.reply("no"))

    again = await taken_up(without)
    step = await again.open()
    assert again.story.open == offered and step.phase == "offering"
    assert "It can go on from where it broke off" in step.messages[-1].text
    assert await meant(again, "yes") == {"consented"}
    running = await again.start()
    assert str(running.started.folder) == offered.broken
    await again.close()
