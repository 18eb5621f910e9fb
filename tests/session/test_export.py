"""What is handed on of a conversation: printed, written to a folder, listed."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.domain.conversation import ConversationEvent, Opened, Ran, Replied
from advisor.domain.record import DecisionRecord
from advisor.errors import UsageError
from advisor.exporting import find_run, record_of_kept, write_export
from advisor.world.transcripts import load
from tests.domain.test_report import events as run_events
from tests.domain.test_report import plan
from tests.domain.test_retelling import everything
from tests.session.curated import FOLDER
from tests.session.exported import EXPORTED, exported

FOUR = ["conversation.md", "conversation.json", "record.md", "record.json"]
EVENTS: list[ConversationEvent] = [Opened(t=1, data="tickets.csv"), Replied(t=2, text="hello")]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder conversations are kept in, two of them: an older one, and a newer one broken off."""
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    folder = tmp_path / "conversations"
    folder.mkdir()
    shutil.copy(FOLDER / "distil.jsonl", folder / "2026-11-22T10-00-00.jsonl")
    lines = (FOLDER / "do-not.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "2026-11-22T11-00-00.jsonl").write_text("\n".join(lines[:12]) + '\n{"kind": "sai', encoding="utf-8")
    (folder / "2026-11-22T12-00-00.jsonl").write_text('{"kind": "opened"}\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", exported())
def test_the_curated_conversations_read_as_they_did(name: str) -> None:
    assert exported()[name] == (EXPORTED / name).read_text(encoding="utf-8"), "python -m tests.session.exported"


def test_the_newest_in_which_something_was_said_is_printed(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# Conversation\n") and "> About 100 conversations, no metric, sometimes wrong" in text
    assert main(["export", "latest", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 12


@pytest.mark.parametrize("name", ["2026-11-22T10-00-00", "2026-11-22T10-00-00.jsonl", "path"])
def test_one_can_be_named(name: str, two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(FOLDER / "distil.jsonl") if name == "path" else name, "--record"]) == 0
    assert capsys.readouterr().out.startswith("# Decision record: tickets.csv\n")
    assert main(["export", str(FOLDER / "distil.jsonl") if name == "path" else name, "--record", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["advice"]["route"] == "distillation"


def test_what_is_kept_is_listed_newest_first(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--list"]) == 0
    newer, older = capsys.readouterr().out.splitlines()
    assert newer.split()[0] == "2026-11-22T11-00-00" and "unfinished  no advice yet" in newer
    assert older.split()[:2] == ["2026-11-22T10-00-00", "tickets.csv"]
    assert "9 replies  finished    Distil into a cheaper model" in older
    assert main(["export", "--list", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["finished"], second["finished"], second["route"]) == (False, True, "distillation")
    opened = datetime.fromtimestamp(load(FOLDER / "distil.jsonl")[0].t, timezone.utc).isoformat(timespec="seconds")
    assert second["opened"] == opened and second["file"].endswith("10-00-00.jsonl")


def test_nothing_kept_and_nothing_meant_end_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    assert main(["export"]) == 2
    assert "No conversation is kept yet." in capsys.readouterr().err
    assert main(["export", "--list"]) == 0 and main(["export", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["export", "nowhere"]) == 2
    assert "There is no transcript nowhere." in capsys.readouterr().err
    (tmp_path / "a.jsonl").write_text("not json\n")
    assert main(["export", str(tmp_path / "a.jsonl")]) == 2
    assert "holds no conversation" in capsys.readouterr().err


def test_four_files_are_written_and_none_is_written_over(
    two: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "out"
    for names in (FOUR, [f"{stem}-2.{end}" for stem, end in (name.split(".") for name in FOUR)]):
        assert main(["export", "2026-11-22T10-00-00", "--out", str(out)]) == 0
        assert capsys.readouterr().out.split() == [str(out / name) for name in names]
    texts = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}
    assert len(texts) == 8 and texts["record.md"] == texts["record-2.md"]
    assert DecisionRecord.model_validate_json(texts["record.json"]).dataset == "tickets.csv"


def test_one_name_that_is_taken_moves_all_four(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_text("mine")
    (tmp_path / "conversation-2.json").symlink_to(tmp_path / "gone")
    written = write_export(EVENTS, record_of_kept(EVENTS), tmp_path)
    assert [path.name for path in written] == [
        "conversation-3.md", "conversation-3.json", "record-3.md", "record-3.json",
    ]  # fmt: skip
    assert (tmp_path / "record.md").read_text() == "mine" and not (tmp_path / "gone").exists()
    assert len(list(tmp_path.iterdir())) == 6, "nothing half written is left"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="Nothing could be exported to file"):
        write_export(EVENTS, record_of_kept(EVENTS), tmp_path / "file")


@pytest.mark.parametrize("beside", [True, False])
def test_the_result_comes_from_the_runs_own_record(tmp_path: Path, beside: bool) -> None:
    run = tmp_path / "tickets" / "runs" / "7"
    run.mkdir(parents=True)
    (tmp_path / "tickets" / "plan.json").write_text(plan().model_dump_json())
    lines = [event.model_dump_json() for event in run_events()]
    (run / "events.jsonl").write_text("\n".join(lines) + "\n")
    folder = "tickets/runs/7" if beside else str(run)
    events = [*EVENTS, Ran(folder=folder), Ran(folder="gone/runs/8")]
    record = record_of_kept(events, tmp_path if beside else None)
    assert record.result is not None and record.result.run == record.run == "7" and record.project == "tickets"
    assert [row.candidate for row in record.result.candidates] == ["baseline", "teacher", "tuned"]
    (run / "events.jsonl").unlink()
    again = record_of_kept(events, tmp_path)
    assert again.result is None and again.ran and again.run == "8"


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_a_pipe_in_the_place_of_a_run_holds_nobody_up(tmp_path: Path) -> None:
    run = tmp_path / "p" / "runs" / "7"
    run.mkdir(parents=True)
    os.mkfifo(run / "events.jsonl")
    assert find_run([Ran(folder=str(run)), Ran(folder="/dev/zero"), Ran(folder="\x00")]).comparison is None


def test_a_conversation_in_memory_can_be_exported_before_it_ended(tmp_path: Path) -> None:
    events = everything("plain")
    assert len(write_export(events, record_of_kept(events[:9]), tmp_path)) == 4


def test_a_long_conversation_is_exported_without_a_wait(tmp_path: Path) -> None:
    kept = load(FOLDER / "distil.jsonl")
    events = [kept[0], *kept[1:-1] * 200, kept[-1]]
    began = time.process_time()
    write_export(events, record_of_kept(events), tmp_path)
    assert len(events) > 9000 and time.process_time() - began < 10
