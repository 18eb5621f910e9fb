"""What a dead run has left on this computer is ended by `--tear-down`, and nothing else is."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.removing import tear_down
from advisor.kit.local import ending
from advisor.kit.lock import Lock
from tests import waiting
from tests.session.test_rented import local_plan, write

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups and signals")

TRAINING = """
import pathlib, signal, subprocess, sys
from advisor.kit.lock import Lock
folder = pathlib.Path(sys.argv[2])
lock = Lock(folder)
def stop(*_):
    last = folder / "checkpoints" / "checkpoint-7"
    last.mkdir(parents=True)
    for name in ("trainer_state.json", "optimizer.pt", "model.safetensors"):
        (last / name).write_text("{}")
    sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN if "deaf" in sys.argv else stop)
(folder / "ready").touch()
while True:
    signal.pause()
"""
"""Stands for a training: it holds its folder, and writes a checkpoint when it is asked to stop."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(local_plan(), tmp_path)


def training(project: Path, started: list[subprocess.Popen[bytes]], *words: str) -> Path:
    """Start what a dead run would have left, and return its folder."""
    folder = project / "runs" / "dead" / "tuning" / "gold-12345678"
    folder.mkdir(parents=True)
    command = [sys.executable, "-c", TRAINING, "advisor.kit.local.tune", str(folder), *words]
    started.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))
    ending.note(folder / ending.PROCESS, started[-1].pid, command[-2 - len(words) :][:2])
    waiting.until((folder / "ready").exists, "it trains")
    return folder


def torn_down(project: Path) -> tuple[int, str]:
    told = io.StringIO()
    return tear_down(project, told), told.getvalue()


def test_a_training_is_ended_with_its_checkpoint(project: Path, started: list[subprocess.Popen[bytes]]) -> None:
    training(project, started)
    done = subprocess.run(
        [sys.executable, "optimize.py", "--tear-down"], cwd=project, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and started[0].wait(10) == 0, done.stderr
    assert "Ending the training gold-12345678" in done.stdout and "goes on from step 7" in done.stdout
    assert torn_down(project) == (0, "Nothing that this project started is running on this computer.\n")


def test_one_that_does_not_listen_is_killed(
    project: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "STOP_SECONDS", 0.2)
    training(project, started, "deaf")
    code, told = torn_down(project)
    assert code == 0 and "No checkpoint is whole" in told and started[0].wait(10) == -signal.SIGKILL


def test_a_process_that_only_has_the_number_is_let_live(project: Path, started: list[subprocess.Popen[bytes]]) -> None:
    folder = training(project, started)
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    started.append(other)
    record = read_json(folder / ending.PROCESS)
    write_json(folder / ending.PROCESS, {**record, "pid": other.pid})
    code, told = torn_down(project)
    assert code == 7 and "not known here" in told and other.poll() is None and started[0].poll() is None


def half_written(folder: Path) -> Path:
    half = folder / "checkpoints" / "checkpoint-10"
    half.mkdir(parents=True)
    (half / "model.safetensors").write_text("")
    return half


def test_at_once_no_checkpoint_is_waited_for(project: Path, started: list[subprocess.Popen[bytes]]) -> None:
    folder = training(project, started)
    half = half_written(folder)
    told = ending.end_at_once(folder)
    assert "was ended at once. No checkpoint is whole" in told and not half.exists()
    assert started[0].wait(10) == -signal.SIGKILL


@pytest.mark.parametrize("record", [None, {"pid": 1}, {"pid": os.getpid(), "words": ["another program"]}])
def test_at_once_a_training_in_an_unknown_process_keeps_what_it_writes(
    project: Path, started: list[subprocess.Popen[bytes]], record: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "GONE_SECONDS", 0.3)
    folder = training(project, started)
    (folder / ending.PROCESS).unlink()
    if record:
        write_json(folder / ending.PROCESS, record)
    half = half_written(folder)
    told = ending.end_at_once(folder)
    assert "goes on in a process that is not known here" in told and "was ended" not in told
    assert half.exists() and started[0].poll() is None


def test_a_process_is_known_by_its_folder_also_where_that_has_spaces_and_the_system_has_no_proc(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "PROC", tmp_path / "none")
    folder, other = tmp_path / "My Drive" / "tuned 1", tmp_path / "My Drive" / "tuned 12"
    command = [sys.executable, "-c", "import time; time.sleep(60)", "advisor.kit.local.tune"]
    started.append(subprocess.Popen([*command, str(folder)]))
    started.append(subprocess.Popen([*command, str(other)]))
    words = ["advisor.kit.local.tune", str(folder)]
    waiting.until(lambda: ending.is_ours({"pid": started[0].pid, "words": words}), "it is known")
    waiting.until(lambda: ending.is_ours({"pid": started[1].pid, "words": [*words[:1], str(other)]}), "and the other")
    assert not ending.is_ours({"pid": started[1].pid, "words": words})


def test_a_run_that_goes_on_keeps_its_own(project: Path, started: list[subprocess.Popen[bytes]]) -> None:
    training(project, started)
    lock = Lock(project / "runs" / "dead")
    code, told = torn_down(project)
    lock.release()
    assert code == 0 and "The run dead is going" in told and started[0].poll() is None


def test_a_model_server_whose_keeper_was_killed_is_ended(project: Path, started: list[subprocess.Popen[bytes]]) -> None:
    record = project / "runs" / "dead" / "servers" / "server-1.json"
    record.parent.mkdir(parents=True)
    command = [sys.executable, "-c", "import time; time.sleep(60)", "serve", "my/model"]
    keeper = subprocess.Popen(
        [sys.executable, "-m", "advisor.kit.local.keeper", str(record), *command], cwd=ROOT, stdin=subprocess.PIPE
    )
    started.append(keeper)
    waiting.until(lambda: read_json(record), "the server is started")
    keeper.kill()
    keeper.wait()
    pid = read_json(record)["pid"]
    assert ending.is_ours(read_json(record))
    code, told = torn_down(project)
    assert code == 0 and f"process {pid}, is ended" in told and not ending.is_ours(read_json(record))


def test_a_server_that_ends_with_its_run_leaves_no_record(tmp_path: Path) -> None:
    record = tmp_path / "server-1.json"
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    keeper = subprocess.Popen(
        [sys.executable, "-m", "advisor.kit.local.keeper", str(record), *command], cwd=ROOT, stdin=subprocess.PIPE
    )
    waiting.until(record.exists, "the server is started")
    assert keeper.stdin is not None
    keeper.stdin.close()
    keeper.wait(20)
    assert not record.exists()


def test_a_second_interruption_ends_what_would_be_waited_for(tmp_path: Path) -> None:
    script = tmp_path / "waits.py"
    script.write_text(
        "import time\n"
        "from advisor.kit import command, stops\n"
        "stops.AT_ONCE.append(lambda: 'ended at once')\n"
        "with command._interruptible():\n"
        "    try:\n"
        "        print('begun', flush=True); time.sleep(60)\n"
        "    except stops.Stop:\n"
        "        print('waits', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "waits\n"
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=20)[1]
    assert process.returncode == -signal.SIGINT and "ended at once" in told
