"""Runs a command for as long as somebody holds its standard input open: `python -m kit.local.keeper COMMAND…`.

The run that started a model server may be killed; the server must not outlive it and keep the GPU's memory.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading

PATIENCE_SECONDS = 15.0
POLL_SECONDS = 0.2


def main(command: list[str]) -> int:
    """Start the command, end it when nobody is there any more, and return its exit code."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    # A group of its own: a server has helpers, and they hold the memory.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=_wait_for_nobody, args=(over,), daemon=True).start()
    while process.poll() is None and not over.wait(POLL_SECONDS):
        pass
    return _ended(process)


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
    sys.exit(main(sys.argv[1:]))
