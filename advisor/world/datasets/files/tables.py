"""Rows that can be read as often as needed, from one file or from several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from advisor.domain.dataset import BadRow, Finding
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.delimited import Dialect
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.opening import broken_archive, unpacking_errors
from advisor.world.datasets.files.shapes import KEY_LABEL
from advisor.world.datasets.records import Record, is_filled
from advisor.world.datasets.text import clean

Reader = Callable[[], Iterator[Record | BadRow]]


class Table(NamedTuple):
    """Records that can be read as often as needed."""

    source: Source
    reader: Reader
    dialect: Dialect | None = None
    findings: tuple[Finding, ...] = ()
    """What is to be said of how the rows were found."""
    parts: tuple[Part, ...] = ()
    """The files of a folder; empty for a single file."""
    tables: tuple[str, ...] = ()
    """The sheets or tables there are to choose from; empty where a file holds one by its nature."""

    @property
    def files(self) -> tuple[Table, ...]:
        """The tables of single files that this one is made of, itself where it is one."""
        return tuple(part.table for part in self.parts) or (self,)

    def rows(self, limit: int | None = None) -> Iterator[Record | BadRow]:
        """Yield records and bad rows in file order, at most `limit` of them.

        Raises:
            UnreadableDataset: a compressed file that breaks off, a damaged binary file, invalid JSON.
        """
        read = 0
        try:
            for row in islice(self._all(), limit):
                yield row
                read += 1
        except unpacking_errors() as error:
            raise broken_archive(self.source.path, error, read) from None
        except OSError as error:
            raise _stopped(self.source, error, read) from None

    def records(self, limit: int | None = None) -> Iterator[Record]:
        """Yield the records alone."""
        return (row for row in self.rows(limit) if isinstance(row, Record))

    def _all(self) -> Iterator[Record | BadRow]:
        if self.parts:
            return chain.from_iterable(part.rows() for part in self.parts)
        return self.reader()


class Part(NamedTuple):
    """One file of a folder, and what its name says of its rows."""

    table: Table
    split: str = ""
    label: str | None = None

    def rows(self) -> Iterator[Record | BadRow]:
        """Yield the rows of the file with the split and the label they stand under."""
        for row in self.table.rows():
            if isinstance(row, BadRow):
                yield row
                continue
            values = row.values
            if self.label is not None:
                values = {**values, KEY_LABEL: self.label_of(values.get(KEY_LABEL))}
            yield Record(row.line, values, row.split or self.split)

    def label_of(self, own: object) -> object:
        """Return the label of a row of a class: its own, where it has one, else the name of the file."""
        return own if is_filled(own) else self.label


def _stopped(source: Source, error: OSError, read: int) -> UnreadableDataset:
    return UnreadableDataset(
        f"Reading {clean(source.path.name)} stopped after {read:,} rows.", f"{error.strerror or error}.", "Try again."
    )
