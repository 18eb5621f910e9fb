"""Runs a command for as long as somebody holds its standard input open: `python -m kit.local.keeper COMMAND…`.

The run that started a model server may be killed; the server must not outlive it and keep the GPU's memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

PATIENCE_SECONDS = 15.0


def main(command: list[str]) -> int:
    """Start the command, end it when nobody is there any more, and return its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _end(process))
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_wait_for_nobody, args=(process,), daemon=True).start()
    return process.wait()


def _wait_for_nobody(process: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
