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
from textual.widgets import Footer, Input, Static, Tab, Tabs

from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import FactName
from advisor.domain.field_roles import WORDS, Correction, Wish, corrections, role_now, wishes
from advisor.domain.report_parts import MARKS, Section
from advisor.domain.report_text import as_text
from advisor.domain.report_view import labels, sections
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.choice import Choice, Way
from advisor.ui.widgets.lines import Rows
from advisor.ui.widgets.reading_line import ReadingLine
from advisor.ui.widgets.report_body import STYLES, ReportBody, SectionList
from advisor.ui.widgets.title_bar import TitleBar

Change = Callable[
    [tuple[Correction, ...], Callable[[str], None], Callable[[], Awaitable[None]], Callable[[], None]], bool
]
"""Has other values for facts given to the session, whatever becomes of this screen; False while it can take none.

It tells why one was refused, that one was taken, and that it is over.
"""

LOOK_S = 0.5
"""Seconds between two looks at whether there is a newer report."""

KEYS: dict[Wish, str] = {"label": "l", "input": "i", "only_input": "o", "ignored": "x"}


class ReportScreen(AdvisorScreen[str]):
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

    def __init__(self, session: SessionPort, change: Change, asked: Callable[[], FactName | None]) -> None:
        super().__init__(session)
        assert session.report is not None
        self.report: DatasetReport = session.report
        self.change = change
        self.asked = asked
        """The fact a reply would be about now."""
        self.sections: tuple[Section, ...] = sections(self.report)
        self.words = ""
        """What is searched for among the labels."""

    def compose(self) -> ComposeResult:
        """The sections beside or above the one that is shown."""
        yield TitleBar()
        tabs = Tabs(*(Tab(Content(one.title), id=one.name) for one in self.sections))
        tabs.can_focus = False
        yield tabs
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
        """Show the first section, and follow what is still being looked at."""
        self.show_title(self.session.title, "data")
        self.query_one(SectionList).border_title = "report"
        self._list()
        self.query_one(SectionList).cursor = 0
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

    @property
    def open(self) -> bool:
        """Whether it has not been left."""
        return self in self.app.screen_stack

    def look(self) -> None:
        """Show the report anew where there is another one; the reader stays where they are."""
        report = self.session.report
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
        self._show(anew=False)

    def _list(self) -> None:
        self.query_one(SectionList).show(_named(section) for section in self.sections)

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
        self.query_one(Tabs).active = self.sections[self.at].name
        self._show(anew=True)

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        message.stop()
        # A message may come late: following it would undo the move after it, and be told of in turn.
        if isinstance(message.rows, SectionList) and message.index == message.rows.cursor:
            self.at = message.index

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if isinstance(message.rows, SectionList):
            self.query_one(ReportBody).focus()
        else:
            self._ask_role()

    @on(Tabs.TabActivated)
    def _tab(self, message: Tabs.TabActivated) -> None:
        if message.tab.id == message.tabs.active:
            self.at = next(place for place, section in enumerate(self.sections) if section.name == message.tab.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that mean nothing in the section that is shown."""
        if action == "confirm":
            return self.confirmable and self.section.name == "fields"
        if action == "role":
            return self.section.name == "fields"
        return bool(self.report.label_counts) if action == "search" else True

    def all_text(self) -> str:
        """Return every section."""
        return "\n\n".join(as_text(section) for section in self.sections)

    def action_turn(self, by: int) -> None:
        """Show the section before or after."""
        self.at = (self.at + by) % len(self.sections)

    def action_copy_section(self) -> None:
        """Copy the section that is shown."""
        self.app.copy_to_clipboard(as_text(self.section))
        self.notify(f"Copied {self.section.title}.", markup=False, timeout=2)

    # The roles of the fields.

    def action_confirm(self) -> None:
        """Say in the conversation that the fields are right."""
        self.dismiss("yes")

    def action_role(self, wish: Wish) -> None:
        """Make the marked field the label, or an input; an input is left out."""
        field = self.query_one(ReportBody).marked
        if field is not None:
            self._give(field.name, "ignored" if wish == "input" == field.role else wish)

    def _ask_role(self) -> None:
        field = self.query_one(ReportBody).marked
        if field is None:
            return
        name, possible = field.name, {KEYS[wish]: wish for wish in wishes(self.report, field.name)}
        ways = (Way("n", "leave it as it is"), *(Way(key, WORDS[wish]) for key, wish in possible.items()))

        def chosen(key: str | None) -> None:
            if key in possible:
                self._give(name, possible[key])

        self.app.push_screen(Choice(role_now(field), *ways), chosen)

    def _give(self, name: str, wish: Wish) -> None:
        told = corrections(self.report, name, wish)
        if isinstance(told, str):
            self._refused(told)
        elif self.change(told, self._refused, self._taken, self._over):
            self.query_one(ReportBody).border_subtitle = "counting again…"
            self.refresh_bindings()

    # Heard from the conversation, perhaps when this screen has been left.

    def _refused(self, why: str) -> None:
        self.app.notify(why, severity="warning", markup=False)

    async def _taken(self) -> None:
        self.look()

    def _over(self) -> None:
        self.look()
        if self.session.report is None and self.is_current:
            # It could not be counted again, and the conversation says why: what is shown here no longer holds.
            self.dismiss("")
        elif self.open:
            self._show(anew=False)

    # The search among the labels.

    def action_search(self) -> None:
        """Search the labels."""
        self.at = next(place for place, section in enumerate(self.sections) if section.name == "labels")
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
