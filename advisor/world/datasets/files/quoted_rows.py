"""Rows with quoted cells, as strictly as `csv` reads them but for spaces after the quote that closes a cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

TRIES = 9
"""Lines with such spaces within one row, beyond which it is refused."""


class QuotedRows:
    """The rows of some lines, with the number of lines read so far as a reader of `csv` has it.

    Files padded to a width have `"a" ,"b" `, which says nothing but what `"a","b"` says.
    """

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self.line_num = 0
        self._lines = lines
        self._row: list[str] = []
        self._again: list[str] = []
        edge = re.escape(delimiter)
        # Quotes within a cell are doubled: an odd run closes one that holds something, an even one an empty one.
        closing = f'(?<=[^{edge}"])"(?:"")*|(?:(?<={edge})|^)(?:"")+'
        self._padded = re.compile(f"({closing}) +(?=[{edge}\r\n]|$)")
        self._reader = csv.reader(self._fed(), delimiter=delimiter, strict=True)

    def __next__(self) -> list[str]:
        """Return the next row.

        Raises:
            csv.Error: a quote is out of place.
        """
        self._row.clear()
        for _ in range(TRIES):
            try:
                return next(self._reader)
            except csv.Error as error:
                # Before it has gone wrong a row is left as it is: within a cell the spaces may be meant.
                row = "".join(self._row)
                tight = self._padded.sub(r"\1", row)
                self._again.clear()
                if tight == row or "expected after" not in str(error):
                    raise
                self._row, self._again = [tight], [tight]
        return next(self._reader)

    def _fed(self) -> Iterator[str]:
        while True:
            if self._again:
                yield self._again.pop()
                continue
            line = next(self._lines, None)
            if line is None:
                return
            self.line_num += 1
            self._row.append(line)
            yield line
