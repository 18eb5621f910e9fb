"""What a run said: its newest lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, overload

LINES_KEPT = 5000

Level = Literal["info", "warning", "error"]


class LogLine(NamedTuple):
    """Something the run said, fit to show."""

    t: float
    level: Level
    text: str
    stage: str = ""
    """The stage in hand when it was said."""


class Log(Sequence[LogLine]):
    """The newest lines; a longer log shares them with the one it grew from, so that a line costs the same anywhere."""

    __slots__ = ("_end", "_lines", "said")

    def __init__(self, lines: Sequence[LogLine] = (), said: int | None = None) -> None:
        self._lines = lines if isinstance(lines, list) else list(lines)
        self._end = len(self._lines)
        self.said = self._end if said is None else said
        """Lines said in all, those no longer kept included."""

    def after(self, line: LogLine) -> Log:
        """Return the log with one more line."""
        lines = self._lines
        if len(lines) != self._end or self._end >= 2 * LINES_KEPT:
            lines = lines[max(0, self._end - LINES_KEPT + 1) : self._end]
        lines.append(line)
        return Log(lines, self.said + 1)

    def since(self, said: int) -> list[LogLine]:
        """Return the kept lines that came after the first `said`."""
        return self._lines[max(self._start, self._end - max(0, self.said - said)) : self._end]

    @property
    def _start(self) -> int:
        return max(0, self._end - LINES_KEPT)

    def __len__(self) -> int:
        return self._end - self._start

    def __iter__(self) -> Iterator[LogLine]:
        return iter(self.since(0))

    @overload
    def __getitem__(self, index: int) -> LogLine: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[LogLine]: ...

    def __getitem__(self, index: int | slice) -> LogLine | Sequence[LogLine]:
        if isinstance(index, slice):
            return self.since(0)[index]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._lines[index % len(self) + self._start]

    def __repr__(self) -> str:
        return f"Log({self.since(0)!r}, {self.said})"
