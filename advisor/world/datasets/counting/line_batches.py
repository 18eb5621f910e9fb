"""JSON Lines in columns: a megabyte of lines parsed at once, line by line only where one of them does not parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from advisor.domain.dataset import BadRow
from advisor.world.datasets.counting.batches import Batch, columned
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.jsonlines import lost_digits, read_line
from advisor.world.datasets.records import LINE_LIMIT, Record
from advisor.world.datasets.text import clean

CHUNK = 2**18
"""Bytes parsed at once; what a larger piece parses to no longer fits the processor's cache."""


def is_for_chunks(source: Source) -> bool:
    """Say whether a file can be read in pieces of bytes."""
    return source.format == "jsonl" and source.encoding.name == "utf-8" and not source.zipped


def read_line_batches(source: Source) -> Iterator[Batch]:
    """Yield every line that is not blank, as part of a batch."""
    name = clean(source.path.name)
    size = source.path.stat().st_size or 1
    with source.path.open("rb") as stream:
        number, read = 1, 0
        for lines, taken in _chunks(stream):
            read += taken
            batch = _parsed(lines, number) or _line_by_line(lines, number, name)
            yield replace(batch, share=min(1.0, read / size))
            number += len(lines)


def _chunks(stream: IO[bytes]) -> Iterator[tuple[list[bytes | None], int]]:
    """Yield whole lines with the bytes read for them; None stands for a line beyond the limit, which is not held."""
    rest = b""
    # A line that goes on is read in ever larger pieces, because each joins it anew.
    while chunk := stream.read(max(CHUNK, len(rest))):
        taken = len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        whole = _held(lines)
        if len(rest) >= LINE_LIMIT:
            after, skipped = _after_line(stream)
            *lines, rest = after.split(b"\n")
            whole += [None, *_held(lines)]
            taken += skipped
        yield whole, taken
    if rest:
        yield _held([rest]), 0


def _held(lines: list[bytes]) -> list[bytes | None]:
    """Return lines without their ends, None for one that `bounded_lines` would not hold."""
    return [line if len(line) < LINE_LIMIT else None for line in lines]


def _after_line(stream: IO[bytes]) -> tuple[bytes, int]:
    """Pass over the rest of a line; return what was read of the lines after it, and the bytes read."""
    taken = 0
    while piece := stream.read(CHUNK):
        taken += len(piece)
        if (end := piece.find(b"\n")) >= 0:
            return piece[end + 1 :], taken
    return b"", taken


def _parsed(lines: list[bytes | None], number: int) -> Batch | None:
    """Return the lines as a batch, or None where one needs a closer look."""
    import orjson  # a start-up that reads no data does not pay for it

    if number == 1 or not lines:
        return None
    try:
        # A line that could not be read is None, and a TypeError here.
        values = list(map(orjson.loads, lines))  # type: ignore[arg-type]
    except (orjson.JSONDecodeError, TypeError):
        return None
    if set(map(type, values)) != {dict} or not all(values):
        return None
    batch = columned(values)
    if dict in batch.kinds.get("answers", ()):
        return None
    lost = any(float in kinds and any(map(lost_digits, batch.columns[name])) for name, kinds in batch.kinds.items())
    return None if lost else batch


def _line_by_line(lines: list[bytes | None], number: int, file: str) -> Batch:
    rows = [read_line(line, at, file) for at, line in enumerate(lines, start=number)]
    values = [row.values for row in rows if isinstance(row, Record)]
    return replace(columned(values), bad=tuple(row for row in rows if isinstance(row, BadRow)))
