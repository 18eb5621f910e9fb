"""Looking into the file in hand: heard and stopped while it is read, looked at again while the conversation goes on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import ReadingProgress
from advisor.errors import UsageError


class FirstLook:
    """The reading of a file, as somebody follows it."""

    def __init__(self) -> None:
        self.listener: Callable[[ReadingProgress], None] = lambda progress: None
        """Hears how far it is, in the thread that reads."""
        self._stopped = threading.Event()

    def begin(self) -> None:
        """Start anew."""
        self._stopped.clear()

    def stop(self) -> None:
        """End the reading at its next step."""
        self._stopped.set()

    def hear(self, progress: ReadingProgress) -> None:
        """Pass on how far it is.

        Raises:
            UsageError: it was stopped.
        """
        if self._stopped.is_set():
            raise UsageError(
                f"I stopped reading {progress.name} after {progress.rows:,} rows.",
                "You asked me to.",
                "Name it again to read it from the beginning, or name another file.",
            )
        self.listener(progress)


class CloserLook:
    """What tokens, patterns and given-away labels add to a report; begun at once, in a thread."""

    def __init__(self, before: DatasetReport) -> None:
        self.before = before
        """The report it was begun with."""
        self._stopped = threading.Event()
        self._task = asyncio.create_task(asyncio.to_thread(self._look))

    async def result(self) -> DatasetReport:
        """Return the report with what was found; as it was where that cannot be done."""
        # Whoever stops waiting does not stop it for others.
        return await asyncio.shield(self._task)

    def stop(self) -> None:
        """End it soon; its result is then the report as it was."""
        self._stopped.set()

    def _look(self) -> DatasetReport:
        from advisor.world.datasets.closer.close_look import (
            look_closer,  # a conversation without data does not pay for it
        )

        try:
            return look_closer(self.before, cancelled=self._stopped.is_set)
        except Exception:  # whatever is wrong with a second look, the first one stands
            return self.before
