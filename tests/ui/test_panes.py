"""What lies over the conversation: files, words, keys, the palette."""

from __future__ import annotations

from textual.app import App
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from advisor.domain.proposal import Proposal, Reader
from advisor.session import Session
from advisor.ui.app import AdvisorApp
from advisor.ui.commands import commands
from advisor.ui.port import Ready
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.glossary import NOTHING, Glossary
from advisor.ui.screens.keys import Keys
from advisor.ui.screens.picker import UNTYPABLE, FilePicker
from advisor.ui.screens.talking import BROWSE
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.transcript import Transcript
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import REFUSED, FakeSession
from tests.ui.test_conversation import said


def asking_for_data() -> FakeSession:
    session = FakeSession()
    session.asked = "data_path"
    return session


def listed(app: App[None]) -> list[str]:
    names = app.screen.query_one(OptionList)
    return [str(names.get_option_at_index(index).prompt) for index in range(names.option_count)]


async def typed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for what is listed after them."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def picking(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await typed(pilot, "ctrl+o")
    assert isinstance(pilot.app.screen, FilePicker)


async def test_tab_completes_and_enter_opens_a_folder_then_a_file() -> None:
    session = asking_for_data()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await picking(pilot)
        path = app.screen.query_one(Input)
        await typed(pilot, "t")
        await typed(pilot, "tab")
        assert path.value == "tickets."
        await typed(pilot, "tab")
        assert path.value == "tickets.csv"
        path.value = ""
        await typed(pilot)
        await typed(pilot, "down", "down", "down", "up", "enter")
        assert path.value == "data/"
        assert listed(app) == ["2026 export.csv"]
        await typed(pilot, "enter")
        assert isinstance(app.screen, ConversationScreen)
        await settled(pilot)
        assert session.replies == ['"data/2026 export.csv"']
        assert said(app.screen, "you") == ["data/2026 export.csv"]


async def test_a_file_can_be_clicked_and_escape_chooses_none() -> None:
    session = asking_for_data()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await picking(pilot)
        await pilot.press("escape")
        assert (session.replies, app.screen.query_one(Prompt).has_focus) == ([], True)
        await typed(pilot, "ctrl+o")
        await pilot.click(OptionList, offset=(2, 1))
        await settled(pilot)
        assert session.replies == ["tickets.jsonl.gz"]


async def test_hostile_names_are_plain_text_and_not_chosen() -> None:
    session = asking_for_data()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await picking(pilot)
        assert listed(app)[5] == "[bold red]x[b] red gnp.exe 🧑‍🔧 שלום ][.csv"
        app.screen.query_one(OptionList).highlighted = 5
        await typed(pilot, "enter")
        assert str(app.screen.query_one(".-note", Static).content) == UNTYPABLE
        await typed(pilot, *"nothing like it", "enter")
        assert listed(app) == []
        assert session.replies == []


async def test_the_data_question_offers_to_browse() -> None:
    session = asking_for_data()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        number = len(app.screen.query_one(Answers).answers)
        await reply(pilot, str(number))
        assert isinstance(app.screen, FilePicker)
        await pilot.press("escape")
        await pilot.click(Answers, offset=(5, number - 1))
        await pilot.pause()
        assert isinstance(app.screen, FilePicker)
        assert session.replies == []


async def test_tab_in_the_prompt_completes_a_path_and_goes_on_elsewhere() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        prompt, matches = app.screen.query_one(Prompt), app.screen.query_one("#matches", Static)
        await typed(pilot, *"it is ti", "tab")
        assert prompt.text == "it is tickets."
        assert str(matches.content) == "tickets.csv  tickets.jsonl.gz"
        assert matches.display
        await typed(pilot, "c", "tab")
        assert (prompt.text, matches.display) == ("it is tickets.csv", False)
        prompt.text = "my"
        await typed(pilot, "tab")
        assert prompt.text == "my data/"
        prompt.text = "by hand"
        await typed(pilot, "tab")
        assert not prompt.has_focus
        await pilot.press("shift+tab")
        assert prompt.has_focus
        prompt.text = ""
        await pilot.press("tab")
        assert not prompt.has_focus


def explained(app: App[None]) -> list[str]:
    return str(app.screen.query_one("VerticalScroll Static", Static).content).split("\n\n")


