"""The advisor's runner and the project's own `--resume` choose the same run."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path

import pytest

from advisor.errors import UsageError
from advisor.kit.opening import choose_folder
from advisor.kit.stops import Stop
from advisor.world import runner

STARTED = {"kind": "started", "run": "r", "route": "x", "host": "h", "endpoint": "e", "student": "s", "rows": {},
           "stages": []}  # fmt: skip


STAGE = {"kind": "stage_started", "stage": "split"}


def leave_run(project: Path, name: str, age: int, *outcomes: str | None, refused: bool = False) -> None:
    """Leave a run with a leg for each outcome; None is a leg that died without a word, a refused one began nothing."""
    folder = project / "runs" / name
    folder.mkdir(parents=True)
    events = []
    for outcome in outcomes:
        events += ([] if refused else [STARTED, STAGE]) + (
            [{"kind": "finished", "outcome": outcome}] if outcome else []
        )
    journal = folder / "events.jsonl"
    journal.write_text("".join(json.dumps(event) + "\n" for event in events))
    for path in (journal, folder):
        os.utime(path, (1e9 - age, 1e9 - age))


def chosen(project: Path) -> str | None:
    try:
        return choose_folder(project / "runs", Namespace(resume=True, run_dir=None)).name
    except Stop:
        return None


def resumed(project: Path) -> str | None:
    try:
        return runner.start(project, resume=True).name
    except UsageError as error:
        assert "nothing to resume" in error.what.lower()
        return None


@pytest.mark.parametrize("outcome", ["done", "stopped_at_gate"])
def test_a_run_that_ended_does_not_hide_an_unfinished_one(tmp_path: Path, outcome: str) -> None:
    (tmp_path / "optimize.py").write_text("")
    leave_run(tmp_path, "1", 30, "cancelled")
    leave_run(tmp_path, "2", 20, "failed", None)
    leave_run(tmp_path, "3", 10, None, outcome)
    leave_run(tmp_path, "4", 0)
    assert resumed(tmp_path) == chosen(tmp_path) == "2"


def test_a_run_that_was_refused_before_it_began_hides_no_unfinished_one(tmp_path: Path) -> None:
    (tmp_path / "optimize.py").write_text("")
    leave_run(tmp_path, "1", 30, None)
    leave_run(tmp_path, "2", 20, "failed", refused=True)
    assert resumed(tmp_path) == chosen(tmp_path) == "1"


def test_a_refused_run_is_begun_where_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "optimize.py").write_text("")
    leave_run(tmp_path, "1", 30, "done")
    leave_run(tmp_path, "2", 20, "failed", refused=True)
    assert resumed(tmp_path) == chosen(tmp_path) == "2"


def test_only_ended_runs_leave_nothing_to_resume(tmp_path: Path) -> None:
    (tmp_path / "optimize.py").write_text("")
    assert resumed(tmp_path) is chosen(tmp_path) is None
    leave_run(tmp_path, "1", 10, "failed", "done")
    leave_run(tmp_path, "2", 0, "stopped_at_gate")
    assert resumed(tmp_path) is chosen(tmp_path) is None
