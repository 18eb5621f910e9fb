"""Curves drawn in text: points with their intervals over the trials or steps they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from textual.content import Content

from advisor.domain.statistics import percent
from advisor.ui.interval import Scale, scale_for

AXIS = 6
"""Cells for the figures at the left."""

WIDEST_STEP = 6
"""Cells from one point to the next where there is room."""


class Point(NamedTuple):
    """A value with its interval."""

    x: int
    """The trial or the step."""
    value: float
    low: float
    high: float
    best: float | None = None
    """The best value up to here."""
    mark: str = "●"


class Grid:
    """Cells of a drawing, the first row at the top."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._cells = [[" "] * width for _ in range(height)]

    def put(self, column: int, row: int, character: str, *, over: bool = True) -> None:
        """Set a cell; one already set may be left as it is."""
        if 0 <= column < self.width and 0 <= row < self.height and (over or self._cells[row][column] == " "):
            self._cells[row][column] = character

    def lines(self) -> list[str]:
        """Return the rows."""
        return ["".join(row) for row in self._cells]


def score_curve(points: Sequence[Point], width: int, height: int) -> list[Content]:
    """Draw scores with their intervals, and the best so far as a line through them."""
    shown, step = _thinned(points, width - AXIS)
    scale = scale_for([(point.low, point.high) for point in shown])
    grid = Grid(max(1, width - AXIS), max(2, height - 1))
    for index, point in enumerate(shown):
        column = index * step + step // 2
        top, bottom = _row(point.high, scale, grid), _row(point.low, scale, grid)
        for row in range(top, bottom + 1):
            grid.put(column, row, "│")
        if bottom > top:
            grid.put(column, top, "┬")
            grid.put(column, bottom, "┴")
        grid.put(column, _row(point.value, scale, grid), point.mark)
        if point.best is not None:
            for cell in range(index * step, (index + 1) * step):
                grid.put(cell, _row(point.best, scale, grid), "╌", over=False)
    return _framed(grid, scale, percent, shown, step)


def value_curve(curves: Sequence[Sequence[Point]], width: int, height: int) -> list[Content]:
    """Draw one curve over another on the same axes; the first one is drawn last."""
    every = [point for curve in curves for point in curve]
    low, high = min(point.value for point in every), max(point.value for point in every)
    scale = Scale(low, high) if high > low else Scale(low - 0.5, high + 0.5)
    grid = Grid(max(1, width - AXIS), max(2, height - 1))
    first, last = min(point.x for point in every), max(point.x for point in every)
    across = Scale(first, last) if last > first else Scale(first - 1, first + 1)
    for curve in reversed(curves):
        for point in curve:
            grid.put(across.column(point.x, grid.width), _row(point.value, scale, grid), point.mark)
    ends = [Point(first, low, low, low), Point(last, high, high, high)]
    return _framed(grid, scale, _figure, ends, grid.width)


def _figure(value: float) -> str:
    """Write a value into the cells at the left: what does not fit is not cut off behind the point."""
    return f"{value:.3f}"[: AXIS - 1].rstrip(".") if abs(value) < 10**4 else f"{value:.0e}"


def _row(value: float, scale: Scale, grid: Grid) -> int:
    return grid.height - 1 - scale.column(value, grid.height)


def _thinned(points: Sequence[Point], width: int) -> tuple[list[Point], int]:
    """Return the points to draw and the cells each one takes; of a crowd in one cell the best is drawn."""
    width = max(1, width)
    if len(points) <= width:
        return list(points), max(1, min(WIDEST_STEP, width // max(1, len(points))))
    ends = [round(index * len(points) / width) for index in range(width + 1)]
    crowds = (points[first:last] for first, last in pairwise(ends))
    return [max(crowd, key=lambda point: point.value) for crowd in crowds if crowd], 1


def _framed(
    grid: Grid, scale: Scale, written: Callable[[float], str], shown: Sequence[Point], step: int
) -> list[Content]:
    labels = {0: written(scale.high), grid.height - 1: written(scale.low)}
    if grid.height >= 5:
        middle = grid.height // 2
        labels[middle] = written(scale.high - (scale.high - scale.low) * middle / (grid.height - 1))
    lines = [
        Content.assemble((f"{labels.get(row, ''):>{AXIS - 1}.{AXIS - 1}}┤", "$foreground-muted"), text.rstrip())
        for row, text in enumerate(grid.lines())
    ]
    first, last = str(shown[0].x), str(shown[-1].x) if len(shown) > 1 else ""
    room = min(grid.width, len(shown) * step if len(shown) > 2 else grid.width) - len(first)
    return [*lines, Content.styled(" " * AXIS + first + last.rjust(max(0, room)), "$foreground-muted")]
