"""JSON files that are one value: an array of records, an object of splits, or an object of columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.formats import Source
from advisor.world.datasets.jsonlines import as_record, damaged_row
from advisor.world.datasets.records import Record
from advisor.world.datasets.text import clean

SIZE_LIMIT = 512 * 2**20
"""A JSON value is parsed in one piece; beyond this JSON Lines is the way to go."""

_LONG_NUMBER = re.compile(r"[\[:,]\s*-?\d{19}")
"""orjson rounds whole numbers beyond 64 bits."""


def read_json(source: Source) -> Iterator[Record | BadRow]:
    """Yield every record of a JSON file; lines count records from 1, over all splits.

    Raises:
        UnreadableDataset: the file is not JSON, or holds no records.
    """
    name = clean(source.path.name)
    value = _parse(source, name)
    for number, (item, split) in enumerate(_items(value, name), start=1):
        record = as_record(item, name, number, split)
        yield (damaged_row(record, name) or record) if isinstance(record, Record) else record


def _parse(source: Source, name: str) -> object:
    import orjson  # a start-up that reads no data does not pay for it

    if source.path.stat().st_size > SIZE_LIMIT:
        raise UnreadableDataset(
            f"{name} is one JSON value of more than {SIZE_LIMIT // 2**20} MB.",
            "I would have to hold all of it in memory.",
            "Save it as JSON Lines, one record a line.",
        )
    with source.open_text() as stream:
        text = stream.read()
    if _LONG_NUMBER.search(text):
        return _parse_leniently(text, name)
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return _parse_leniently(text, name)


def _parse_leniently(text: str, name: str) -> object:
    """Parse what orjson refuses as a whole: half characters in some rows, or several values in a row."""
    decoder = json.JSONDecoder(parse_constant=_refuse)
    values: list[Any] = []
    position, end = 0, len(text.rstrip())
    try:
        while position < end:
            value, position = decoder.raw_decode(text, position + _blank(text, position))
            values.append(value)
            position += _blank(text, position)
    except json.JSONDecodeError as error:
        raise UnreadableDataset(
            f"{name} is not valid JSON.",
            f"Line {error.lineno}, column {error.colno}: {clean(error.msg)}.",
            "Correct it there, or export the file again.",
        ) from None
    except (ValueError, RecursionError) as error:
        why = "It is nested too deep." if isinstance(error, RecursionError) else clean(str(error))
        raise UnreadableDataset(f"{name} is not valid JSON.", why, "Export the file again.") from None
    return values[0] if len(values) == 1 else values


def _blank(text: str, position: int) -> int:
    start = position
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position - start


def _refuse(constant: str) -> None:
    raise ValueError(f"It holds {constant}, which JSON does not have.")


def _items(value: object, name: str) -> Iterator[tuple[object, str]]:
    if isinstance(value, list):
        return ((item, "") for item in value)
    if isinstance(value, dict):
        return _object_items(value)
    raise UnreadableDataset(
        f"{name} holds a single value, not rows.", "", "Give me an array of objects, or one object a line."
    )


def _object_items(value: Mapping[str, object]) -> Iterator[tuple[object, str]]:
    columns = _columns(value)
    if columns is not None:
        return ((item, "") for item in _rows_of(columns))
    lists = {key: item for key, item in value.items() if isinstance(item, list) and _holds_records(item)}
    if not lists:
        return iter([(value, "")])
    # One list among other keys is a wrapper ("data", "examples"), several are splits.
    named = len(lists) > 1
    return ((item, key if named else "") for key, items in lists.items() for item in items)


def _holds_records(items: Sequence[object]) -> bool:
    first = items[0] if items else None
    return isinstance(first, dict) or (isinstance(first, list) and len(first) == 2 and isinstance(first[0], str))


def _columns(value: Mapping[str, object]) -> dict[str, list[object]] | None:
    """Return the columns of `{"text": [...], "label": [...]}`, or of pandas' `{"text": {"0": ...}}`."""
    if len(value) < 2:
        return None
    columns: dict[str, list[object]] = {}
    indexes = set()
    for key, column in value.items():
        if isinstance(column, dict):
            indexes.add(tuple(column))
            column = list(column.values())
        if not isinstance(column, list) or not column or _holds_records(column):
            return None
        columns[key] = column
    same_length = len({len(column) for column in columns.values()}) == 1
    return columns if same_length and len(indexes) <= 1 else None


def _rows_of(columns: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))
