"""Messages as they come, long ones, many of them, and the reader who is elsewhere."""

from __future__ import annotations

import asyncio
import time

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

from advisor.domain.dialogue import Message
from advisor.errors import UnreadableDataset
from advisor.ui.screens.base import as_message
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.below import Below
from advisor.ui.widgets.paragraph import Paragraph
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.transcript import Transcript
from advisor.ui.widgets.waiting import Waiting
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import FakeSession
from tests.ui.samples import NASTY
from tests.ui.test_conversation import said


def says(text: str) -> Message:
    return Message(kind="says", text=text)


LONG = "A sentence about tickets, no longer than it has to be. " * 375
"""About 20 KB."""


async def send(pilot: Pilot[None], text: str) -> None:
    """Send a reply without waiting for its turn."""
    prompt = pilot.app.screen.query_one(Prompt)
    prompt.text = text
    prompt.action_send()
    await pilot.pause()


async def test_what_is_said_is_shown_before_the_turn_is_complete_and_once() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        session.step_held = asyncio.Event()
        before = said(app.screen, "says")
        await send(pilot, "tickets.csv")
        await pilot.pause()
        assert said(app.screen, "says") == [*before, "Reading it.", "Halfway there."]
        assert app.screen.query_one(Prompt).waiting
        session.step_held.set()
        await settled(pilot)
        assert said(app.screen, "says") == [*before, "Reading it.", "Halfway there.", "Done."]
        await reply(pilot, "again")
        assert said(app.screen, "says")[-3:] == ["Reading it.", "Halfway there.", "Done."]


async def test_a_wait_says_what_for_and_for_how_long() -> None:
    session = FakeSession()
    session.asked = "data_path"
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        session.step_held = asyncio.Event()
        waiting, now = app.screen.query_one(Waiting), [100.0]
        waiting.clock = lambda: now[0]
        await send(pilot, f"{NASTY}.csv")
        waiting.tick()
        assert not waiting.display
        now[0] += 7.4
        waiting.tick()
        assert waiting.display
        assert str(waiting.content).startswith("… reading [bold red]x[/] red gnp.exe")
        assert str(waiting.content).endswith(", 7 s")
        session.step_held.set()
        await settled(pilot)
        assert not waiting.display


async def test_a_reader_further_up_is_left_there_and_told_what_came() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        transcript, below = app.screen.query_one(Transcript), app.screen.query_one(Below)
        for _ in range(6):
            await transcript.say([says(LONG[:600])])
        await pilot.pause()
        assert not below.display
        await pilot.press("pageup")
        await pilot.wait_for_animation()
        here = transcript.scroll_offset
        await transcript.say([says("one"), says("two")])
        await pilot.pause()
        assert transcript.scroll_offset == here
        assert str(below.content) == "↓ 2 new messages below. Ctrl+End or a click goes there."
        await pilot.press("ctrl+end")
        await pilot.pause()
        assert not below.display
        assert transcript.is_vertical_scroll_end
        await pilot.press("pageup")
        await pilot.wait_for_animation()
        await transcript.say([says("three")])
        await pilot.pause()
        assert str(below.content).startswith("↓ 1 new message below")
        await pilot.click(Below)
        await pilot.pause()
        assert transcript.is_vertical_scroll_end


async def test_scrolling_back_to_the_end_clears_the_mark() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        transcript = app.screen.query_one(Transcript)
        await transcript.say([says(LONG[:2000])])
        await pilot.pause()
        transcript.scroll_home(animate=False)
        await pilot.pause()
        await transcript.say([says("new")])
        assert transcript.unread == 1
        transcript.scroll_end(animate=False, immediate=True)
        await pilot.pause()
        assert transcript.unread == 0


async def test_the_transcript_is_bounded_and_says_where_the_rest_is() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        transcript = app.screen.query_one(Transcript)
        for start in range(0, 400, 40):
            await transcript.say([says(f"message {number}") for number in range(start, start + 40)])
        shown = app.screen.query("Transcript Paragraph")
        assert len(shown) == Transcript.KEPT
        told = str(app.screen.query_one(".-earlier", Static).content)
        assert told == "202 earlier messages are not shown here. They are in /data/user/talks/1.jsonl"
        await pilot.press("f5")
        assert app.clipboard.startswith("202 earlier messages")
        assert app.clipboard.count("message 399\n\n1  no\n2  by hand") == 1


