"""What was found in a dataset, section by section."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Footer, Input, Static

from advisor.domain.dataset import DatasetReport
from advisor.domain.deep_words import ASKED_BY, lacking
from advisor.domain.facts import FactName
from advisor.domain.report_parts import MARKS, Section, SectionName
from advisor.domain.report_text import as_text
from advisor.domain.report_view import labels, sections
from advisor.ui.port import SessionPort
from advisor.ui.screens.roles import Change, RolesScreen
from advisor.ui.widgets.lines import Rows
from advisor.ui.widgets.reading_line import LOOK_S, ReadingLine
from advisor.ui.widgets.report_body import STYLES, ReportBody, SectionList
from advisor.ui.widgets.section_strip import SectionStrip
from advisor.ui.widgets.title_bar import TitleBar


class ReportScreen(RolesScreen):
    """The report of the file in hand; returns the reply given here, or an empty one."""

    CSS_PATH = "report.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = ""
    HELP = (
        "What was counted in the file, and what it means. ✗ stops every route, ! warns, · is worth knowing. In "
        "`fields` another field is made the label or an input, and everything is counted again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        # First, so that a narrow footer has it.
        Binding("escape,f9", "back", "back"),
        Binding("d", "check", "check for it"),
        Binding("x", "stop_check", "stop the check"),
        Binding("y", "confirm", "fields are right"),
        Binding("l", "role('label')", "make label"),
        Binding("i", "role('input')", "input or not"),
        Binding("c", "copy_section", "copy"),
        Binding("left", "turn(-1)", "section before", show=False),
        Binding("right", "turn(1)", "next section", show=False),
        Binding("slash", "search", "search labels"),
    ]

    at: reactive[int] = reactive(0, init=False)
    """The section that is shown."""

    def __init__(
        self,
        session: SessionPort,
        change: Change,
        asked: Callable[[], FactName | None],
        say: Callable[[str], Awaitable[None]],
        first: SectionName = "overview",
    ) -> None:
        super().__init__(session, change)
        self.asked = asked
        """The fact a reply would be about now."""
        self.say = say
        """Gives a reply in the conversation."""
        self.sections: tuple[Section, ...] = sections(self.report)
        self.checking = session.checking is not None
        """Whether a deep check is under way, as far as the keys say."""
        self.words = ""
        """What is searched for among the labels."""
        self.set_reactive(ReportScreen.at, self._place(first))

    def compose(self) -> ComposeResult:
        """The sections beside or above the one that is shown."""
        yield TitleBar()
        yield SectionStrip()
        with Horizontal(id="pages"):
            yield SectionList()
            yield ReportBody()
        with Horizontal(id="search"):
            yield Static("/ ", markup=False)
            yield Input(placeholder="search the labels", compact=True)
        # Esc leaves this screen; the reading goes on, and is stopped in the conversation.
        yield ReadingLine(stops=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the section it opens at, and follow what is still being looked at."""
        self.show_title(self.session.title, "data")
        names = self.query_one(SectionList)
        names.border_title = "report"
        self._list()
        names.cursor = self.at
        # At once, as a message would come after the next key.
        self.watch(names, "cursor", self._turned, init=False)
        self.set_interval(LOOK_S, self.look)
        self._look_closer()
        self.call_after_refresh(self._settle)

    def on_resize(self) -> None:
        """Keep the focus on something that is shown."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if self.focused is None or not self.focused.size.width:
            names = self.query_one(SectionList)
            (names if names.display and self.has_class("-wide") else self.query_one(ReportBody)).focus()
        if not self.query_one(ReportBody).shown:
            self._show(anew=True)

    @property
    def section(self) -> Section:
        """What is shown, as far as it is searched for."""
        section = self.sections[self.at]
        if section.name == "labels" and self.words:
            return section._replace(parts=labels(self.report, self.words))
        return section

    @property
    def confirmable(self) -> bool:
        """Whether a yes in the conversation would be one to the fields."""
        return self.asked() == "label_field" and self.report.label_field is not None

    def look(self) -> None:
        """Show the report anew where there is another one; the reader stays where they are."""
        report = self.session.report
        if self.checking != (checking := self.session.checking is not None):
            self.checking = checking
            self.refresh_bindings()
        if self.open and report is not None and report is not self.report:
            self._renew(report, looking=True)
            self._look_closer()

    @work(exclusive=True, group="closer")
    async def _look_closer(self) -> None:
        """Show what a closer look adds when it has come."""
        if self.report.close is None:
            await self.session.look_closer()
            self._renew(self.session.report or self.report, looking=False)

    def _renew(self, report: DatasetReport, *, looking: bool) -> None:
        self.report, self.sections = report, sections(report, looking=looking)
        self._list()
        self.show_again()

    def _list(self) -> None:
        self.query_one(SectionList).show(_named(section) for section in self.sections)
        self._mark()

    def _mark(self) -> None:
        self.query_one(SectionStrip).show([section.title for section in self.sections], self.at)

    def show_again(self) -> None:
        """Show the section anew; the reader stays where they are."""
        self._show(anew=False)

    def _show(self, *, anew: bool) -> None:
        body, section = self.query_one(ReportBody), self.section
        body.border_title = section.title
        hint = "y these fields are right · " if self.confirmable else ""
        body.border_subtitle = f"{hint}Enter another role" if section.name == "fields" else ""
        body.show_parts(section.parts, anew=anew)
        self.refresh_bindings()

    def watch_at(self) -> None:
        """Show another section from its beginning."""
        self.query_one(SectionList).cursor = self.at
        self._mark()
        self._show(anew=True)

    def _turned(self, cursor: int | None) -> None:
        if cursor is not None:
            self.at = cursor

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if isinstance(message.rows, SectionList):
            self.query_one(ReportBody).focus()
        else:
            self.ask_role()

    def _place(self, name: SectionName) -> int:
        return next(place for place, section in enumerate(self.sections) if section.name == name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that mean nothing in the section that is shown."""
        if action == "confirm":
            return self.confirmable and self.section.name == "fields"
        if action == "role":
            return self.section.name == "fields"
        if action == "check":
            return self.session.checking is None and lacking(self.report, self.section.name) is not None
        if action == "stop_check":
            return self.session.checking is not None
        return bool(self.report.label_counts) if action == "search" else True

    def all_text(self) -> str:
        """Return every section."""
        return "\n\n".join(as_text(section) for section in self.sections)

    def action_turn(self, by: int) -> None:
        """Show the section before or after."""
        self.at = (self.at + by) % len(self.sections)

    def action_turn_to(self, place: int) -> None:
        """Show a section."""
        self.at = place

    def action_copy_section(self) -> None:
        """Copy the section that is shown."""
        self.app.copy_to_clipboard(as_text(self.section))
        self.notify(f"Copied {self.section.title}.", markup=False, timeout=2)

    async def action_check(self) -> None:
        """Ask in the conversation for the check that this section lacks."""
        if check := lacking(self.report, self.section.name):
            await self.say(ASKED_BY[check])

    def action_stop_check(self) -> None:
        """End the deep checks."""
        self.session.stop_reading()

    def action_confirm(self) -> None:
        """Say in the conversation that the fields are right."""
        self.dismiss("yes")

    # The search among the labels.

    def action_search(self) -> None:
        """Search the labels."""
        self.at = self._place("labels")
        self.add_class("-searching")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self.words = message.value
        if self.section.name == "labels":
            self._show(anew=True)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(ReportBody).focus()

    def action_back(self) -> None:
        """End the search, else return to the conversation without an answer."""
        if self.has_class("-searching"):
            self.remove_class("-searching")
            self.query_one(Input).value = ""
            self.query_one(ReportBody).focus()
        else:
            self.dismiss("")


def _named(section: Section) -> Content:
    mark = (
        Content.styled(f"{MARKS[section.severity]} ", STYLES[section.severity]) if section.severity else Content("  ")
    )
    return mark + section.title
