"""Generated files thrown at the readers: rows or a sentence, and no row lost.

`SOAK=10000` tries that many of each in place of a few.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.records import Record, as_text
from tests.world.bad_builders import PAIRS, zstd
from tests.world.workbook import workbook

EXAMPLES = int(os.environ.get("SOAK", "40"))
SLOW = max(10, EXAMPLES // 50)
"""Of files that a process of its own reads."""

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=QUIET)

WORD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
CELL = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from('\n\t",;|')), max_size=20)
ROWS = st.lists(st.tuples(CELL.map("{}.".format), CELL.map("{}!".format)), min_size=1, max_size=25)
SUFFIX = st.sampled_from(["csv", "tsv", "txt", "json", "jsonl", "parquet", "gz", "zst", "xls", "db", "arrow", ""])


def read(content: bytes, name: str) -> list[Record | BadRow] | UnreadableDataset:
    """Return the rows of a file, or the sentence in place of them; anything else is a fault."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            rows = list(open_table(path).rows())
        except UnreadableDataset as error:
            assert str(error).isprintable() and error.what and (error.try_this or error.why)
            return error
    for row in rows:
        assert row.line >= 1
        if isinstance(row, BadRow):
            assert row.why.isprintable() and row.file.isprintable()
        else:
            "".join(map(as_text, row.values.values())).encode()
            "".join(row.values).encode()
    return rows


def rows_of(content: bytes, name: str) -> list[Record | BadRow]:
    rows = read(content, name)
    assert not isinstance(rows, UnreadableDataset), str(rows)
    return rows


def as_csv(rows: list[tuple[str, str]], delimiter: str = ",", end: str = "\r\n") -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([("text", "label"), *rows])
    return text.getvalue()


def as_lines(rows: list[tuple[str, str]]) -> str:
    return "".join(json.dumps({"text": text, "label": label}, ensure_ascii=False) + "\n" for text, label in rows)


def as_array(rows: list[tuple[str, str]]) -> str:
    return json.dumps([{"text": text, "label": label} for text, label in rows], ensure_ascii=False, indent=1)


@thorough
@given(st.binary(max_size=600), SUFFIX)
@example(b'{"a": ' + b"[" * 1000 + b"]" * 1000 + b"}\n", "jsonl")
@example(b'[{"train": {"train": []}}', "json")
@example(b"PK\x03\x04", "xlsx")
def test_any_bytes(content: bytes, suffix: str) -> None:
    read(content, f"rows.{suffix}")


@thorough
@given(st.lists(st.sampled_from(
    ["text", "label", ",", ";", "\t", '"', '""', "\n", "\r", "\r\n", "\0", " ", "1", "é", "{", "}", "[", "]", ":",
     "null", "\ufeff", "\ud83d", "train", '{"text": "a"}\n', '["a", "b"]\n', "\x1b[31m"]
), max_size=60), SUFFIX)  # fmt: skip
def test_any_tokens(tokens: list[str], suffix: str) -> None:
    read("".join(tokens).encode("utf-8", "surrogatepass"), f"rows.{suffix}")


JSON_VALUE: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORD),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(
                ["train", "test", "data", "text", "label", "paragraphs", "qas", "context", "question", "answers"]
            ), WORD), inner, max_size=4,
        ),
    ),
    max_leaves=25,
)  # fmt: skip


@thorough
@given(JSON_VALUE, st.sampled_from(["rows.json", "rows.jsonl"]))
def test_any_json(value: object, name: str) -> None:
    read(json.dumps(value).encode(), name)


@thorough
@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_rows_and_ragged_rows_of_a_table_are_those_written(
    rows: list[tuple[str, str]], delimiter: str, end: str, data: st.DataObject
) -> None:
    # At least as many good rows as ragged ones, because the majority decides how wide the table is.
    lines = as_csv([*rows, *[("plain words", "x")] * 30], delimiter, end)
    ragged = data.draw(st.lists(st.sampled_from(['"only"', '"a"|"b"|"c"'.replace("|", delimiter)]), max_size=10))
    found = rows_of((lines + "".join(line + end for line in ragged)).encode(), "rows.csv")
    assert len(found) == len(rows) + 30 + len(ragged)
    assert [tuple(row.values.values()) for row in found[: len(rows)] if isinstance(row, Record)] == rows
    assert sum(isinstance(row, BadRow) for row in found) == len(ragged)


@thorough
@given(ROWS, st.data())
def test_lines_cut_anywhere_lose_the_last_row_only(rows: list[tuple[str, str]], data: st.DataObject) -> None:
    whole = as_lines([("first words", "a"), *rows]).encode()
    first = whole.index(b"\n") + 1
    cut = whole[: data.draw(st.integers(first, len(whole)))]
    found = rows_of(cut, "rows.jsonl")
    assert len(found) == sum(not line.isspace() for line in cut.split(b"\n") if line)
    assert sum(isinstance(row, BadRow) for row in found) <= 1
    read(data.draw(st.sampled_from([gzip.compress, zstd]))(whole)[: len(cut) - 1], "rows.jsonl.gz")


