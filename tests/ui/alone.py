"""A screen by itself, without the conversation before it."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from textual.app import App
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from advisor.domain.dataset import Tokens
from advisor.domain.events import StageName
from advisor.domain.forecast import forecast
from advisor.domain.planning import make_plan
from advisor.ui.app import AdvisorApp
from advisor.ui.screens.run import RunScreen
from tests.domain.reports import reckoned
from tests.ui.events import BEGAN, until
from tests.ui.fakes import FakeSession
from tests.ui.samples import REPORT, SECOND


class Alone(App[None]):
    """Shows one screen in a terminal like the advisor's."""

    CSS_PATH = AdvisorApp.CSS_PATH
    HORIZONTAL_BREAKPOINTS = AdvisorApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = AdvisorApp.VERTICAL_BREAKPOINTS
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(self, shown: Screen[Any]) -> None:
        super().__init__()
        self.shown = shown
        self.heard: list[Message] = []
        self.results: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self.shown, self.results.append)


def planned(session: FakeSession) -> FakeSession:
    """Give a session the plan that its run follows."""
    session.facts = SECOND
    session.plan = make_plan("distillation", SECOND, REPORT)
    session.forecast = forecast(reckoned(session.plan, Tokens(input_mean=42, label_mean=2, longest=180), 0.71))
    return session


def held(stage: StageName, part: float = 0.5) -> FakeSession:
    """Return a session whose run has come this far and waits."""
    session = planned(FakeSession(until(stage, part)))
    session.held = asyncio.Event()
    return session


def run_screen(session: FakeSession, later: float = 60.0, *, follow: bool = True) -> RunScreen:
    """Return the run screen, its clock stopped `later` seconds after the run began."""
    return RunScreen(session, follow=follow, clock=lambda: BEGAN + later)


async def drawn(pilot: Pilot[None], session: FakeSession) -> RunScreen:
    """Wait until a run has been taken in as far as it goes, and is drawn."""
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, RunScreen)
    await session.caught_up.wait()
    if session.held is None:
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    screen._paint_all()
    await pilot.pause()
    return screen
