"""Where a learning curve leads: two fits of the error against the rows, in plain Python.

Neither is trusted far: at twice the rows they missed by half a point on average over six sets, at 3.3 times by a whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

MOST = 2.0
"""How many times the rows measured a curve is drawn on to."""

_EXPONENTS = tuple(step / 50 for step in range(5, 101))


class Point(NamedTuple):
    """Share right after so many rows."""

    rows: int
    accuracy: float


class Reach(NamedTuple):
    """Where the two fits say the accuracy will be."""

    low: float
    high: float


def reach(points: Sequence[Point], rows: int, test_rows: int) -> Reach:
    """Return the range of the accuracy at `rows`, between the two fits.

    Raises:
        ValueError: fewer than three points, or `rows` beyond twice the most measured.
    """
    if len(points) < 3:
        raise ValueError("a curve needs three points")
    # Half of an odd number of rows is measured one short.
    if rows > MOST * (max(point.rows for point in points) + 1):
        raise ValueError("too far beyond what was measured")
    least = 0.5 / max(1, test_rows)
    ends = sorted(1 - min(1.0, max(0.0, fit(points, rows, least))) for fit in (_power, _power_to_floor))
    return Reach(*ends)


def _power(points: Sequence[Point], rows: int, least: float) -> float:
    """Return the error by a straight line through the logarithms; tends to promise too much on many classes."""
    xs = [math.log(point.rows) for point in points]
    ys = [math.log(max(least, 1 - point.accuracy)) for point in points]
    slope, offset = _line(xs, ys)
    return math.exp(offset + min(0.0, slope) * math.log(rows)) if slope < 0 else math.exp(sum(ys) / len(ys))


def _power_to_floor(points: Sequence[Point], rows: int, least: float) -> float:
    """Return the error by a power law above a floor; tends to promise too little."""
    errors = [max(least, 1 - point.accuracy) for point in points]
    fits = (_floor_fit(points, errors, exponent) for exponent in _EXPONENTS)
    _, floor, scale, exponent = min(fits)
    return floor + scale * math.pow(rows, -exponent)


def _floor_fit(points: Sequence[Point], errors: Sequence[float], exponent: float) -> tuple[float, float, float, float]:
    powers = [float(point.rows) ** -exponent for point in points]
    scale, floor = _line(powers, errors)
    if floor < 0 or scale < 0:
        floor = 0.0
        scale = sum(x * y for x, y in zip(powers, errors, strict=True)) / sum(x * x for x in powers)
    missed = sum((floor + scale * x - y) ** 2 for x, y in zip(powers, errors, strict=True))
    return missed, floor, scale, exponent


def _line(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """Return slope and offset of the least-squares line."""
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    if spread <= 0:
        return 0.0, mean_y
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    return slope, mean_y - slope * mean_x
