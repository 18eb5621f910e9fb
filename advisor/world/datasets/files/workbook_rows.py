"""Print the rows of a workbook as JSON, in a process of its own: a sheet that is too large or damaged ends it.

Called with a path, and with the number of a sheet for its rows; without one it lists the sheets with their first rows.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

MEMORY = 2 * 2**30
"""Bytes the process may take; a cell in the last corner of a sheet asks for hundreds of times as much."""

LISTED = 100
"""Sheets looked at."""

SEEN = 200
"""First rows of each sheet in the list of them."""

WIDTH, LENGTH = 200, 500
"""Cells of such a row, and characters of a cell."""


def cell_text(value: object) -> str:
    """Return a cell as the workbook shows it: whole numbers without a fraction, dates as ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    """Write one JSON value a line: the sheets with their heights and first rows, or all rows of one."""
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_path(arguments[0])
        if len(arguments) > 1:
            for row in _rows(workbook.get_sheet_by_index(int(arguments[1]))):
                write(json.dumps(row))
            write(json.dumps("end"))
            return
        for index, sheet in enumerate(workbook.sheets_metadata[:LISTED]):
            is_sheet = sheet.typ == calamine.SheetTypeEnum.WorkSheet
            opened = workbook.get_sheet_by_index(index) if is_sheet else None
            first = [[cell[:LENGTH] for cell in cells[:WIDTH]] for _, cells in islice(_rows(opened), SEEN)]
            write(json.dumps([sheet.name, opened.height if opened else 0, first]))
    except calamine.PasswordError:
        write(json.dumps({"why": "password"}))
    except calamine.CalamineError as error:
        write(json.dumps({"why": str(error)[:500]}))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with anything in them, numbered as the workbook shows them."""
    for number, row in enumerate(sheet.iter_rows() if sheet else (), start=1):
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield number, cells


def _limit_memory() -> None:
    # Windows has no such limit; there the sheet takes what the machine has.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    main(sys.argv[1:], lambda line: sys.stdout.write(line + "\n"))
