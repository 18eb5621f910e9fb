"""A real training that is interrupted, or left by a killed run: how it ends, and from where it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.kit.journal import read_events
from tests import waiting
from tests.local_training.test_local_routes import DEADLINE, environment, processes_of, run, write_project

pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups and signals")


def training(project: Path) -> subprocess.Popen[str]:
    """Run a project until its training has a checkpoint."""
    process = subprocess.Popen(
        [sys.executable, "optimize.py", "--yes", "--run-dir", "runs/1"], cwd=project, env=environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    checkpoints = project / "runs" / "1"

    def has_one() -> bool:
        return process.poll() is not None or any(checkpoints.glob("tuning/*/checkpoints/*/trainer_state.json"))

    waiting.until(has_one, "the training has a checkpoint", DEADLINE)
    assert process.poll() is None, process.stderr.read() if process.stderr else ""
    return process


def test_an_interrupted_run_waits_for_the_checkpoint_and_a_killed_one_is_torn_down(
    tmp_path: Path, half_trained: Path
) -> None:
    project = write_project(tmp_path, "gold_finetune", half_trained)
    process = training(project)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert any("kit.local.tune" in command for command in processes_of(project)), "it outlives its run"
    torn = subprocess.run(
        [sys.executable, "optimize.py", "--tear-down"], cwd=project, env=environment(), capture_output=True, text=True,
        timeout=DEADLINE,
    )  # fmt: skip
    assert torn.returncode == 0 and "--resume goes on from step" in torn.stdout, torn.stdout + torn.stderr
    assert not processes_of(project)

    again = subprocess.Popen(
        [sys.executable, "optimize.py", "--yes", "--run-dir", "runs/1", "--resume"], cwd=project, env=environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    journal = project / "runs" / "1" / "events.jsonl"
    seen = len(list(read_events(journal)))

    def goes_on() -> bool:
        told = list(read_events(journal))[seen:]
        return any(event["kind"] == "job_reported" and event.get("step") for event in told)

    waiting.until(lambda: again.poll() is not None or goes_on(), "the training goes on", DEADLINE)
    again.send_signal(signal.SIGINT)
    assert again.wait(DEADLINE) == 130
    told = [event.get("text") or event.get("message") or "" for event in read_events(journal)]
    assert any("Waiting until the training has written a checkpoint" in text for text in told)
    assert any(text.startswith("Stopped at step") for text in told)
    assert not any("at the host" in text for text in told)
    assert not processes_of(project)
    run(project, "--resume")


def test_a_second_interruption_says_the_last_whole_checkpoint(tmp_path: Path, half_trained: Path) -> None:
    project = write_project(tmp_path, "gold_finetune", half_trained)
    process = training(project)
    tune = next(int(path.name) for path in Path("/proc").glob("[0-9]*") if _trains(path, project))
    # It hears nothing any more, as one that writes a large checkpoint.
    os.kill(tune, signal.SIGSTOP)
    process.send_signal(signal.SIGINT)
    journal = project / "runs" / "1" / "events.jsonl"

    def waits() -> bool:
        return any("Waiting until" in event.get("text", "") for event in read_events(journal))

    waiting.until(waits, "it waits for the checkpoint", DEADLINE)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == -signal.SIGINT and "was ended at once" in told and "--resume goes on from step" in told
    assert not any("kit.local.tune" in command for command in processes_of(project))


def _trains(process: Path, project: Path) -> bool:
    try:
        ours = (process / "cwd").resolve() == project.resolve()
        return ours and "kit.local.tune" in (process / "cmdline").read_text()
    except OSError:
        return False
