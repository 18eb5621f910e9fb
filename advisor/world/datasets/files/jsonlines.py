"""JSON Lines: one record a line, every bad line kept as a value with its number."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from advisor.domain.dataset import BadRow
from advisor.world.datasets.files.encodings import joined
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.lines import bounded_lines
from advisor.world.datasets.files.shapes import plain_row
from advisor.world.datasets.records import LINE_LIMIT, Record, as_text
from advisor.world.datasets.text import clean, is_damaged

REPEATED_LIMIT = 4 * 2**20
"""Characters of a JSON value that are looked through for repeated keys."""

_CONSTANT = re.compile(r"[:,\[]\s*(NaN|-?Infinity)\b")


def read_json_lines(source: Source) -> Iterator[Record | BadRow]:
    """Yield every line that is not blank, as a record or as a bad row."""
    name = clean(source.path.name)
    # orjson checks UTF-8 while it parses, so only other encodings are decoded first.
    direct = source.encoding.name == "utf-8"
    with source.open_bytes() if direct else source.open_text() as stream:
        for number, raw in bounded_lines(stream):
            if (row := read_line(raw, number, name)) is not None:
                yield row


def read_line(raw: Any, number: int, file: str) -> Record | BadRow | None:
    """Return what one line holds, None for a blank one; `raw` is None where the line was too long to be kept."""
    import orjson  # a start-up that reads no data does not pay for it

    if raw is None:
        return BadRow(file=file, line=number, why=f"is longer than {LINE_LIMIT // 2**20} MB")
    if number == 1 and isinstance(raw, bytes):
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw.isspace() or not raw:
        return None
    try:
        value = orjson.loads(raw)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        if isinstance(raw, bytes) and (mended := _with_halves_joined(raw)):
            return read_line(mended, number, file)
        return BadRow(file=file, line=number, why=_why_not_json(error, raw))
    if isinstance(value, dict) and any(map(lost_digits, value.values())):
        try:
            value = json.loads(raw)
        except RecursionError:
            return BadRow(file=file, line=number, why="is nested too deep")
    return as_record(value, file, number)


def _with_halves_joined(raw: bytes) -> str | None:
    """Return the text of a line whose only fault is characters written as two halves."""
    text = raw.decode("utf-8", "surrogateescape")
    mended = joined(text)
    return None if mended == text or is_damaged(mended) else mended


def as_record(value: object, file: str, line: int, split: str = "") -> Record | BadRow:
    """Return a parsed value as a record: an object, or a pair of text and label."""
    if isinstance(value, dict) and value:
        return Record(line, plain_row(value) if "answers" in value else value, split)
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return Record(line, {"text": value[0], "label": value[1]}, split)
    return BadRow(file=file, line=line, why=f"is {_kind(value)}, not an object with fields")


def damaged_row(record: Record, file: str) -> BadRow | None:
    """Return the bad row of a record that holds half a character, or None."""
    for name, value in record.values.items():
        if is_damaged(name) or is_damaged(as_text(value)):
            return BadRow(file=file, line=record.line, why=f"has bytes in `{clean(name, 40)}` that are no characters")
    return None


def repeated_keys(source: Source, lines: int = 1_000) -> tuple[str, ...]:
    """Return the keys that stand more than once in one of the first objects; parsing keeps the last only.

    A file that is one JSON value is looked through only where it is small.
    """
    repeated: dict[str, None] = {}

    def look(pairs: list[tuple[str, object]]) -> None:
        times = Counter(name for name, _ in pairs)
        repeated.update(dict.fromkeys(name for name, n in times.items() if n > 1))

    with source.open_text() as stream:
        texts = (line or "" for _, line in islice(bounded_lines(stream), lines))
        for text in texts if source.format == "jsonl" else [stream.read(REPEATED_LIMIT)]:
            # What is malformed is reported where the rows are read.
            with suppress(ValueError, RecursionError):
                json.loads(text, object_pairs_hook=look)
    return tuple(repeated)


def _why_not_json(error: Exception, raw: Any) -> str:
    text = str(error).split(": line ")[0].lower()
    constant = _CONSTANT.search(raw if isinstance(raw, str) else raw.decode("utf-8", "replace"))
    if "surrogate" in text:
        return "holds half a character (a lone surrogate)"
    if "utf-8" in text:
        return "holds bytes that are not UTF-8"
    if "recursion" in text or "depth" in text:
        return "is nested too deep"
    if constant and "json value" in text:
        return f"holds {constant[1]}, which JSON does not have"
    return f"is not JSON ({clean(text, 60)})"


def lost_digits(value: object) -> bool:
    """Say whether a number may be a whole one beyond 64 bits, which orjson reads as a rounded fraction."""
    return type(value) is float and abs(value) >= 2**63


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "an empty object"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "a text"
