"""Deep checks as the screens show them: how far one is, the key that asks for it, what was found told in its turn."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from advisor.domain.deep_words import under_way
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.report import ReportScreen
from advisor.ui.widgets.reading_line import ReadingLine, drawn
from tests.domain.reports import CLOSER, TICKETS
from tests.ui.driving import app_for, reply, settled
from tests.ui.reporting import Reads, opened, text

NEAR = under_way("near", "tickets.csv", 12.3)
assert CLOSER.close is not None
UNCHECKED = CLOSER.model_copy(update={"close": CLOSER.close.model_copy(update={"near": None, "curve": None})})


def keys(screen: ReportScreen) -> dict[str, str]:
    """Return what the keys of a screen do now."""
    return {key: active.binding.description for key, active in screen.active_bindings.items() if active.enabled}


async def looked(pilot: Pilot[None]) -> ConversationScreen:
    """Have the conversation look at the checks, as it does twice a second."""
    screen = next(one for one in pilot.app.screen_stack if isinstance(one, ConversationScreen))
    screen._look_at_checks()
    await settled(pilot)
    return screen


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (100, "looking for near copies in tickets.csv  12 s of 8 minutes at most  esc stops"),
        (80, "looking for near copies in tickets.csv  12 s of 8 minutes at most  esc stops"),
        (60, "looking for near copies in tickets.csv  12 s  esc stops"),
    ],
)
def test_the_line_of_a_check_says_its_time(room: int, shown: str) -> None:
    assert drawn(NEAR, room).plain == shown


async def test_how_far_a_check_is_stands_below_the_talk_and_escape_ends_it() -> None:
    session = Reads(UNCHECKED)
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        session.checking = NEAR
        screen = await looked(pilot)
        line = screen.query_one(ReadingLine)
        assert line.display and "12 s of 8 minutes" in str(line.content)
        await pilot.press("escape")
        assert session.calls == ["stop_reading"]
        session.checking = None
        await looked(pilot)
        assert not line.display


async def test_what_was_found_is_told_once_and_only_between_two_turns() -> None:
    session = Reads(UNCHECKED)
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen, session.step_held = app.screen, asyncio.Event()
        assert isinstance(screen, ConversationScreen)
        screen.prompt.text = "bootstrap few-shot"
        screen.prompt.action_send()
        await pilot.pause()
        session.checked = True
        screen._look_at_checks()
        await pilot.pause()
        assert "tell_checks" not in session.calls, "the turn that is running would be cut off"
        session.step_held.set()
        await settled(pilot)
        assert "Done." in screen.all_text()
        screen.prompt.text = "half a thought"
        await looked(pilot)
        await looked(pilot)
        assert session.calls == ["tell_checks"] and "I looked into near copies: 3 of 812." in screen.all_text()
        assert screen.prompt.text == "half a thought" and not screen.prompt.waiting


async def test_nothing_is_told_while_a_run_is_followed() -> None:
    session = Reads(UNCHECKED)
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        session.held = asyncio.Event()
        await reply(pilot, "bootstrap few-shot")
        await reply(pilot, "yes")
        session.checked = True
        await looked(pilot)
        assert "tell_checks" not in session.calls
        session.held.set()
        await settled(pilot)


@pytest.mark.parametrize(
    ("section", "asks"), [("copies", "check for near copies"), ("curve", "draw the learning curve"), ("noise", "")]
)
async def test_a_section_that_lacks_its_check_has_a_key_that_asks_for_it(section: str, asks: str) -> None:
    session = Reads(UNCHECKED)
    session.look_held.set()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, section)
        assert ("d" in keys(screen)) == bool(asks)
        assert (f"say “{asks}”" in text(screen).replace("\n", " ")) == bool(asks)
        await pilot.press("d")
        await settled(pilot)
        assert session.replies == ([asks] if asks else []) and app.screen is screen


async def test_while_a_check_is_under_way_another_key_ends_it_and_the_line_stands_in_the_report() -> None:
    session = Reads(UNCHECKED)
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "copies")
        assert keys(screen)["d"] == "check for it" and "x" not in keys(screen)
        session.checking = NEAR
        await looked(pilot)
        screen.look()
        assert keys(screen)["x"] == "stop the check" and "d" not in keys(screen)
        assert "near copies in tickets.csv" in str(screen.query_one(ReadingLine).content)
        await pilot.press("d", "x")
        assert session.calls == ["stop_reading"] and not session.replies


async def test_before_the_closer_look_no_check_can_be_asked_for() -> None:
    app = app_for(Reads(TICKETS.model_copy(update={"close": None})))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "d" not in keys(await opened(pilot, "noise"))
