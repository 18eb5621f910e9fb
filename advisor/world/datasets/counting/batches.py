"""Rows in columns, a few thousand at a time: counting a million of them one by one takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import cast

from advisor.domain.dataset import BadRow
from advisor.world.datasets.records import Record, as_texts, is_filled

ROWS = 4096
"""Rows of a batch."""


@dataclass(frozen=True)
class Batch:
    """Some rows of a table, in file order."""

    size: int
    columns: Mapping[str, Sequence[object]]
    """Values by field, None where a row lacks the field."""
    splits: Sequence[str] = ()
    """The split of every row, where the file brought splits along; else empty."""
    bad: tuple[BadRow, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    """Filled rows of the fields whose values were not asked for."""
    share: float = 0.0
    """How much of the file is read with it, 0 to 1; 0 where that is not known."""

    @cached_property
    def kinds(self) -> Mapping[str, set[type]]:
        """The types of the values of each field."""
        return {name: set(map(type, values)) for name, values in self.columns.items()}

    @cached_property
    def filled(self) -> Mapping[str, int]:
        """How many rows hold something, by field."""
        held = {name: _filled(values, self.kinds[name]) for name, values in self.columns.items()}
        return {**self.unread, **held}

    def texts(self, name: str) -> Sequence[str]:
        """Return a column as text; empty where a row lacks the field."""
        if name not in self.columns:
            return ("",) * self.size
        return as_texts(self.columns[name], self.kinds[name])

    def are_filled(self, name: str) -> Sequence[bool]:
        """Say of each row whether it holds anything in that field."""
        n = self.filled.get(name, 0)
        return (n > 0,) * self.size if n in (0, self.size) else list(map(is_filled, self.columns[name]))


def _filled(values: Sequence[object], kinds: set[type]) -> int:
    if kinds == {str}:
        texts = cast("Sequence[str]", values)
        # Counting in C: most columns hold no text of spaces alone.
        blank = sum(map(str.isspace, texts)) if any(map(str.isspace, texts)) else 0
        return len(texts) - texts.count("") - blank
    return sum(map(is_filled, values))


def in_batches(rows: Iterator[Record | BadRow], share: Callable[[], float] = lambda: 0.0) -> Iterator[Batch]:
    """Yield rows read one by one as batches."""
    while taken := list(islice(rows, ROWS)):
        records = [row for row in taken if isinstance(row, Record)]
        bad = tuple(row for row in taken if isinstance(row, BadRow))
        values = [record.values for record in records]
        splits = [record.split for record in records] if any(record.split for record in records) else ()
        yield replace(columned(values), splits=splits, bad=bad, share=share())


def columned(rows: Sequence[Mapping[str, object]]) -> Batch:
    """Return objects as columns."""
    if not rows:
        return Batch(0, {})
    names = list(rows[0])
    if set(map(len, rows)) == {len(names)}:
        # Each has as many fields as the first: they have the same ones if none of these is missing.
        with suppress(KeyError):
            return Batch(len(rows), {name: list(map(itemgetter(name), rows)) for name in names})
    union = dict.fromkeys(name for row in rows for name in row)
    return Batch(len(rows), {name: [row.get(name) for row in rows] for name in union})
