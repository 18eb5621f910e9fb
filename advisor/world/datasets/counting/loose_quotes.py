"""Spaces around quotes, which DuckDB passes over even where it is told to be strict, and our own reader does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

PIECE = 2**20
"""Bytes looked through at once."""

_BEFORE = re.compile(rb'"(?<= ")"*')
"""It begins with the rarer of the two, which is sought in C."""


def has_loose_quotes(path: Path, delimiter: str) -> bool:
    """Say whether a space may stand before the quote that opens a cell, or after the one that closes it.

    Quotes within a cell are doubled, so that an odd run of them begins or ends one. A doubtful place counts.
    """
    edges = delimiter.encode() + b"\r\n"
    after = re.compile(b'" +(?=["' + re.escape(edges) + b"])")
    return any(_opens_loosely(piece, edges) or _closes_loosely(piece, after, edges) for piece in _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield whole lines at a time, with the end of the line before them."""
    rest = b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(PIECE):
            rest += chunk
            end = rest.rfind(b"\n", 1)
            if end > 0:
                yield rest[: end + 1]
                rest = rest[end:]
    yield rest + b"\n"


def _opens_loosely(piece: bytes, edges: bytes) -> bool:
    for found in _BEFORE.finditer(piece):
        start, end = found.start() - 1, found.end()
        while piece[start] == _SPACE:
            start -= 1
        if piece[start] in edges and ((end - found.start()) % 2 == 1 or _next(piece, end) in edges):
            return True
    return False


def _closes_loosely(piece: bytes, after: re.Pattern[bytes], edges: bytes) -> bool:
    for found in after.finditer(piece):
        start = found.start()
        while piece[start] == _QUOTE:
            start -= 1
        if (found.start() - start) % 2 or piece[start] in edges:
            return True
    return False


def _next(piece: bytes, start: int) -> int:
    while piece[start] == _SPACE:
        start += 1
    return piece[start]


_SPACE, _QUOTE = b' "'
