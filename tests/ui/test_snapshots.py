"""How the screens look; every picture was looked at before it was kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from advisor.domain.facts import Source
from advisor.ui.app import AdvisorApp
from advisor.ui.themes import CONTRAST
from advisor.ui.widgets.prompt import Prompt
from tests.ui.driving import app_for, reply, settled
from tests.ui.events import until, whole_run
from tests.ui.fakes import OFFERS, FakeBeginning, FakeSession
from tests.ui.runs import ended, running
from tests.ui.samples import fact

SIZES = [(80, 24), (120, 36)]

Snap = Callable[..., bool]


async def still(pilot: Pilot[None]) -> None:
    """Stop what moves by itself."""
    await settled(pilot)
    pilot.app.screen.query_one(Prompt).cursor_blink = False


def sources() -> FakeSession:
    """Return a session that knows something from every source."""
    session = FakeSession()
    session.facts = session.facts.learn(
        fact("goal", "cost", Source.assumed, "nothing else was said"),
        fact("forecast_usd", 1.5, Source.computed, "forecast"),
    )
    return session


@pytest.mark.parametrize("size", SIZES)
def test_conversation(snap_compare: Snap, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        await reply(pilot, "only by hand, gets about 71")

    assert snap_compare(app_for(FakeSession()), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_project(snap_compare: Snap, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        await reply(pilot, "by hand")
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("down")

    assert snap_compare(app_for(FakeSession()), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_run(snap_compare: Snap, size: tuple[int, int]) -> None:
    session = FakeSession(until("optimize"))

    async def act(pilot: Pilot[None]) -> None:
        session.held = asyncio.Event()
        await running(pilot)

    assert snap_compare(app_for(session, later=52), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_comparison(snap_compare: Snap, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await ended(pilot)

    assert snap_compare(app_for(FakeSession(whole_run())), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
def test_facts(snap_compare: Snap, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        await reply(pilot, "by hand")
        await pilot.press("f8")
        await pilot.pause()

    assert snap_compare(app_for(sources()), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_correcting(snap_compare: Snap, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        await reply(pilot, "by hand")
        await pilot.press("ctrl+e", "ctrl+e")
        await pilot.pause()
        pilot.app.screen.query_one(Input).cursor_blink = False
        await pilot.press(*"most", "enter")
        await settled(pilot)

    assert snap_compare(app_for(FakeSession()), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
def test_start(snap_compare: Snap, size: tuple[int, int]) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await settled(pilot)

    assert snap_compare(AdvisorApp(lambda: FakeBeginning(*OFFERS)), terminal_size=size, run_before=act)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["ctrl+o", "f7", "f1"])
def test_pane(snap_compare: Snap, size: tuple[int, int], key: str) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        await pilot.press(key)
        await settled(pilot)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False

    assert snap_compare(app_for(FakeSession()), terminal_size=size, run_before=act)


def test_narrow(snap_compare: Snap) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        await reply(pilot, "by hand")

    assert snap_compare(app_for(FakeSession()), terminal_size=(60, 20), run_before=act)


def test_high_contrast(snap_compare: Snap) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)
        pilot.app.theme = CONTRAST
        await pilot.press("f8")
        await pilot.pause()

    assert snap_compare(app_for(sources()), terminal_size=(100, 30), run_before=act)


def test_light(snap_compare: Snap) -> None:
    app: AdvisorApp = app_for(FakeSession())
    app.theme = "textual-light"

    async def act(pilot: Pilot[None]) -> None:
        await still(pilot)

    assert snap_compare(app, terminal_size=(100, 30), run_before=act)
