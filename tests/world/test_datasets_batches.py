"""The fast readers give what the ordinary one gives, and counting in columns what counting row by row does."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.dataset import BadRow
from advisor.world.datasets.counting import batch_readers, duck_batches, line_batches
from advisor.world.datasets.counting.batches import Batch, in_batches
from advisor.world.datasets.counting.counts import Counts
from advisor.world.datasets.counting.folding import normalize_all
from advisor.world.datasets.counting.tally import Tally
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import Record, Roles
from advisor.world.datasets.text import normalize

AWKWARD = st.text(
    st.one_of(st.sampled_from(" \t\n.-'\"\x00\x1f\x85\xa0Aa,é"), st.characters(exclude_categories=["Cs"])), max_size=8
)
VALUE: Any = st.one_of(
    AWKWARD, st.none(), st.integers(-3, 3), st.booleans(), st.lists(st.sampled_from("ab"), max_size=2)
)
NAMES = ("text", "label", "other")


NUMERIC = st.text(st.sampled_from("0017 \t\n-–−.,:;=()$%#'+*/a\x01\x00"), max_size=10)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(AWKWARD, NUMERIC), max_size=12))
def test_many_texts_are_normalised_as_one_is(texts: list[str]) -> None:
    assert normalize_all(texts) == [normalize(text) for text in texts]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), VALUE, min_size=1), min_size=1, max_size=40))
def test_columns_hold_what_the_rows_held(rows: list[dict[str, object]]) -> None:
    (batch,) = in_batches(iter([Record(at, row) for at, row in enumerate(rows, start=1)]))
    for name, values in batch.columns.items():
        assert list(values) == [row.get(name) for row in rows]
    assert set(batch.columns) == {name for row in rows for name in row}


BAD = st.sampled_from(
    ["{", "null", "[1, 2, 3]", '{"text": NaN}', "{}", "words", '{"text": 12345678901234567890123}', ""]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.one_of(st.dictionaries(st.sampled_from(NAMES), VALUE, min_size=1), BAD), max_size=40),
    st.integers(8, 200),
)
def test_pieces_of_bytes_are_read_like_lines(rows: list[dict[str, object] | str], chunk: int) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "rows.jsonl"
        path.write_text("\n".join(['{"text": "one", "label": "a"}', '{"text": "b"}', *lines]), "utf-8")
        table = open_table(path)
        patch.setattr(line_batches, "CHUNK", chunk)
        batches = list(line_batches.read_line_batches(table.source))
        slow = list(table.rows())
    assert [bad for batch in batches for bad in batch.bad] == [row for row in slow if isinstance(row, BadRow)]
    assert _values(batches) == [_there(row.values) for row in slow if isinstance(row, Record)]
    assert batches[-1].share == 1


def test_a_line_too_long_to_hold_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    good = b'{"text": "one", "label": "a"}\n'
    path.write_bytes(good * 2 + b'{"text": "' + b"x" * 5_000 + b'"}\n' + good)
    table = open_table(path)
    monkeypatch.setattr(line_batches, "LINE_LIMIT", 1_000)
    monkeypatch.setattr(line_batches, "CHUNK", 256)
    batches = list(line_batches.read_line_batches(table.source))
    assert sum(batch.size for batch in batches) == 3
    assert [bad.line for batch in batches for bad in batch.bad] == [3]


CELL = st.text(
    st.one_of(st.sampled_from(" ,;\n\"'aAé\xa0"), st.characters(exclude_categories=["Cs", "Cc"])), max_size=6
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=40), st.sampled_from(",;\t|"), st.booleans())
def test_duckdb_reads_a_table_as_our_own_reader_does(
    rows: list[tuple[str, str, str]], delimiter: str, quote_all: bool
) -> None:
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator="\n")
            writer.writerows([NAMES, *rows, ("last", "row", "here")])
        table = open_table(path)
        if table.dialect is None or not duck_batches.is_for_duckdb(table.source, table.dialect, large=0):
            return
        try:
            batches = list(duck_batches.duck_batches(table.source, table.dialect, table.dialect.names[:2]))
        except duck_batches.Misfit:
            return
        records, bad = list(table.records()), [row for row in table.rows() if isinstance(row, BadRow)]
    assert not bad, "a file with a row that does not fit is left to our own reader"
    ours = in_batches(iter(records))
    assert sum((Counter(batch.filled) for batch in batches), Counter()) == Counter(next(ours).filled)
    read = [{name: value for name, value in row.items() if value} for row in _values(batches)]
    wanted = table.dialect.names[:2]
    assert read == [{name: record.values[name] for name in wanted if record.values[name]} for record in records]


def test_a_large_table_with_one_bad_row_is_read_again_by_our_own_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.csv"
    rows = [f"my card number {at} is gone,{'lost' if at % 2 else 'stolen'}" for at in range(50_000)]
    path.write_text("\n".join(["text,label", *rows, "too,many,cells", "last one,lost", ""]), "utf-8")
    monkeypatch.setattr(duck_batches.is_for_duckdb, "__defaults__", (0,))
    report = inspect(path)
    assert (report.rows, report.bad_rows) == (50_001, 1)
    assert report.bad_row_samples[0].line == 50_002
    assert report.label_counts == {"lost": 25_001, "stolen": 25_000}


LABEL: Any = st.one_of(st.none(), st.sampled_from(["p", "q", " ", "r"]))
INPUT: Any = st.one_of(st.none(), st.text(st.sampled_from("abA .!é"), max_size=4))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(INPUT, INPUT, LABEL, st.sampled_from(["", "train", "test"])), min_size=1, max_size=40),
    st.integers(1, 9),
)
def test_counting_in_columns_is_counting_row_by_row(rows: list[tuple[Any, Any, Any, str]], size: int) -> None:
    records = [Record(1, {"a": a, "b": b, "label": label}, split) for a, b, label, split in rows]
    tally = Tally(Roles(("a", "b"), "label", 1.0, "classification"), ("a", "b", "label"))
    for start in range(0, len(records), size):
        for batch in in_batches(iter(records[start : start + size])):
            tally.add(batch)
    assert _figures(tally.counts()) == _plainly(rows)


def _figures(counts: Counts) -> dict[str, object]:
    return {
        "labelled": counts.labelled,
        "without": counts.without_input,
        "usable": counts.usable,
        "labels": dict(counts.labels),
        "groups": dict(counts.groups),
        "copies": (counts.duplicates, counts.normalized_duplicates),
        "conflicts": (counts.conflicting_inputs, counts.conflicting_rows, counts.conflicts.lost),
        "leaks": {(leak.first, leak.second): (leak.inputs, leak.normalized_inputs) for leak in counts.leaks},
    }


def _plainly(rows: list[tuple[Any, Any, Any, str]]) -> dict[str, object]:
    filled = [(a or "", b or "", label if label and label.strip() else None, split) for a, b, label, split in rows]
    asked = [row for row in filled if row[0].strip() or row[1].strip()]
    inputs = [row[:2] for row in asked]
    folded = [(normalize(a), normalize(b)) for a, b in inputs]
    answers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    given: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row, group in zip(asked, folded, strict=True):
        if row[2] is not None:
            answers[row[:2]][row[2]] += 1
            given[group][row[2]] += 1
    torn = [labels for labels in answers.values() if len(labels) > 1]
    splits = list(dict.fromkeys(split for *_, split in filled if split))
    leaks = {}
    for i, one in enumerate(splits):
        for two in splits[i + 1 :]:
            same = [set(found) for found in (_of(one, asked, inputs), _of(two, asked, inputs))]
            alike = [set(found) for found in (_of(one, asked, folded), _of(two, asked, folded))]
            if alike[0] & alike[1]:
                leaks[one, two] = (len(same[0] & same[1]), len(alike[0] & alike[1]))
    return {
        "labelled": sum(row[2] is not None for row in filled),
        "without": len(filled) - len(asked),
        "usable": len(given),
        "labels": dict(Counter(row[2] for row in filled if row[2] is not None)),
        # The commonest label of each input, the first among equals: what the split keeps.
        "groups": dict(Counter(max(labels, key=labels.__getitem__) for labels in given.values())),
        "copies": (len(inputs) - len(set(inputs)), len(folded) - len(set(folded))),
        "conflicts": (len(torn), sum(map(Counter.total, torn)), sum(c.total() - max(c.values()) for c in torn)),
        "leaks": leaks,
    }


def _of(split: str, asked: list[Any], found: list[Any]) -> list[Any]:
    return [key for row, key in zip(asked, found, strict=True) if row[3] == split]


def _values(batches: list[Batch]) -> list[dict[str, object]]:
    return [
        _there({name: column[at] for name, column in batch.columns.items()})
        for batch in batches
        for at in range(batch.size)
    ]


def _there(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def test_every_batch_says_how_far_it_has_come(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({"text": f"row {at} " * 20, "label": "ab"[at % 2]}) + "\n" for at in range(9_000))
    )
    heard: list[tuple[int, float]] = []
    inspect(path, watch=lambda progress: heard.append((progress.rows, progress.share)))
    assert heard == sorted(heard) and len(heard) > 3
    assert heard[-1] == (9_000, 1.0)

    class Enough(Exception):
        pass

    def stop(progress: object) -> None:
        raise Enough

    with pytest.raises(Enough):
        inspect(path, watch=stop)
    assert batch_readers.read_batches(open_table(path), ("text",)) is not None
