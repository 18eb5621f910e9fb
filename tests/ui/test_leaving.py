"""A run that cannot be left to itself: it is said, not raised."""

from __future__ import annotations

from advisor.ui.screens.conversation import ConversationScreen
from tests.ui.driving import app_for, settled
from tests.ui.fakes import REFUSED
from tests.ui.test_conversation import said
from tests.ui.test_run import held, running


async def test_it_is_said_in_the_conversation() -> None:
    session = held("optimize")
    app = app_for(session)
    async with app.run_test() as pilot:
        await running(pilot)
        session.fails = REFUSED
        await pilot.press("d", "y")
        await settled(pilot)
        assert isinstance(app.screen, ConversationScreen)
        assert any(REFUSED.what in text for text in said(app.screen, "error"))


async def test_the_program_ends_with_it() -> None:
    session = held("optimize")
    app = app_for(session)
    async with app.run_test() as pilot:
        await running(pilot)
        session.fails = REFUSED
        await pilot.press("ctrl+q", "d")
        await pilot.pause()
    assert app.return_code == REFUSED.exit_code
