"""A table of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from advisor.ui.text import visible

MOST_CELL = 200
"""Characters of a cell; a longer one would push the others off the screen."""


class PlainTable(Static):
    """Columns lined up by cells; selectable and copyable, which a DataTable is not."""

    DEFAULT_CSS = """
    PlainTable { width: auto; height: auto; text-wrap: nowrap; }
    """

    def show(self, header: Sequence[str], rows: Sequence[Sequence[str]], left: frozenset[int]) -> None:
        """Show a header and rows; columns not in `left` are lined up at their right ends."""
        self.update(columns(header, rows, left))


def columns(header: Sequence[str], rows: Sequence[Sequence[str]], left: frozenset[int]) -> Content:
    """Return the table; every cell is untrusted text on one line."""
    cells = [[_cell(cell) for cell in row] for row in (header, *rows)]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(header))]
    lines = ["  ".join(_padded(row, widths, left)).rstrip() for row in cells]
    return Content("\n").join([Content.styled(lines[0], "$foreground-muted"), *(Content(text) for text in lines[1:])])


def _cell(text: str) -> str:
    """Keep the spaces of a cell: in a drawn one they are part of the drawing."""
    return visible(text[:MOST_CELL]).replace("\n", " ")


def _padded(row: Sequence[str], widths: Sequence[int], left: frozenset[int]) -> list[str]:
    padded = []
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cell_len(cell))
        padded.append(cell + space if column in left else space + cell)
    return padded
