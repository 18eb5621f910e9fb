"""Which sheet of a workbook or table of a database is read, by itself and by name, wherever the rows are read again."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from advisor.domain.dataset import DatasetReport
from advisor.errors import UsageError
from advisor.world.datasets.closer.close_look import look_closer
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.inspection import inspect
from advisor.world.datasets.splitting.split import split
from advisor.world.reading import read
from tests.world.workbook import workbook

Rows = Sequence[Sequence[object]]

NOTES: Rows = [["About this file"], ["Rows of May"]]
LOG: Rows = [["id", "day"], *([i, f"2026-01-{i % 28 + 1:02}"] for i in range(400))]
TICKETS: Rows = [["text", "label"], *([f"parcel {i} is late", ("late", "refund")[i % 2]] for i in range(90))]
SECOND: Rows = [["question", "topic"], *([f"how do I do {i}?", ("card", "login", "tax")[i % 3]] for i in range(60))]
SHEETS: Mapping[str, Rows] = {"Notes": NOTES, "Log": LOG, "Tickets": TICKETS, "Second": SECOND}


@pytest.fixture(params=["xlsx", "db"])
def several(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"several.{request.param}"
    if request.param == "xlsx":
        path.write_bytes(workbook(SHEETS))
        return path
    with sqlite3.connect(path) as connection:
        for name, (head, *rows) in SHEETS.items():
            connection.execute(f"create table {name} ({', '.join(json.dumps(cell) for cell in head)})")
            connection.executemany(f"insert into {name} values ({', '.join('?' * len(head))})", rows)
    connection.close()
    return path


def said(report: DatasetReport) -> str:
    return " ".join(f"{finding.what} {finding.consequence}" for finding in report.findings)


def test_the_largest_with_a_text_and_a_label_is_taken_and_the_others_are_named(several: Path) -> None:
    report = inspect(several)
    assert (report.table, report.rows, report.label_field, report.table_told) == ("Tickets", 90, "label", False)
    assert "3 other" in said(report) and "`Log`" in said(report) and "`--table Second`" in said(report)


def test_a_named_one_is_taken_and_nothing_said_of_the_choice(several: Path) -> None:
    report = inspect(several, table="second")
    assert (report.table, report.rows, report.label_field, report.table_told) == ("Second", 60, "topic", True)
    assert "--table" not in said(report)


def test_an_unknown_name_is_answered_with_those_there_are(several: Path) -> None:
    with pytest.raises(UsageError) as raised:
        inspect(several, table="Tikets\x1b[31m")
    assert "`Second`" in raised.value.why and raised.value.try_this == "Did you mean `Tickets`?"
    assert str(raised.value).isprintable()


def test_where_there_is_nothing_to_choose_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,label\na b,c\n")
    (tmp_path / "b.csv").write_text("text,label\na b,c\n")
    for path in (tmp_path, tmp_path / "a.csv"):
        with pytest.raises(UsageError, match="read as one table"):
            open_table(path, "a")


def test_a_table_whose_name_only_differs_by_case_from_another_is_taken_as_spelled(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"rows": TICKETS, "ROWS": SECOND}))
    assert inspect(path, table="ROWS").label_field == "topic"
    with pytest.raises(UsageError, match="There is no sheet"):
        inspect(path, table="Rows")


def test_a_hostile_name_is_taken_by_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    name = 'a" ; drop\x1b[31m'
    with sqlite3.connect(path) as connection:
        for table in (name, "b"):
            connection.execute('create table "{}" (text, label)'.format(table.replace('"', '""')))
            connection.execute('insert into "{}" values (?, ?)'.format(table.replace('"', '""')), ("x y z", table))
    connection.close()
    assert said(inspect(path, table="b")).isprintable()
    assert inspect(path, table='A" ; drop').table == name


def test_what_is_read_again_is_read_from_the_same_one(several: Path, tmp_path: Path) -> None:
    report = inspect(several, table="Second")
    parts = split(several, report)
    assert {row["topic"] for part in (parts.train, parts.dev, parts.test) for row in part} == {"card", "login", "tax"}
    assert look_closer(report).close is not None
    folder = tmp_path / "folder"
    folder.mkdir()
    several.rename(folder / several.name)
    assert inspect(folder, table="Second").rows == 60


def advisor(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "advisor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_project_is_written_from_the_named_one(several: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = advisor("write", several, "--table", "Second", "--route", "prompt_optimization", "--out", out)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for name in ("train", "dev", "test") for line in (out / f"data/{name}.jsonl").open()]
    assert len(rows) == 60 and {row["topic"] for row in rows} == {"card", "login", "tax"}
    assert json.loads((out / "plan.json").read_text())["data_table"] == "Second"


def test_the_named_one_is_cleaned(several: Path, tmp_path: Path) -> None:
    done = advisor("inspect", several, "--table", "Second", "--fix", tmp_path / "fixed.jsonl")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "fixed.jsonl").open()]
    assert len(rows) == 60 and set(rows[0]) == {"question", "topic"}


@pytest.mark.parametrize("command", ["inspect", "advise", "write", "plain", "web"])
def test_every_command_answers_an_unknown_name(several: Path, command: str) -> None:
    done = advisor(command, several, "--table", "Secnd")
    assert done.returncode == 2
    assert "Did you mean `Second`?" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("reply", "table"),
    [
        ("use the sheet Second", "Second"),
        ("the second tab please", "Second"),
        ("no, take the table `My rows`", "My rows"),
        ("sheet: my rows", "My rows"),
        ("I have a second table at home", None),
        ("second", None),
        ("the label is in the sheet Second", None),
    ],
)
def test_a_reply_chooses_one(reply: str, table: str | None) -> None:
    facts = read(reply, "label_field", (), ("text", "label"), ("Second", "My rows")).facts
    assert next((fact.value for fact in facts if fact.name == "data_table"), None) == table
