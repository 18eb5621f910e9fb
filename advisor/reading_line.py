"""How far a file is read, on one line of a terminal that is written over."""

from __future__ import annotations

import os
import sys
import time

from advisor.domain.dialogue import ReadingProgress
from advisor.domain.report_text import shortened
from advisor.domain.wording import read_so_far

PAUSE = 0.1
"""Seconds between two looks; the first comes after as long, so that a small file shows none."""


class ReadingLine:
    """A line on stderr; silent where that is no terminal."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._next = time.monotonic() + PAUSE
        self._shown = False

    def show(self, progress: ReadingProgress) -> None:
        """Show how far it is, a few times a second."""
        if not self._live or time.monotonic() < self._next:
            return
        share = f"{progress.share:4.0%}  " if progress.share else ""
        line = f"{progress.doing} {progress.name}  {share}{read_so_far(progress)}"
        # A line that went on below could not be written over.
        sys.stderr.write(f"\r\x1b[K{shortened(line, _room())}")
        sys.stderr.flush()
        self._next, self._shown = time.monotonic() + PAUSE, True

    def clear(self) -> None:
        """Take the line away before anything else is written."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


def _room() -> int:
    """Return the cells of a line; the standard output may be no terminal while this one is."""
    return (os.get_terminal_size(sys.stderr.fileno()).columns or 80) - 1
