"""The report while the file is counted again: left, stopped, refused."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot

from advisor.domain.dialogue import ReadingProgress, Step
from advisor.domain.facts import FactName
from advisor.errors import UsageError
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.widgets.reading_line import ReadingLine
from advisor.ui.widgets.report_body import ReportBody
from tests.ui.driving import app_for, settled
from tests.ui.reporting import AS_AN_INPUT, Reads, opened


async def left_while_counting(pilot: Pilot[None]) -> ConversationScreen:
    """Make a field the label, and leave the report before everything is counted again."""
    await opened(pilot, "fields")
    await pilot.press("l")
    await pilot.pause()
    await pilot.press("escape")
    await pilot.pause()
    conversation = pilot.app.screen_stack[-1]
    assert isinstance(conversation, ConversationScreen)
    return conversation


async def test_nothing_is_confirmed_while_it_is_counted_again() -> None:
    session = Reads()
    session.asked, session.counting = "label_field", asyncio.Event()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        await pilot.press("l", "y")
        await pilot.pause()
        assert app.screen is screen and not session.replies
        session.counting.set()
        await settled(pilot)
        assert "y these fields are right" in str(screen.query_one(ReportBody).border_subtitle)
        assert "y" in screen.active_bindings


async def test_leaving_while_it_is_counted_again_cuts_nothing_off() -> None:
    session = Reads(AS_AN_INPUT)
    session.counting = asyncio.Event()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        conversation = await left_while_counting(pilot)
        assert conversation.prompt.waiting
        session.counting.set()
        await settled(pilot)
        assert app.is_running and not conversation.prompt.waiting
        assert session.corrected == [("input_fields", "text"), ("label_field", "id")]
        assert session.report is not None and session.report.label_field == "id"


async def test_a_refusal_is_told_though_the_report_was_left() -> None:
    class Refuses(Reads):
        async def correct(self, fact: FactName, text: str) -> Step:
            assert self.counting is not None
            await self.counting.wait()
            raise UsageError("I cannot count again.")

    session = Refuses()
    session.counting = asyncio.Event()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await left_while_counting(pilot)
        session.counting.set()
        await settled(pilot)
        assert app.is_running
        assert [note.message for note in app._notifications] == ["I cannot count again."]


async def test_nothing_comes_between_the_corrections_of_a_role() -> None:
    session = Reads(AS_AN_INPUT)
    session.counting = asyncio.Event()
    app = app_for(session)
    busy: list[bool] = []

    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "fields")
        conversation = app.screen_stack[1]
        assert isinstance(conversation, ConversationScreen)

        def note(waiting: bool) -> None:
            busy.append(waiting)

        conversation.watch(conversation.prompt, "waiting", note, init=False)
        await pilot.press("l")
        await pilot.pause()
        session.counting.set()
        await settled(pilot)
        assert busy == [True, False]
        assert [fact for fact, _ in session.corrected] == ["input_fields", "label_field"]


async def test_a_stopped_reading_changes_no_more_roles() -> None:
    session = Reads(AS_AN_INPUT)
    session.counting = asyncio.Event()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        conversation = await left_while_counting(pilot)
        conversation._tell_at = 0.0
        session.hear(ReadingProgress("tickets.csv", 800, 0.5, 12))
        await pilot.pause()
        await pilot.press("escape")
        session.counting.set()
        await settled(pilot)
        assert session.calls == ["stop_reading"] and session.corrected == [("input_fields", "text")]
        assert ["You stopped" in note.message for note in app._notifications] == [True]


async def test_a_report_that_no_longer_holds_is_left() -> None:
    class Loses(Reads):
        async def correct(self, fact: FactName, text: str) -> Step:
            step = await super().correct(fact, text)
            self.report = None
            return step

    session = Loses()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert isinstance(app.screen_stack[-1], ConversationScreen)


async def test_how_far_it_is_counted_again_is_shown_and_escape_leaves_it_going() -> None:
    session = Reads()
    session.counting = asyncio.Event()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        line = screen.query_one(ReadingLine)
        await pilot.press("l")
        await pilot.pause()
        conversation = app.screen_stack[1]
        assert isinstance(conversation, ConversationScreen) and not line.display
        conversation._tell_at = 0.0
        session.hear(ReadingProgress("tickets.csv", 800, 0.5, 12))
        await pilot.pause()
        assert line.display and "50%" in str(line.content) and "esc" not in str(line.content)
        await pilot.click(ReadingLine)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is conversation and "esc stops" in str(conversation.query_one(ReadingLine).content)
        assert "stop_reading" not in session.calls
        await pilot.press("f9")
        await pilot.pause()
        assert app.screen.query_one(ReadingLine) is not line
        conversation._tell_at = 0.0
        session.hear(ReadingProgress("tickets.csv", 1600, 0.9, 12))
        await pilot.pause()
        assert app.screen.query_one(ReadingLine).display
        session.counting.set()
        await settled(pilot)
        assert not app.screen.query_one(ReadingLine).display