async def test_nothing_is_taken_away_from_under_a_reader() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        transcript = app.screen.query_one(Transcript)
        await transcript.say([says(f"message {number}") for number in range(150)])
        await pilot.pause()
        transcript.scroll_home(animate=False)
        await pilot.pause()
        await transcript.say([says(f"more {number}") for number in range(100)])
        assert len(app.screen.query("Transcript Paragraph")) > Transcript.KEPT
        await transcript.say([says(f"flood {number}") for number in range(300)])
        assert len(app.screen.query("Transcript Paragraph")) == Transcript.KEPT


async def test_long_messages_and_long_pastes_stay_smooth() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        transcript, prompt = app.screen.query_one(Transcript), app.screen.query_one(Prompt)
        began = time.process_time()
        for _ in range(10):
            await transcript.say([says(LONG)])
            await pilot.pause()
        assert (time.process_time() - began) / 10 < 1.0
        began = time.process_time()
        prompt.insert(LONG)
        await pilot.pause()
        await pilot.press("x")
        assert time.process_time() - began < 2.0
        assert prompt.text == LONG + "x"
        assert prompt.size.height <= 6


async def test_what_is_behind_an_error_is_shown_on_request() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        transcript = app.screen.query_one(Transcript)
        await pilot.press("ctrl+d")
        behind = f"Traceback: {NASTY}\x00"
        await transcript.say([Message(kind="error", text="I cannot read it. Save it as CSV.", detail=behind)])
        await pilot.pause()
        error = app.screen.query("Paragraph.-error").first(Paragraph)
        assert error.plain == "I cannot read it. Save it as CSV."
        assert "[details]" in str(error.content)
        await pilot.press("ctrl+d")
        assert error.plain.endswith("Traceback: [bold red]x[/] red gnp.exe 🧑‍🔧 שלום ][")
        await pilot.press("ctrl+d")
        assert not error.opened
        await pilot.click(error, offset=(2 + len(error.plain) + 4, 0))
        assert error.opened


async def test_an_error_says_what_to_try_and_keeps_its_cause_behind() -> None:
    cause = ValueError("row 41")
    try:
        raise UnreadableDataset("I cannot read it.", "", "Save it as CSV.") from cause
    except UnreadableDataset as error:
        message = as_message(error)
    assert (message.text, message.detail) == ("I cannot read it.\nSave it as CSV.", "ValueError: row 41")


async def test_answers_stand_under_the_newest_question_only() -> None:
    app = app_for(FakeSession())
    async with app.run_test() as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        await reply(pilot, "?")
        assert len(app.screen.query(Answers)) == 1
        assert isinstance(app.screen.query_one(Answers).parent, VerticalScroll)


async def test_answers_are_selected_with_the_mouse_and_not_chosen_by_it() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.mouse_down(Answers, offset=(0, 0))
        await pilot.hover(Answers, offset=(6, 1))
        await pilot.mouse_up(Answers, offset=(6, 1))
        await pilot.pause()
        assert app.screen.get_selected_text() == "1  no\n2  by h"
        assert session.replies == []
        await pilot.click(Answers, offset=(4, 1))
        await settled(pilot)
        assert session.replies == ["by_hand"]


async def test_no_text_touches_the_scrollbar() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        transcript = app.screen.query_one(Transcript)
        await transcript.say([says(LONG)])
        await pilot.pause()
        await pilot.pause()
        assert transcript.show_vertical_scrollbar
        bar = transcript.vertical_scrollbar.region.x
        assert all(said.content_region.right < bar for said in transcript.children)


async def test_without_colour_the_marks_have_none_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(FakeSession())
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        strips = app.screen._compositor.render_strips()
        shown = [segment.style for strip in strips for segment in strip if segment.text.strip() and segment.style]
        colours = {tone.get_truecolor() for style in shown for tone in (style.color, style.bgcolor) if tone}
        assert len(colours) > 3 and all(red == green == blue for red, green, blue in colours)
