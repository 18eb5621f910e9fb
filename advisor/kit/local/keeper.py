"""Runs a command while somebody holds its standard input open: `python -m kit.local.keeper RECORD COMMAND…`.

The run that started a model server may be killed; the server must not outlive it and keep the GPU's memory.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from advisor.kit.local.ending import note

PATIENCE_SECONDS = 15.0
POLL_SECONDS = 0.2


def main(record: Path, command: list[str]) -> int:
    """Start the command, end it when nobody is there any more, and return its exit code.

    While it runs, the record says which process it is: whoever finds it without a keeper can end it.
    """
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    # A group of its own: a server has helpers, and they hold the memory.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    note(record, process.pid, command[1:])
    threading.Thread(target=_wait_for_nobody, args=(over,), daemon=True).start()
    while process.poll() is None and not over.wait(POLL_SECONDS):
        pass
    code = _ended(process)
    record.unlink(missing_ok=True)
    return code


def _wait_for_nobody(over: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    over.set()


def _ended(process: subprocess.Popen[bytes]) -> int:
    _signal(process, signal.SIGTERM)
    try:
        return process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        return process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
