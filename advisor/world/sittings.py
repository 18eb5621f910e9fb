"""Who has a conversation open: one process at a time, for as long as it lives."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        # Of the process, not of the file: whoever has it may open it again.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


SUFFIX = ".open"


class Sitting:
    """The right to go on with a transcript, from when it is taken until `leave`; a process that dies lets go."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file

    def leave(self) -> None:
        """Let another process go on with it."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._file.close()


def sit_down(transcript: Path) -> Sitting | None:
    """Take the right to go on with a transcript; None while another process has it.

    Raises:
        OSError: nothing can be written beside it.
    """
    path = transcript.with_suffix(SUFFIX)
    file = path.open("ab")
    try:
        _take(file)
    except OSError:
        file.close()
        return None
    return Sitting(path, file)


def is_open_elsewhere(transcript: Path) -> bool:
    """Say whether another process has a conversation open."""
    path = transcript.with_suffix(SUFFIX)
    if not path.exists():
        return False
    try:
        with path.open("ab") as file:
            _take(file)
    except OSError:
        return True
    return False
