"""Scores with their intervals, drawn in text to one scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple


class Scale(NamedTuple):
    """The two ends every interval of a table is drawn between."""

    low: float
    high: float

    def column(self, score: float, width: int) -> int:
        """Return the column of a score among `width`."""
        share = (score - self.low) / (self.high - self.low)
        return round(min(max(share, 0.0), 1.0) * (width - 1))

    def axis(self, width: int) -> str:
        """Return round figures between the ends as a line of `width`, each under the column it stands for."""
        step = next((step for step in STEPS if (self.high - self.low) / step * LABEL <= width), STEPS[-1])
        cells = [" "] * width
        first = math.ceil(self.low / step - 1e-9)
        for number in range(first, math.floor(self.high / step + 1e-9) + 1):
            label = f"{number * step:.0%}"
            start = min(max(0, self.column(number * step, width) - len(label) // 2), max(0, width - len(label)))
            if all(cell == " " for cell in cells[max(0, start - 1) : start + len(label) + 1]):
                cells[start : start + len(label)] = label
        return "".join(cells[:width])


STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
"""Steps of an axis, the finest first."""

LABEL = 7
"""Cells a figure on an axis takes with the space beside it."""


def scale_for(intervals: Iterable[tuple[float, float]], lowest: float = 0.0) -> Scale:
    """Return a scale that holds every interval, its ends at whole twentieths; differences begin at -1."""
    ends = [end for interval in intervals for end in interval]
    if not ends:
        return Scale(lowest, 1.0)
    low = max(lowest, math.floor(min(ends) * 20 + 1e-9) / 20)
    high = min(1.0, math.ceil(max(ends) * 20 - 1e-9) / 20)
    return Scale(low, high) if high > low else Scale(max(lowest, low - 0.05), min(1.0, low + 0.05))


def drawn(low: float, score: float, high: float, scale: Scale, width: int, line_at: float | None = None) -> str:
    """Draw an interval with its score, for example `  ├──●───┤ `; a score drawn through it is a `┆`."""
    cells = [" "] * width
    if line_at is not None and scale.low <= line_at <= scale.high:
        cells[scale.column(line_at, width)] = "┆"
    first, last = scale.column(low, width), scale.column(high, width)
    for column in range(first, last + 1):
        cells[column] = "┼" if cells[column] == "┆" else "─"
    cells[first], cells[last] = "├", "┤"
    cells[scale.column(score, width)] = "●"
    return "".join(cells)
