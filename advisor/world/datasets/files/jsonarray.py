"""A long JSON array, one row after the other: never more of the file is held than the row that is being read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.encodings import joined
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.jsonlines import as_record, damaged_row
from advisor.world.datasets.files.jsonwhole import LONG_NUMBER, LONG_NUMBER_BYTES
from advisor.world.datasets.files.shapes import shape_of
from advisor.world.datasets.records import LINE_LIMIT, Record
from advisor.world.datasets.text import clean

STREAMED = 128 * 2**20
"""Bytes beyond which an array is read row by row; parsed in one piece it takes four to eight times as much memory."""

_CHUNK = 2**20
_BEGINS = re.compile(r"\ufeff?[ \t\r\n]*\[[ \t\r\n]*([{\[])")
_CLOSED_BY = {"{": r"\}", "[": r"\]"}
_INCOMPLETE = object()
_BREAKS_OFF = ""
"""Stands for what follows the last element of an array that is not closed."""


def is_streamed(source: Source) -> bool:
    """Say whether a file is a long array whose rows can be read one after the other."""
    if not _is_long(source):
        return False
    first = next(_values(source), None) if _opening(source) else None
    shape = shape_of([first]) if first is not None else None
    # Paragraphs with questions, for one, are taken apart as a whole.
    return shape is not None and [group.items for group in shape.groups] == [[first]]


def read_json_array(source: Source) -> Iterator[Record | BadRow]:
    """Yield every row of a long array, numbered from 1.

    Raises:
        UnreadableDataset: it is not valid JSON from some row on.
    """
    name = clean(source.path.name)
    for number, value in enumerate(_values(source), start=1):
        record = as_record(value, name, number)
        yield (damaged_row(record, name) or record) if isinstance(record, Record) else record


def _is_long(source: Source) -> bool:
    if not source.zipped:
        return source.path.stat().st_size > STREAMED
    with source.open_bytes() as stream:
        return sum(len(piece) for piece in islice(iter(lambda: stream.read(_CHUNK), b""), STREAMED // _CHUNK + 1)) > (
            STREAMED
        )


def _opening(source: Source) -> re.Match[str] | None:
    with source.open_text() as stream:
        return _BEGINS.match(stream.read(_CHUNK))


def _values(source: Source) -> Iterator[Any]:
    """Yield the elements of the array, parsed.

    An element ends where it parses: what is only a part of one cannot, and whole it never has anything behind it.
    """
    number = 0
    direct = source.encoding.name == "utf-8" and not source.encoding.damaged
    with source.open_bytes() if direct else source.open_text() as stream:
        held: Any = b"" if direct else ""
        for piece, separator in _pieces(stream, direct):
            held += piece
            value = _parsed(held, source, number)
            if value is not _INCOMPLETE:
                number += 1
                held = held[:0]
                yield value
            elif len(held) > LINE_LIMIT:
                raise _invalid(source, number, f"The next one is longer than {LINE_LIMIT // 2**20} MB.")
            elif separator:
                held += separator
                continue
            if separator is _BREAKS_OFF or held:
                raise _invalid(source, number, "It breaks off there.")


def _pieces(stream: IO[Any], direct: bool) -> Iterator[tuple[Any, Any]]:
    """Yield the text up to wherever an element may end, with what stands before the next one; None after the last."""
    buffer = stream.read(_CHUNK)
    begins = _BEGINS.match(buffer.decode("utf-8", "surrogateescape") if direct else buffer)
    if begins is None:
        yield buffer, _BREAKS_OFF
        return
    opening = begins[1]
    pattern = rf"(?<={_CLOSED_BY[opening]})[ \t\r\n]*,[ \t\r\n]*(?=\{opening})"
    ends: Any = re.compile(pattern.encode()) if direct else re.compile(pattern)
    buffer = buffer[buffer.index(b"[" if direct else "[") + 1 :]
    while True:
        start = 0
        for end in ends.finditer(buffer):
            yield buffer[start : end.start()], end[0]
            start = end.end()
        buffer = buffer[start:]
        more = stream.read(_CHUNK)
        if not more or len(buffer) > LINE_LIMIT:
            last = buffer.rstrip()
            closed = last.endswith(b"]" if direct else "]")
            yield (last[:-1], None) if closed else (last, _BREAKS_OFF)
            return
        buffer += more


def _parsed(text: Any, source: Source, number: int) -> Any:
    import orjson  # a start-up that reads no data does not pay for it

    try:
        value = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        if str(error).startswith("unexpected end of data"):
            return _INCOMPLETE
        return _parsed_leniently(text, source, number)
    parts = value.values() if isinstance(value, dict) else value
    if any(isinstance(part, (float, list, dict)) for part in parts):
        long = LONG_NUMBER_BYTES if isinstance(text, bytes) else LONG_NUMBER
        if long.search(text):
            return _parsed_leniently(text, source, number)
    return value


def _parsed_leniently(raw: Any, source: Source, number: int) -> Any:
    """Parse what orjson refuses or rounds: half characters, numbers beyond 64 bits."""
    text = raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else raw
    try:
        return json.loads(joined(text) if source.encoding.halved else text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        if error.pos >= len(text) or error.msg.startswith("Unterminated string"):
            return _INCOMPLETE
        raise _invalid(source, number, f"{clean(error.msg)}.") from None
    except (ValueError, RecursionError) as error:
        why = "The next one is nested too deep." if isinstance(error, RecursionError) else clean(str(error))
        raise _invalid(source, number, why) from None


def _refuse(constant: str) -> None:
    raise ValueError(f"It holds {constant}, which JSON does not have.")


def _invalid(source: Source, number: int, why: str) -> UnreadableDataset:
    return UnreadableDataset(
        f"{clean(source.path.name)} is not valid JSON after {number:,} rows.", why, "Export the file again."
    )
