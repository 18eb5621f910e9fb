"""One process at a time in the folder of a run.

The system lets go of the lock when its process dies, however it dies: a killed run can be resumed at once.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from advisor.kit.stops import Stop

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


NAME = "lock"
TAKEN = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK)
"""What systems say of a lock that another process holds."""


class Lock:
    """The right to write into the folder of a run, from when it is made until `release`."""

    def __init__(self, folder: Path) -> None:
        """Take it.

        Raises:
            Stop: another process works in this folder.
            OSError: nothing can be written or locked there.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / NAME).open("ab")
        try:
            _take(self._file)
        except OSError as error:
            self._file.close()
            if error.errno not in TAKEN:
                raise
            raise Stop(
                "usage", f"The run {folder.name} is in use by another process.", "Wait for it, or end it first."
            ) from error

    @property
    def number(self) -> int:
        """The open file: a process that is given it keeps the lock as long as it lives."""
        return self._file.fileno()

    def release(self) -> None:
        """Let another process work in this folder."""
        self._file.close()


def left_alone(runs: Iterable[Path], going: Callable[[str], None]) -> Iterator[Path]:
    """Yield the runs that no process is at, each kept from others meanwhile; `going` is told of the rest by name."""
    for run in runs:
        try:
            lock = Lock(run)
        except Stop:
            going(f"The run {run.name} is going: what belongs to it was left alone.")
            continue
        try:
            yield run
        finally:
            lock.release()
