"""The smallest workbooks of the older Excel: records of BIFF8 in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
"""Bytes below which a stream would stand in another, of smaller sectors."""

_GLOBALS, _SHEET = 0x0005, 0x0010


def old_workbook(sheets: Mapping[str, Sequence[Sequence[str | float]]]) -> bytes:
    """Return an .xls of those sheets."""
    bodies = [_begin(_SHEET) + b"".join(_cells(rows)) + _record(0x0A, b"") for rows in sheets.values()]
    listed = [_record(0x85, bytes(6) + _short(name)) for name in sheets]
    at = len(_begin(_GLOBALS)) + sum(map(len, listed)) + len(_record(0x0A, b""))
    stream = _begin(_GLOBALS)
    for name, body in zip(sheets, bodies, strict=True):
        stream += _record(0x85, struct.pack("<IBB", at, 0, 0) + _short(name))
        at += len(body)
    return _compound(stream + _record(0x0A, b"") + b"".join(bodies))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 0))


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _cells(rows: Sequence[Sequence[str | float]]) -> list[bytes]:
    cells = [_record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))]
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            place = struct.pack("<HHH", y, x, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                cells.append(_record(0x204, place + text))
            else:
                cells.append(_record(0x203, place + struct.pack("<d", cell)))
    return cells


def _compound(stream: bytes) -> bytes:
    """Return a file of sectors: a header, their table, the directory, and the one stream."""
    stream = stream.ljust(max(_SMALLEST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    assert sectors + 2 <= _SECTOR // 4, "one sector holds the table"
    chain = [_TABLE, _END, *range(3, sectors + 2), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream)) + _entry("", 0) * 2
    return header + table + folder + stream


def _entry(name: str, kind: int, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    spelled = name.encode("utf-16-le")
    length = len(spelled) + 2 if name else 0
    head = spelled.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
