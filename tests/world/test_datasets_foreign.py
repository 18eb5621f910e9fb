"""Workbooks, databases, Arrow files and folders of files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.domain.dataset import DatasetReport
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from tests.world.bad_builders import CSV, JSONL, PAIRS
from tests.world.workbook import DAY, far_corner, workbook

HEADED: Sequence[Sequence[object]] = [["text", "label"], *PAIRS]


def said(report: DatasetReport) -> str:
    return " ".join(f"{finding.what} {finding.consequence}" for finding in report.findings)


def values(path: Path) -> list[tuple[object, ...]]:
    return [tuple(record.values.values()) for record in open_table(path).records()]


def refused(path: Path) -> str:
    with pytest.raises(UnreadableDataset) as raised:
        inspect(path)
    assert raised.value.what and (raised.value.try_this or raised.value.why)
    return str(raised.value)


def test_a_workbook_reads_as_the_table_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"Sheet": HEADED}))
    report = inspect(path)
    assert (report.format, report.rows, report.label_counts) == ("excel", 60, {"refund": 20, "card": 20, "login": 20})


def test_a_module_beside_the_data_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"Sheet": HEADED}))
    (tmp_path / "python_calamine.py").write_text("open('ran', 'w')")
    monkeypatch.chdir(tmp_path)
    assert inspect(Path("a.xlsx")).rows == 60
    assert not (tmp_path / "ran").exists()


def test_cells_keep_what_they_show(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = ["007", 7, 2.5, 1e20, True, (DAY, 45000), "yes", " x ", None]
    path.write_bytes(workbook({"Sheet": [[f"column {i}" for i in range(9)], cells]}))
    assert values(path) == [("007", "7", "2.5", "1e+20", "TRUE", "2023-03-15", "yes", " x ", "")]


def test_titles_blank_rows_and_other_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Read me": [["Notes"]],
        "Rows": [["Export of May"], [], *HEADED[:5], [], *HEADED[5:]],
    }
    path.write_bytes(workbook({**sheets, "More": HEADED}))
    report = inspect(path)
    assert (report.rows, report.bad_rows, report.label_field) == (60, 0, "label")
    assert (report.table, report.tables) == ("Rows", ("Rows", "More"))
    assert "1 line above the table" in said(report)
    assert [record.line for record in open_table(path).records()][:5] == [4, 5, 6, 7, 9]


def test_a_workbook_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"Empty": []}))
    assert "no sheet with a table" in refused(path)
    path.write_bytes(far_corner())
    assert "a sheet is too large" in refused(path)
    path.write_bytes(workbook({"Sheet": HEADED})[:-300])
    assert "damaged" in refused(path)


def database(path: Path, *tables: str, rows: Sequence[tuple[str, str]] = PAIRS) -> Path:
    with sqlite3.connect(path) as connection:
        for name in tables:
            connection.execute(f'create table "{name.replace(chr(34), chr(34) * 2)}" (text, label)')
        name = tables[0].replace('"', '""')
        connection.executemany(f'insert into "{name}" values (?, ?)', rows)
    connection.close()
    return path


def test_the_table_of_a_database(tmp_path: Path) -> None:
    report = inspect(database(tmp_path / "a ü?#%20.db", 'it\'s "odd"; --'))
    assert (report.format, report.rows, report.classes) == ("sqlite", 60, 3)


def test_a_database_keeps_texts_and_is_only_read(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "rows", rows=[("007", "yes"), ("a", "no")])
    path.chmod(0o444)
    before = path.read_bytes()
    assert values(path) == [("007", "yes"), ("a", "no")]
    assert path.read_bytes() == before and [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_databases_that_cannot_be_read_are_a_sentence(tmp_path: Path) -> None:
    assert "tables and no rows" in refused(database(tmp_path / "a.db", "rows", rows=[]))
    path = tmp_path / "b.db"
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 1")
    assert "holds no table" in refused(path)
    path = database(tmp_path / "c.db", "rows")
    path.write_bytes(path.read_bytes()[:2000])
    assert "damaged" in refused(path)
    (tmp_path / "d.sqlite").write_text("text,label\n")
    assert "not an SQLite database" in refused(tmp_path / "d.sqlite")
    path = database(tmp_path / "e.db", "rows")
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("begin exclusive")
        assert "in use" in refused(path)


@pytest.mark.parametrize("names", [b"row\x80rows", b"row\x80row\x80"])
def test_a_database_with_a_name_that_is_no_text_is_a_sentence(tmp_path: Path, names: bytes) -> None:
    path = database(tmp_path / "a.db", "rows")
    path.write_bytes(path.read_bytes().replace(b"tablerowsrows", b"table" + names))
    assert "damaged" in refused(path)


def arrow_file(path: Path, stream: bool = True) -> Path:
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"text": [text for text, _ in PAIRS], "label": [label for _, label in PAIRS]})
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with pa.OSFile(str(path), "wb") as sink, new(sink, table.schema) as writer:
        writer.write_table(table, 7)
    return path


@pytest.mark.parametrize("stream", [False, True])
def test_arrow(tmp_path: Path, stream: bool) -> None:
    report = inspect(arrow_file(tmp_path / "a.arrow", stream))
    assert (report.format, report.rows, report.classes) == ("arrow", 60, 3)


def test_a_folder_that_datasets_saved(tmp_path: Path) -> None:
    for split in ("train", "test"):
        (tmp_path / split).mkdir()
        arrow_file(tmp_path / split / "data-00000-of-00001.arrow")
        state = {"_data_files": [{"filename": "data-00000-of-00001.arrow"}], "_split": split}
        (tmp_path / split / "state.json").write_text(json.dumps(state))
    (tmp_path / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    report = inspect(tmp_path)
    assert (report.format, report.rows, report.splits) == ("folder", 120, {"train": 60, "test": 60})
    assert inspect(tmp_path / "train").rows == 60


def test_a_saved_folder_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"_data_files": [{"filename": "../../etc/passwd"}]}')
    assert "without a data file" in refused(tmp_path)


def test_without_the_library_a_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = arrow_file(tmp_path / "a.arrow")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'dspy-finetune-advisor[arrow]'" in refused(path)


def fill(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text, "utf-8")
    return folder


ABOUT = {
    "README.md": "# Data",
    "LICENSE": "MIT",
    ".hidden.csv": "a,b\n1,2\n",
    "dataset_info.json": "{}",
    "plot.png": "x",
}


@pytest.mark.parametrize(
    ("files", "splits"),
    [
        ({"train.csv": CSV, "test.csv": CSV}, {"train": 60, "test": 60}),
        ({"set_train.jsonl": JSONL, "set_test.jsonl": JSONL}, {"train": 60, "test": 60}),
        ({"train-00000-of-00002.csv": CSV, "train-00001-of-00002.csv": CSV, "test-00000-of-00001.csv": CSV},
         {"train": 120, "test": 60}),
        ({"train/a.csv": CSV, "test/a.csv": CSV}, {"train": 60, "test": 60}),
        ({"data/train.csv": CSV, "data/validation.csv": CSV}, {"train": 60, "validation": 60}),
        ({"part-001.csv": CSV, "part-002.csv": CSV}, {}),
        ({"only.csv": CSV}, {}),
    ],
)  # fmt: skip
def test_files_of_a_folder_are_its_splits(tmp_path: Path, files: dict[str, str], splits: dict[str, int]) -> None:
    report = inspect(fill(tmp_path, {**files, **ABOUT}))
    assert (report.rows, dict(report.splits)) == (60 * len(files), splits)
    assert (report.input_fields, report.label_field, report.classes) == (("text",), "label", 3)


def test_one_file_a_class(tmp_path: Path) -> None:
    texts = {name: "text\n" + "".join(f"{name} words of row {i}\n" for i in range(30)) for name in ("spam", "ham")}
    report = inspect(fill(tmp_path, {f"{name}.csv": text for name, text in texts.items()}))
    assert (report.label_field, report.label_counts) == ("label", {"ham": 30, "spam": 30})
    assert "The label is the name of the file, `ham`, `spam`" in said(report)
    both = {f"{split}_{name}.csv": text for name, text in texts.items() for split in ("train", "test")}
    report = inspect(fill(tmp_path / "both", both))
    assert (report.label_counts, report.splits) == ({"ham": 60, "spam": 60}, {"train": 60, "test": 60})


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    names = {"labels.csv": "code,name\n1,refund\n2,card\n", "all_rows.csv": CSV, "train_small.csv": CSV}
    report = inspect(fill(tmp_path, {"train.csv": CSV, "test.csv": CSV, **names}))
    assert report.rows == 120
    for name in names:
        assert f"`{name}`" in said(report)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    report = inspect(fill(tmp_path, {"train.csv": CSV, "test.csv": CSV, "dev.csv": "<!DOCTYPE html>\n"}))
    assert (report.rows, report.splits) == (120, {"train": 60, "test": 60})
    assert "I could not read `dev.csv`" in said(report) and "web page" in said(report)
    (tmp_path / "dev.csv").write_bytes((CSV + "café,card\n").encode("latin-1"))
    report = inspect(tmp_path)
    assert report.rows == 181
    assert "`dev.csv` is not UTF-8 from byte" in said(report)


def test_bad_rows_say_which_file(tmp_path: Path) -> None:
    report = inspect(fill(tmp_path, {"train.jsonl": JSONL, "test.jsonl": JSONL + "{ oops\n"}))
    assert [(row.file, row.line) for row in report.bad_row_samples] == [("test.jsonl", 61)]


def test_files_that_are_neither_are_named(tmp_path: Path) -> None:
    fill(tmp_path, {"a\x1b[31m.csv": CSV, "b.jsonl": '{"question": "x", "answer": "y"}\n' * 3})
    message = refused(tmp_path)
    assert "do not name splits or classes" in message and "`b.jsonl`" in message and message.isprintable()
