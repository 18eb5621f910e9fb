"""Where the user replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

PLACEHOLDER = "your answer, or ? to ask why"
WAITING = "one moment"


class Prompt(TextArea):
    """A few lines of text; Enter sends them, Up brings earlier replies back."""

    HELP = """
    Answer in your own words, or with the number of an answer.

    `?` asks why the question is asked. `back` takes the last answer back. `skip` leaves the question out.

    Tab completes a path. Up and Down bring earlier replies back.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "send", show=False),
        Binding("ctrl+j,shift+enter", "newline", "new line", show=False),
    ]

    waiting: reactive[bool] = reactive(False)
    """A reply is being worked on; the next one can be written but not sent."""

    suggestion: reactive[str] = reactive("")
    """What Enter on an empty prompt sends."""

    @dataclass
    class Replied(Message):
        """The user sent a reply that is not empty."""

        text: str
        prompt: Prompt

        @property
        def control(self) -> Prompt:
            """The prompt, for `@on` selectors."""
            return self.prompt

    @dataclass
    class Completing(Message):
        """The user pressed Tab behind some text."""

        text: str
        prompt: Prompt

        @property
        def control(self) -> Prompt:
            """The prompt, for `@on` selectors."""
            return self.prompt

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, placeholder=PLACEHOLDER, highlight_cursor_line=False, tab_behavior="focus")
        self._sent: list[str] = []
        self._recalled = 0
        self._draft = ""

    def watch_waiting(self, waiting: bool) -> None:
        """Say that a reply is being worked on."""
        self.placeholder = WAITING if waiting else self._invitation()

    def watch_suggestion(self) -> None:
        """Show what Enter would send."""
        self.placeholder = WAITING if self.waiting else self._invitation()

    def _invitation(self) -> str:
        return f"Enter for: {self.suggestion}" if self.suggestion else PLACEHOLDER

    async def _on_key(self, event: events.Key) -> None:
        """Take Enter before the text area makes a line break of it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()
            return
        if event.key == "tab" and self.text.strip():
            event.stop()
            event.prevent_default()
            self.action_complete()
            return
        await super()._on_key(event)

    def action_send(self) -> None:
        """Send what is written."""
        text = self.text.strip() or self.suggestion
        if not text or self.waiting:
            return
        if not self._sent or self._sent[-1] != text:
            self._sent.append(text)
        self._recalled, self._draft = 0, ""
        self.text = ""
        self.post_message(self.Replied(text, self))

    def action_complete(self) -> None:
        """Ask for what goes on from the text."""
        self.post_message(self.Completing(self.text, self))

    def complete(self, text: str) -> None:
        """Replace the text by what goes on from it."""
        self.text = text
        self.move_cursor(self.document.end)

    def action_newline(self) -> None:
        """Begin another line."""
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, from the first line to the reply before."""
        if select or not self.cursor_at_first_line or self._recalled == len(self._sent):
            super().action_cursor_up(select)
            return
        if self._recalled == 0:
            self._draft = self.text
        self._recall(self._recalled + 1)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, from the last line to the reply after."""
        if select or not self.cursor_at_last_line or self._recalled == 0:
            super().action_cursor_down(select)
            return
        self._recall(self._recalled - 1)

    def _recall(self, back: int) -> None:
        self._recalled = back
        self.text = self._sent[-back] if back else self._draft
        self.move_cursor(self.document.end)
