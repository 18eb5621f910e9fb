"""Rows of the data as candidates answered them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from advisor.domain.answered import AnsweredRow, ChangedRow
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.text import line, visible
from advisor.ui.widgets.lines import Rows
from advisor.ui.widgets.title_bar import TitleBar

NO_ANSWER = "no usable answer"
TEXT = 400
"""Characters of a row's text on its line; the whole of it is shown below."""


class ShownRow(NamedTuple):
    """A row in one line, and the whole of it."""

    line: Content
    whole: Content


class RowsScreen(AdvisorScreen[None]):
    """Rows one can go through, the whole of the marked one below them."""

    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy_row", "copy row"),
        Binding("f5", "copy_all", "copy all"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, session: SessionPort, title: str, rows: Sequence[ShownRow]) -> None:
        super().__init__(session)
        self.named = title
        self.rows = rows

    def compose(self) -> ComposeResult:
        """The rows over the marked one."""
        yield TitleBar()
        yield Rows()
        with VerticalScroll(id="row", can_focus=False):
            yield Static(markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the rows, the first one marked."""
        self.show_title(self.session.title, self.named)
        rows = self.query_one(Rows)
        rows.show([row.line for row in self.rows] or [Content("No such row is on disk.")])
        rows.cursor = 0

    def all_text(self) -> str:
        """Return every row in full."""
        return "\n\n".join(row.whole.plain for row in self.rows)

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        message.stop()
        whole = self.rows[message.index].whole if message.index < len(self.rows) else Content()
        self.query_one("#row Static", Static).update(whole)

    def action_copy_row(self) -> None:
        """Copy the marked row."""
        cursor = self.query_one(Rows).cursor or 0
        if cursor < len(self.rows):
            self.app.copy_to_clipboard(self.rows[cursor].whole.plain)
            self.notify("Copied the row.", markup=False, timeout=2)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


def changed_row(row: ChangedRow) -> ShownRow:
    """Return a row that two candidates answered differently."""
    mark = ("✓ fixed ", "$text-success") if row.fixed else ("✗ broken", "$text-error")
    before, after = _answer(row.before), _answer(row.after)
    head = Content.assemble(mark, f" row {row.after.number:>4}  ")
    told = f"{line(before, 40)} → {line(after, 40)}  "
    if not row.fixed:
        told += f"(right: {line(row.after.expected, 40)})  "
    whole = [
        *_whole(row.after),
        _field("before", before),
        _field("after", after),
    ]
    return ShownRow(
        head + told + Content.styled(line(row.after.text, TEXT), "$foreground-muted"), Content("\n").join(whole)
    )


def missed_row(row: AnsweredRow) -> ShownRow:
    """Return a row a candidate did not get right."""
    mark = ("✗", "$text-error") if row.answer is not None else ("x", "bold $text-error")
    told = f" row {row.number:>4}  {line(_answer(row), 40)}, right: {line(row.expected, 40)}  "
    text = Content.styled(line(row.text, TEXT), "$foreground-muted")
    whole = [*_whole(row), _field("answer", _answer(row))]
    return ShownRow(Content.assemble(mark, told) + text, Content("\n").join(whole))


def _whole(row: AnsweredRow) -> list[Content]:
    return [Content.styled(f"row {row.number}", "bold"), Content(visible(row.text)), _field("right", row.expected)]


def _field(name: str, text: str) -> Content:
    return Content.assemble((f"{name:<8}", "$foreground-muted"), visible(text))


def _answer(row: AnsweredRow) -> str:
    return NO_ANSWER if row.answer is None else row.answer
