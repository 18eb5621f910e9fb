"""The report of a dataset as a screen: moved through, searched, copied."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from advisor.domain.dialogue import Message, Step
from advisor.domain.report_text import width
from advisor.ui.app import AdvisorApp
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.report import ReportScreen
from advisor.ui.themes import LIGHT
from advisor.ui.widgets.lines import widest
from advisor.ui.widgets.report_body import ReportBody, SectionList
from advisor.ui.widgets.section_strip import SectionStrip
from tests.domain.reports import CLOSER, HOSTILE, STOPS
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import FakeSession
from tests.ui.reporting import SIZES, Reads, named, opened, text


def on_strip(screen: ReportScreen) -> str:
    """Return the titles above the section, with the marks for more on either side."""
    return screen.query_one(SectionStrip).render().plain


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
            assert screen.query_one(SectionList).cursor == screen.at
            strip = screen.query_one(SectionStrip)
            assert not strip.display or screen.section.title in on_strip(screen)
            assert width(on_strip(screen)) <= strip.size.width
            await pilot.press("right")
            await pilot.pause()
        assert seen == [one.name for one in screen.sections]
        assert screen.at == 0
        await pilot.press("left")
        assert named(screen) == "test"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)


async def test_marks_say_that_there_are_more_sections_than_fit() -> None:
    app = app_for(Reads(CLOSER))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert not on_strip(screen).startswith("‹") and on_strip(screen).endswith("›")
        await pilot.click(SectionStrip, offset=(len(on_strip(screen)), 0))
        await pilot.pause()
        assert named(screen) == "findings"
        await pilot.press("left", "left")
        await pilot.pause()
        assert on_strip(screen).startswith("‹") and not on_strip(screen).endswith("›")
        await pilot.click(SectionStrip, offset=(1, 0))
        await pilot.pause()
        assert named(screen) == "curve"


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
        while not on_strip(screen):
            await pilot.pause()
        await pilot.click(SectionStrip, offset=(on_strip(screen).index("fields") + 2, 0))
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


async def test_every_arrow_counts_however_fast_they_come() -> None:
    session = Reads()
    session.closer = CLOSER
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        for key in ["down", "right"] * 3:
            app.post_message(events.Key(key, None))
        session.look_held.set()  # the sections are listed again in the middle of it
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.at == screen.query_one(SectionList).cursor == 6


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


async def test_everything_can_be_copied() -> None:
    app = app_for(Reads(CLOSER))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("f5")
        assert all(section.title in app.clipboard for section in screen.sections)
        await pilot.press("c")
        assert app.clipboard.startswith("overview") and "findings\n" not in app.clipboard


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


async def test_the_report_opens_at_the_section_that_was_told_last() -> None:
    class Tells(Reads):
        async def reply(self, text: str) -> Step:
            step = self.step(Message(kind="says", text="labels"))
            return step.model_copy(update={"section": "labels"}) if text == "show labels" else step

    app = app_for(Tells())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for said, section in (("show labels", "labels"), ("go on", "overview")):
            await reply(pilot, said)
            await pilot.press("f9")
            await pilot.pause()
            assert isinstance(app.screen, ReportScreen)
            assert named(app.screen) == section and text(app.screen)
            await pilot.press("escape")
            await pilot.pause()
