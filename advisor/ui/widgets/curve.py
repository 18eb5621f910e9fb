"""A live curve with its figures in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Sparkline, Static

from advisor.ui.text import line


class Curve(Vertical):
    """A sparkline over what its ends mean; it takes no room before it has two points."""

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(id=id)
        self.border_title = title
        self.display = False

    def compose(self) -> ComposeResult:
        """The curve over its caption."""
        yield Sparkline()
        yield Static(markup=False)

    def show(self, points: Sequence[float], caption: str) -> None:
        """Show points, oldest first."""
        self.display = len(points) > 1
        if self.display:
            self.query_one(Sparkline).data = points
            self.query_one(Static).update(line(caption))
