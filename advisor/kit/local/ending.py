"""Trainings and model servers on this computer: told apart from every foreign process, and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from advisor.kit.files import read_json, write_json
from advisor.kit.local import checkpoints
from advisor.kit.local.job import CHECKPOINTS, STOP
from advisor.kit.lock import Lock, left_alone
from advisor.kit.stops import Stop

PROCESS = "process.json"
"""Beside a training: which process it is."""
STOP_SECONDS = 600.0
"""How long a training may take to write its last checkpoint."""
GONE_SECONDS = 5.0
POLL_SECONDS = 0.1
PROC = Path("/proc/self")


def note(path: Path, pid: int, words: Sequence[str]) -> None:
    """Keep which process something is, and words of its command line: numbers are given out again."""
    write_json(path, {"pid": pid, "words": list(words)})


def is_ours(record: dict[str, Any]) -> bool:
    """Say whether the number in a record still means the process it was noted for."""
    pid, words = record.get("pid"), record.get("words")
    if not isinstance(pid, int) or pid <= 1 or not isinstance(words, list) or not words:
        return False
    return all(_has_word(pid, str(word)) for word in words)


def is_free(folder: Path) -> bool:
    """Say whether nobody works in a folder."""
    try:
        Lock(folder).release()
    except Stop:
        return False
    return True


def end_at_once(folder: Path) -> str:
    """End a training without waiting for its checkpoint, and say where it goes on from."""
    record = read_json(folder / PROCESS)
    _kill(record)
    if (left := _left_by(folder, record)) is None:
        return f"The training {folder.name} {_not_ended(record)}"
    return f"The training {folder.name} was ended at once. {left}"


def end_left_over(runs: Path, tell: Callable[[str], None]) -> int:
    """End what dead runs of a project have left on this computer; return how much of it could not be ended.

    A run that another process is at keeps its own.
    """
    failed = 0
    for run in left_alone(sorted(path for path in runs.glob("*") if path.is_dir()), tell):
        failed += sum(not _training_ended(folder, tell) for folder in sorted(run.glob("tuning/*")))
        failed += sum(not _server_ended(path, run.name, tell) for path in sorted(run.glob("servers/*.json")))
    return failed


def _training_ended(folder: Path, tell: Callable[[str], None]) -> bool:
    if not folder.is_dir() or is_free(folder):
        return True
    record = read_json(folder / PROCESS)
    if not is_ours(record):
        tell(f"The training {folder.name} {_not_ended(record)}")
        return False
    tell(f"Ending the training {folder.name}; it writes a checkpoint first, which may take minutes.")
    (folder / STOP).touch()
    with contextlib.suppress(ProcessLookupError):
        os.kill(record["pid"], signal.SIGTERM)
    if not _wait_until(lambda: not is_ours(record), STOP_SECONDS):
        _kill(record)
    left = _left_by(folder, record)
    tell(f"The training {folder.name} {_not_ended(record)}" if left is None else f"It is ended. {left}")
    return left is not None


def _server_ended(path: Path, run: str, tell: Callable[[str], None]) -> bool:
    record = read_json(path)
    if is_ours(record):
        _kill(record)
        ended = _wait_until(lambda: not is_ours(record), GONE_SECONDS)
        what = f"The model server that the run {run} had left, process {record['pid']},"
        tell(f"{what} is ended." if ended else f"{what} could not be ended.")
        return ended
    return True


def _left_by(folder: Path, record: dict[str, Any]) -> str | None:
    """Say where an ended training goes on from; None where somebody still works in its folder, which is then theirs."""
    if not _wait_until(lambda: is_free(folder) and not is_ours(record), GONE_SECONDS):
        return None
    try:
        lock = Lock(folder)
    except Stop:
        return None
    try:
        last = checkpoints.newest_whole(folder / CHECKPOINTS)
    finally:
        lock.release()
    if last is None:
        return "No checkpoint is whole: --resume begins the training again."
    return f"--resume goes on from step {last.name.rpartition('-')[2]}, the last checkpoint that is whole."


def _not_ended(record: dict[str, Any]) -> str:
    if is_ours(record):
        return f"could not be ended: it is process {record['pid']}. End it by hand."
    return "goes on in a process that is not known here. End it by hand."


def _kill(record: dict[str, Any]) -> None:
    """End a process with its helpers: they hold the memory."""
    if not is_ours(record):
        return
    pid = record["pid"]
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix" and os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def _has_word(pid: int, word: str) -> bool:
    """Say whether a process has this word in its command line; there is none where it is gone."""
    try:
        if PROC.exists():
            return word in (PROC.parent / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
        told = subprocess.run(["ps", "-ww", "-p", str(pid), "-o", "command="], capture_output=True, text=True)
    except OSError:
        return False
    # Where a word ends is not told there, and a folder may have spaces in its name.
    return f" {word} " in f" {told.stdout.strip()} "


def _wait_until(over: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not over():
        if time.monotonic() > until:
            return False
        # The end of a process that is nobody's child here, or of its lock, wakes no one.
        time.sleep(POLL_SECONDS)
    return True