async def test_the_glossary_begins_with_the_words_of_the_question_and_filters() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        app.screen.query_one(Transcript)
        await pilot.press("f7")
        assert isinstance(app.screen, Glossary)
        assert any(entry.startswith("GEPA\n") for entry in explained(app))
        await pilot.press(*"stronger")
        assert [entry.split("\n")[0] for entry in explained(app)] == ["distillation"]
        await pilot.press(*"xx")
        assert explained(app) == [NOTHING]
        await pilot.press("escape")
        assert app.screen.query_one(Prompt).has_focus
        await pilot.press("ctrl+g", "down", "up", "pagedown", "pageup", "ctrl+g")
        assert isinstance(app.screen, ConversationScreen)
        await pilot.press("f7", "f7")
        assert isinstance(app.screen, ConversationScreen)


async def test_terms_of_the_screen_come_first() -> None:
    here, others = (("held out", "Rows no training has seen."),), tuple((f"term {n}", "[/]\x1b[1m") for n in range(40))
    app = app_for(FakeSession())
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        await app.push_screen(Glossary(here, (*others, *here)))
        entries = [entry.split("\n")[0] for entry in explained(app)]
        assert entries[:3] == ["held out", "all terms", "term 0"]
        assert len(entries) == 42
        assert "\x1b" not in "".join(explained(app))
        await pilot.press("pagedown")
        await pilot.pause()
        assert app.screen.query("VerticalScroll").first().scroll_offset.y > 0


async def test_a_question_mark_opens_the_glossary_where_nothing_is_typed() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("question_mark")
        assert isinstance(app.screen, Glossary)
        await pilot.press("escape", "escape")
        await pilot.press("question_mark", "enter")
        await settled(pilot)
        assert session.replies[-1] == "?"


def keys_shown(app: App[None]) -> dict[str, str]:
    assert isinstance(app.screen, Keys)
    return dict(app.screen.rows)


async def test_the_keys_lie_over_the_screen_and_close_again() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = app.screen.query_one(Transcript).size
        await pilot.press("f1")
        rows = keys_shown(app)
        assert rows["f7 ^g"] == "what the words mean"
        assert {"f1", "f2", "f5", "f6", "f8", "^d", "^e", "^o", "^s", "^q"} <= set(rows)
        assert "? asks why the question is asked" in str(app.screen.query_one(Static).content)
        await pilot.press("escape")
        assert app.screen.query_one(Transcript).size == before
        await pilot.press("f1", "f1", "f1", "question_mark")
        assert isinstance(app.screen, ConversationScreen)
        await reply(pilot, "by hand")
        await pilot.press("f3", "f1")
        rows = keys_shown(app)
        assert (rows["y"], rows["n"], rows["f7 ^g ?"]) == ("run it…", "not now", "what the words mean")


def offered(app: App[None]) -> dict[str, object]:
    return {command.title: command.callback for command in commands(app, app.screen)}


async def test_the_palette_holds_what_can_be_done_now() -> None:
    app = app_for(FakeSession())
    async with app.run_test() as pilot:
        await settled(pilot)
        common = {"Save the conversation", "Glossary", "Copy", "Conversations and runs", "Keys", "Leave"}
        themes = {"Theme: dark", "Theme: light", "Theme: high contrast"}
        here = {"Open a dataset", "Facts", "Checklist"}
        assert set(offered(app)) == common | themes | here
        await reply(pilot, "by hand")
        assert "Project" in offered(app)
        await pilot.press("f3")
        await pilot.pause()
        assert set(offered(app)) == common | themes


async def test_the_palette_is_found_with_a_key_and_its_commands_work() -> None:
    app = app_for(FakeSession())
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, ModalScreen)
        await pilot.press(*"high contrast")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.theme == "high-contrast"


async def test_export_is_said_where_it_can_be_copied() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert said(app.screen, "hint") == ["Saved:\n/data/user/tickets.md\n/data/user/tickets.json"]
        await pilot.press("f5")
        assert "/data/user/tickets.json" in app.clipboard
        session.fails = REFUSED
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert len(said(app.screen, "hint")) == 1
        session.fails = None
        await reply(pilot, "by hand")
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert any("/data/user/tickets.md" in str(notice.message) for notice in app._notifications)


async def test_a_file_is_not_chosen_where_leave_to_read_a_reply_is_asked_for() -> None:
    async def propose(*told: object) -> Proposal:
        raise AssertionError("no leave was given")

    app = AdvisorApp(lambda: Ready(Session(reader=Reader("costly/model", propose))))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, ConversationScreen) and screen.transcript.answer("2") is BROWSE
        await reply(pilot, "roughly as often as the moon comes back, times a thousand")
        answers = [screen.transcript.answer(str(number)) for number in (1, 2, 3)]
        assert [answer and answer.value for answer in answers] == ["yes", "no", None]
