"""What the report of a dataset is made of: sections of plain rows, every text from the data already cleaned."""

from __future__ import annotations

from typing import Literal, NamedTuple

SectionName = Literal[
    "overview", "findings", "fields", "labels", "copies", "leaks", "length", "personal", "noise", "curve", "test",
]  # fmt: skip

Severity = Literal["blocks", "warns", "notes"]

MARKS: dict[Severity, str] = {"blocks": "✗", "warns": "!", "notes": "·"}
"""How the severities differ without colour."""


class Title(NamedTuple):
    """What the parts after it are about."""

    text: str


class Words(NamedTuple):
    """A paragraph."""

    text: str


class Pair(NamedTuple):
    """A figure with its name."""

    name: str
    value: str


class Remark(NamedTuple):
    """A finding and what it means for the route."""

    severity: Severity
    what: str
    means: str
    examples: tuple[str, ...] = ()


class Table(NamedTuple):
    """Rows of cells; the first column is words, the others are numbers unless they are in `left`."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: frozenset[int] = frozenset({0})


class Bar(NamedTuple):
    """A label with its rows."""

    name: str
    rows: int
    share: float
    """Of the labelled rows."""
    size: float
    """Of the largest label, 0 to 1."""
    rare: bool


class Bars(NamedTuple):
    """Labels, most rows first."""

    bars: tuple[Bar, ...]


class FieldRow(NamedTuple):
    """A field with values of its first rows."""

    name: str
    """As it stands in the file: to be named to the session, never to be shown."""
    shown: str
    role: Literal["input", "label", "ignored"]
    said: str
    """The role in words; a guess says so."""
    filled: str
    distinct: str
    kind: str
    samples: tuple[str, ...]


class Fields(NamedTuple):
    """The fields, in the order of the file."""

    rows: tuple[FieldRow, ...]


class Measure(NamedTuple):
    """A point of a learning curve."""

    rows: int
    low: float
    high: float
    measured: bool
    """Otherwise drawn on beyond what was measured."""


class Plot(NamedTuple):
    """A learning curve."""

    points: tuple[Measure, ...]
    key: str
    """What the marks mean."""


Part = Title | Words | Pair | Remark | Table | Bars | Fields | Plot


class Section(NamedTuple):
    """One page of the report."""

    name: SectionName
    title: str
    parts: tuple[Part, ...]
    severity: Severity | None = None
    """Of the worst that was found here."""