@thorough
@given(
    ROWS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from(["csv", "jsonl", "json"]),
    st.booleans(),
)
def test_encodings_change_no_character(rows: list[tuple[str, str]], encoding: str, kind: str, packed: bool) -> None:
    rows = [("the first words", "a"), *rows]
    text = {"csv": as_csv, "jsonl": as_lines, "json": as_array}[kind](rows)
    content = text.encode(encoding)
    found = rows_of(gzip.compress(content) if packed else content, f"rows.{kind}{'.gz' if packed else ''}")
    assert [tuple(row.values.values()) for row in found if isinstance(row, Record)] == rows


@thorough
@given(st.lists(st.text("abc éüñß", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=20))
def test_one_byte_encodings_change_no_character(texts: list[str]) -> None:
    rows = [("the first words", "é"), *((text, "x") for text in texts)]
    for kind, text in (("csv", as_csv(rows)), ("jsonl", as_lines(rows)), ("json", as_array(rows))):
        found = rows_of(text.encode("latin-1"), f"rows.{kind}")
        assert [tuple(row.values.values()) for row in found if isinstance(row, Record)] == rows


@thorough
@given(ROWS)
def test_the_shapes_of_json_hold_the_same_rows(rows: list[tuple[str, str]]) -> None:
    objects = [{"text": text, "label": label} for text, label in rows]
    shapes: list[object] = [
        objects, {"data": objects}, {"train": objects, "test": objects[:1]}, {"train": rows, "test": rows[:1]},
        {"text": [text for text, _ in rows], "label": [label for _, label in rows]},
        {"train": {"text": [text for text, _ in rows], "label": [label for _, label in rows]}, "test": objects[:1]},
    ]  # fmt: skip
    for shape in shapes:
        found = rows_of(json.dumps(shape).encode(), "rows.json")
        assert [tuple(row.values.values()) for row in found if isinstance(row, Record)][: len(rows)] == rows


def _mutated(data: st.DataObject, whole: bytes) -> bytes:
    """Return content with some bytes changed, dropped, doubled, or the end cut off."""
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, max(0, len(content) - 1)))
        deed = data.draw(st.sampled_from(["change", "drop", "insert", "cut", "double"]))
        if deed == "change" and content:
            content[place] = data.draw(st.integers(0, 255))
        elif deed == "drop":
            del content[place : place + data.draw(st.integers(1, 30))]
        elif deed == "insert":
            content[place:place] = data.draw(st.binary(min_size=1, max_size=8))
        elif deed == "cut":
            del content[place:]
        else:
            content[place:place] = content[place : place + 50]
    return bytes(content)


@cache
def _parquet() -> bytes:
    import duckdb

    with TemporaryDirectory() as folder, duckdb.connect() as database:
        path = Path(folder) / "rows.parquet"
        database.execute(f"copy (select 'text ' || i as text, [i] as label from range(99) t(i)) to '{path}'")
        return path.read_bytes()


@cache
def _database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.db"
        with sqlite3.connect(path) as database:
            database.execute("create table rows (text, label)")
            database.executemany("insert into rows values (?, ?)", PAIRS)
        database.close()
        return path.read_bytes()


@cache
def _arrow(stream: bool) -> bytes:
    import pyarrow as pa

    table = pa.table({"text": [text for text, _ in PAIRS], "label": [[label] for _, label in PAIRS]})
    sink = io.BytesIO()
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


TEXTS: list[tuple[str, Callable[[], bytes]]] = [
    ("rows.csv", lambda: as_csv(PAIRS[:20]).encode()),
    ("rows.jsonl", lambda: as_lines(PAIRS[:20]).encode()),
    ("rows.json", lambda: as_array(PAIRS[:20]).encode()),
    ("rows.jsonl.gz", lambda: gzip.compress(as_lines(PAIRS).encode())),
    ("rows.jsonl.zst", lambda: zstd(as_lines(PAIRS).encode())),
    ("rows.parquet", _parquet),
    ("rows.db", _database),
]


@pytest.mark.parametrize(("name", "whole"), TEXTS, ids=[name for name, _ in TEXTS])
@thorough
@given(data=st.data())
def test_a_file_with_faults(name: str, whole: Callable[[], bytes], data: st.DataObject) -> None:
    read(_mutated(data, whole()), name)


@pytest.mark.parametrize("stream", [False, True])
@thorough
@given(data=st.data())
def test_an_arrow_file_with_faults(stream: bool, data: st.DataObject) -> None:
    pytest.importorskip("pyarrow")
    read(_mutated(data, _arrow(stream)), "rows.arrow")


@settings(max_examples=SLOW, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_a_workbook_with_faults(data: st.DataObject) -> None:
    whole = workbook({"Sheet": [["text", "label"], *PAIRS[:9]]})
    read(_mutated(data, whole), "rows.xlsx")
