"""Everything believed, with its source, to be corrected where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from advisor.domain.dialogue import Known
from advisor.domain.facts import FactName, Source
from advisor.ui.text import line
from advisor.ui.widgets.fact_editor import FactEditor
from advisor.ui.widgets.marked import Marked

MARKS = {Source.measured: "●", Source.computed: "◆", Source.told: "❯", Source.assumed: "○"}
"""How the sources differ without colour; each row says it in words too."""

FIXED = {
    Source.measured: "This was measured, and a measurement stands until it is made again: open another file.",
    Source.computed: "This is computed from the other facts. Correct those.",
}


class FactRow(Vertical):
    """One fact; its editor opens under it."""

    @dataclass
    class Pressed(Message):
        """The row was clicked."""

        row: FactRow

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known

    def compose(self) -> ComposeResult:
        """The fact."""
        yield Marked("")

    def on_mount(self) -> None:
        """Show what is known."""
        self.show(self.known)

    def show(self, known: Known, note: str = "") -> None:
        """Show another value, or why it cannot have one."""
        self.known = known
        text = Content.assemble((line(known.label, 60), "bold"), "  ", line(known.value), "\n")
        text += Content.styled(line(known.said_by), "$foreground-muted")
        if note:
            text += Content.styled(f"\n{note}", "$text-warning")
        self.query_one(Marked).show(text, MARKS[known.source])
        for source in Source:
            self.set_class(source == known.source, f"-{source.name}")

    def on_click(self) -> None:
        """Tell that this one is meant."""
        self.post_message(self.Pressed(self))


class FactsPanel(VerticalScroll, can_focus=True):
    """A row a fact; arrows choose one, Enter or a click corrects it."""

    HELP = "Arrows choose a fact, Enter corrects it, Escape goes back to the prompt."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "choose", show=False),
        Binding("down", "move(1)", "choose", show=False),
        Binding("home", "move(-99)", "first", show=False),
        Binding("end", "move(99)", "last", show=False),
        Binding("enter", "edit", "correct"),
        Binding("escape", "leave", "back"),
    ]

    at: reactive[int] = reactive(0, init=False)
    """The row that Enter would correct."""

    @dataclass
    class Correct(Message):
        """The user gave another value for a fact."""

        fact: FactName
        text: str
        panel: FactsPanel

        @property
        def control(self) -> FactsPanel:
            """The panel, for `@on` selectors."""
            return self.panel

    @dataclass
    class Leave(Message):
        """The user is done here."""

        panel: FactsPanel

        @property
        def control(self) -> FactsPanel:
            """The panel, for `@on` selectors."""
            return self.panel

    @dataclass
    class LeaveEditor(Message):
        """The user wants no other value; the panel stays."""

        panel: FactsPanel

        @property
        def control(self) -> FactsPanel:
            """The panel, for `@on` selectors."""
            return self.panel

    @property
    def rows(self) -> list[FactRow]:
        """The rows, in their order."""
        return list(self.query_children(FactRow))

    @property
    def editor(self) -> FactEditor | None:
        """The editor that is open."""
        return next(iter(self.query(FactEditor)), None)

    async def show(self, known: tuple[Known, ...]) -> None:
        """Show the facts; what has not changed stays where it is."""
        rows = {row.known.name: row for row in self.rows}
        names = [fact.name for fact in known]
        await self.remove_children([row for name, row in rows.items() if name not in names])
        for place, fact in enumerate(known):
            row = rows.get(fact.name)
            if row is None:
                await self.mount(FactRow(fact), before=place if place < len(self.rows) else None)
            elif row.known != fact:
                row.show(fact)
        self.at = min(self.at, max(0, len(known) - 1))
        self.watch_at()

    async def edit(self, fact: FactName) -> None:
        """Open the editor of a fact."""
        names = [row.known.name for row in self.rows]
        if fact in names:
            self.at = names.index(fact)
            await self.action_edit()

    async def close_editor(self) -> None:
        """Close the editor and stay in the list."""
        focused = self.has_focus_within
        await self.query(FactEditor).remove()
        if focused:
            self.focus()

    def refuse(self, why: str) -> None:
        """Say why the value in the editor does not do."""
        if self.editor is not None:
            self.editor.refuse(why)

    def watch_at(self) -> None:
        """Show which row is meant."""
        for place, row in enumerate(self.rows):
            row.set_class(place == self.at, "-at")
            if place == self.at:
                self.scroll_to_widget(row, animate=False)

    def action_move(self, rows: int) -> None:
        """Choose another row."""
        rows_now = self.rows
        if rows_now:
            rows_now[self.at].show(rows_now[self.at].known)
            self.at = max(0, min(len(rows_now) - 1, self.at + rows))

    async def action_edit(self) -> None:
        """Correct the chosen fact, or say why that cannot be done."""
        await self.query(FactEditor).remove()
        if not self.rows:
            return
        row = self.rows[self.at]
        if row.known.editable:
            await row.mount(FactEditor(row.known))
            self.scroll_to_widget(row, animate=False)
        else:
            row.show(row.known, FIXED.get(row.known.source, "This cannot be corrected here."))

    def action_leave(self) -> None:
        """Go back to where the replies are given."""
        self.post_message(self.Leave(self))

    @on(FactRow.Pressed)
    async def _pressed(self, message: FactRow.Pressed) -> None:
        message.stop()
        self.focus()
        await self.edit(message.row.known.name)

    @on(FactEditor.Given)
    def _given(self, message: FactEditor.Given) -> None:
        message.stop()
        if self.editor is not None:
            self.post_message(self.Correct(self.editor.known.name, message.text, self))

    @on(FactEditor.Left)
    async def _left(self, message: FactEditor.Left) -> None:
        message.stop()
        await self.close_editor()
        self.post_message(self.LeaveEditor(self))
