"""Beside the conversation: how the case stands, and everything known of it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from advisor.domain.dialogue import Known, Step
from advisor.ui.widgets.checklist import ChecklistPanel
from advisor.ui.widgets.facts import FactsPanel
from advisor.ui.widgets.heading import HeadingPanel


class Side(Container):
    """The checklist and the advice, and the facts; the screen says which of them there is room for."""

    def compose(self) -> ComposeResult:
        """Two panels that may stand alone."""
        with VerticalScroll(id="standing"):
            yield ChecklistPanel()
            yield HeadingPanel()
        yield FactsPanel()

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one(ChecklistPanel).border_title = "before you fine-tune"
        self.query_one(HeadingPanel).border_title = "where this is heading"
        facts = self.query_one(FactsPanel)
        facts.border_title = "known so far"
        facts.border_subtitle = "Enter corrects"

    async def show(self, step: Step, known: tuple[Known, ...]) -> None:
        """Show how things stand after a turn."""
        self.query_one(ChecklistPanel).checklist = step.checklist
        self.query_one(HeadingPanel).recommendation = step.recommendation
        await self.query_one(FactsPanel).show(known)
