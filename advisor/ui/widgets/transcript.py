"""The conversation so far."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.widget import Widget

from advisor.domain.dialogue import Answer, Message
from advisor.ui.widgets.answers import Answers
from advisor.ui.widgets.marked import Marked

MARKS = {"says": "", "noted": "·", "asks": "?", "warns": "!", "error": "✗", "you": "❯", "hint": "→"}
"""How each kind of paragraph differs without colour."""

PARAGRAPHS_KEPT = 400


class Transcript(VerticalScroll):
    """One widget a paragraph; stays at the end unless the reader has scrolled away."""

    HELP = "Select text with the mouse, `ctrl+c` copies it. `F5` copies the whole conversation."

    def on_mount(self) -> None:
        """Stay at the end."""
        self.anchor()

    async def say(self, messages: Iterable[Message], answers: tuple[Answer, ...] = ()) -> None:
        """Add what the advisor says, and the answers to choose from."""
        paragraphs: list[Widget] = [self._paragraph(message.kind, message.text) for message in messages]
        if answers:
            paragraphs.append(Answers(answers))
        await self._add(paragraphs)

    async def heard(self, text: str) -> None:
        """Add what the user replied; the answers to the question before are gone."""
        await self.query(Answers).remove()
        self.anchor()
        await self._add([self._paragraph("you", text)])

    def in_words(self, text: str) -> str:
        """Return a reply as it should stand here: the number of an answer with its label."""
        shown = self.query(Answers)
        answers = shown.first().answers if shown else ()
        if text.isdecimal() and 1 <= int(text[:4]) <= len(answers):
            return f"{text}  {answers[int(text[:4]) - 1].label}"
        return text

    async def hint(self, text: str) -> None:
        """Add a line about the screens themselves."""
        await self._add([self._paragraph("hint", text)])

    def as_text(self) -> str:
        """Return the whole conversation as text."""
        lines = ((paragraph.mark + " " if paragraph.mark else "") + paragraph.plain for paragraph in self._paragraphs())
        return "\n\n".join(lines)

    def _paragraphs(self) -> list[Marked]:
        return list(self.query_children(Marked))

    def _paragraph(self, kind: str, text: str) -> Marked:
        return Marked(text.strip("\n"), MARKS[kind], classes=f"-{kind}")

    async def _add(self, paragraphs: list[Widget]) -> None:
        if not paragraphs:
            return
        await self.mount_all(paragraphs)
        await self.remove_children(self._paragraphs()[:-PARAGRAPHS_KEPT])
