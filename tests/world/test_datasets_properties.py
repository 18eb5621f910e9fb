"""What holds for any rows: none is lost, none leaks, nothing shown can move a cursor."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.splitting.split import split
from advisor.world.datasets.text import clean, normalize

TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t")), max_size=30)
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
BROKEN = st.sampled_from(["{", "null", "[1]", '{"text": "x"', "plain words", "{}", '{"text": NaN}'])
INPUT = st.text(st.sampled_from("abAB ,.!?é\u0301x"), min_size=1, max_size=5).filter(lambda text: not text.isspace())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.fixed_dictionaries({"text": TEXT, "label": CELL}), BROKEN), min_size=1, max_size=30))
def test_rows_read_and_bad_rows_are_the_rows_written(rows: list[dict[str, str] | str]) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        # A first good line, because a file without any is taken for a table.
        path.write_text("\n".join(['{"text": "one", "label": "a"}', *lines]), "utf-8")
        read = list(open_table(path).rows())
    assert len(read) == len(rows) + 1
    bad = [number for number, row in enumerate(rows, start=2) if isinstance(row, str)]
    assert [row.line for row in read if isinstance(row, BadRow)] == bad


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, CELL), min_size=1, max_size=30), st.sampled_from([",", ";", "\t"]))
def test_a_table_comes_back_cell_for_cell(rows: list[tuple[str, str]], delimiter: str) -> None:
    table = [(text + ".", label + "!") for text, label in rows]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
            writer.writerows([("text", "label"), *table])
        read = list(open_table(path).records())
    assert [tuple(record.values.values()) for record in read] == table


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(INPUT, st.sampled_from("pq")), min_size=1, max_size=60), st.integers(0, 5))
def test_a_split_neither_loses_nor_leaks_an_input(rows: list[tuple[str, str]], seed: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("\n".join(json.dumps({"text": text, "label": label}) for text, label in rows), "utf-8")
        report = inspect(path, label_field="label", input_fields=("text",))
        parts = split(path, report, seed)
    inputs = [{normalize(row["text"]) for row in part} for part in parts[:3]]
    assert set.union(*inputs) == {normalize(text) for text, _ in rows}
    assert sum(map(len, inputs)) == len(set.union(*inputs)) == report.usable
    assert sum(map(len, parts[:3])) + parts.dropped_copies + parts.dropped_conflicts == len(rows)


@given(st.text(st.characters(codec=None), max_size=300), st.integers(1, 120))
def test_clean_leaves_nothing_that_is_not_a_character(text: str, limit: int) -> None:
    shown = clean(text, limit)
    assert len(shown) <= limit
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in shown)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["csv", "tsv", "json", "jsonl", "parquet", "gz", "txt"]))
def test_any_bytes_end_as_a_report_or_a_sentence(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{suffix}"
        path.write_bytes(content)
        try:
            report = inspect(path)
        except UnreadableDataset as error:
            assert str(error).isprintable()
        else:
            assert report.rows > 0
            report.model_dump_json()
