"""Lines of any stream, none of them held beyond a limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from advisor.world.datasets.records import LINE_LIMIT

SKIPPED = 2**18
"""Bytes or characters passed over at a time."""


PROBED = 2**14
"""Bytes looked at first in every `SPAN`; a line that fills a span shows no end there."""

SPAN = 2**20


def has_vast_line(path: Path) -> bool:
    """Say whether a line goes on for megabytes; one that fills no whole span may be missed."""
    with path.open("rb") as stream:
        for start in range(0, path.stat().st_size - SPAN, SPAN):
            stream.seek(start)
            if b"\n" not in stream.read(PROBED) and b"\n" not in stream.read(SPAN - PROBED):
                return True
    return False


def bounded_lines(stream: IO[Any], limit: int = LINE_LIMIT) -> Iterator[tuple[int, Any]]:
    """Yield numbered lines with their ends, and None for a line beyond `limit`, which is skipped without being held."""
    return enumerate(_lines(stream, limit), start=1)


def _lines(stream: IO[Any], limit: int) -> Iterator[Any]:
    while line := stream.readline(limit):
        if len(line) < limit or _is_ended(line):
            yield line
            continue
        yield None
        after = _skip_line(stream)
        while after:
            *whole, last = _split(after)
            yield from (line if len(line) <= limit else None for line in whole)
            if not _is_ended(last):
                last += stream.readline(max(0, limit - len(last)))
            cut = len(last) >= limit and not _is_ended(last)
            yield None if cut or len(last) > limit else last
            after = _skip_line(stream) if cut else None


def _skip_line(stream: IO[Any]) -> Any:
    """Pass over the rest of a line; return what was read of the lines after it, nothing at the end of the stream."""
    # In large pieces: `readline` would build the line that nobody wants.
    while piece := stream.read(SKIPPED):
        ends = (b"\n",) if isinstance(piece, bytes) else ("\n", "\r")
        if any(end in piece for end in ends):
            first, *others = _split(piece)
            return first[:0].join(others)
    return None


def _split(piece: Any) -> list[Any]:
    """Return the lines of a piece; `splitlines` knows ends that are none in a file."""
    return list(io.BytesIO(piece) if isinstance(piece, bytes) else io.StringIO(piece, newline=""))


def _is_ended(line: Any) -> bool:
    return bool(line.endswith((b"\n",) if isinstance(line, bytes) else ("\n", "\r")))
