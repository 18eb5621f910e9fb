"""Whether the first row of a table names its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.world.datasets.names import is_known_name

_NUMBER = re.compile(r"\s*[-+]?[\d.,]*\d[\d.,]*\s*%?\s*")


def is_number(text: str) -> bool:
    """Say whether a cell is a number, with any thousands and decimal signs."""
    return _NUMBER.fullmatch(text) is not None


def is_header(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row names the columns; True where nothing speaks against it."""
    cells = [cell.strip() for cell in first]
    # A value that comes back further down in its own column is data.
    if any(cell and _comes_back(cell, column, rows) for column, cell in enumerate(cells)):
        return False
    if any(is_known_name(cell) for cell in cells):
        return True
    if any(is_number(cell) or len(cell) > 60 or len(cell.split()) > 5 for cell in cells):
        return False
    return not any(cell.endswith((".", "?", "!")) for cell in cells)


def _comes_back(cell: str, column: int, rows: Sequence[Sequence[str]]) -> bool:
    return any(len(row) > column and row[column].strip() == cell for row in rows)
