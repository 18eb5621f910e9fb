"""Every file ends as a report or as one clear sentence."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from advisor.domain.dataset import DatasetReport
from advisor.errors import UnreadableDataset
from advisor.world.datasets.inspection import inspect

ROWS = [(f"customer text number {i} about things", ("refund", "card", "login")[i % 3]) for i in range(60)]
CSV = "text,label\n" + "".join(f"{text},{label}\n" for text, label in ROWS)
LINES = [json.dumps({"text": text, "label": label}) + "\n" for text, label in ROWS]
JSONL = "".join(LINES)
OBJECTS = [json.loads(line) for line in LINES]
# Digests do not compress away, so that some rows come before the break.
DIGESTS = [sha256(str(i).encode()).hexdigest() for i in range(9_999)]
BROKEN_ARCHIVE = gzip.compress("".join(f'{{"n": "{digest}"}}\n' for digest in DIGESTS).encode(), mtime=0)[:-900]

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return to_file


def said(report: DatasetReport) -> str:
    return " ".join(finding.what for finding in report.findings)


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.csv", CSV, "csv"),
        ("a.tsv", CSV.replace(",", "\t"), "tsv"),
        ("a.csv", CSV.replace(",", ";"), "csv"),
        ("a.txt", CSV.replace(",", "|"), "csv"),
        ("a.csv", CSV.replace("\n", "\r"), "csv"),
        ("a.csv", CSV.replace("\n", "\r\n"), "csv"),
        ("a.jsonl", JSONL, "jsonl"),
        ("a.jsonl", JSONL.replace("\n", "\n\n"), "jsonl"),
        ("a.json", json.dumps(OBJECTS), "json"),
        ("a.json", json.dumps(OBJECTS, indent=2), "json"),
        ("a.json", json.dumps({"text": [t for t, _ in ROWS], "label": [c for _, c in ROWS]}), "json"),
        ("a.json", json.dumps({"data": OBJECTS, "version": 1}), "json"),
        ("a.json", "\n".join(json.dumps(row, indent=1) for row in OBJECTS), "json"),
        ("a.jsonl.gz", gzip.compress(JSONL.encode(), mtime=0), "jsonl"),
        ("a.csv.gz", gzip.compress(CSV.encode(), mtime=0), "csv"),
    ],
)
def test_each_shape_of_the_same_rows_reads_the_same(write: Write, name: str, content: str, format: str) -> None:
    report = inspect(write(name, content))
    assert (report.format, report.rows, report.bad_rows) == (format, 60, 0)
    assert (report.input_fields, report.label_field, report.task) == (("text",), "label", "classification")
    assert report.label_counts == {"refund": 20, "card": 20, "login": 20}


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("array.jsonl", json.dumps(OBJECTS), "json"),
        ("lines.json", JSONL, "jsonl"),
        ("lines.csv", JSONL, "jsonl"),
        ("table.jsonl", CSV, "csv"),
        ("pairs.jsonl", "".join(json.dumps(row) + "\n" for row in ROWS), "jsonl"),
        ("no_extension", JSONL, "jsonl"),
    ],
)
def test_content_decides_before_the_name(write: Write, name: str, content: str, format: str) -> None:
    report = inspect(write(name, content))
    assert (report.format, report.rows, report.label_field) == (format, 60, "label")


def test_an_object_of_splits_is_pooled_and_its_leaks_counted(write: Write) -> None:
    splits = {"train": ROWS[:40], "test": [*ROWS[40:], ROWS[0], (ROWS[1][0].upper() + "!", "card")]}
    report = inspect(write("splits.json", json.dumps(splits)))
    assert report.rows == 62
    assert report.splits == {"train": 40, "test": 22}
    assert [(leak.first, leak.second, leak.inputs, leak.normalized_inputs) for leak in report.leaks] == [
        ("train", "test", 1, 2)
    ]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a [1].parquet"
    with duckdb.connect() as database:
        database.execute(
            "copy (select 'text of number ' || i as text, ['a', 'b'][i % 2 + 1] as label, date '2020-01-01' as day "
            f"from range(60) t(i)) to '{path}'"
        )
    report = inspect(path)
    assert (report.format, report.rows, report.input_fields, report.label_field) == ("parquet", 60, ("text",), "label")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("latin-1", "latin-1")],
)
@pytest.mark.parametrize("content", [CSV + "café crème,refund\n", JSONL + '{"text": "café crème", "label": "card"}\n'])
def test_encodings_are_found_and_named(write: Write, content: str, encoding: str, named: str) -> None:
    report = inspect(write("a.dat", content.encode(encoding)))
    assert (report.rows, report.bad_rows, report.encoding) == (61, 0, named)
    assert report.findings, "the reader is told"


def test_the_first_byte_that_is_not_utf8_is_located(write: Write) -> None:
    report = inspect(write("a.csv", (CSV + "café,refund\n").encode("latin-1")))
    assert f"byte {len(CSV) + 3:,} (line 62)" in said(report)


def test_stray_bytes_in_utf8_cost_their_rows_only(write: Write) -> None:
    content = CSV.encode() + "déjà vu é è ê,card\n".encode() + b"caf\xe9,card\n"
    report = inspect(write("a.csv", content))
    assert (report.rows, report.bad_rows, report.encoding) == (61, 1, "utf-8")
    assert report.bad_row_samples[0].line == 63


BAD_LINES = [
    ("{ oops", "is not JSON"),
    ("null", "is null"),
    ("42", "is a number"),
    ('"text"', "is a text"),
    ("{}", "is an empty object"),
    ('{"text": "x \\ud83d", "label": "card"}', "half a character"),
    ('{"text": "x", "label": NaN}', "NaN"),
    ('{"text": ' + "[" * 2000 + "]" * 2000 + "}", "too deep"),
    ('{"text": "a\x00b", "label": "card"}', "control character"),
]


@pytest.mark.parametrize("position", [0, 30, 60])
@pytest.mark.parametrize(("line", "why"), BAD_LINES)
def test_a_bad_line_is_counted_with_its_number(write: Write, position: int, line: str, why: str) -> None:
    report = inspect(write("a.jsonl", "".join(LINES[:position]) + line + "\n" + "".join(LINES[position:])))
    assert (report.rows, report.bad_rows) == (60, 1)
    bad = report.bad_row_samples[0]
    assert (bad.file, bad.line) == ("a.jsonl", position + 1)
    assert why in bad.why


def test_half_characters_in_an_array_cost_their_rows_only(write: Write) -> None:
    report = inspect(write("a.json", "[" + ",".join(LINES) + ',{"text": "x \\ud83d", "label": "card"}]'))
    assert (report.rows, report.bad_rows) == (60, 1)


def test_a_line_beyond_the_limit_is_skipped_and_counted(write: Write) -> None:
    long = "x" * (33 * 2**20)
    report = inspect(write("a.jsonl", JSONL + f'{{"text": "{long}"}}\n' + LINES[0]))
    assert (report.rows, report.bad_rows) == (61, 1)
    report = inspect(write("a.csv", CSV + f"{long},card\nlast one here,card\n"))
    assert (report.rows, report.bad_rows) == (61, 1)


def test_ragged_rows_are_kept_apart(write: Write) -> None:
    report = inspect(write("a.csv", CSV + "a,b,c\nonly\nlast one here,card\n"))
    assert (report.rows, report.bad_rows) == (61, 2)
    assert [row.line for row in report.bad_row_samples] == [62, 63]


def test_line_breaks_within_quotes_are_one_row(write: Write) -> None:
    report = inspect(write("a.csv", CSV + '"two\nlines, one row",card\nx,y,z\n'))
    assert (report.rows, report.bad_rows) == (61, 1)
    assert report.bad_row_samples[0].line == 64


def test_stray_quotes_do_not_swallow_rows(write: Write) -> None:
    lines = [f'"{text}\t{label}\n' if i % 7 == 0 else f'say "{text}\t{label}\n' for i, (text, label) in enumerate(ROWS)]
    report = inspect(write("a.tsv", "text\tlabel\n" + "".join(lines)))
    assert (report.rows, report.bad_rows) == (60, 0)


def test_values_stay_as_they_stand(write: Write) -> None:
    rows = "".join(f"{text},{('007', '010', '7')[i % 3]}\n" for i, (text, _) in enumerate(ROWS))
    assert set(inspect(write("a.csv", "text,label\n" + rows)).label_counts) == {"007", "010", "7"}
    rows = "".join(f"{text},{('yes', 'no', 'true', 'TRUE')[i % 4]}\n" for i, (text, _) in enumerate(ROWS))
    assert set(inspect(write("b.csv", "text,label\n" + rows)).label_counts) == {"yes", "no", "true", "TRUE"}


@pytest.mark.parametrize("template", ['{{"n": {}, "text": "{}"}}\n', '[{{"n": {}, "text": "{}"}}]'])
def test_long_numbers_keep_their_digits(write: Write, template: str) -> None:
    report = inspect(write("a.json", template.format(10**29 + 7, "some words here")))
    assert report.samples[0]["n"] == str(10**29 + 7)


def test_a_type_change_or_a_key_that_comes_late_is_no_trouble(write: Write) -> None:
    lines = [{"text": f"text about {i} things", **({"label": "ab"[i % 2]} if i > 5500 else {})} for i in range(6000)]
    report = inspect(write("a.jsonl", "\n".join(map(json.dumps, lines))))
    assert (report.label_field, report.classes, report.missing_labels) == ("label", 2, 5501)


def test_a_headerless_table_is_said(write: Write) -> None:
    report = inspect(write("a.csv", CSV.split("\n", 1)[1]))
    assert (report.rows, report.input_fields, report.label_field) == (60, ("column_1",), "column_2")
    assert "looks like data" in said(report)
    numbered = "".join(f"{i % 4},{text},{text} and more\n" for i, (text, _) in enumerate(ROWS))
    report = inspect(write("b.csv", numbered))
    assert (report.rows, report.label_field) == (60, "column_1")


def test_repeated_names_are_said(write: Write) -> None:
    report = inspect(write("a.csv", "text,label,label\n" + "".join(f"{t},{c},x\n" for t, c in ROWS)))
    assert (report.label_field, [field.name for field in report.fields][2]) == ("label", "label_2")
    assert "`label` more than once" in said(report)
    report = inspect(write("a.jsonl", "".join(f'{{"text": "{t}", "label": "a", "label": "{c}"}}\n' for t, c in ROWS)))
    assert "`label` more than once" in said(report)


def test_plain_text_with_commas_is_one_column(write: Write) -> None:
    report = inspect(write("a.csv", "text\n" + "".join(f"{text}, she said\n" for text, _ in ROWS)))
    assert (report.rows, report.bad_rows, [field.name for field in report.fields]) == (60, 0, ["text"])


def test_lines_above_a_table_are_left_out(write: Write) -> None:
    report = inspect(write("a.csv", "Export of 3 May\n\n" + CSV))
    assert (report.rows, report.bad_rows, report.label_field) == (60, 0, "label")
    assert "1 line above the table" in said(report)


def test_a_name_is_never_a_pattern_nor_a_query(write: Write) -> None:
    write("t1x.csv", "wrong,file\n1,2\n")
    for name in ("t[1]*.csv", "a b ü 'q' \".csv", "x'); drop table t; --.csv"):
        assert inspect(write(name, CSV)).rows == 60


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "is empty (0 bytes)"),
        ("a.jsonl", b"", "is empty (0 bytes)"),
        ("a.csv", "text,label\n", "a header and no rows"),
        ("a.csv", "\n\n  \n", "blank lines"),
        ("a.json", "[]", "no rows"),
        ("a.json", "{}", "not read a single row"),
        ("a.json", '"x"', "a single value"),
        ("a.json", '[{"text": "x", "label": NaN}]', "NaN"),
        ("a.json", "[" * 20_000, "not valid JSON"),
        ("a.json", json.dumps(OBJECTS, indent=1)[:-30], "not valid JSON"),
        ("a.jsonl", '{"text": oops}\n{"text": oops}\n', "not read a single row"),
        ("a.csv", "<!DOCTYPE html>\n<html>", "web page"),
        ("a.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", "Git LFS pointer"),
        ("a.parquet", CSV, "not a Parquet file"),
        ("a.parquet", b"PAR1" + b"x" * 100, "damaged Parquet"),
        ("a.xlsx", b"PK\x03\x04aaaa", "Excel"),
        ("a.csv", bytes(range(256)) * 40, "not text"),
        ("a.jsonl.gz", BROKEN_ARCHIVE, "it breaks off after"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_holds_no_rows_says_so_in_a_sentence(write: Write, name: str, content: str, says: str) -> None:
    with pytest.raises(UnreadableDataset) as raised:
        inspect(write(name, content))
    message = str(raised.value)
    assert says in message
    assert raised.value.try_this
    assert message.isprintable() and len(message) < 300


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    expected = {
        "fifo": "a pipe", "loop": "back to itself", "dangling": "gone", "": "a folder", "missing.csv": "cannot find",
        "x" * 500: "cannot open",
    }  # fmt: skip
    for name, says in expected.items():
        with pytest.raises(UnreadableDataset, match=says):
            inspect(tmp_path / name)
    with pytest.raises(UnreadableDataset, match="a device"):
        inspect(Path(os.devnull))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(write: Write) -> None:
    path = write("a.csv", CSV)
    path.chmod(0)
    with pytest.raises(UnreadableDataset, match="may not read"):
        inspect(path)
