"""The conversation, with the checklist and the facts beside it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Footer, Static

from advisor.domain.dialogue import Phase, Step
from advisor.domain.facts import FactName
from advisor.domain.field_roles import Correction
from advisor.domain.report_parts import SectionName
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import TakeUp, as_message
from advisor.ui.screens.filing import FilingScreen
from advisor.ui.screens.talking import CLOSED
from advisor.ui.widgets.below import Below
from advisor.ui.widgets.checklist import Summary
from advisor.ui.widgets.facts import FactsPanel
from advisor.ui.widgets.paragraph import Paragraph
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.reading_line import ReadingLine
from advisor.ui.widgets.side import Side
from advisor.ui.widgets.title_bar import TitleBar
from advisor.ui.widgets.transcript import Transcript
from advisor.ui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from advisor.ui.widgets.pulse import Purse

OFFERED = "F3 shows the project: its files, what it will take, and where the data goes."


class ConversationScreen(FilingScreen):
    """The talk, what is known beside it, and the ways to the other screens."""

    CSS_PATH = "conversation.tcss"
    AUTO_FOCUS = "Prompt"
    # The facts stand beside the checklist, or under it, where there is room.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (100, "-wide"), (160, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall"), (46, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "glossary", "words", show=False, priority=True),
        Binding("f2", "checklist", "checklist"),
        Binding("f8", "facts", "facts"),
        Binding("ctrl+e", "edit_noted", "correct what was noted", show=False, priority=True),
        Binding("f3", "project", "project"),
        Binding("f4", "last_run", "run"),
        Binding("f9", "report", "data"),
        Binding("ctrl+o", "browse", "open", show=False),
        Binding("ctrl+d", "details", "what is behind an error", show=False, priority=True),
        Binding("escape", "stop_reading", "stop reading", show=False),
        Binding("pageup", "page(-1)", "scroll", show=False, priority=True),
        Binding("pagedown", "page(1)", "scroll", show=False, priority=True),
        Binding("ctrl+end", "to_end", "newest message", show=False, priority=True),
    ]

    panel: reactive[str] = reactive("auto")
    """What stands beside the talk: `auto` is what there is room for, else `standing`, `facts` or `none`."""

    def __init__(
        self,
        session: SessionPort,
        clock: Callable[[], float] = time.time,
        *,
        about: str = "",
        browse: bool = False,
        typed: str = "",
    ) -> None:
        super().__init__(session, clock)
        self._about = about
        self._browse_first = browse
        self._typed = typed
        self._from_talk = False
        self._told: SectionName = "overview"
        """The section of the report that was told last."""
        self._purse: Purse | None = None
        """What the last run might cost."""

    def compose(self) -> ComposeResult:
        """Title, transcript with the panels beside it, prompt, keys."""
        yield TitleBar()
        yield Summary()
        with Horizontal(id="talk"):
            yield Transcript()
            yield Side()
        yield Below()
        yield Waiting(time.monotonic)
        yield ReadingLine()
        with Horizontal(id="reply"):
            yield Static("❯", markup=False)
            yield Prompt()
        yield Static(markup=False, id="matches")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Begin the conversation."""
        self.query_one("#matches").display = False
        self.transcript.label_of = self._label_of
        self.prompt.complete(self._typed)
        self.show_title(self.session.title)
        self.begin(f"reading {self._about}" if self._about else "looking at what is here")

    def words_here(self) -> str:
        """Return the question, and what the case heads for."""
        return f"{self.transcript.question()} {self.query_one(Summary).content}"

    async def moved(self, step: Step, before: Phase) -> None:
        """Show how the case stands, and follow a run."""
        if step.takes_up is not None:
            self.post_message(TakeUp(step.takes_up))
        self.transcript.kept_in = self.session.transcript
        self._told = step.section or "overview"
        await self.query_one(Side).show(step, self.session.known_facts)
        self.query_one(Summary).show(step.checklist, step.recommendation)
        self.show_title(self.session.title)
        if step.phase == "offering" and before != "offering":
            await self.transcript.hint(OFFERED)
        if step.phase == "running":
            self._follow_run()
        elif step.phase == "closed":
            self.prompt.display = False
            await self.transcript.hint(CLOSED)
        self.refresh_bindings()
        if self._browse_first:
            self._browse_first = False
            self.browse()

    def _label_of(self, fact: FactName) -> str:
        return next((known.label for known in self.session.known_facts if known.name == fact and known.editable), "")

    # Facts, where they stand and where they were noted.

    def watch_panel(self, panel: str) -> None:
        """Show a panel, or what there is room for."""
        for name in ("auto", "standing", "facts", "none"):
            self.set_class(panel == name, f"-panel-{name}")

    def action_checklist(self) -> None:
        """Show or hide the checklist."""
        standing = self.query_one("#standing")
        self.panel = "none" if standing.display and self.query_one(Side).display else "standing"

    def action_facts(self) -> None:
        """Go to the facts, or back from them."""
        facts = self.query_one(FactsPanel)
        if facts.has_focus_within and facts.display:
            self._leave_facts()
        else:
            self.panel = "facts"
            self.call_after_refresh(facts.focus)

    async def action_edit_noted(self) -> None:
        """Correct what was noted last; pressed again, the next fact of the same note."""
        noted, editor = self.transcript.noted(), self.query_one(FactsPanel).editor
        if noted:
            at = noted.index(editor.known.name) + 1 if editor and editor.known.name in noted else 0
            await self._edit(noted[at % len(noted)])

    @on(Paragraph.Edit)
    async def _edit_clicked(self, message: Paragraph.Edit) -> None:
        await self._edit(message.fact)

    async def _edit(self, fact: FactName) -> None:
        self._from_talk = True
        self.panel = "facts"
        await self.query_one(FactsPanel).edit(fact)

    @on(FactsPanel.Correct)
    def _correct(self, message: FactsPanel.Correct) -> None:
        if self.free():
            self.correct((Correction(message.fact, message.text),), message.panel.refuse, self._corrected)

    def _change(
        self,
        told: tuple[Correction, ...],
        refused: Callable[[str], None],
        taken: Callable[[], Awaitable[None]],
        over: Callable[[], None],
    ) -> bool:
        if free := self.free():
            self.correct(told, refused, taken, over)
        return free

    async def _corrected(self) -> None:
        await self.query_one(FactsPanel).close_editor()
        if self._from_talk:
            self._leave_facts()

    @on(FactsPanel.Leave)
    def _leave_facts(self) -> None:
        self._from_talk = False
        self.panel = "auto"
        self.prompt.focus()

    @on(FactsPanel.LeaveEditor)
    def _leave_editor(self) -> None:
        if self._from_talk:
            self._leave_facts()

    # The other screens, and moving about.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of screens that have nothing to show yet."""
        if action == "project":
            return self.session.project is not None
        if action == "report":
            return self.session.report is not None
        if action == "stop_reading":
            return any(line.display for line in self.query(ReadingLine))
        return self.session.view is not None if action == "last_run" else True

    def action_project(self) -> None:
        """Open the written project."""
        # Pygments comes with it, and is not needed for the first question.
        from advisor.ui.screens.project import ProjectScreen

        async def read(reply: str | None) -> None:
            if reply:
                await self.send(reply, reply)

        self.app.push_screen(ProjectScreen(self.session, offered=self.phase == "offering"), read)

    def action_report(self) -> None:
        """Open what was found in the file."""
        from advisor.ui.screens.report import ReportScreen  # its drawing is not needed for the first question

        async def read(reply: str | None) -> None:
            if reply:
                await self.send(reply, reply)

        self.app.push_screen(ReportScreen(self.session, self._change, self.asked_now, self._say, self._told), read)

    async def _say(self, text: str) -> None:
        await self.send(text, text)

    def action_last_run(self) -> None:
        """Open the last run and its comparison."""
        from advisor.ui.screens.run import RunScreen

        self.app.push_screen(RunScreen(self.session, follow=False, clock=self.clock, purse=self._purse))

    def _follow_run(self) -> None:
        # Paid for only when a run begins: most conversations never open it.
        from advisor.ui.screens.run import RunScreen

        screen = RunScreen(self.session, follow=True, clock=self.clock)
        self._purse = screen.purse
        self.app.push_screen(screen, self._run_over)

    async def _run_over(self, step: Step | AdvisorError | None) -> None:
        self.phase = "asking"
        if isinstance(step, Step):
            await self.show(step)
        elif isinstance(step, AdvisorError):
            await self.transcript.say([as_message(step)])
        self.refresh_bindings()

    async def exported(self, files: tuple[Path, ...]) -> None:
        """Say in the conversation what was saved, where the paths can be copied."""
        await self.transcript.hint("\n".join(("Saved:", *map(str, files))))

    def action_details(self) -> None:
        """Show or hide what is behind the newest error."""
        if not self.transcript.turn_details():
            self.notify("No error here has more to say.", markup=False)

    def action_page(self, pages: int) -> None:
        """Scroll the conversation while the prompt keeps the focus."""
        panels = [panel for panel in self.query("#standing, FactsPanel") if panel.has_focus or panel.has_focus_within]
        for target in panels[:1] or [self.transcript]:
            if pages < 0:
                target.scroll_page_up()
            else:
                target.scroll_page_down()

    def action_to_end(self) -> None:
        """Go to the newest message."""
        self.transcript.to_end()

    @on(Below.Wanted)
    def _read_on(self) -> None:
        self.transcript.to_end()

    @on(Transcript.Unread)
    def _count_unread(self, message: Transcript.Unread) -> None:
        self.query_one(Below).unread = message.count
