"""Runs that a test of the screens begins, holds or ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from advisor.domain.events import StageName
from advisor.ui.app import AdvisorApp
from advisor.ui.screens.run import RunScreen
from tests.ui.driving import app_for, reply, settled
from tests.ui.events import until
from tests.ui.fakes import FakeSession


def held(stage: StageName, part: float = 0.5) -> FakeSession:
    """Return a session whose run has come this far and waits."""
    session = FakeSession(until(stage, part))
    session.held = asyncio.Event()
    return session


async def running(pilot: Pilot[None]) -> RunScreen:
    """Go through the conversation to the run screen."""
    await settled(pilot)
    await reply(pilot, "by hand")
    await reply(pilot, "y")
    screen = pilot.app.screen
    assert isinstance(screen, RunScreen)
    await pilot.pause()
    screen._paint_all()
    await pilot.pause()
    return screen


async def ended(pilot: Pilot[None]) -> RunScreen:
    screen = await running(pilot)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen


@asynccontextmanager
async def ending_slowly() -> AsyncIterator[tuple[FakeSession, AdvisorApp, Pilot[None]]]:
    """Show a run in training that ends only when its `ending` is set."""
    session = held("train")
    session.ending = asyncio.Event()
    app = app_for(session)
    async with app.run_test() as pilot:
        await running(pilot)
        yield session, app, pilot
