"""The conversation, the checklist beside it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static

from advisor.domain.dialogue import Step
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen, as_message
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.checklist import ChecklistPanel, Summary
from advisor.ui.widgets.heading import HeadingPanel
from advisor.ui.widgets.prompt import Prompt
from advisor.ui.widgets.title_bar import TitleBar
from advisor.ui.widgets.transcript import Transcript

OFFERED = "F3 shows the project: its files, what it will take, and where the data goes."


class ConversationScreen(AdvisorScreen[None]):
    """Replies go to the session, its steps come back as paragraphs."""

    CSS_PATH = "conversation.tcss"
    AUTO_FOCUS = "Prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "side", "checklist"),
        Binding("f3", "project", "project"),
        Binding("f4", "last_run", "run"),
        Binding("pageup", "page(-1)", "scroll", show=False, priority=True),
        Binding("pagedown", "page(1)", "scroll", show=False, priority=True),
    ]

    def __init__(self, session: SessionPort, clock: Callable[[], float] = time.time) -> None:
        super().__init__(session)
        self.clock = clock
        self._phase = "asking"

    def compose(self) -> ComposeResult:
        """Title, transcript with the panels beside it, prompt, keys."""
        yield TitleBar()
        yield Summary()
        with Horizontal(id="talk"):
            yield Transcript()
            with VerticalScroll(id="side"):
                yield ChecklistPanel()
                yield HeadingPanel()
        with Horizontal(id="reply"):
            yield Static("❯", markup=False)
            yield Prompt()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin the conversation."""
        self.query_one(ChecklistPanel).border_title = "before you fine-tune"
        self.query_one(HeadingPanel).border_title = "where this is heading"
        self.show_title(self.session.title)
        self._take_turn(self.session.open)

    def all_text(self) -> str:
        """Return the conversation."""
        return self.query_one(Transcript).as_text()

    @on(Prompt.Replied)
    async def _replied(self, message: Prompt.Replied) -> None:
        await self._send(message.text, self.query_one(Transcript).in_words(message.text))

    @on(Answers.Chosen)
    async def _chose(self, message: Answers.Chosen) -> None:
        await self._send(message.answer.value, message.answer.label)

    async def _send(self, text: str, shown: str) -> None:
        """Give a reply to the session; a second one waits for the first, or it would be cut off."""
        prompt = self.query_one(Prompt)
        if prompt.waiting or self._phase in ("closed", "running"):
            return
        prompt.waiting = True
        prompt.focus()
        await self.query_one(Transcript).heard(shown)
        self._take_turn(lambda: self.session.reply(text))

    @work(exclusive=True, group="conversation")
    async def _take_turn(self, turn: Callable[[], Awaitable[Step]]) -> None:
        prompt = self.query_one(Prompt)
        prompt.waiting = True
        try:
            step = await turn()
        except AdvisorError as error:
            await self.query_one(Transcript).say([as_message(error)])
        else:
            await self._show(step)
        finally:
            prompt.waiting = False

    async def _show(self, step: Step) -> None:
        transcript = self.query_one(Transcript)
        await transcript.say(step.messages, step.answers)
        self.query_one(Prompt).suggestion = step.suggestion
        self.query_one(ChecklistPanel).checklist = step.checklist
        self.query_one(HeadingPanel).recommendation = step.recommendation
        self.query_one(Summary).show(step.checklist, step.recommendation)
        self.show_title(self.session.title)
        before, self._phase = self._phase, step.phase
        if step.phase == "offering" and before != "offering":
            await transcript.hint(OFFERED)
        if step.phase == "running":
            self._follow_run()
        elif step.phase == "closed":
            self.query_one(Prompt).display = False
            await transcript.hint("The conversation is closed. Ctrl+Q leaves.")
        self.refresh_bindings()

    def _follow_run(self) -> None:
        # Paid for only when a run begins: most conversations never open it.
        from advisor.ui.screens.run import RunScreen

        self.app.push_screen(RunScreen(self.session, follow=True, clock=self.clock), self._run_over)

    async def _run_over(self, step: Step | AdvisorError | None) -> None:
        self._phase = "asking"
        transcript = self.query_one(Transcript)
        if isinstance(step, Step):
            await self._show(step)
        elif isinstance(step, AdvisorError):
            await transcript.say([as_message(step)])
        self.refresh_bindings()

    async def _project_read(self, reply: str | None) -> None:
        if reply:
            await self._send(reply, reply)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the keys of screens that have nothing to show yet."""
        if action == "project":
            return True if self.session.project else None
        if action == "last_run":
            return True if self.session.view else None
        return True

    def action_project(self) -> None:
        """Open the written project."""
        # Pygments comes with it, and is not needed for the first question.
        from advisor.ui.screens.project import ProjectScreen

        self.app.push_screen(ProjectScreen(self.session, offered=self._phase == "offering"), self._project_read)

    def action_last_run(self) -> None:
        """Open the last run and its comparison."""
        from advisor.ui.screens.run import RunScreen

        self.app.push_screen(RunScreen(self.session, follow=False, clock=self.clock))

    def action_side(self) -> None:
        """Show or hide the panels."""
        self.toggle_class("-side")

    def action_page(self, pages: int) -> None:
        """Scroll the conversation while the prompt keeps the focus."""
        side = self.query_one("#side")
        target = side if self.focused is side else self.query_one(Transcript)
        if pages < 0:
            target.scroll_page_up()
        else:
            target.scroll_page_down()

    def on_key(self, event: events.Key) -> None:
        """Typing anywhere goes to the prompt."""
        prompt = self.query_one(Prompt)
        if event.is_printable and event.character and self.focused is not prompt and prompt.display:
            event.stop()
            prompt.focus()
            prompt.insert(event.character)
