"""Whether the first row of a table names its columns, and which names the columns then have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.domain.dataset import Finding
from advisor.world.datasets.records import is_number
from advisor.world.datasets.roles.names import is_known_name
from advisor.world.datasets.text import count, mended, named


class Heading(NamedTuple):
    """What stands above the rows of a table."""

    header: bool
    names: tuple[str, ...]
    """Made up where there is no header, and different from one another."""
    renamed: tuple[str, ...] = ()
    """Names that stood more than once in the header."""
    above: int = 0
    """Rows above the table, such as a title."""


def find_heading(rows: Sequence[Sequence[str]], above: int = 0) -> Heading:
    """Return what the first row after those `above` says about the columns, judged by the rows that follow it."""
    first, others = (rows[above], rows[above + 1 : above + 1000]) if len(rows) > above else ([], [])
    header = bool(first) and is_header(first, others)
    names: dict[str, None] = {}
    for number, cell in enumerate(first, start=1):
        base = name = (mended(cell.strip()) if header else "") or f"column_{number}"
        copy = 2
        while name in names:
            name, copy = f"{base}_{copy}", copy + 1
        names[name] = None
    seen = Counter(mended(cell.strip()) for cell in first if cell.strip()) if header else Counter[str]()
    return Heading(header, tuple(names), tuple(name for name, n in seen.items() if n > 1), above)


def heading_findings(heading: Heading) -> Iterator[Finding]:
    """Yield what is odd about the top of a table."""
    if not heading.header:
        yield Finding(
            severity="warns",
            what=f"The first row looks like data, not like column names; I call the columns {named(heading.names)}.",
            consequence="If it is a header after all, one row is counted too many.",
        )
    if heading.above:
        yield Finding(
            severity="notes",
            what=f"{count(heading.above, 'line')} above the table left out.",
            consequence="They do not have its columns; nothing is lost if they are a title.",
        )
    if heading.renamed:
        yield Finding(
            severity="warns",
            what=f"The header names {named(heading.renamed)} more than once.",
            consequence="I number the later ones; say which is meant if it is the input or the label.",
        )


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
