"""Excel and OpenDocument workbooks: one sheet of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

from advisor.domain.dataset import BadRow, Finding
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.choosing import Held, best, others_finding, place_of, unknown
from advisor.world.datasets.files.header import Heading, find_heading
from advisor.world.datasets.records import Record
from advisor.world.datasets.text import clean, count

PATIENCE = 120.0
"""Seconds a workbook may take."""

_SAMPLED = 1_001
_PACKAGES = Path(__file__).parents[4]


class Sheet(NamedTuple):
    """A sheet that holds a table."""

    path: Path
    position: int
    name: str
    heading: Heading

    def rows(self) -> Iterator[Record | BadRow]:
        """Yield every row below the header, its line the number the workbook shows."""
        heading, file = self.heading, clean(self.path.name)
        cells = (row for row in _rows(self.path, self.position) if any(map(str.strip, row[1])))
        for number, row in islice(cells, heading.above + heading.header, None):
            if any(map(str.strip, row[len(heading.names) :])):
                yield BadRow(file=file, line=number, why="has cells to the right of the last column that has a name")
                continue
            padded = [*row, *[""] * (len(heading.names) - len(row))]
            yield Record(number, dict(zip(heading.names, padded, strict=False)))


class Opened(NamedTuple):
    """A sheet, the names of all that hold a table, and what is to be said of the choice."""

    sheet: Sheet
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def open_sheet(path: Path, wanted: str = "") -> Opened:
    """Return the sheet of that name; without one the largest with a text and a label.

    Raises:
        UnreadableDataset: no sheet with a header and a row, a password, or a damaged workbook.
        UsageError: no such sheet of that name.
    """
    sheets = [(str(name), int(height), rows) for name, height, rows in _lines(path)]
    held = [(n, Held(name, height, _records(rows))) for n, (name, height, rows) in enumerate(sheets) if height > 1]
    held = [(n, table) for n, table in held if table.records]
    if not held:
        raise _no_sheet(path, len(sheets))
    names = tuple(table.name for _, table in held)
    at = place_of(names, wanted) if wanted else best([table for _, table in held])
    if at is None:
        raise unknown("sheet", wanted, names, path.name)
    index, table = held[at]
    heading = _heading([row for _, row in islice(_rows(path, index), _SAMPLED)])
    if heading is None:
        raise _no_sheet(path, len(sheets))
    others = [name for name in names if name != table.name]
    said = (others_finding("sheet", table.name, others, [one for _, one in held]),) if others and not wanted else ()
    return Opened(Sheet(path, index, table.name, heading), names, said)


def _records(rows: Sequence[Sequence[str]]) -> tuple[Record, ...]:
    """Return the first rows of a sheet as records; none where it holds no table."""
    heading = _heading(rows)
    if heading is None:
        return ()
    below = [row for row in rows if any(map(str.strip, row))][heading.above + heading.header :]
    return tuple(Record(n, dict(zip(heading.names, row, strict=False))) for n, row in enumerate(below, start=1))


def _no_sheet(path: Path, sheets: int) -> UnreadableDataset:
    return UnreadableDataset(
        f"{clean(path.name)} has no sheet with a table.",
        f"It has {count(sheets, 'sheet')}, none with a header and a row below it." if sheets else "",
        "Save the table as CSV and give me that file.",
    )


def _heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    filled = [[index for index, cell in enumerate(row) if cell.strip()] for row in rows]
    kept = [(row, cells) for row, cells in zip(rows, filled, strict=True) if cells]
    if len(kept) < 2:
        return None
    usual = Counter(len(cells) for _, cells in kept).most_common(1)[0][0]
    # A title stands alone in its row; the row that names the columns does not.
    above = next((n for n, (_, cells) in enumerate(kept) if len(cells) > 1), 0) if usual > 1 else 0
    width = 1 + max(cells[-1] for _, cells in kept[above:])
    if len(kept) < above + 2:
        return None
    return find_heading([[*row[:width], *[""] * (width - len(row))] for row, _ in kept], above)


def _rows(path: Path, index: int) -> Iterator[tuple[int, list[str]]]:
    yield from _lines(path, str(index))


def _lines(path: Path, *sheet: str) -> Iterator[Any]:
    """Yield what the process that reads the workbook prints.

    Raises:
        UnreadableDataset: it gave up, or was ended for taking too long.
    """
    command = [sys.executable, "-m", "advisor.world.datasets.files.workbook_rows", str(path.absolute()), *sheet]
    quiet = subprocess.DEVNULL
    # Started beside our own package: a module in the folder of the data must not be taken for one of ours.
    process = subprocess.Popen(command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, cwd=_PACKAGES)
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        ended = not sheet
        for line in process.stdout or ():
            value = json.loads(line)
            if isinstance(value, dict):
                raise _damaged(path, str(value["why"]))
            if value == "end":
                ended = True
                break
            yield value
        if process.wait() != 0 or not ended:
            raise _damaged(path, "")
    finally:
        watchdog.cancel()
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


def _damaged(path: Path, why: str) -> UnreadableDataset:
    name = clean(path.name)
    if why == "password":
        return UnreadableDataset(f"{name} is locked with a password.", "", "Save it without one.")
    return UnreadableDataset(
        f"{name} cannot be read as a workbook.",
        f"{clean(why, 120).rstrip('.')}." if why else "It is damaged, or a sheet is too large.",
        "Save the table as CSV and give me that file.",
    )
