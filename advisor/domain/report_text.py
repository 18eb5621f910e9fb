"""Sections of a report as plain text: for pipes, screen readers and the clipboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from advisor.domain.report_parts import MARKS, Bar, Bars, Fields, Pair, Part, Plot, Remark, Section, Table, Title, Words

BAR, SMALL_BAR = 24, 10
"""Characters of the largest bar, and where there is little room."""
FIGURES = 18
"""Characters of a label's mark, rows and share."""
NAME = 32
CELL = 60
"""Characters of a cell of words."""
LEAST = 6
"""Characters a cell of words keeps."""
PAIR = 14


def as_text(section: Section, room: int | None = None) -> str:
    """Return a section with its title; cells give way where their lines are to fit into `room`."""
    return "\n".join([section.title, *("  " + line if line else "" for line in lines(section.parts, room))])


def lines(parts: Iterable[Part], room: int | None = None) -> list[str]:
    """Return parts as lines, a blank one before each title."""
    written: list[str] = []
    for part in parts:
        if isinstance(part, Title) and written:
            written.append("")
        written += part_lines(part, room)
    return written


def part_lines(part: Part, room: int | None = None) -> list[str]:
    """Return one part as lines."""
    match part:
        case Title(text) | Words(text):
            return [text]
        case Pair(name, value):
            return [f"{name:<{PAIR}}{value}"]
        case Remark(severity, what, means, examples):
            return [f"{MARKS[severity]} {what} {means}", *(f"    {example}" for example in examples)]
        case Table(header, rows, left):
            return aligned((header, *rows), left, room)
        case Fields(rows):
            header = ("field", "role", "filled", "different", "kind")
            cells = ((row.shown, row.said, row.filled, row.distinct, row.kind) for row in rows)
            return aligned((header, *cells), frozenset({0, 1, 4}), room)
        case Bars(bars):
            return _bars(bars, room)
        case Plot(points, key):
            return [f"{key}: {', '.join(f'{point.rows:,}' for point in points)} rows"]


def _bars(bars: Sequence[Bar], room: int | None) -> list[str]:
    name, bar = (NAME, BAR) if room is None else (min(NAME, room - FIGURES - SMALL_BAR), SMALL_BAR)
    return [
        f"{'!' if one.rare else ' '} {padded(one.name, name)} {one.rows:>7,} {one.share:>6.1%} "
        f"{'█' * max(1, round(bar * one.size))}"
        for one in bars
    ]


def aligned(rows: Sequence[Sequence[str]], left: frozenset[int], room: int | None = None) -> list[str]:
    """Return rows with their columns lined up; words give way where there is not `room` for all."""
    widths = [min(CELL, max(width(row[at]) for row in rows)) for at in range(len(rows[0]))]
    if room is None and left and max(left) == len(widths) - 1:
        widths[-1] = max(width(row[-1]) for row in rows)
    while room is not None and sum(widths) + 2 * (len(widths) - 1) > room:
        widest = max(left, key=lambda at: widths[at], default=0)
        if widths[widest] <= LEAST:
            break
        widths[widest] -= 1
    return [
        "  ".join(padded(cell, widths[at], to_left=at in left) for at, cell in enumerate(row)).rstrip() for row in rows
    ]


def padded(text: str, room: int, *, to_left: bool = True) -> str:
    """Return text filled or cut to so many cells."""
    text = shortened(text, room)
    space = " " * max(0, room - width(text))
    return text + space if to_left else space + text


def shortened(text: str, room: int) -> str:
    """Return text cut to so many cells."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return text + "…"


def width(text: str) -> int:
    """Return the cells a terminal takes for text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) or one in "\u200c\u200d\ufe0f" else 2 if _wide(one) else 1 for one in text
    )


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
