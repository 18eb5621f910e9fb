"""SQLite databases: one table of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from advisor.domain.dataset import BadRow, Finding
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.choosing import SEEN, Held, best, others_finding, place_of, unknown
from advisor.world.datasets.records import Record, readable
from advisor.world.datasets.text import clean, is_damaged, mended

_BATCH = 2048
_LOOKED_AT = 100
_FAULTS = (sqlite3.Error, UnicodeError)
"""What reading raises; a name that is no text cannot even be put into SQLite's own message."""
_TABLES = "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'"


class DatabaseTable(NamedTuple):
    """One table of a database."""

    path: Path
    name: str

    def rows(self) -> Iterator[Record | BadRow]:
        """Yield every row, numbered from 1.

        Raises:
            UnreadableDataset: the database is damaged or in use.
        """
        file = clean(self.path.name)
        number = 0
        try:
            with closing(_connect(self.path)) as database:
                cursor = database.execute(f"select * from {_quoted(self.name)}")
                names = [mended(str(column[0])) for column in cursor.description]
                while batch := cursor.fetchmany(_BATCH):
                    for row in batch:
                        number += 1
                        yield _record(number, names, row, file)
        except _FAULTS as error:
            raise _unreadable(self.path, error, number) from None


class Opened(NamedTuple):
    """A table, the names of all that hold rows, and what is to be said of the choice."""

    table: DatabaseTable
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def open_database(path: Path, wanted: str = "") -> Opened:
    """Return the table of that name; without one the largest with a text and a label.

    Raises:
        UnreadableDataset: no table with rows, or the database is damaged or in use.
        UsageError: no such table of that name.
    """
    counts = _counts(path)
    if not counts:
        raise UnreadableDataset(f"{clean(path.name)} holds no table.", "", "Check that it is the right database.")
    names = tuple(name for name, rows in counts.items() if rows)
    if not names:
        raise UnreadableDataset(f"{clean(path.name)} holds tables and no rows.", "", "Check that it is the right one.")
    if wanted:
        at = place_of(names, wanted)
        if at is None:
            raise unknown("table", wanted, names, path.name)
        return Opened(DatabaseTable(path, names[at]), names, ())
    largest = sorted(names, key=lambda name: -counts[name])[:_LOOKED_AT]
    held = [Held(name, counts[name], _first(path, name)) for name in largest] if names[1:] else []
    name = largest[best(held)] if held else names[0]
    others = [other for other in names if other != name]
    said = (others_finding("table", name, others, held),) if others else ()
    return Opened(DatabaseTable(path, name), names, said)


def _counts(path: Path) -> dict[str, int]:
    """Return the tables and how many rows each has."""
    try:
        with closing(_connect(path)) as database:
            # A virtual table runs code of its own.
            names = [
                str(name)
                for name, sql in database.execute(_TABLES)
                if not str(sql).lstrip().lower().startswith("create virtual")
            ]
            return {
                name: int(database.execute(f"select count(*) from {_quoted(name)}").fetchone()[0]) for name in names
            }
    except _FAULTS as error:
        raise _unreadable(path, error) from None


def _first(path: Path, name: str) -> tuple[Record, ...]:
    # A damaged table does not stand in the way of a whole one.
    with suppress(UnreadableDataset):
        return tuple(row for row in islice(DatabaseTable(path, name).rows(), SEEN) if isinstance(row, Record))
    return ()


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        f"file:{quote(str(path.absolute()), errors='surrogateescape')}?mode=ro", uri=True, timeout=2
    )
    database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    # Functions and views of a foreign database are not ours to run.
    database.execute("pragma trusted_schema = off")
    return database


def _record(number: int, names: Sequence[str], row: Sequence[object], file: str) -> Record | BadRow:
    if any(isinstance(value, str) and is_damaged(value) for value in row):
        return BadRow(file=file, line=number, why="has bytes that are no characters")
    return Record(number, {name: readable(value) for name, value in zip(names, row, strict=True)})


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _unreadable(path: Path, error: Exception, read: int = 0) -> UnreadableDataset:
    damaged = isinstance(error, UnicodeError)
    why = "a name in it has bytes that are no characters" if damaged else clean(str(error), 120).rstrip(".")
    name = clean(path.name)
    if "locked" in why or "busy" in why:
        return UnreadableDataset(f"{name} is in use.", "Another program is writing to it.", "Close it, then try again.")
    if "unable to open" in why:
        return UnreadableDataset(
            f"{name} cannot be opened as a database.",
            "Its journal may lie beside it in a folder that cannot be written to.",
            "Copy the database with its -wal file into another folder.",
        )
    after = f" after {read:,} rows" if read else ""
    return UnreadableDataset(
        f"{name} is a damaged database{after}.",
        f"{why[:1].upper()}{why[1:]}.",
        "Export its table as CSV, or restore a copy.",
    )
