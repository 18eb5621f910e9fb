"""What every way of reading a table agrees on: rows, labels from names, and which keys are splits."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.dataset import BadRow
from advisor.world.datasets.closer.close_look import roles_of
from advisor.world.datasets.counting import duck_batches, line_batches, loose_quotes
from advisor.world.datasets.counting.batch_readers import read_batches
from advisor.world.datasets.counting.batches import Batch
from advisor.world.datasets.counting.tally import Tally
from advisor.world.datasets.files import lines as lines_module
from advisor.world.datasets.files.lines import bounded_lines
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.records import Record, Roles, as_text

ROW = b'{"text": "one", "label": "a"}\n'


@settings(max_examples=300, deadline=None)
@given(st.text("ab\n", max_size=80), st.integers(1, 30), st.integers(2, 9))
def test_the_same_lines_are_too_long_for_both_readers(text: str, chunk: int, limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_batches, "LINE_LIMIT", limit)
        patch.setattr(line_batches, "CHUNK", chunk)
        patch.setattr(lines_module, "SKIPPED", limit - 1)
        found = [line for lines, _ in line_batches._chunks(io.BytesIO(text.encode())) for line in lines]
        ordinary = list(bounded_lines(io.BytesIO(text.encode()), limit))
    assert found == [line if line is None else line.removesuffix(b"\n") for _, line in ordinary]


def test_every_line_after_one_too_long_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROW * 50 + b'{"text": "' + b"x" * 5_000 + b'"}\n' + ROW * 100)
    table = open_table(path)
    monkeypatch.setattr(line_batches, "LINE_LIMIT", 1_000)
    for chunk in (256, 2**12, 2**20):
        monkeypatch.setattr(line_batches, "CHUNK", chunk)
        batches = list(line_batches.read_line_batches(table.source))
        assert sum(batch.size for batch in batches) == 150
        assert [bad.line for batch in batches for bad in batch.bad] == [51]


LOOSE = st.sampled_from(
    ['"a"', '"a" ', ' "a"', ' "a" ', '"" ', ' ""', '"a" "b"', "a ", " a", '"a, ""b"" "', '"a""" ', 'a" ', '", ""b"""']
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LOOSE, LOOSE), min_size=1, max_size=4), st.integers(1, 40), st.sampled_from(",;"))
def test_spaces_around_quotes_are_read_alike(rows: list[tuple[str, str]], piece: int, delimiter: str) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "rows.csv"
        lines = [("text", "label"), *[('"plain, ""words"""', "x")] * 20, *rows, ("y", "z")]
        path.write_text("\n".join(delimiter.join(cells) for cells in lines), "utf-8")
        patch.setattr(loose_quotes, "PIECE", piece)
        patch.setattr(duck_batches.is_for_duckdb, "__defaults__", (0,))
        table = open_table(path)
        assert table.dialect is not None
        ordinary = [row if isinstance(row, BadRow) else tuple(row.values.values()) for row in table.rows()]
        try:
            fast = _cells(list(read_batches(table, table.dialect.names)), table.dialect.names)
        except duck_batches.Misfit:
            return
    assert fast == [row for row in ordinary if not isinstance(row, BadRow)]


def _cells(batches: list[Batch], names: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [row for batch in batches for row in zip(*(map(as_text, batch.columns[n]) for n in names), strict=True)]


def test_spaces_after_quotes_count_alike_however_large_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.csv"
    rows = [f'"card {at}, gone","lost"' + " " * (at % 3 == 0) for at in range(60)]
    path.write_text("\n".join(['"text","label"', *rows, ""]), "utf-8")
    small = inspect(path)
    monkeypatch.setattr(duck_batches.is_for_duckdb, "__defaults__", (0,))
    large = inspect(path)
    assert (large.rows, large.bad_rows) == (small.rows, small.bad_rows) == (60, 0)
    assert large.label_counts == small.label_counts == {"lost": 60}


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a" ,"b"', ("a", "b")),
        ('"a","b"  ', ("a", "b")),
        ('"" ,"b"', ("", "b")),
        ('"a\n" ,"b\nc" ', ("a\n", "b\nc")),
        ('" ,","b" ', (" ,", "b")),
        ('5" ,b', ('5" ', "b")),
        ('"a" x,b', None),
        ('"a" "b",c', None),
    ],
)
def test_spaces_after_a_closing_quote_are_no_fault(tmp_path: Path, line: str, cells: tuple[str, str] | None) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["text,label", *['"plain, words",x'] * 9, line, "last one,y", ""]), "utf-8")
    *_, row, last = open_table(path).rows()
    assert (None if isinstance(row, BadRow) else tuple(row.values.values())) == cells
    assert (row.line, last.line) == (11, 12 + line.count("\n"))


