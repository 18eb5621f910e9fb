"""The conversation screen."""

from __future__ import annotations

from typing import TypeVar

import pytest
from textual.message import Message

from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.project import ProjectScreen
from advisor.ui.screens.talking import CLOSED
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.checklist import ChecklistPanel
from advisor.ui.widgets.facts import FactsPanel
from advisor.ui.widgets.heading import HeadingPanel
from advisor.ui.widgets.marked import Marked
from advisor.ui.widgets.paragraph import Paragraph
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.side import Side
from advisor.ui.widgets.transcript import Transcript
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import REFUSED, FakeSession
from tests.ui.samples import NASTY, QUESTION

Posted = TypeVar("Posted", bound=Message)


def once(messages: list[Message], kind: type[Posted]) -> list[Posted]:
    """Return the messages of a kind; the hook hears each again at every widget it bubbles through."""
    return list({id(message): message for message in messages if isinstance(message, kind)}.values())


def said(screen: object, kind: str) -> list[str]:
    assert isinstance(screen, ConversationScreen)
    return [paragraph.plain for paragraph in screen.query(f"Transcript Paragraph.-{kind}").results(Paragraph)]


async def test_a_typed_reply_reaches_the_session_and_moves_the_checklist() -> None:
    session, messages = FakeSession(), list[Message]()
    app = app_for(session)
    async with app.run_test(size=(120, 36), message_hook=messages.append) as pilot:
        await settled(pilot)
        assert said(app.screen, "asks") == [QUESTION]
        await pilot.press(*"by hand", "enter")
        await settled(pilot)
        assert [message.text for message in once(messages, Prompt.Replied)] == ["by hand"]
        assert session.replies == ["by hand"]
        assert said(app.screen, "you") == ["by hand"]
        marks = [item.mark for item in app.screen.query_one(ChecklistPanel).query(Marked)]
        assert marks == ["✓", "✗", "✓", "✓", "✓"]
        assert app.screen.query_one(HeadingPanel).recommendation == session.recommendation


async def test_an_answer_can_be_clicked() -> None:
    session, messages = FakeSession(), list[Message]()
    app = app_for(session)
    async with app.run_test(size=(80, 24), message_hook=messages.append) as pilot:
        await settled(pilot)
        await pilot.click(Answers, offset=(5, 1))
        await settled(pilot)
        chosen = [message.answer.value for message in once(messages, Answers.Chosen)]
        assert chosen == session.replies == ["by_hand"]
        assert said(app.screen, "you") == ["by hand"]
        assert app.focused is app.screen.query_one(Prompt)


async def test_an_answer_can_be_chosen_with_the_arrows() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.screen.query_one(Answers).focus()
        await pilot.press("down", "down", "down", "enter")
        await settled(pilot)
        assert session.replies == ["few_shot"]


async def test_typing_goes_to_the_prompt_from_anywhere() -> None:
    app = app_for(FakeSession())
    async with app.run_test() as pilot:
        await settled(pilot)
        app.screen.query_one(Transcript).focus()
        await pilot.press("4", "2")
        assert app.screen.query_one(Prompt).text == "42"


async def test_up_brings_replies_back_and_down_the_draft() -> None:
    app = app_for(FakeSession())
    async with app.run_test() as pilot:
        await settled(pilot)
        prompt = app.screen.query_one(Prompt)
        for text in ("one", "two"):
            await reply(pilot, text)
        await pilot.press(*"dra")
        shown = []
        for key in ("up", "up", "up", "down", "down"):
            await pilot.press(key)
            shown.append(prompt.text)
        assert shown == ["two", "one", "one", "two", "dra"]


async def test_an_error_is_a_paragraph() -> None:
    session = FakeSession()
    session.fails = REFUSED
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        await reply(pilot, "tickets.csv")
        assert said(app.screen, "error") == [f"{REFUSED.what}\n{REFUSED.why}\n{REFUSED.try_this}"]
        session.fails = None
        await reply(pilot, "by hand")
        assert app.is_running


