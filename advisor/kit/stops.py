"""How a run ends, and with which exit code."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

EXIT_CODES = {
    "done": 0,
    "stopped_at_gate": 0,
    "usage": 2,
    "over_budget": 5,
    "host_refused": 6,
    "failed": 7,
    "cancelled": 130,
}


AT_ONCE: list[Callable[[], str]] = []
"""What a second interruption ends before the process goes, without waiting; each says what that leaves."""
_OWED: list[Callable[[], str]] = []


@contextlib.contextmanager
def owing(tell: Callable[[], str]) -> Iterator[None]:
    """Have interruptions wait for something that a host bills until it is ended: `tell` says what, or nothing."""
    _OWED.append(tell)
    try:
        yield
    finally:
        _OWED.remove(tell)


def owed() -> str:
    """Say what a host bills until this run has ended it; nothing where nothing is."""
    return " ".join(dict.fromkeys(told for tell in _OWED if (told := tell())))


class Stop(BaseException):
    """Ends the run from wherever it is raised, with a reason for the user.

    Not an `Exception`: DSPy turns those into scores of 0, skipped trials or a line in the log, and the run
    would go on spending.
    """

    def __init__(self, outcome: str, why: str, try_this: str = "") -> None:
        super().__init__(f"{why} {try_this}".strip())
        self.outcome = outcome
        self.why = why
        self.try_this = try_this
        self.exit_code = EXIT_CODES[outcome]

    @property
    def told_outcome(self) -> str:
        """The outcome as the journal tells it: a missing answer fails the run, and only the exit code is its own."""
        return "failed" if self.outcome == "usage" else self.outcome


class GateClosed(Stop):
    """A check between stages found nothing more worth paying for; what exists is still compared."""

    def __init__(self, why: str) -> None:
        super().__init__("stopped_at_gate", why)
