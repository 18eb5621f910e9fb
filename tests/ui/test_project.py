"""The project screen."""

from __future__ import annotations

import contextlib
import shlex
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from advisor.domain.dialogue import ProjectFile
from advisor.domain.explained import explain
from advisor.domain.plan import Role
from advisor.ui.editing import edit
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.project import ProjectScreen
from advisor.ui.screens.run import RunScreen
from advisor.ui.text import line, visible
from advisor.ui.widgets.code import CodeView
from advisor.ui.widgets.forecast import ForecastTable
from advisor.ui.widgets.roles import RolesPanel
from tests.ui.alone import Alone, planned
from tests.ui.driving import app_for, reply, settled
from tests.ui.fakes import FakeSession
from tests.ui.samples import NASTY, PROGRAM


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
        assert app.screen.query_one(CodeView).as_text == PROGRAM.rstrip("\n")


async def test_hostile_names_and_text_are_shown_as_text() -> None:
    session = FakeSession(consent=NASTY)
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, session)
        await pilot.press("end")
        await pilot.pause()
        shown = app.screen.query_one(CodeView).as_text
        assert "\x1b" not in shown
        assert "�[31m" in shown
        assert "[bold red]x[/]" in str(app.screen.query_one("#consent", Static).content)


async def test_a_question_typed_here_runs_nothing() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await opened(pilot, session)
        for key in ("w", "h", "y", "question_mark", "escape"):
            await pilot.press(key)
        await settled(pilot)
        assert session.replies == ["by hand"]
        assert isinstance(app.screen, ProjectScreen)


async def test_yes_runs_it_after_a_second_key() -> None:
    session = FakeSession()
    app = app_for(session)
    async with app.run_test() as pilot:
        await opened(pilot, session)
        await pilot.press("y")
        await settled(pilot)
        assert session.replies == ["by hand"]
        assert line(session.consent, 600) in str(app.screen.query_one(Static).content)
        await pilot.press("r")
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
        await pilot.press("f3", "y", "r")
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


def project_screen(session: FakeSession) -> ProjectScreen:
    planned(session).project = Path("advised/tickets")
    session.consent = "638 rows go to the practice model on this computer. Run? y / n"
    return ProjectScreen(session, offered=True)


async def in_code(pilot: Pilot[None]) -> CodeView:
    """Go to the code of program.py."""
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ProjectScreen)
    if not screen.query_one("#code").display:
        await pilot.press("f2")
        await pilot.pause()
    await pilot.press("down", "enter")
    await pilot.pause()
    view = screen.query_one(CodeView)
    assert pilot.app.focused is view and view.border_title == "program.py"
    return view


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_every_key_works_at_every_size(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    session = FakeSession()
    app = Alone(project_screen(session))
    async with app.run_test(size=size) as pilot:
        view = await in_code(pilot)
        explained = app.screen.query_one("#explained", Static)
        assert not explained.display
        await pilot.press("down", "down", "down", "down", "down", "e")
        await pilot.pause()
        assert explained.display and "line 6  What goes in and what comes out." in str(explained.content)
        await pilot.press("pagedown")
        await pilot.pause()
        assert view.cursor is not None and f"line {view.cursor + 1} " in str(explained.content)
        await pilot.press("home", "end", "up", "enter")
        await pilot.pause()
        assert not explained.display
        await pilot.press("o")
        assert "No editor is set" in [note.message for note in app._notifications][-1]
        await pilot.press("c")
        assert app.clipboard == PROGRAM
        await pilot.press("f5")
        assert session.consent in app.clipboard
        await pilot.press("f2", "f2", "n")
        await pilot.pause()
        assert app.results == ["no"]


async def test_a_click_marks_a_line_and_a_double_click_explains_it() -> None:
    app = Alone(project_screen(FakeSession()))
    async with app.run_test(size=(120, 36)) as pilot:
        view = await in_code(pilot)
        await pilot.click(CodeView, offset=(20, 4))
        assert view.cursor == 3
        await pilot.double_click(CodeView, offset=(20, 6))
        await pilot.pause()
        assert view.cursor == 5
        assert "What goes in" in str(app.screen.query_one("#explained", Static).content)


async def test_roles_are_whole_at_100_columns() -> None:
    session = FakeSession()
    screen = project_screen(session)
    assert session.plan is not None
    role = Role(model="openai/a-long-name-of-a-model-" + "x" * 60, price_in=0.25, price_out=2.0)
    session.plan = session.plan.model_copy(update={"student": role, "teacher": role})
    app = Alone(screen)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.pause()
        roles = app.screen.query_one(RolesPanel)
        told = "".join(line[13:].strip() for line in str(roles.content).splitlines())
        assert told.count("$0.25 / $2 per million in / out") == 2 and told.count("x" * 60) == 2
        assert all(len(line) <= roles.size.width for line in str(roles.content).splitlines())
        assert roles.region.bottom <= 30


async def test_an_editor_opens_the_file_and_what_it_changed_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Written(FakeSession):
        def project_files(self) -> tuple[ProjectFile, ...]:
            return (ProjectFile(name="program.py", text=(tmp_path / "program.py").read_text()),)

    (tmp_path / "program.py").write_text("one = 1\n")
    monkeypatch.setenv(
        "VISUAL", f"{shlex.quote(sys.executable)} -c \"import sys; open(sys.argv[1], 'w').write('two = 2')\""
    )
    session = Written()
    screen = project_screen(session)
    session.project = tmp_path
    app = Alone(screen)
    monkeypatch.setattr(app, "suspend", contextlib.nullcontext)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        assert screen.query_one(CodeView).as_text == "two = 2"
        monkeypatch.setenv("VISUAL", "/nowhere/editor '")
        await pilot.press("o")
        assert "could not be started" in [note.message for note in app._notifications][-1]


async def test_without_a_terminal_to_lend_the_path_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    app = Alone(project_screen(FakeSession()))
    async with app.run_test():
        assert edit(app, Path("[a].py")) == "This terminal cannot be lent to an editor. The file is [a].py"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(deadline=None)
def test_any_text_keeps_its_line_numbers(text: str) -> None:
    shown = Content(visible(text, mark="�")).split("\n", allow_blank=True)
    assert len(shown) in (len(text.replace("\r\n", "\n").split("\n")), 1)
    for index in range(-1, len(shown) + 2):
        assert explain("program.py", text, index)
        assert explain("x.json", text, index)
