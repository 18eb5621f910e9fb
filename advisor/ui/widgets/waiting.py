"""What is being waited for."""

from __future__ import annotations

from collections.abc import Callable

from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static

from advisor.ui.text import line

PATIENCE = 1
"""Seconds before anything is said."""


class Waiting(Static):
    """One line with the seconds that passed; not there while nothing takes long."""

    seconds: reactive[int] = reactive(0)

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(markup=False)
        self.clock = clock
        self.words = ""
        """What for; empty while nothing is waited for."""
        self._since = 0.0
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Count only while something is waited for."""
        self.display = False
        self._timer = self.set_interval(0.25, self.tick, pause=True)

    def begin(self, words: str) -> None:
        """Begin to wait for something."""
        self.words, self._since, self.seconds = line(words, 80), self.clock(), 0
        if self._timer is not None:
            self._timer.resume()

    def end(self) -> None:
        """It has come."""
        self.words, self.display = "", False
        if self._timer is not None:
            self._timer.pause()

    def tick(self) -> None:
        """Look at the clock."""
        self.seconds = int(self.clock() - self._since)

    def watch_seconds(self, seconds: int) -> None:
        """Say what takes so long."""
        self.display = bool(self.words) and seconds >= PATIENCE
        self.update(f"… {self.words}, {seconds} s")
