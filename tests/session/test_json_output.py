"""JSON on stdout says what the data say, without a character that a terminal obeys or does not show."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.domain.conversation import Opened, Replied
from advisor.domain.events import Said
from advisor.kit.files import shown_json
from tests.domain.test_report import events as run_events
from tests.domain.test_report import plan

HOSTILE = "\x9b31m\u202eev\x7fil\u2066\U000e0041 é"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """60 rows with such a label, in a folder of such a name."""
    folder = tmp_path / f"a{HOSTILE}"
    folder.mkdir()
    path = folder / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = ((f"a question about thing {n} {HOSTILE}", HOSTILE if n % 2 else "other") for n in range(60))
        csv.writer(file).writerows([("text", "label"), *rows])
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one finished run, whose log and whose name are such."""
    folder = tmp_path / f"p{HOSTILE}"
    run = folder / "runs" / f"7{HOSTILE}"
    run.mkdir(parents=True)
    (folder / "plan.json").write_text(plan().model_dump_json())
    lines = [event.model_dump_json() for event in (*run_events(), Said(t=1, text=HOSTILE))]
    (run / "events.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(list(arguments))
    text = capsys.readouterr().out
    assert text
    assert [character for character in text if not character.isprintable() and character != "\n"] == []
    return text


OF_A_TABLE: dict[str, Callable[[Path], list[str]]] = {
    "inspect": lambda path: ["inspect", str(path), "--json"],
    "inspect --fix": lambda path: ["inspect", str(path), "--fix", str(path.with_name("out.jsonl")), "--json"],
    "advise": lambda path: ["advise", str(path), "--json"],
}


@pytest.mark.parametrize("command", OF_A_TABLE)
def test_of_a_table(command: str, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(capsys, *OF_A_TABLE[command](table)))
    if command == "inspect":
        assert told["path"] == str(table)
        assert HOSTILE in told["label_counts"]


@pytest.mark.parametrize("command", ["attach", "runs", "report"])
def test_of_a_run(command: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, command, str(project), "--json")
    told = [json.loads(text)] if command == "report" else [json.loads(line) for line in text.splitlines()]
    if command == "attach":
        assert HOSTILE in [event.get("text") for event in told]
    if command == "runs":
        assert told[0]["run"] == f"7{HOSTILE}"


def test_of_a_conversation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / f"k{HOSTILE}.jsonl"
    events = (Opened(t=1, data=None), Replied(t=2, text=f"we have 500 {HOSTILE}"))
    kept.write_text("".join(event.model_dump_json() + "\n" for event in events), encoding="utf-8")
    for arguments in (["export"], ["export", "--record"], ["replay"]):
        told = json.loads(printed(capsys, *arguments, str(kept), "--json"))
        assert arguments != ["replay"] or told["file"] == str(kept)


def test_of_a_reply(capsys: pytest.CaptureFixture[str]) -> None:
    json.loads(printed(capsys, "read", f"we have 500 {HOSTILE}", "--json"))


def test_of_a_served_program() -> None:
    told = {"text": HOSTILE, "label": "\ud83d \u2028 नि"}
    shown = shown_json(told)
    assert json.loads(shown) == told and shown.isprintable() and "é" in shown
