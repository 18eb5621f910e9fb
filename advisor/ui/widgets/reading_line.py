"""How far a file has been read."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from advisor.domain.cleaning import clean
from advisor.domain.dialogue import ReadingProgress
from advisor.domain.report_text import shortened, width
from advisor.domain.wording import read_so_far

BAR, SMALL_BAR = 24, 8
ROOMY = 100
"""Cells from which the bar is long."""
SHORTEST_NAME = 12
LOOK_S = 0.5
"""Seconds between two looks at what goes on beside the conversation."""
STOPS = "  esc stops"


class ReadingLine(Static):
    """One line with the file, its share, and what was counted so far; not there while nothing is read."""

    DEFAULT_CSS = """
    ReadingLine { height: 1; padding: 0 1; text-wrap: nowrap; color: $text-muted; display: none; }
    """

    @dataclass
    class Stop(Message):
        """The user wants no more of it read."""

        line: ReadingLine

        @property
        def control(self) -> ReadingLine:
            """The line, for `@on` selectors."""
            return self.line

    def __init__(self, *, stops: bool = True, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self.stops = stops
        """Whether the reading can be stopped from here."""
        self._progress: ReadingProgress | None = None

    def show(self, progress: ReadingProgress | None) -> bool:
        """Show how far it has come; None ends the line. Say whether it came or went."""
        shown, self._progress = self.display, progress
        self.display = progress is not None
        self._draw()
        return shown != self.display

    def on_resize(self) -> None:
        """Fit the line to its new width."""
        self._draw()

    def on_click(self) -> None:
        """Stop by the mouse as by the key."""
        if self.stops:
            self.post_message(self.Stop(self))

    def _draw(self) -> None:
        if self._progress is not None:
            self.update(drawn(self._progress, self.size.width or ROOMY, stops=self.stops), layout=False)


def drawn(progress: ReadingProgress, room: int, *, stops: bool = True) -> Content:
    """Return the line; where there is little room the bar gives way, then the labels, then the name."""
    end = STOPS if stops else ""
    name, percent = clean(progress.name, 60), _percent(progress.share)
    bar = _bar(progress.share, BAR if room >= ROOMY else SMALL_BAR) if percent else ""
    whole, rows = read_so_far(progress), read_so_far(progress._replace(labels=0, most=""))
    doing = f"{progress.doing} "
    ways = ((bar, whole), ("", whole), ("", rows))
    left = [room - sum(map(len, (doing, shown, percent, counted, end))) - 4 for shown, counted in ways]
    way = next((at for at, cells in enumerate(left) if cells >= min(width(name), SHORTEST_NAME)), len(ways) - 1)
    shown, counted = ways[way]
    return Content.assemble(
        doing,
        shortened(name, max(SHORTEST_NAME, left[way])),
        "  ",
        (shown, "$text-primary"),
        f"{percent}  {counted}" if percent else counted,
        (end, "$text-accent"),
    )


def _bar(share: float, cells: int) -> str:
    """Draw a share; the bar is not whole before the last row is read."""
    filled = cells if share >= 1 else min(cells - 1, round(cells * max(0.0, share)))
    return f"{'━' * filled}{'─' * (cells - filled)} "


def _percent(share: float) -> str:
    """Write a share that has begun and is not all as neither none nor all."""
    return f"{min(100, max(1, int(share * 100))):3d}%" if share > 0 else ""
