"""What is told of a cleaned copy: the labels that were touched, and names that hold what no terminal shows."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.domain.shell_words import shell_line
from tests.world.test_datasets_fixing import tickets, written

INPUT, LABEL = "te\x1bxt's", "la\x1b[1mb\u202eel"


def table(path: Path, labels: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = ((f"a question about thing number {n}", label) for n, label in enumerate(labels))
        csv.writer(file).writerows([(INPUT, LABEL), *rows])
    return path


def fixed(path: Path, *options: str) -> int:
    return main(["inspect", str(path), "--label", LABEL, "--input", INPUT, *options])


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*tickets(), tickets()[0], {"text": "\x1b]0;title\x07evil", "label": "a"}, {"text": "Evil", "label": "b"}]
    path = written(tmp_path / "rows.jsonl", rows)
    assert main(["inspect", str(path), "--fix", str(tmp_path / "o.csv"), "--label", "label", "--input", "text"]) == 0
    said = capsys.readouterr().out
    assert "Read 27 rows" in said and "1 row removed: a copy" in said and "1 value changed: control" in said
    assert f"Next: advisor inspect {tmp_path / 'o.csv'} --input text --label label" in said
    assert "\x1b" not in said + (tmp_path / "o.changes.csv").read_text("utf-8")
    assert main(["inspect", str(path), "--fix", str(tmp_path / "o.csv")]) == 2
    assert main(["inspect", str(path), "--conflicts", "drop"]) == 2
    assert main(["inspect", str(path), "--fix", str(tmp_path / "p.csv"), "--merge", "a=b", "--merge", "b=c"]) == 2
    capsys.readouterr()
    assert main(["inspect", str(path), "--fix", str(tmp_path / "j.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["copy"] == 1


def test_the_labels_left_out_and_merged_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "t.csv", ["big"] * 40 + ["small"] * 30 + ["a\x9b"] * 4 + ["odd"] * 2 + ["lone"])
    out = tmp_path / "o.jsonl"
    assert fixed(path, "--fix", str(out), "--drop-rare", "3", "--merge", "a\x9b=big") == 0
    said = capsys.readouterr().out
    assert "3 rows removed: a label with too few different examples (`odd` 2, `lone` 1)" in said
    assert "4 values changed: a label merged into another, as asked (`a` 4)" in said
    assert "nothing to merge" not in said
    assert {json.loads(line)[LABEL] for line in out.read_text().splitlines()} == {"big", "small"}
    assert fixed(path, "--fix", str(tmp_path / "p.jsonl"), "--drop-rare", "3", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rare_labels"] == {"odd": 2, "lone": 1}


def test_many_labels_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "t.csv", ["big"] * 40 + ["small"] * 30 + [f"l{n}" for n in range(20)])
    assert fixed(path, "--fix", str(tmp_path / "o.jsonl"), "--drop-rare", "3") == 0
    assert "`l11` 1, 8 more)" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="the command is for a shell")
def test_the_next_command_names_the_fields_letter_for_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "t.csv", ["a", "b"] * 30)
    assert fixed(path, "--fix", str(tmp_path / "o\x9b.jsonl")) == 0
    said = capsys.readouterr().out
    assert all(character.isprintable() or character == "\n" for character in said)
    command = said.rpartition("Next: advisor ")[2].strip()
    script = f"{shell_line([sys.executable, '-m', 'advisor'])} {command} --json"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["input_fields"], told["label_field"]) == ([INPUT], LABEL)


def test_fields_that_cannot_be_shown_are_listed_as_they_can_be_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "t.csv", ["a", "b"] * 30)
    assert main(["inspect", str(path), "--label", "label"]) == 2
    assert r"$'la\x1b[1mb\xe2\x80\xaeel', $'te\x1bxt\'s'" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["advise", "--set", "targt-score=0.9"], ["read", "0.9", "--asked", "targt_score"]])
def test_a_fact_that_does_not_exist_is_met_with_the_nearest(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    assert "Did you mean target_score" in capsys.readouterr().err
    assert main(["advise", "--set", "zzz\x1b=1"]) == 2
    said = capsys.readouterr().err
    assert "Did you mean" not in said and "\x1b" not in said and "The facts are task" in said


def test_a_copy_of_what_needs_no_change_speaks_of_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "rows.jsonl", tickets())
    assert main(["inspect", str(path), "--fix", str(tmp_path / "o.csv"), "--label", "label", "--input", "text"]) == 0
    said = capsys.readouterr().out
    assert "Nothing had to be changed." in said and "Every change" not in said and "Next: " in said
