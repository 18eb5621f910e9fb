"""What training on this computer needs and does not have is said before a yes, with the command."""

from __future__ import annotations

import importlib.util
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.doctor import missing_packages
from advisor.world import machine
from tests.session.test_rented import ROOT, local_plan, write

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("trl") is not None, reason="needs an environment without the extra `local`"
)
COMMAND = next(iter(one.command for one in missing_packages(machine.look())), "")


def advisor(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    found = subprocess.run(
        [sys.executable, "-m", "advisor", *arguments], cwd=ROOT, env={**os.environ, **changes},
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in found.stderr
    return found


def test_write_warns_and_writes(ticket_file: Path, tmp_path: Path) -> None:
    told = ("host=local", "student_model=my/own", "prompt_optimization=optimized", "optimized_score=0.7",
            "target_score=0.9")  # fmt: skip
    facts = [part for fact in told for part in ("--set", fact)]
    written = advisor("write", str(ticket_file), "--out", str(tmp_path / "p"), *facts)
    assert written.returncode == 0 and (tmp_path / "p" / "optimize.py").is_file()
    warned = written.stderr.splitlines()[-1]
    assert warned.startswith("! It cannot start here yet: it lacks ") and "trl" in warned and COMMAND in warned


def test_run_stops_before_the_yes(tmp_path: Path) -> None:
    project = write(local_plan(), tmp_path)
    found = advisor("run", str(project), "--yes")
    assert found.returncode == 2 and "it lacks" in found.stderr and COMMAND in found.stderr
    assert "Models:" not in found.stderr and not (project / "runs").exists()


def test_a_dry_run_says_it_and_forecasts_all_the_same(tmp_path: Path) -> None:
    command = [sys.executable, str(write(local_plan(), tmp_path) / "optimize.py")]
    forecast = subprocess.run([*command, "--dry-run"], capture_output=True, text=True)
    assert forecast.returncode == 0 and "No call was made." in forecast.stdout
    assert "It cannot start here yet." in forecast.stderr and "Run: pip install" in forecast.stderr
    assert subprocess.run([*command, "--yes"], capture_output=True, text=True).returncode == 2


def test_skypilot_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sky").write_text("#!/bin/sh\n")
    (tmp_path / "sky").chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "sky" in machine.look().programs
