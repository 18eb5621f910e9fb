"""What is said of labels: which, in one unit, spelled so that a space shows, with a command for the file in hand."""

from __future__ import annotations

import csv
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from advisor import telling
from advisor.__main__ import main
from advisor.domain.dataset import DatasetReport, Finding
from advisor.domain.report_view import label_bars
from advisor.world.datasets.inspection import inspect


def rows_of(**labels: int) -> list[tuple[str, str]]:
    return [(f"a text about {name} numbered {n}", name) for name, many in labels.items() for n in range(many)]


def written(path: Path, rows: list[tuple[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "category"), *rows])
    return path


def finding(report: DatasetReport, words: str) -> Finding:
    (found,) = (one for one in report.findings if words in one.what)
    return found


def test_a_label_with_a_space_at_its_end_is_shown_in_quotes(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", [*rows_of(billing=20, refund=20), *((f"led {n}", " billing") for n in range(4))])
    report = inspect(path)
    assert "\n! ' billing'" in telling.report(report) and "\n  billing " in telling.report(report)
    assert "` billing` has 4 different examples" in finding(report, "different example").what


def test_rare_labels_come_with_a_command_of_the_file_and_one_unit(tmp_path: Path) -> None:
    path = written(tmp_path / "it's $(mine).csv", rows_of(billing=20, refund=20, odd=2, thin=5))
    found = finding(inspect(path), "under 10 different examples")
    assert found.what == "2 of 4 labels have under 10 different examples: `odd`, `thin`."
    assert f"`advisor inspect {shlex.quote(str(path))} --fix OUT.jsonl --merge LABEL=OTHER`" in found.consequence
    assert "leave out 1 label with under 3 different examples, `odd`, by `--drop-rare 3`" in found.consequence
    assert main(["inspect", str(path), "--fix", str(tmp_path / "o.jsonl"), "--drop-rare", "3"]) == 0
    assert set(inspect(tmp_path / "o.jsonl").label_counts) == {"billing", "refund", "thin"}


def test_a_label_is_marked_by_its_different_examples_not_by_its_rows(tmp_path: Path) -> None:
    rows = [*rows_of(billing=20, refund=20), *[("the same text again", "copied")] * 15]
    report = inspect(written(tmp_path / "t.csv", rows))
    assert report.rare_labels == {"copied": 1}
    bars, _ = label_bars(report)
    assert {bar.name: bar.rare for bar in bars} == {"billing": False, "refund": False, "copied": True}
    assert "Labels, by rows (! is under 10 different examples):" in telling.report(report)


def test_merging_the_spellings_is_said_and_does_it(tmp_path: Path) -> None:
    rows = [*rows_of(billing=20, refund=20), *((f"led {n}", " billing") for n in range(12))]
    rows += [(f"loud {n}", "Billing") for n in range(12)]
    path = written(tmp_path / "t.csv", rows)
    said = finding(inspect(path), "more than one way").consequence
    assert f"To merge the spellings: `advisor inspect {path} --fix OUT.jsonl` joins those apart by case" in said
    assert main(["inspect", str(path), "--fix", str(tmp_path / "o.jsonl")]) == 0
    assert set(inspect(tmp_path / "o.jsonl").label_counts) == {"billing", "refund"}


def test_the_values_of_the_label_are_counted_in_all_rows(tmp_path: Path) -> None:
    """A file sorted by its label shows only some of them among its first rows."""
    names = {f"label_{n:02}": 150 for n in range(40)}
    text = telling.report(inspect(written(tmp_path / "t.csv", rows_of(**names))))
    assert "different among the first 5,000 rows, those of the label in all" in text
    (line,) = (line for line in text.splitlines() if line.startswith("  category"))
    assert line.split()[3] == "40"


def test_the_table_named_as_an_example_is_one_that_could_be_used(tmp_path: Path) -> None:
    path = tmp_path / "support.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table agents(id integer, name text)")
        database.executemany("insert into agents values(?, ?)", [(n, f"agent {n}") for n in range(300)])
        for table, many in (("tickets", 30), ("old tickets", 20)):
            database.execute(f'create table "{table}"(body text, category text)')
            rows = rows_of(billing=many, refund=many)
            database.executemany(f'insert into "{table}" values(?, ?)', rows)
        database.commit()
    said = finding(inspect(path), "I took the table `tickets`").consequence
    assert said == "Take one with `--table 'old tickets'`; in the conversation say: use the table old tickets."
