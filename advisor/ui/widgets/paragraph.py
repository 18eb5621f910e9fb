"""One thing that was said, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style

from advisor.domain.facts import FactName
from advisor.ui.text import line, visible
from advisor.ui.widgets.marked import Marked

MARKS = {"says": "", "noted": "·", "asks": "?", "warns": "!", "error": "✗", "you": "❯", "hint": "→"}
"""How each kind of paragraph differs without colour."""


class Paragraph(Marked):
    """Plain text; a note can be corrected, an error says what is behind it."""

    opened: reactive[bool] = reactive(False)
    """Whether the details are shown."""

    @dataclass
    class Edit(Message):
        """The reader wants another value for a fact that was noted."""

        fact: FactName
        paragraph: Paragraph

        @property
        def control(self) -> Paragraph:
            """The paragraph, for `@on` selectors."""
            return self.paragraph

    def __init__(self, kind: str, text: str, facts: tuple[tuple[FactName, str], ...] = (), detail: str = "") -> None:
        self.facts = facts
        """Name and label of each fact that can be corrected here."""
        self.detail = visible(detail)
        super().__init__(text.strip("\n"), MARKS[kind], classes=f"-{kind}")
        self._said = self.plain
        self.update(self._with_links())

    def _with_links(self) -> Content:
        parts: list[Content | tuple[str, Style]] = [Content(self._said)]
        for name, label in self.facts:
            word = "[edit]" if len(self.facts) == 1 else f"[edit {line(label, 30)}]"
            parts += [Content("  "), _link(word, f"edit('{name}')")]
        if self.detail:
            parts += [Content("  "), _link("[less]" if self.opened else "[details]", "details")]
        if self.detail and self.opened:
            parts.append(Content.styled(f"\n{self.detail}", "$foreground-muted"))
        return Content.assemble(*parts)

    def watch_opened(self, opened: bool) -> None:
        """Show or hide what is behind the sentence."""
        self.plain = f"{self._said}\n{self.detail}" if opened else self._said
        self.update(self._with_links())

    def action_edit(self, fact: FactName) -> None:
        """Ask for another value of a noted fact."""
        self.post_message(self.Edit(fact, self))

    def action_details(self) -> None:
        """Show or hide the details."""
        self.opened = not self.opened


def _link(word: str, action: str) -> tuple[str, Style]:
    return word, Style.from_meta({"@click": action})
