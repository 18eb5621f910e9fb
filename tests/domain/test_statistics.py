import math
import random
import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import statistics

OUTCOMES = st.text(alphabet="10x", max_size=60)


@pytest.mark.parametrize(
    ("n", "low", "high", "all_right"),
    [
        (20, 69.9, 97.2, 83.9), (50, 78.6, 95.7, 92.9), (100, 82.6, 94.5, 96.3), (200, 85.1, 93.4, 98.1),
        (500, 87.1, 92.3, 99.2), (1000, 88.0, 91.7, 99.6), (3000, 88.9, 91.0, 99.9),
    ],
)  # fmt: skip
def test_wilson_at_ninety_percent(n: int, low: float, high: float, all_right: float) -> None:
    found = statistics.wilson(n * 9 // 10, n)
    assert (round(100 * found.low, 1), round(100 * found.high, 1)) == (low, high)
    everything = statistics.wilson(n, n)
    assert (round(100 * everything.low, 1), everything.high) == (all_right, 1.0)


@given(st.integers(0, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(counts: tuple[int, int]) -> None:
    correct, n = counts
    low, high = statistics.wilson(correct, n)
    assert 0 <= low <= high <= 1
    if n:
        assert low <= correct / n <= high
        other = statistics.wilson(n - correct, n)
        assert math.isclose(low, 1 - other.high, abs_tol=1e-9) and math.isclose(high, 1 - other.low, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("fixed", "broken", "p"),
    [
        (0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (9, 2, 0.065430), (10, 10, 1.0),
        (15, 5, 0.041389), (52, 35, 0.0857), (183, 56, 6e-17),
    ],
)  # fmt: skip
def test_mcnemar_against_known_values(fixed: int, broken: int, p: float) -> None:
    assert statistics.mcnemar(fixed, broken) == pytest.approx(p, rel=0.06 if p < 1e-9 else 1e-3)
    assert statistics.mcnemar(broken, fixed) == statistics.mcnemar(fixed, broken)


def test_mcnemar_is_the_sum_of_the_binomial_tail() -> None:
    for fixed, broken in product(range(12), repeat=2):
        n, few = fixed + broken, min(fixed, broken)
        expected = min(1.0, 2 * sum(math.comb(n, i) for i in range(few + 1)) / 2**n)
        assert statistics.mcnemar(fixed, broken) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("n", "five", "ten", "twenty"),
    [
        (50, None, None, 17.3), (100, None, 8.8, 12.4), (200, 4.4, 6.2, 8.8), (500, 2.8, 4.0, 5.6),
        (1000, 2.0, 2.8, 4.0), (3000, 1.1, 1.6, 2.3), (10_000, 0.6, 0.9, 1.3),
    ],
)  # fmt: skip
def test_detectable_difference_table(n: int, five: float | None, ten: float | None, twenty: float | None) -> None:
    found = [statistics.detectable_difference(n, share) for share in (0.05, 0.1, 0.2)]
    assert [size and round(100 * size, 1) for size in found] == [five, ten, twenty]


def test_rows_needed_answers_what_is_detectable() -> None:
    for n in (100, 400, 5000):
        size = statistics.detectable_difference(n)
        assert size is not None
        assert statistics.rows_needed(size) <= n < statistics.rows_needed(size * 0.98)
    assert statistics.rows_needed(0.0) == 10**9
    assert statistics.rows_needed(-0.05) == statistics.rows_needed(0.05)


def test_a_difference_that_rows_needed_promises_is_shown_four_times_in_five() -> None:
    chance, size, disagreement = random.Random(3), 0.1, 0.2
    n, shown, tries = statistics.rows_needed(size, disagreement), 0, 1500
    for _ in range(tries):
        fixed, broken, _ = statistics._redraw(chance, (15 * n // 100, 5 * n // 100, n - 20 * n // 100))
        shown += statistics.mcnemar(fixed, broken) < 0.05
    assert 0.7 < shown / tries < 0.9, "the exact test is a little stricter than the formula"


def test_rows_that_all_changed_keep_their_difference() -> None:
    assert statistics.paired_bootstrap(50, 0, 50) == (1.0, 1.0)
    assert statistics.paired_bootstrap(0, 50, 50) == (-1.0, -1.0)
    assert statistics.paired_bootstrap(0, 0, 50) == (0.0, 0.0)
    assert statistics.paired_bootstrap(0, 0, 0) == (-1.0, 1.0)


@pytest.mark.parametrize(("fixed", "broken", "n"), [(9, 2, 79), (60, 40, 500), (300, 100, 3000)])
def test_paired_bootstrap_agrees_with_the_normal_interval(fixed: int, broken: int, n: int) -> None:
    difference = (fixed - broken) / n
    error = math.sqrt((fixed + broken) / n - difference**2) / math.sqrt(n)
    low, high = statistics.paired_bootstrap(fixed, broken, n, draws=4000)
    assert low == pytest.approx(difference - 1.96 * error, abs=0.15 * error + 1 / n)
    assert high == pytest.approx(difference + 1.96 * error, abs=0.15 * error + 1 / n)


@pytest.mark.parametrize(("n", "p"), [(100, 0.3), (1000, 0.011), (60, 0.5), (5000, 0.9), (40, 0.05), (30, 0.97)])
def test_binomial_draws_have_the_right_distribution(n: int, p: float) -> None:
    chance, draws = random.Random(5), 20_000
    counts = [0] * (n + 1)
    for _ in range(draws):
        counts[statistics._binomial(chance, n, p)] += 1
    expected = [
        draws * math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
                         + k * math.log(p) + (n - k) * math.log1p(-p))
        for k in range(n + 1)
    ]  # fmt: skip
    terms = [(seen - size) ** 2 / size for seen, size in zip(counts, expected, strict=True) if size > 10]
    assert sum(terms) < len(terms) + 4 * math.sqrt(2 * len(terms))


@given(OUTCOMES.flatmap(lambda a: st.tuples(st.just(a), st.text("10x", min_size=len(a), max_size=len(a)))))
def test_a_paired_test_is_consistent_and_mirrors(pair: tuple[str, str]) -> None:
    first, second = pair
    test = statistics.compare_pairs(first, second)
    assert test.fixed - test.broken == second.count("1") - first.count("1")
    assert test.n == len(first) and 0 <= test.p <= 1 and -1 <= test.low <= test.high <= 1
    back = statistics.compare_pairs(second, first)
    assert (back.fixed, back.broken, back.p) == (test.broken, test.fixed, test.p)
    assert statistics.compare_pairs(first, second) == test


def test_rows_that_differ_in_number_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 and 3 outcomes"):
        statistics.compare_pairs("11", "111")


def test_holm_against_a_worked_example() -> None:
    assert statistics.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert statistics.holm([]) == [] and statistics.holm([0.9, 0.8]) == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_never_lowers_and_keeps_the_order(probabilities: list[float]) -> None:
    corrected = statistics.holm(probabilities)
    assert all(p <= q <= 1 for p, q in zip(probabilities, corrected, strict=True))
    by_p = sorted(zip(probabilities, corrected, strict=True))
    assert [q for _, q in by_p] == sorted(corrected)


def test_retention_of_a_student() -> None:
    found = statistics.retention("1" * 70 + "0" * 30, "1" * 80 + "0" * 20)
    assert found is not None and found[0] == pytest.approx(0.875)
    assert 0.78 < found[1].low < 0.875 < found[1].high < 0.96
    assert statistics.retention("111", "0x0") is None


def test_a_student_as_good_on_every_row_may_still_be_a_little_worse_or_better() -> None:
    share, (low, high) = statistics.retention("1" * 100, "1" * 100) or (0.0, (0.0, 0.0))
    assert share == 1.0
    assert low == pytest.approx(statistics.wilson(100, 100).low)
    assert high == pytest.approx(2 - low)
    share, (low, high) = statistics.retention("11", "11") or (0.0, (0.0, 0.0))
    assert (low, high) == pytest.approx((0.342, 1.658), abs=0.01)


def test_large_test_parts_stay_quick() -> None:
    began = time.process_time()
    chance = random.Random(0)
    first, second = ("".join(chance.choices("10", k=50_000)) for _ in range(2))
    statistics.compare_pairs(first, second)
    statistics.retention(first, second)
    assert time.process_time() - began < 2
