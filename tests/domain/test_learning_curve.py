"""Where a learning curve leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.learning_curve import Point, reach

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)


def test_a_power_law_is_drawn_on_exactly() -> None:
    points = [Point(rows, 1 - 2.0 * rows**-0.4) for rows in (200, 400, 600, 800, 1000)]
    ends = reach(points, 2000, 1000)
    assert ends.low == pytest.approx(1 - 2.0 * 2000**-0.4, abs=0.003)
    assert ends.high == pytest.approx(1 - 2.0 * 2000**-0.4, abs=0.003)


def test_a_floor_is_seen_by_one_fit_and_not_by_the_other() -> None:
    points = [Point(rows, 0.9 - 3.0 * rows**-0.6) for rows in (200, 400, 600, 800, 1000)]
    ends = reach(points, 2000, 1000)
    assert ends.low == pytest.approx(0.9 - 3.0 * 2000**-0.6, abs=0.005)
    assert ends.high > ends.low


def test_banking77_is_predicted_within_a_point() -> None:
    measured = [Point(1000, 0.670), Point(2001, 0.768), Point(3001, 0.816), Point(4001, 0.840), Point(5002, 0.861)]
    ends = reach(measured, 10003, 3080)
    assert (ends.low + ends.high) / 2 == pytest.approx(0.894, abs=0.01)


def test_it_goes_no_further_than_twice() -> None:
    points = [Point(100, 0.5), Point(200, 0.6), Point(300, 0.65)]
    with pytest.raises(ValueError, match="too far"):
        reach(points, 700, 100)
    with pytest.raises(ValueError, match="three points"):
        reach(points[:2], 400, 100)


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.integers(1, 10_000))
def test_whatever_was_measured_leads_to_a_share(accuracies: list[float], test_rows: int) -> None:
    points = [Point(round(1000 * share), accuracy) for share, accuracy in zip(SHARES, accuracies, strict=True)]
    ends = reach(points, 1000, test_rows)
    assert 0 <= ends.low <= ends.high <= 1
