"""The yes of a terminal."""

from __future__ import annotations

import sys

from advisor.errors import UsageError


def ask_for_yes() -> None:
    """Read the answer to the question that stands on the terminal.

    Raises:
        UsageError: it is anything but a yes.
    """
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError("Nothing was run.")
