"""Looking into the file in hand: heard and stopped while it is read, looked at again while the conversation goes on."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from advisor.domain.cleaning import clean
from advisor.domain.close_look import Deep
from advisor.domain.dataset import DatasetReport
from advisor.domain.deep_words import under_way
from advisor.domain.dialogue import ReadingProgress
from advisor.errors import UsageError

Result = TypeVar("Result")


def in_a_thread(work: Callable[[], Result]) -> asyncio.Future[Result]:
    """Begin work in a thread now, not when the loop next gets its turn: a prompt may block it first."""
    return asyncio.get_running_loop().run_in_executor(None, work)


class FirstLook:
    """The reading of a file, as somebody follows it."""

    def __init__(self) -> None:
        self.listener: Callable[[ReadingProgress], None] = lambda progress: None
        """Hears how far it is, in the thread that reads."""
        self.reads = False
        """Whether a file is being read."""
        self._stopped = threading.Event()

    def __enter__(self) -> None:
        """Start anew."""
        self._stopped.clear()
        self.reads = True

    def __exit__(self, *_: object) -> None:
        """It is over."""
        self.reads = False

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
        self._task = in_a_thread(self._look)

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


class Checked(NamedTuple):
    """A deep check that is over."""

    check: Deep
    found: DatasetReport | None
    """The report with its outcome; None where the check failed in a way that has no words."""


class DeepLook:
    """Deep checks of a file, made one after another in a thread while the conversation goes on."""

    def __init__(self, before: DatasetReport) -> None:
        self.before = before
        """The report it was begun with; a closer look is in it."""
        self._waiting: tuple[Deep, ...] = ()
        self._round: tuple[Deep, ...] = ()
        self._over: list[Checked] = []
        self._now: tuple[Deep, float] | None = None
        self._stop = threading.Event()
        self._task: asyncio.Future[None] | None = None

    @property
    def under_way(self) -> tuple[Deep, ...]:
        """The checks that are made or wait for their turn."""
        return (*self._round, *self._waiting)

    @property
    def progress(self) -> ReadingProgress | None:
        """How far the check in hand is."""
        if (now := self._now) is None:
            return None
        return under_way(now[0], clean(Path(self.before.path).name, 60), time.monotonic() - now[1])

    @property
    def has_ended(self) -> bool:
        """Whether a check is over and was not taken."""
        return bool(self._over)

    def ask(self, checks: Iterable[Deep]) -> None:
        """Have checks made that are not under way; those asked for together follow each other."""
        self._waiting += tuple(check for check in dict.fromkeys(checks) if check not in self.under_way)
        self._go_on()

    def take(self) -> tuple[Checked, ...]:
        """Return the checks that are over and were not taken before."""
        # The thread may add one meanwhile: what is returned is what is taken out.
        over = tuple(self._over)
        del self._over[: len(over)]
        return over

    def stop(self) -> tuple[Deep, ...]:
        """End what is under way soon, begin nothing that waits, and return what is not done."""
        self._stop.set()
        done = {one.check for one in self._over}
        ended = tuple(check for check in self.under_way if check not in done)
        self._waiting, self._round, self._now = (), (), None
        return ended

    async def wait(self, seconds: float) -> None:
        """Wait until the checks asked for together are over, so many seconds at most."""
        if self._task is not None:
            await asyncio.wait((self._task,), timeout=seconds)

    def _go_on(self) -> None:
        if self._waiting and not self._round:
            self._round, self._waiting, self._stop = self._waiting, (), threading.Event()
            self._now = self._round[0], time.monotonic()
            self._task = in_a_thread(partial(self._look, self._round, self._stop))
            self._task.add_done_callback(self._end_round)

    def _end_round(self, task: asyncio.Future[None]) -> None:
        # Where it was stopped another one may have begun since.
        if task is self._task:
            self._round, self._now = (), None
            self._go_on()

    def _look(self, checks: tuple[Deep, ...], stop: threading.Event) -> None:
        from advisor.world.datasets.closer.close_look import look_deeper

        for at, check in enumerate(checks):
            self._round, self._now = checks[at:], (check, time.monotonic())
            found = None
            with contextlib.suppress(Exception):  # whatever is wrong with a check, the conversation goes on
                found = look_deeper(self.before, (check,), cancelled=stop.is_set)
            if stop.is_set():
                return
            self._over.append(Checked(check, found))
        self._now = None
