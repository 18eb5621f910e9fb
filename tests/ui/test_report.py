"""The report of a dataset as a screen: moved through, searched, copied, its fields given other roles."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input, Tabs

from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import ReadingProgress, Step
from advisor.domain.facts import Fact, FactName, Source
from advisor.domain.proposal import Proposal, Reader
from advisor.errors import UsageError
from advisor.session import Session
from advisor.ui.app import AdvisorApp
from advisor.ui.port import Ready
from advisor.ui.screens.choice import Choice
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.report import ReportScreen
from advisor.ui.themes import LIGHT
from advisor.ui.widgets.lines import widest
from advisor.ui.widgets.reading_line import ReadingLine
from advisor.ui.widgets.report_body import ReportBody, SectionList
from tests.domain.reports import CLOSER, HOSTILE, STOPS, TICKETS
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import FakeSession

SIZES = [(60, 20), (80, 24), (200, 50)]


class Reads(FakeSession):
    """A session that counts again when a field is corrected."""

    def __init__(self, report: DatasetReport = TICKETS) -> None:
        super().__init__()
        self.report = report
        self.counting: asyncio.Event | None = None
        """While set and not released, it is still counted again."""

    async def correct(self, fact: FactName, text: str) -> Step:
        if self.counting is not None:
            await self.counting.wait()
        step = await super().correct(fact, text)
        assert self.report is not None
        told = {"label_field": text, "label_told": True} if fact == "label_field" else {}
        told |= {"input_fields": tuple(text.split(",")), "inputs_told": True} if fact == "input_fields" else {}
        self.report = self.report.model_copy(update=told)
        return step


async def opened(pilot: Pilot[None], section: str = "overview") -> ReportScreen:
    """Open the report at a section."""
    await settled(pilot)
    await pilot.press("f9")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ReportScreen)
    names: list[str] = [one.name for one in screen.sections]
    for _ in range(names.index(section)):
        await pilot.press("right")
    await pilot.pause()
    assert named(screen) == section
    return screen


def named(screen: ReportScreen) -> str:
    return screen.section.name


def text(screen: ReportScreen) -> str:
    return screen.query_one(ReportBody).as_text


@pytest.mark.parametrize("size", SIZES)
async def test_every_section_is_reached_and_fits(size: tuple[int, int]) -> None:
    app = app_for(Reads(CLOSER))
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot)
        body = screen.query_one(ReportBody)
        seen = []
        for _ in screen.sections:
            seen.append(screen.section.name)
            assert body.shown and widest(one.plain for one in body.shown) <= body.size.width
            assert body.border_title == screen.section.title
            assert screen.query_one(Tabs).active == screen.section.name
            assert screen.query_one(SectionList).cursor == screen.at
            await pilot.press("right")
            await pilot.pause()
        assert seen == [one.name for one in screen.sections]
        assert screen.at == 0
        await pilot.press("left")
        assert named(screen) == "test"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)


async def test_there_is_no_report_before_a_file_was_read() -> None:
    app = app_for(FakeSession())
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f9")
        assert isinstance(app.screen, ConversationScreen)


async def test_the_mouse_chooses_sections_beside_and_above() -> None:
    app = app_for(Reads())
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.click(SectionList, offset=(4, 4))
        await pilot.pause()
        assert named(screen) == "labels"
        assert "refund" in text(screen)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.click("#fields")
        await pilot.pause()
        assert named(screen) == "fields"
        assert screen.query_one(ReportBody).has_focus


async def test_the_list_goes_into_its_section_and_arrows_go_through_it() -> None:
    app = app_for(Reads())
    async with app.run_test(size=(120, 16)) as pilot:
        screen = await opened(pilot)
        assert screen.query_one(SectionList).has_focus
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        body = screen.query_one(ReportBody)
        assert body.has_focus and named(screen) == "labels"
        await pilot.press("down", "down", "down")
        assert body.scroll_offset.y == 3
        await pilot.press("end")
        await pilot.pause()
        assert body.scroll_offset.y == body.max_scroll_y
        await pilot.press("home", "pagedown", "pageup", "up")
        await pilot.pause()
        assert body.scroll_offset.y == 0


async def test_labels_are_searched() -> None:
    app = app_for(Reads())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"refu")
        await pilot.pause()
        assert named(screen) == "labels"
        assert "1 of 12 labels with “refu”" in text(screen)
        assert "label 1" not in text(screen)
        await pilot.press("enter", "c")
        await pilot.pause()
        assert "refund" in app.clipboard and "label 1" not in app.clipboard
        await pilot.press("escape")
        await pilot.pause()
        assert screen.query_one(Input).value == "" and "label 1" in text(screen)
        assert app.screen is screen


async def test_bars_are_as_long_as_their_labels_have_rows() -> None:
    app = app_for(Reads())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "labels")
        bars = [line.count("━") for line in text(screen).split("\n") if "━" in line]
        assert bars == sorted(bars, reverse=True)
        assert bars[-1] == round(bars[0] * 4 / 80)


async def test_the_closer_look_fills_in_when_it_comes() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "curve")
        assert "under way" in text(screen)
        session.closer = CLOSER
        session.look_held.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "under way" not in text(screen)
        assert "○" in text(screen) and "● measured, ○ drawn on" in text(screen)


async def test_a_closer_look_that_fails_is_said() -> None:
    session = Reads()
    session.look_held.set()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        assert "could not be taken" in text(await opened(pilot, "noise"))


async def test_the_guess_is_confirmed_with_one_key() -> None:
    session = Reads()
    session.asked = "label_field"
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("y")
        assert app.screen is screen, "only where the fields are seen"
        await pilot.press("right", "right")
        await pilot.pause()
        assert "text of row 2" in text(screen) and "label 2" in text(screen)
        await pilot.press("y")
        await settled(pilot)
        assert session.replies == ["yes"]
        assert isinstance(app.screen, ConversationScreen)


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    """A file with two fields, of which one is plainly the label."""
    rows = (f"my card number {n} was {('left', 'taken')[n % 2]},{('lost', 'stolen')[n % 2]}" for n in range(60))
    path = tmp_path / "tickets.csv"
    path.write_text("\n".join(("text,queue", *rows)))
    return path


async def test_only_the_question_for_the_fields_is_confirmed_in_the_report(tickets: Path) -> None:
    sent: list[str] = []

    async def propose(reply: str, *rest: object) -> Proposal:
        sent.append(reply)
        fact = Fact(name="task_stability", value="stable", source=Source.told, evidence=reply)
        return Proposal(facts=(fact,))

    session = Session(tickets, reader=Reader("costly/model", propose))
    app = AdvisorApp(lambda: Ready(session))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        assert screen.confirmable
        for said in ("roughly as often as the moon comes back, times a thousand", "yes"):
            await pilot.press("escape")
            await pilot.pause()
            await reply(pilot, said)
            heard = len(session.events)
            screen = await opened(pilot, "fields")
            assert not screen.confirmable and "y these" not in str(screen.query_one(ReportBody).border_subtitle)
            await pilot.press("y")
            await settled(pilot)
            assert app.screen is screen and len(session.events) == heard, "a yes to something else was given"
        assert len(sent) == 1, "by the yes in the conversation"


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


AS_AN_INPUT = TICKETS.model_copy(update={"input_fields": ("id", "text"), "inputs_told": True, "fields": tuple(
    field.model_copy(update={"role": "input"}) if field.name == "id" else field for field in TICKETS.fields
)})  # fmt: skip
"""A report whose first field is an input that the user named."""


async def test_leaving_while_it_is_counted_again_cuts_nothing_off() -> None:
    session = Reads(AS_AN_INPUT)
    session.counting = asyncio.Event()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        conversation = app.screen_stack[-1]
        assert isinstance(conversation, ConversationScreen) and conversation.prompt.waiting
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
        await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
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
        await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        conversation = app.screen_stack[-1]
        assert isinstance(conversation, ConversationScreen)
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


@pytest.mark.parametrize("section", ["fields", "labels"])
async def test_the_way_back_is_in_the_footer_of_a_small_screen(section: str) -> None:
    session = Reads()
    session.asked = "label_field"
    app = app_for(session)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, section)
        await pilot.pause()
        keys = {key.action: key.region for key in screen.query_one(Footer).query("FooterKey")}  # type: ignore[attr-defined]
        assert keys["back"].right <= 60
        assert section != "fields" or keys["confirm"].right <= 60


async def test_a_field_is_made_the_label_and_everything_is_counted_again() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        screen.query_one(ReportBody).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Choice)
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert session.corrected == [("label_field", "id")]
        assert screen.report is session.report
        assert "the right answer is id, as you said" in " ".join(text(screen).split())


async def test_a_field_is_made_an_input_by_one_key() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        await pilot.press("i")
        await pilot.pause()
        await settled(pilot)
        assert session.corrected == [("input_fields", "text,id")]
        body = screen.query_one(ReportBody)
        body.focus()
        await pilot.press("down", "down", "i")
        await pilot.pause()
        assert body.marked is not None and body.marked.name == "category"
        assert len(session.corrected) == 1, "the label is no input"


async def test_an_input_the_user_named_changes_roles_one_after_the_other() -> None:
    session = Reads(AS_AN_INPUT)
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert session.corrected == [("input_fields", "text"), ("label_field", "id")]


async def test_a_double_click_asks_for_another_role_and_escape_changes_nothing() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        body = screen.query_one(ReportBody)
        await pilot.click(body, offset=(6, body.stops[1].line + 2), times=2)
        await pilot.pause()
        assert isinstance(app.screen, Choice)
        await pilot.press("escape")
        await pilot.pause()
        assert body.marked is not None and body.marked.name == "text"
        assert not session.corrected


async def test_a_correction_that_fails_is_said() -> None:
    class Fails(Reads):
        async def correct(self, fact: FactName, text: str) -> Step:
            raise UsageError("I cannot count again.")

    app = app_for(Fails())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        await pilot.press("l")
        await pilot.pause()
        await settled(pilot)
        assert app.screen is screen
        assert [note.message for note in app._notifications] == ["I cannot count again."]


async def test_everything_can_be_copied() -> None:
    app = app_for(Reads(CLOSER))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("f5")
        assert all(section.title in app.clipboard for section in screen.sections)
        await pilot.press("c")
        assert app.clipboard.startswith("overview") and "findings\n" not in app.clipboard


async def test_the_conversation_can_be_busy() -> None:
    session = Reads()
    app = app_for(session)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "fields")
        conversation = app.screen_stack[1]
        assert isinstance(conversation, ConversationScreen)
        conversation.prompt.waiting = True
        await pilot.press("l")
        await pilot.pause()
        assert not session.corrected and app.screen is screen


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_of_a_hostile_file_reaches_the_screen_raw(size: tuple[int, int]) -> None:
    app = app_for(Reads(HOSTILE))
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot)
        for _ in screen.sections:
            shown = text(screen)
            hidden = [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Co") and c not in "\n\u200c\u200d"]
            assert not hidden
            assert "abcdefghijklmnop" not in shown
            body = screen.query_one(ReportBody)
            assert widest(one.plain for one in body.shown) <= body.size.width
            await pilot.press("right")
            await pilot.pause()
        await pilot.press("right", "right", "enter")
        await pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (120, 36)])
@pytest.mark.parametrize("section", ["fields", "labels", "curve"])
def test_look(snap_compare: Callable[..., bool], size: tuple[int, int], section: str) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await opened(pilot, section)

    assert snap_compare(app_for(Reads(CLOSER)), terminal_size=size, run_before=act)


def test_light(snap_compare: Callable[..., bool]) -> None:
    app: AdvisorApp = app_for(Reads(CLOSER.model_copy(update={"findings": (STOPS, *CLOSER.findings)})))
    app.theme = LIGHT

    async def act(pilot: Pilot[None]) -> None:
        await opened(pilot, "findings")

    assert snap_compare(app, terminal_size=(80, 24), run_before=act)


async def test_the_palette_offers_the_report() -> None:
    app = app_for(Reads())
    async with app.run_test() as pilot:
        await settled(pilot)
        await reply(pilot, "?")
        assert "Data" in [command.title for command in app.get_system_commands(app.screen)]