async def test_hostile_replies_change_nothing_but_themselves() -> None:
    app = app_for(FakeSession(title=NASTY))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        long = NASTY * 500
        for text in (NASTY, long, "[/]", "[@click=app.quit]x[/]", "{{ 7 * 7 }}{% raw %}\x00", "\u202e" + "a" * 20_000):
            await reply(pilot, text)
        heard = said(app.screen, "you")
        assert heard[0] == heard[1][: len(heard[0])] == "[bold red]x[/] red gnp.exe 🧑‍🔧 שלום ]["
        assert heard[3:5] == ["[@click=app.quit]x[/]", "{{ 7 * 7 }}{% raw %}"]
        assert "\x1b" not in "".join(said(app.screen, "noted"))
        assert app.screen.query_one(Prompt).text == ""


def standing(screen: object) -> tuple[bool, bool, bool]:
    """Return whether the talk, the checklist and the facts are shown."""
    assert isinstance(screen, ConversationScreen)
    side = screen.query_one(Side).display
    checklist, facts = screen.query_one("#standing").display, screen.query_one(FactsPanel).display
    return screen.query_one(Transcript).display, side and checklist, side and facts


@pytest.mark.parametrize(
    ("size", "shown", "after_f2", "after_f8"),
    [
        ((60, 20), (True, False, False), (False, True, False), (False, False, True)),
        ((80, 24), (True, False, False), (True, True, False), (True, False, True)),
        ((120, 36), (True, True, False), (True, False, False), (True, False, True)),
        ((120, 50), (True, True, True), (True, False, False), (True, True, True)),
        ((200, 50), (True, True, True), (True, False, False), (True, True, True)),
    ],
)
async def test_what_stands_beside_the_talk_follows_the_room_and_two_keys(
    size: tuple[int, int],
    shown: tuple[bool, bool, bool],
    after_f2: tuple[bool, bool, bool],
    after_f8: tuple[bool, bool, bool],
) -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        seen = [standing(app.screen)]
        for key in ("f2", "f8", "f8"):
            await pilot.press(key)
            await pilot.pause()
            seen.append(standing(app.screen))
        assert seen == [shown, after_f2, after_f8, shown]
        assert app.focused is app.screen.query_one(Prompt)


async def test_lines_are_not_too_long_to_read_on_a_wide_screen() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand " * 60)
        assert max(paragraph.size.width for paragraph in app.screen.query(Paragraph)) <= 100


async def test_page_keys_scroll_while_the_prompt_keeps_the_focus() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for number in range(8):
            await reply(pilot, f"reply {number}")
        transcript = app.screen.query_one(Transcript)
        end = transcript.scroll_offset.y
        await pilot.press("pageup")
        await pilot.wait_for_animation()
        assert transcript.scroll_offset.y < end
        await pilot.press("pagedown")
        await pilot.wait_for_animation()
        assert transcript.scroll_offset.y == end
        assert app.focused is app.screen.query_one(Prompt)


async def test_project_and_run_keys_wait_until_there_is_something() -> None:
    app = app_for(FakeSession())
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f3", "f4")
        assert isinstance(app.screen, ConversationScreen)
        await reply(pilot, "by hand")
        assert said(app.screen, "hint")
        await pilot.press("f3")
        assert isinstance(app.screen, ProjectScreen)


async def test_keys_that_edit_copy_and_help() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("a", "ctrl+j", "b", "shift+enter", "backspace", "enter")
        await settled(pilot)
        await pilot.press("question_mark", "enter")
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert session.replies == ["a\nb", "?", "2"]
        assert said(app.screen, "you") == ["a\nb", "?", "2  by hand"]
        await pilot.press("ctrl+c")
        assert (app.is_running, app.clipboard) == (True, "")
        await pilot.press("f5")
        assert QUESTION in app.clipboard
        assert "❯ a\nb" in app.clipboard
        app.screen.query("Transcript Paragraph.-asks").first(Paragraph).text_select_all()
        await pilot.press("ctrl+c")
        assert app.clipboard == QUESTION


async def test_nothing_is_sent_while_a_reply_is_worked_on_or_after_the_end() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        prompt = app.screen.query_one(Prompt)
        prompt.waiting = True
        await pilot.press(*"quit", "enter")
        assert session.replies == []
        assert prompt.text == "quit"
        prompt.waiting = False
        await pilot.press("enter")
        await settled(pilot)
        assert not prompt.display
        await pilot.press("a", "enter")
        assert isinstance(app.screen, ConversationScreen)
        await app.screen.send("a", "a")
        await pilot.pause()
        assert session.replies == ["quit"]
        assert {notice.message for notice in app._notifications} == {CLOSED}
        await pilot.press("ctrl+q")
    assert session.calls == ["close"]
