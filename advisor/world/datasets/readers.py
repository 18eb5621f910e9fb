"""One way to read records, whatever the format."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.delimited import Dialect, check_rows, find_dialect, read_delimited
from advisor.world.datasets.formats import Source, broken_archive, identify
from advisor.world.datasets.jsonlines import read_json_lines
from advisor.world.datasets.jsonwhole import read_json
from advisor.world.datasets.parquet import read_parquet
from advisor.world.datasets.records import Record
from advisor.world.datasets.text import clean


class Table(NamedTuple):
    """A file whose records can be read as often as needed."""

    source: Source
    dialect: Dialect | None = None

    def rows(self, limit: int | None = None) -> Iterator[Record | BadRow]:
        """Yield records and bad rows in file order, at most `limit` of them.

        Raises:
            UnreadableDataset: a compressed file that breaks off, a damaged Parquet file, invalid JSON.
        """
        read = 0
        try:
            for row in islice(self._all(), limit):
                yield row
                read += 1
        except (EOFError, zlib.error) as error:
            raise broken_archive(self.source.path, error, read) from None
        except OSError as error:
            raise _stopped(self.source.path, error, read) from None

    def records(self, limit: int | None = None) -> Iterator[Record]:
        """Yield the records alone."""
        return (row for row in self.rows(limit) if isinstance(row, Record))

    def _all(self) -> Iterator[Record | BadRow]:
        if self.dialect is not None:
            return read_delimited(self.source, self.dialect)
        if self.source.format == "parquet":
            return read_parquet(self.source)
        return read_json_lines(self.source) if self.source.format == "jsonl" else read_json(self.source)


def open_table(path: Path) -> Table:
    """Return the readable table in a file.

    Raises:
        UnreadableDataset: nothing in it can be read as rows.
    """
    source = identify(path)
    if source.format not in ("csv", "tsv"):
        return Table(source)
    try:
        dialect = find_dialect(source)
        check_rows(source, dialect)
    except (EOFError, zlib.error) as error:
        raise broken_archive(path, error) from None
    return Table(source._replace(format="tsv" if dialect.delimiter == "\t" else "csv"), dialect)


def _stopped(path: Path, error: OSError, read: int) -> UnreadableDataset:
    return UnreadableDataset(
        f"Reading {clean(path.name)} stopped after {read:,} rows.", f"{error.strerror or error}.", "Try again."
    )
