"""A run that cannot be left to itself, or is slow to end: it is said, not raised or waited for."""

from __future__ import annotations

from advisor.ui.screens.choice import Choice
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.run import RunScreen
from tests.ui.driving import app_for, settled
from tests.ui.fakes import REFUSED
from tests.ui.runs import ending_slowly, held, running
from tests.ui.test_conversation import said


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


async def test_a_run_that_takes_long_to_end_can_be_ended_at_once() -> None:
    async with ending_slowly() as (session, app, pilot):
        await pilot.press("c", "y")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen) and session.calls == ["run", "cancel_run"]
        await pilot.press("c")
        assert isinstance(app.screen, Choice)
        await pilot.press("y")
        await app.workers.wait_for_complete()
        assert session.calls[:3] == ["run", "cancel_run", "cancel_run at once"]


async def test_leaving_again_while_the_run_ends_does_not_wait() -> None:
    async with ending_slowly() as (session, app, pilot):
        await pilot.press("ctrl+q", "c")
        await pilot.pause()
        assert app.is_running and session.calls == ["run", "cancel_run"]
        await pilot.press("ctrl+q")
    assert "cancel_run at once" in session.calls and app.return_code == 130
