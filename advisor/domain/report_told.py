"""Sections of a report as a paragraph of the conversation: their beginning, and where the rest is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.domain.report_parts import Bars, Fields, Part, Remark, Section, Table, Words
from advisor.domain.report_text import as_text

MOST_ROWS = 10
"""Rows of a table, labels or fields that are told at once."""
MOST_REMARKS = 6
ROOM = 52
"""Cells of a line whose cells can give way: as many as the conversation has at 60 columns, or beside its panels."""


def told(section: Section, path: str) -> str:
    """Return a section with its long parts cut short; `path` is the file as it is typed in a shell."""
    return as_text(section._replace(parts=tuple(_bounded(section.parts, path))), ROOM - 2)


def _bounded(parts: Sequence[Part], path: str) -> Iterator[Part]:
    remarks = [part for part in parts if isinstance(part, Remark)]
    for part in parts:
        left = 0
        match part:
            case Bars(bars):
                left = len(bars) - MOST_ROWS
                yield Bars(bars[:MOST_ROWS])
            case Fields(rows):
                left = len(rows) - MOST_ROWS
                yield Fields(rows[:MOST_ROWS])
            case Table(rows=cells):
                left = len(cells) - MOST_ROWS
                yield part._replace(rows=cells[:MOST_ROWS])
            case Remark():
                if part in remarks[:MOST_REMARKS]:
                    yield part
                left = len(remarks) - MOST_REMARKS if part is remarks[-1] else 0
            case _:
                yield part
        if left > 0:
            yield Words(f"… {left:,} more: press F9, or `advisor inspect {path}`.")
