"""The generated project, before anything is spent."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, ScrollableContainer, Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from advisor.domain.explained import explain
from advisor.ui.editing import edit
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.choice import Choice, Way
from advisor.ui.text import line
from advisor.ui.widgets.code import CodeView
from advisor.ui.widgets.forecast import ForecastTable
from advisor.ui.widgets.lines import Rows
from advisor.ui.widgets.roles import RolesPanel
from advisor.ui.widgets.title_bar import TitleBar


class ProjectScreen(AdvisorScreen[str]):
    """Files, code, forecast and roles; returns the reply given here, or an empty one."""

    CSS_PATH = "project.tcss"
    # Forecast and roles beside one another need more than the other screens.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (116, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#files"
    HELP = "The files as they lie on disk, and what running them will take. Nothing runs before a yes."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('yes')", "run it…"),
        Binding("n", "answer('no')", "not now"),
        Binding("f2", "turn_over", "code/forecast"),
        Binding("e", "explain", "explain"),
        Binding("c", "copy_file", "copy"),
        Binding("o", "open_file", "open"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, session: SessionPort, *, offered: bool) -> None:
        super().__init__(session)
        self.offered = offered
        """Whether a yes would run it now."""
        self.files = session.project_files()
        self.shown = 0

    def compose(self) -> ComposeResult:
        """Files and code over forecast and roles, the consent last."""
        yield TitleBar()
        with Horizontal(id="code"):
            yield OptionList(
                *(Option(Content(line(file.name, 60))) for file in self.files), markup=False, compact=True, id="files"
            )
            yield CodeView()
        with ScrollableContainer(id="figures"):
            yield ForecastTable(markup=False)
            with Vertical(id="roles"):
                yield RolesPanel()
                yield Static(markup=False, id="prices")
        yield Static(markup=False, id="explained")
        yield Static(markup=False, id="consent")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Fill in the session's plan."""
        self.show_title(self.session.title, "project")
        self.query_one("#files").border_title = "files"
        self.query_one("#figures").border_title = "forecast: likely (low–high), and roles"
        plan, forecast = self.session.plan, self.session.forecast
        if plan is not None:
            self.query_one(RolesPanel).plan(plan)
        if forecast is not None:
            free = plan is not None and plan.free
            prices = "Nothing is billed here." if free else forecast.prices_note
            self.query_one("#prices", Static).update(prices)
        self.query_one("#consent", Static).update(Content(line(self.session.consent, 1200)))
        self.add_class("-figures")
        self._show(0)
        self.call_after_refresh(self._settle)

    def on_resize(self) -> None:
        """Fit the forecast to the room it has."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        figures, forecast = self.query_one("#figures"), self.session.forecast
        if forecast is not None and figures.size.width:
            self.query_one(ForecastTable).forecast(forecast, figures.size.width)
        if self.focused is None:
            (self.query_one("#files") if self.query_one("#code").display else figures).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the answers where no question stands."""
        return self.offered if action == "answer" else True

    def all_text(self) -> str:
        """Return forecast, roles and consent."""
        shown = (self.query_one(ForecastTable), self.query_one(RolesPanel), self.query_one("#consent", Static))
        return "\n\n".join(str(widget.content) for widget in shown)

    @on(OptionList.OptionHighlighted, "#files")
    def _highlighted(self, message: OptionList.OptionHighlighted) -> None:
        self._show(message.option_index)

    @on(OptionList.OptionSelected, "#files")
    def _selected(self, message: OptionList.OptionSelected) -> None:
        self._show(message.option_index)
        self.query_one(CodeView).focus()

    def _show(self, index: int) -> None:
        if index < len(self.files):
            self.shown = index
            view = self.query_one(CodeView)
            view.show_file(self.files[index])
            view.border_title = Content(line(self.files[index].name, 60)).markup

    def action_answer(self, reply: str) -> None:
        """Give the reply to the conversation; a yes takes a second key, since a letter may be a slip."""
        if reply != "yes":
            self.dismiss(reply)
            return

        def agreed(way: str | None) -> None:
            if way == "r":
                self.dismiss(reply)

        self.app.push_screen(Choice(line(self.session.consent, 1200), Way("n", "not now"), Way("r", "run it")), agreed)

    def action_turn_over(self) -> None:
        """Where there is room for one only: show the code, or the figures."""
        self.toggle_class("-figures")
        self.query_one("#figures" if self.has_class("-figures") else "#files").focus()
        self.call_after_refresh(self._settle)

    @on(Rows.Moved)
    def _line_marked(self, message: Rows.Moved) -> None:
        message.stop()
        self._explain(message.index)

    @on(Rows.Chosen)
    def _line_chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        self.action_explain()

    def _explain(self, index: int) -> None:
        if self.has_class("-explains") and self.shown < len(self.files):
            file = self.files[self.shown]
            told = Content.assemble((f"line {index + 1}  ", "$foreground-muted"), explain(file.name, file.text, index))
            self.query_one("#explained", Static).update(told)

    def action_explain(self) -> None:
        """Say in plain words what the marked line does, and go on doing so; or stop."""
        self.toggle_class("-explains")
        view = self.query_one(CodeView)
        if self.has_class("-explains"):
            self.remove_class("-figures")
            view.focus()
            self._explain(view.cursor or 0)

    def action_open_file(self) -> None:
        """Open the file in the user's editor, and show what it holds afterwards."""
        if self.session.project is None or self.shown >= len(self.files):
            return
        name = self.files[self.shown].name
        if told := edit(self.app, self.session.project / name):
            self.notify(told, severity="warning", markup=False)
        self.files = self.session.project_files()
        self._show(next((index for index, file in enumerate(self.files) if file.name == name), 0))

    def action_copy_file(self) -> None:
        """Copy the file that is shown."""
        if self.shown < len(self.files):
            file = self.files[self.shown]
            self.app.copy_to_clipboard(file.text)
            self.notify(f"Copied {line(file.name, 60)}.", markup=False, timeout=2)

    def action_back(self) -> None:
        """Return to the conversation without an answer."""
        self.dismiss("")
