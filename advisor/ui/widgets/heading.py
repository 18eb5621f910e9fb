"""Where the conversation is heading."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from advisor.domain.advice import Recommendation
from advisor.ui.text import line
from advisor.ui.widgets.marked import Marked

REASONS = 2
"""Reasons shown; the conversation gives them all."""


class HeadingPanel(Vertical):
    """The advice so far, why, and what would change it."""

    recommendation: reactive[Recommendation | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """Title, reasons, what would change it."""
        yield Static(markup=False, classes="-title")
        yield from (Marked("", classes="-reason") for _ in range(REASONS + 1))
        yield Static(markup=False, classes="-change")

    def watch_recommendation(self, recommendation: Recommendation | None) -> None:
        """Show the advice."""
        if recommendation is None:
            return
        self.query_one(".-title", Static).update(line(recommendation.title))
        told = [("·", reason.text) for reason in recommendation.reasons[:REASONS]]
        if recommendation.risk:
            told.append(("!", recommendation.risk))
        for index, shown in enumerate(self.query(Marked)):
            mark, text = told[index] if index < len(told) else ("", "")
            shown.show(line(text, 300), mark)
            shown.display = bool(text)
        self.query_one(".-change", Static).update(line(recommendation.would_change))
