"""On the screen, too, a conversation that was left is gone on with by the first reply."""

from __future__ import annotations

from pathlib import Path

from advisor.starting import Beginning
from advisor.ui.app import AdvisorApp
from tests.session.test_kept_told import left
from tests.ui.driving import reply, settled


async def test_the_first_reply_opens_the_one_that_was_left(home: Path, ticket_file: Path) -> None:
    kept = await left(home, ticket_file)
    app = AdvisorApp(Beginning, ticket_file)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        new = app.session
        assert new is not None and new.transcript != kept.transcript
        await reply(pilot, "resume")
        while app.session is new:
            await pilot.pause()
        await settled(pilot)
        assert app.session is not None and app.session.transcript == kept.transcript
        assert app.session.facts.text("label_field") == kept.facts.text("label_field")
        await reply(pilot, "by hand")
        assert app.session.facts.text("prompt_optimization") == "by_hand"


async def test_one_that_cannot_be_opened_leaves_the_new_one(home: Path, ticket_file: Path) -> None:
    kept = await left(home, ticket_file)
    app = AdvisorApp(Beginning, ticket_file)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        new = app.session
        assert new is not None and kept.transcript is not None
        kept.transcript.unlink()
        await reply(pilot, "resume")
        assert app.session is new and app._notifications
        await reply(pilot, "yes")
        assert new.facts.has("label_field")
