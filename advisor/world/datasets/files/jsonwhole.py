"""JSON files that are one value, in any of the shapes rows stand in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from advisor.domain.dataset import BadRow, Finding
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.encodings import joined
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.jsonlines import as_record, damaged_row
from advisor.world.datasets.files.shapes import Shape, rows_of, shape_of
from advisor.world.datasets.records import Record
from advisor.world.datasets.text import clean

SIZE_LIMIT = 512 * 2**20
"""A JSON value that is no plain array is parsed in one piece; beyond this JSON Lines is the way to go."""

LONG_NUMBER = re.compile(r"[\[:,]\s*-?\d{19}")
"""orjson rounds whole numbers beyond 64 bits."""
LONG_NUMBER_BYTES = re.compile(LONG_NUMBER.pattern.encode())


def read_json(source: Source) -> Iterator[Record | BadRow]:
    """Yield every record of a JSON file; lines count records from 1, over all splits.

    Raises:
        UnreadableDataset: the file is not JSON, or holds no records.
    """
    name = clean(source.path.name)
    number = 0
    for group in _shape(source, name).groups:
        for item in rows_of(group):
            number += 1
            record = as_record(item, name, number, group.split)
            yield (damaged_row(record, name) or record) if isinstance(record, Record) else record


def json_findings(source: Source) -> tuple[Finding, ...]:
    """Return what is to be said of how the rows stand in the file.

    Raises:
        UnreadableDataset: the file is not JSON, or holds no records.
    """
    return _shape(source, clean(source.path.name)).findings


def _shape(source: Source, name: str) -> Shape:
    shape = shape_of(_parse(source, name))
    if shape is None:
        raise UnreadableDataset(
            f"{name} holds a single value, not rows.", "", "Give me an array of objects, or one object a line."
        )
    return shape


def _parse(source: Source, name: str) -> object:
    import orjson  # a start-up that reads no data does not pay for it

    # Bytes where they will do: text beyond ASCII takes two to four times the memory.
    direct = source.encoding.name == "utf-8" and not source.encoding.damaged
    with source.open_bytes() if direct else source.open_text() as stream:
        content: Any = stream.read(SIZE_LIMIT)
        complete = not stream.read(1)
    if not complete:
        raise UnreadableDataset(
            f"{name} is one JSON value of more than {SIZE_LIMIT // 2**20} MB.",
            "Only an array of objects can be read row by row; this I would have to hold in memory as a whole.",
            "Make it JSON Lines, one record a line; for an array: jq -c '.[]' big.json > big.jsonl",
        )
    if source.encoding.halved:
        content = joined(content)
    if direct:
        content = content.removeprefix(b"\xef\xbb\xbf")
    if not (LONG_NUMBER_BYTES if direct else LONG_NUMBER).search(content):
        # What this refuses as a whole may have faults in some rows only.
        with suppress(orjson.JSONDecodeError, UnicodeEncodeError):
            return orjson.loads(content)
    return _parse_leniently(content.decode("utf-8", "surrogateescape") if direct else content, name)


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
