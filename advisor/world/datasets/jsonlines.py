"""JSON Lines: one record a line, every bad line kept as a value with its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from advisor.domain.dataset import BadRow
from advisor.world.datasets.formats import Source
from advisor.world.datasets.records import LINE_LIMIT, Record
from advisor.world.datasets.text import clean, is_damaged


def read_json_lines(source: Source) -> Iterator[Record | BadRow]:
    """Yield every line that is not blank, as a record or as a bad row."""
    import orjson  # a start-up that reads no data does not pay for it

    name = clean(source.path.name)
    # orjson checks UTF-8 while it parses, so only other encodings are decoded first.
    direct = source.encoding.name == "utf-8"
    with source.open_bytes() if direct else source.open_text() as stream:
        for number, raw in bounded_lines(stream):
            if raw is None:
                yield BadRow(file=name, line=number, why=f"is longer than {LINE_LIMIT // 2**20} MB")
                continue
            if number == 1 and isinstance(raw, bytes):
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if raw.isspace() or not raw:
                continue
            try:
                value = orjson.loads(raw)
            except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
                yield BadRow(file=name, line=number, why=why_not_json(error))
                continue
            yield as_record(value, name, number)


def bounded_lines(stream: IO[Any], limit: int = LINE_LIMIT) -> Iterator[tuple[int, Any]]:
    """Yield numbered lines, and None for a line beyond `limit`, which is skipped without being held."""
    number = 0
    while line := stream.readline(limit):
        number += 1
        end = b"\n" if isinstance(line, bytes) else "\n"
        if len(line) < limit or line.endswith(end):
            yield number, line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(end):
            pass
        yield number, None


def as_record(value: object, file: str, line: int, split: str = "") -> Record | BadRow:
    """Return a parsed value as a record: an object, or a pair of text and label."""
    if isinstance(value, dict):
        return Record(line, value, split)
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return Record(line, {"text": value[0], "label": value[1]}, split)
    return BadRow(file=file, line=line, why=f"is {_kind(value)}, not an object with fields")


def damaged_row(record: Record, file: str) -> BadRow | None:
    """Return the bad row of a record that holds half a character, or None."""
    for name, value in record.values.items():
        if isinstance(value, str) and is_damaged(value):
            return BadRow(file=file, line=record.line, why=f"has bytes in `{clean(name, 40)}` that are no characters")
    return None


def why_not_json(error: Exception) -> str:
    """Return why a line is not JSON, without its line number."""
    text = str(error).split(": line ")[0].lower()
    if "surrogate" in text:
        return "holds half a character (a lone surrogate)"
    if "utf-8" in text:
        return "holds bytes that are not UTF-8"
    if "recursion" in text:
        return "is nested too deep"
    return f"is not JSON ({clean(text, 60)})"


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "a text"
