"""The project screen."""

from __future__ import annotations

from textual.widgets import Static

from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.project import ProjectScreen
from advisor.ui.screens.run import RunScreen
from advisor.ui.widgets.code import CodeView
from advisor.ui.widgets.forecast import ForecastTable
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import NASTY, PROGRAM, FakeSession


async def opened(pilot: object, session: FakeSession) -> None:
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    await settled(pilot)
    await reply(pilot, "by hand")
    await pilot.press("f3")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ProjectScreen)


async def test_files_forecast_roles_and_consent_are_there() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, session)
        table = str(app.screen.query_one(ForecastTable).content)
        assert [line.split()[0] for line in table.splitlines()[1:]] == [
            "baseline", "optimize", "teacher", "traces", "train", "compare", "in",
        ]  # fmt: skip
        assert session.consent in str(app.screen.query_one("#consent", Static).content)
        await pilot.press("down", "enter")
        assert app.focused is app.screen.query_one(CodeView)
        assert str(app.screen.query_one(CodeView).query_one(Static).content) == PROGRAM.rstrip("\n")


async def test_hostile_names_and_text_are_shown_as_text() -> None:
    session = FakeSession(consent=NASTY)
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, session)
        await pilot.press("end")
        await pilot.pause()
        shown = str(app.screen.query_one(CodeView).query_one(Static).content)
        assert "\x1b" not in shown
        assert "�[31m" in shown
        assert "[bold red]x[/]" in str(app.screen.query_one("#consent", Static).content)


async def test_yes_runs_it() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await opened(pilot, session)
        await pilot.press("y")
        await settled(pilot)
        assert session.replies == ["by hand", "yes"]
        assert isinstance(app.screen, RunScreen)


async def test_escape_answers_nothing_and_a_no_is_given_once() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await opened(pilot, session)
        await pilot.press("escape")
        await settled(pilot)
        assert session.replies == ["by hand"]
        await pilot.press("f3", "n")
        await settled(pilot)
        assert session.replies == ["by hand", "no"]
        assert isinstance(app.screen, ConversationScreen)
        await pilot.press("f3", "y")
        await settled(pilot)
        assert session.replies == ["by hand", "no"]


async def test_copying_a_file_copies_it_as_it_is() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await opened(pilot, session)
        await pilot.press("f2", "tab")
        app.screen.query_one("#files").focus()
        await pilot.press("down", "c")
        assert app.clipboard == PROGRAM
        await pilot.press("f5")
        assert session.consent in app.clipboard


async def test_code_and_figures_take_turns_where_room_is_short() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, session)
        code, figures = app.screen.query_one("#code"), app.screen.query_one("#figures")
        assert (code.display, figures.display) == (False, True)
        await pilot.press("f2")
        assert (code.display, figures.display) == (True, False)
        await pilot.press("f2")
        assert (code.display, figures.display) == (False, True)
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert (code.display, figures.display) == (True, True)