@pytest.mark.parametrize(
    ("suffix", "content", "large"),
    [
        ("csv", "text,label\nsome words here {0},{0}\nother words there {0},\nmore words {0}, \n", None),
        ("csv", "text,label\nsome words here {0},{0}\nother words there {0},\nmore words {0}, \n", 0),
        (
            "jsonl",
            '{{"text": "w {0}", "label": "{0}"}}\n{{"text": "v {0}", "label": null}}\n{{"text": "u {0}"}}\n',
            None,
        ),
    ],
)
def test_the_name_of_a_file_labels_rows_without_a_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, content: str, large: int | None
) -> None:
    if large is not None:
        monkeypatch.setattr(duck_batches.is_for_duckdb, "__defaults__", (large,))
    for name in ("neg", "pos"):
        (tmp_path / f"{name}.{suffix}").write_text(content.format(name), "utf-8")
    table = open_table(tmp_path)
    assert [record.values["label"] for record in table.records()] == ["neg"] * 3 + ["pos"] * 3
    labels = [label for batch in read_batches(table, ("text", "label")) for label in batch.columns["label"]]
    assert labels == ["neg"] * 3 + ["pos"] * 3
    assert inspect(tmp_path).label_counts == {"neg": 3, "pos": 3}


def test_many_keys_are_no_splits(tmp_path: Path) -> None:
    def row(at: int) -> dict[str, str]:
        return {"text": f"some words about number {at}", "label": "ab"[at % 2]}

    path = tmp_path / "rows.json"
    path.write_text(json.dumps({f"doc{at}": [row(at), row(at + 1)] for at in range(40_000)}))
    report = inspect(path)
    assert (report.rows, report.splits, report.input_fields, report.label_field) == (80_000, {}, ("text",), "label")
    assert next(open_table(path).records()).values["key"] == "doc0"
    path.write_text(json.dumps({f"part {at}": [row(at), row(at + 1)] for at in range(20)}))
    assert len(inspect(path).splits) == 20
    path.write_text(json.dumps({"version": 1, **{f"test_{at}": [row(at), row(at + 1)] for at in range(25)}}))
    assert len(inspect(path).splits) == 25


def test_more_splits_than_are_compared_are_counted() -> None:
    tally = Tally(Roles(("text",), "label", 1.0, "classification", "split"), ("text", "label", "split"))
    names = [f"s{at}" for at in range(40_000)]
    tally.add(Batch(40_000, {"text": ["same"] * 40_000, "label": ["a"] * 40_000, "split": names}))
    counts = tally.counts()
    assert (counts.rows, len(counts.splits), len(counts.leaks)) == (40_000, 40_000, 30 * 29 // 2)


def test_conversations_may_be_missing_from_a_whole_batch(tmp_path: Path) -> None:
    def talk(asked: str, reply: str) -> dict[str, object]:
        return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": reply}]}

    rows = [talk("hi", "hello")] * 9_000 + [{"note": "nothing was said"}] * 30_000
    rows += [talk("may I", "yes"), talk("may I", "no")]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = inspect(tmp_path / "rows.jsonl")
    assert (report.task, report.rows, report.labelled, report.conflicting_rows) == ("chat", 39_002, 9_002, 2)


def test_a_folder_named_like_a_column_changes_no_value(tmp_path: Path) -> None:
    folder = tmp_path / "label=zz"
    folder.mkdir()
    path = folder / "rows.parquet"
    with duckdb.connect() as database:
        database.execute(
            f"copy (select 'words ' || range as text, chr(97 + (range % 2)::int) as label from range(60)) to '{path}'"
        )
    table = open_table(path)
    assert {record.values["label"] for record in table.records() if isinstance(record, Record)} == {"a", "b"}
    assert inspect(path).label_counts == {"a": 30, "b": 30}


@pytest.mark.parametrize("large", [0, 2**24])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_columns_of_a_later_file_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int, suffix: str
) -> None:
    monkeypatch.setattr(duck_batches.is_for_duckdb, "__defaults__", (large,))
    rows = "'some words ' || range as text, chr(97 + (range % 2)::int) as label"
    with duckdb.connect() as database:
        for name, sql in (("train", f"{rows} from range(6000)"), ("test", f"{rows}, 'more' as extra from range(100)")):
            database.execute(f"copy (select {sql}) to '{tmp_path / name}.{suffix}'")
    fields = {field.name: field.filled for field in inspect(tmp_path).fields}
    assert fields == {"text": 6_100, "label": 6_100, "extra": 100}


def test_columns_of_words_may_begin_with_two(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps({"tokens": [["I", "run"], ["we", "all", "run"], ["go"]], "label": ["a", "b", "a"]}))
    assert [record.values["label"] for record in open_table(path).records()] == ["a", "b", "a"]


def test_the_split_of_a_row_is_the_one_the_report_counted(tmp_path: Path) -> None:
    for split, n in (("train", 60), ("test", 20)):
        rows = [
            {"text": f"words {split} {at}", "label": "ab"[at % 2], "set": f"Kit {at % 9}", "fold": "dev"}
            for at in range(n)
        ]
        (tmp_path / f"{split}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = inspect(tmp_path)
    assert report.splits == {"train": 60, "test": 20}
    assert {roles_of(report).split(record) for record in open_table(tmp_path).records()} == {"train", "test"}
    named = {"text": "some words", "label": "a"}
    rows = [{**named, "set": f"Kit {at}", "split": ("train", "test")[at % 2]} for at in range(60)]
    (tmp_path / "all.json").write_text(json.dumps(rows))
    report = inspect(tmp_path / "all.json")
    assert report.splits == {"train": 30, "test": 30} and roles_of(report).split_field == "split"
