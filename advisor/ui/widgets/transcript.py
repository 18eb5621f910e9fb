"""The conversation so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.message import Message as Posted
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from advisor.domain.dialogue import Answer, Message
from advisor.domain.facts import FactName
from advisor.ui.text import line
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.paragraph import Paragraph


class Transcript(VerticalScroll):
    """One widget a message, the oldest given up; stays at the end unless the reader has scrolled away."""

    HELP = "Select text with the mouse, `ctrl+c` copies it. `F5` copies the whole conversation."
    KEPT: ClassVar[int] = 200
    """Messages shown; older ones are in the transcript file."""

    unread: reactive[int] = reactive(0)
    """Messages that came below while the reader was further up."""

    @dataclass
    class Unread(Posted):
        """What came below has been counted, or was reached."""

        count: int
        transcript: Transcript

        @property
        def control(self) -> Transcript:
            """The transcript, for `@on` selectors."""
            return self.transcript

    def __init__(self) -> None:
        super().__init__()
        self.kept_in: Path | None = None
        """Where the whole conversation is."""
        self.label_of: Callable[[FactName], str] = str
        """What a fact is called; empty when it cannot be corrected."""
        self._given_up = 0
        self._away = False

    def on_mount(self) -> None:
        """Stay at the end."""
        self.anchor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice when the reader leaves the end or comes back to it."""
        super().watch_scroll_y(old_value, new_value)
        self._away = new_value < self.max_scroll_y
        if not self._away:
            self.unread = 0

    def watch_unread(self, count: int) -> None:
        """Tell how many messages wait below."""
        self.post_message(self.Unread(count, self))

    async def answer_with(self, answers: tuple[Answer, ...]) -> None:
        """Offer these answers, and no others."""
        await self.query(Answers).remove()
        if answers:
            await self._add([Answers(answers)])

    async def say(self, messages: Iterable[Message]) -> None:
        """Add what the advisor says."""
        said: list[Widget] = [self._paragraph(message) for message in messages]
        if self._away:
            self.unread += len(said)
        await self._add(said)

    async def heard(self, text: str) -> None:
        """Add what the user replied; the answers to the question before are gone."""
        await self.query(Answers).remove()
        self.to_end()
        await self._add([Paragraph("you", text)])

    async def hint(self, text: str) -> None:
        """Add a line about the screens themselves."""
        await self._add([Paragraph("hint", text)])

    def to_end(self) -> None:
        """Go to the newest message and stay there."""
        self._away, self.unread = False, 0
        self.anchor()
        self.scroll_end(animate=False)

    def answer(self, text: str) -> Answer | None:
        """Return the answer that a typed number chooses."""
        shown = self.query(Answers)
        answers = shown.first().answers if shown else ()
        number = int(text[:4]) if text.isascii() and text.isdecimal() else 0
        return answers[number - 1] if 1 <= number <= len(answers) else None

    def noted(self) -> tuple[FactName, ...]:
        """Return the facts of the newest note that can be corrected."""
        for paragraph in reversed(self._paragraphs()):
            if paragraph.facts:
                return tuple(name for name, _ in paragraph.facts)
        return ()

    def question(self) -> str:
        """Return the newest question."""
        return next((one.plain for one in reversed(self._paragraphs()) if one.has_class("-asks")), "")

    def turn_details(self) -> bool:
        """Show or hide what is behind the newest error; say whether there is any."""
        for paragraph in reversed(self._paragraphs()):
            if paragraph.detail:
                paragraph.opened = not paragraph.opened
                return True
        return False

    def as_text(self) -> str:
        """Return the conversation as text, as far as it is shown."""
        lines = ((said.mark + " " if said.mark else "") + said.plain for said in self._paragraphs())
        earlier = [self._earlier()] if self._given_up else []
        return "\n\n".join([*earlier, *lines, *(offered.as_text() for offered in self.query(Answers))])

    def _paragraphs(self) -> list[Paragraph]:
        return list(self.query_children(Paragraph))

    def _paragraph(self, message: Message) -> Paragraph:
        facts = tuple((name, label) for name in message.facts if (label := self.label_of(name)))
        return Paragraph("you" if message.kind == "heard" else message.kind, message.text, facts, message.detail)

    def _earlier(self) -> str:
        where = f" They are in {line(str(self.kept_in))}" if self.kept_in else ""
        return f"{self._given_up} earlier messages are not shown here.{where}"

    async def _add(self, paragraphs: list[Widget]) -> None:
        if not paragraphs:
            return
        await self.mount_all(paragraphs)
        # Nothing moves under someone who reads further up, until there is far too much.
        shown = self._paragraphs()
        if len(shown) > (2 * self.KEPT if self._away else self.KEPT):
            await self._give_up(shown[: -self.KEPT])

    async def _give_up(self, oldest: list[Paragraph]) -> None:
        self._given_up += len(oldest)
        await self.remove_children(oldest)
        if not self.query(".-earlier"):
            await self.mount(Static(markup=False, classes="-earlier"), before=0)
        self.query_one(".-earlier", Static).update(self._earlier())
