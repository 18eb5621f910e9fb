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
        """Return the two ends as a line of `width`."""
        low, high = f"{self.low:.0%}", f"{self.high:.0%}"
        return low + high.rjust(max(0, width - len(low)))


def scale_for(intervals: Iterable[tuple[float, float]]) -> Scale:
    """Return a scale that holds every interval, its ends at whole twentieths."""
    ends = [end for interval in intervals for end in interval]
    if not ends:
        return Scale(0.0, 1.0)
    low = max(0.0, math.floor(min(ends) * 20 + 1e-9) / 20)
    high = min(1.0, math.ceil(max(ends) * 20 - 1e-9) / 20)
    return Scale(low, high) if high > low else Scale(max(0.0, low - 0.05), min(1.0, low + 0.05))


def drawn(low: float, score: float, high: float, scale: Scale, width: int) -> str:
    """Draw an interval with its score, for example `  ├──●───┤ `."""
    cells = [" "] * width
    first, last = scale.column(low, width), scale.column(high, width)
    for column in range(first, last + 1):
        cells[column] = "─"
    cells[first], cells[last] = "├", "┤"
    cells[scale.column(score, width)] = "●"
    return "".join(cells)
