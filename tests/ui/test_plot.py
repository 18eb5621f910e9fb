"""Curves drawn in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.stage_view import StageView, TrialPoint
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.plot import Point, score_curve, value_curve
from advisor.ui.widgets.curve import trials_drawn, trials_told

SHARE = st.floats(0, 1)
SIZE = st.tuples(st.integers(1, 120), st.integers(1, 20))


def trial(number: int, score: float, best: float, *, full: bool = True) -> TrialPoint:
    return TrialPoint(number, score, best, 80, full)


def test_scores_stand_over_their_trials_with_interval_and_best() -> None:
    stage = StageView(name="optimize", trials=(trial(1, 0.5, 0.5), trial(2, 0.75, 0.5, full=False), trial(3, 0.9, 0.9)))
    draw = trials_drawn(stage)
    assert draw is not None
    lines = [line.plain for line in draw(30, 8)]
    assert lines == [
        "  95%┤            ╌╌╌●╌╌",
        "     ┤         ┬     ┴",
        "     ┤         ○",
        "  65%┤   ┬     ┴",
        "     ┤╌╌╌●╌╌╌╌╌╌╌╌",
        "     ┤   │",
        "  35%┤   ┴",
        "      1                3",
    ]
    assert trials_told(stage) == "optimize: best full score 90%, trial 3, 50% to 90%"


@given(st.lists(st.tuples(SHARE, SHARE, SHARE), min_size=1, max_size=300), SIZE)
def test_any_scores_fit_any_size(scores: list[tuple[float, float, float]], size: tuple[int, int]) -> None:
    points = [Point(number, value, min(low, value), max(value, high), value) for number, (low, value, high) in
              enumerate(scores)]  # fmt: skip
    lines = score_curve(points, *size)
    assert len(lines) == max(2, size[1] - 1) + 1
    assert all(line.cell_length <= max(size[0], 7 + len(str(len(points)))) for line in lines)
    assert any("●" in line.plain for line in lines)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.floats(-1e9, 1e9)), min_size=1, max_size=100), SIZE)
def test_any_losses_fit_any_size(losses: list[tuple[int, float]], size: tuple[int, int]) -> None:
    points = [Point(step, loss, loss, loss, None, "•") for step, loss in losses]
    lines = value_curve([points, points[:3]], *size)
    assert len(lines) == max(2, size[1] - 1) + 1 and any("•" in line.plain for line in lines)


@pytest.mark.parametrize(
    ("loss", "shown"),
    [(0.0000443, "0.000┤"), (0.09, "0.090┤"), (11.234, "11.23┤"), (1234.5, " 1234┤"), (2e7, "2e+07┤")],
)
def test_a_loss_is_written_without_losing_its_end(loss: float, shown: str) -> None:
    lines = value_curve([[Point(1, 0.0, 0.0, 0.0), Point(2, loss, loss, loss)]], 40, 5)
    assert lines[0].plain.startswith(shown)


@given(st.lists(st.tuples(SHARE, SHARE), max_size=5), st.integers(1, 120))
def test_an_axis_has_figures_that_fit(intervals: list[tuple[float, float]], width: int) -> None:
    axis = scale_for(intervals).axis(width)
    assert len(axis) <= width
    assert all(part.endswith("%") for part in axis.split()) or width < 4


def test_a_line_is_drawn_through_intervals() -> None:
    scale = Scale(0.0, 1.0)
    assert drawn(0.2, 0.3, 0.4, scale, 11, 0.8) == "  ├●┤   ┆  "
    assert drawn(0.2, 0.3, 0.9, scale, 11, 0.5) == "  ├●─┼───┤ "
    assert scale_for([(-0.1, 0.2)], lowest=-1.0) == Scale(-0.1, 0.2)
