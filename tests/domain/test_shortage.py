"""Which labels are too rare to be measured, when that stops a run, and what there is to do."""

from __future__ import annotations

import pytest

from advisor.domain.shortage import shortage


@pytest.mark.parametrize(
    ("sizes", "refused", "unmeasured", "thin", "below"),
    [
        ({"a": 60, "b": 40}, False, [], [], 10),
        ({"a": 60, "b": 40, "c": 9}, False, [], ["c"], 10),
        ({"a": 60, "b": 40, "c": 2}, False, ["c"], [], 3),
        ({"a": 60, "b": 10, "c": 2, "d": 2}, True, ["c", "d"], [], 3),
        ({"a": 900, "b": 1}, True, ["b"], [], None),
        ({"a": 17, "b": 9, "c": 4, "d": 4, "e": 3}, False, [], ["e", "c", "d", "b"], None),
        ({**{str(n): 130 for n in range(76)}, "rare": 2}, False, ["rare"], [], 3),
    ],
)
def test_a_run_is_refused_where_a_score_would_leave_out_too_much(
    sizes: dict[str, int], refused: bool, unmeasured: list[str], thin: list[str], below: int | None
) -> None:
    short = shortage(sizes, sum(sizes.values()))
    assert (short.refused, list(short.unmeasured), list(short.thin)) == (refused, unmeasured, thin)
    assert short.below == below
    assert short.missing == sum(max(0, 10 - n) for n in sizes.values())


def test_rows_with_several_labels_are_never_refused() -> None:
    short = shortage({"a": 5, "b": 1}, 5, single=False)
    assert not short.refused and short.below is None


def test_folds_are_for_small_sets() -> None:
    assert shortage({"a": 17, "b": 20}, 37).folds == (5, 7)
    assert shortage({"a": 4_000, "b": 4_000}, 8_000).folds is None
