"""The five prerequisites, with their evidence."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from advisor.domain.advice import Recommendation
from advisor.domain.checklist import Checklist, Item
from advisor.domain.wording import STATE_MARKS
from advisor.ui.text import line
from advisor.ui.widgets.marked import Marked


class ChecklistPanel(Vertical):
    """Each item with its state, what is known, who says so and what is missing."""

    checklist: reactive[Checklist | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """One paragraph an item; they come with the first checklist."""
        yield from (Marked("", classes="-item") for _ in range(5))

    def watch_checklist(self, checklist: Checklist | None) -> None:
        """Show the states."""
        if checklist is None:
            return
        for item, shown in zip(checklist.items, self.query(Marked), strict=False):
            shown.show(_told(item), STATE_MARKS[item.state])
            shown.set_classes(f"-item -{item.state}")


class Summary(Static):
    """The advice and the checklist on one line, where there is no room for the panel."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._title = ""
        self._checklist: Checklist | None = None

    def show(self, checklist: Checklist, recommendation: Recommendation) -> None:
        """Show the route first: it is what the rest adds up to."""
        self._title, self._checklist = line(recommendation.title, 60), checklist
        self.update(self._line())

    def on_resize(self) -> None:
        """Say it in fewer words where it does not fit."""
        self.update(self._line())

    def _line(self) -> Content:
        if self._checklist is None:
            return Content()
        items = self._checklist.items
        states = "  ".join(f"{STATE_MARKS[item.state]} {item.name}" for item in items)
        if len(self._title) + len(states) + 4 > self.size.width:
            states = f"{sum(item.state == 'met' for item in items)} of {len(items)} met"
        return Content.assemble((self._title, "bold"), "  ", (states, "$foreground-muted"))


def _told(item: Item) -> Content:
    parts = [Content.assemble((item.name.capitalize(), "bold"), "  ", line(item.evidence))]
    if item.said_by:
        parts.append(Content.styled(line(item.said_by), "$foreground-muted"))
    if item.needs and item.state != "met":
        parts.append(Content.styled(f"needs {line(item.needs)}", "$foreground-muted"))
    return Content("\n").join(parts)
