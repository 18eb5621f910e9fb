"""The line that says how far a file has been read."""

from __future__ import annotations

import asyncio
import threading

import pytest
from textual.app import App, ComposeResult

from advisor.domain.dialogue import Message, ReadingProgress
from advisor.domain.report_text import width
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.reading_line import ReadingLine, drawn
from advisor.ui.widgets.waiting import Waiting
from tests.domain.reports import TICKETS
from tests.ui.driving import app_for, settled
from tests.ui.fakes import FakeSession
from tests.ui.samples import NASTY

HALFWAY = ReadingProgress(name="tickets.jsonl", rows=412_000, share=0.43, labels=48)


class Shows(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.stopped = 0

    def compose(self) -> ComposeResult:
        yield ReadingLine()

    def on_reading_line_stop(self) -> None:
        self.stopped += 1


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (80, "reading tickets.jsonl  ━━━─────  43%  412,000 rows, 48 labels  esc stops"),
        (60, "reading tickets.jsonl   43%  412,000 rows  esc stops"),
        (120, "reading tickets.jsonl  ━━━━━━━━━━──────────────  43%  412,000 rows, 48 labels  esc stops"),
    ],
)
def test_the_line_fits(room: int, shown: str) -> None:
    assert drawn(HALFWAY, room).plain == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "jsonl  1 row  esc"), (0.0001, "───   1%"), (0.999, "━─  99%"), (1.0, "━━ 100%")]
)
def test_a_share_says_neither_too_much_nor_too_little(share: float, shown: str) -> None:
    assert shown in drawn(HALFWAY._replace(share=share, rows=1, labels=0), 80).plain


@pytest.mark.parametrize("room", [20, 60, 80, 200])
def test_a_hostile_name_is_cleaned_and_cut(room: int) -> None:
    text = drawn(HALFWAY._replace(name="很" * 300 + NASTY), room).plain
    assert text.isprintable() or "\u200d" in text
    assert width(text) <= max(room, 50)
    assert "[bold red]" in drawn(HALFWAY._replace(name=NASTY), 200).plain


async def test_the_line_comes_and_goes_and_a_click_stops() -> None:
    app = Shows()
    async with app.run_test(size=(80, 5)) as pilot:
        line = app.query_one(ReadingLine)
        assert not line.display
        line.show(HALFWAY)
        await pilot.pause()
        assert line.display and "43%" in str(line.content)
        await pilot.resize_terminal(60, 5)
        await pilot.pause()
        assert len(str(line.content)) <= 58
        await pilot.click(ReadingLine)
        assert app.stopped == 1
        line.show(None)
        await pilot.pause()
        assert not line.display


async def test_the_conversation_says_how_far_a_file_is_read_and_stops_it() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        session.step_held = asyncio.Event()
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        line, prompt = screen.query_one(ReadingLine), screen.query_one(Prompt)
        prompt.text = "tickets.jsonl"
        prompt.action_send()
        await pilot.pause()
        session.hear(HALFWAY)
        await pilot.pause()
        assert not line.display, "what is soon done needs no line"
        screen._tell_at = 0.0
        reader = threading.Thread(target=session.hear, args=(HALFWAY,))
        reader.start()
        while reader.is_alive():
            await pilot.pause()
        await pilot.pause()
        assert line.display and "412,000 rows" in str(line.content)
        assert not screen.query_one(Waiting).display
        await pilot.press("escape")
        await pilot.click(ReadingLine)
        assert session.calls == ["stop_reading", "stop_reading"]
        session.step_held.set()
        await settled(pilot)
        assert not line.display
        session.hear(HALFWAY)
        await pilot.pause()
        assert not line.display, "it comes too late"


async def test_once_it_is_read_the_line_goes_and_what_is_waited_for_is_said() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        session.step_held, session.report = asyncio.Event(), TICKETS
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        line, waiting, prompt = screen.query_one(ReadingLine), screen.query_one(Waiting), screen.query_one(Prompt)
        prompt.text = "tickets.jsonl"
        prompt.action_send()
        await pilot.pause()
        screen._tell_at = 0.0
        session.hear(HALFWAY)
        await pilot.pause()
        assert line.display
        session.hear(HALFWAY._replace(share=1.0))
        await pilot.pause()
        assert not line.display and "counting tickets.jsonl" in waiting.words
        await pilot.press("escape")
        screen._tell_at = 0.0
        session.hear(HALFWAY)
        await pilot.pause()
        assert line.display, "some files are gone through twice"
        session._hear(Message(kind="says", text="I read tickets.jsonl."))
        await pilot.pause()
        assert not line.display and waiting.words == "looking closer at tickets.csv"
        await pilot.press("escape")
        assert not session.calls, "there is nothing to stop"
        session._hear(Message(kind="says", text="More."))
        await pilot.pause()
        assert waiting.words == "looking closer at tickets.csv"
        session.step_held.set()
        await settled(pilot)
        assert not waiting.words


async def test_a_file_that_is_soon_read_is_looked_at_closer_all_the_same() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        session.step_held, session.report = asyncio.Event(), TICKETS
        screen = app.screen
        assert isinstance(screen, ConversationScreen)
        waiting, prompt = screen.query_one(Waiting), screen.query_one(Prompt)
        prompt.text = "tickets.jsonl"
        prompt.action_send()
        await pilot.pause()
        assert waiting.words == "working on your reply"
        session.hear(HALFWAY)
        session._hear(Message(kind="says", text="I read tickets.jsonl."))
        await pilot.pause()
        assert waiting.words == "looking closer at tickets.csv"
        session.step_held.set()
        await settled(pilot)
