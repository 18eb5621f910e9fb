"""The line at the top."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from advisor.ui.text import line


class TitleBar(Horizontal):
    """What is open on the left, what was spent on the right."""

    def compose(self) -> ComposeResult:
        """Two halves; the left one gives way."""
        yield Static(markup=False, id="title-left")
        yield Static(markup=False, id="title-right")

    def show(self, parts: tuple[str, ...], right: str) -> None:
        """Show the parts of the title and what was spent."""
        shown = " · ".join(line(part, 60) for part in parts if part)
        left = Content.assemble(("advisor", "bold"), f" · {shown}" if shown else "")
        self.query_one("#title-left", Static).update(left)
        self.query_one("#title-right", Static).update(Content(line(right, 60)))
