"""Statistics of a comparison, in plain Python.

Copied into every generated project, so it imports nothing but the standard library.
"""

from __future__ import annotations

import math
import random
from typing import NamedTuple

Z95 = 1.959963984540054
"""Two-sided 95% point of the normal distribution."""

Z80 = 0.8416212335729143
"""One-sided 80% point of the normal distribution: the usual power."""


class Interval(NamedTuple):
    """A two-sided interval, both ends included."""

    low: float
    high: float


class PairedTest(NamedTuple):
    """Two programs on the same rows."""

    fixed: int
    """Rows only the second program got right."""
    broken: int
    """Rows only the first program got right."""
    n: int
    difference: float
    """Second minus first, as a share of `n`."""
    low: float
    """Lower end of the 95% paired bootstrap interval of the difference."""
    high: float
    p: float
    """Exact two-sided McNemar probability."""


def wilson(correct: int, n: int, z: float = Z95) -> Interval:
    """Return the Wilson score interval of a proportion.

    Source: Wilson 1927; keeps its coverage at small `n` and near 0 or 1, where the usual one does not.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    share = correct / n
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    centre = share + z * z / (2 * n)
    scale = 1 + z * z / n
    low = 0.0 if correct == 0 else (centre - spread) / scale
    high = 1.0 if correct == n else (centre + spread) / scale
    return Interval(max(0.0, low), min(1.0, high))


def mcnemar(fixed: int, broken: int) -> float:
    """Return the exact two-sided probability of a split this uneven when neither program is better."""
    discordant = fixed + broken
    if discordant == 0:
        return 1.0
    tail = sum(math.comb(discordant, i) for i in range(min(fixed, broken) + 1))
    return min(1.0, 2 * tail / (1 << discordant))


def paired_bootstrap(fixed: int, broken: int, n: int, draws: int = 2000, seed: int = 0) -> Interval:
    """Return the 95% interval of the accuracy difference when the rows are drawn again.

    Only three kinds of row exist (fixed, broken, same), so a draw is a multinomial count.
    """
    if n <= 0:
        return Interval(-1.0, 1.0)
    chance = random.Random(seed)
    differences = sorted(_redraw(chance, fixed / n, broken / n, n) for _ in range(draws))
    return Interval(differences[int(0.025 * draws)] / n, differences[min(draws - 1, int(0.975 * draws))] / n)


def _redraw(chance: random.Random, p_fixed: float, p_broken: float, n: int) -> int:
    gained = _binomial(chance, n, p_fixed)
    rest = n - gained
    lost = _binomial(chance, rest, p_broken / (1 - p_fixed)) if p_fixed < 1 else 0
    return gained - lost


def _binomial(chance: random.Random, n: int, p: float) -> int:
    """Draw by counting the gaps between successes: the work grows with `n * p`, not with `n`."""
    if p <= 0 or n <= 0:
        return 0
    if p >= 1:
        return n
    count, position, scale = 0, 0, math.log1p(-p)
    while True:
        position += 1 + int(math.log(1.0 - chance.random()) / scale)
        if position > n:
            return count
        count += 1


def compare_pairs(first: str, second: str) -> PairedTest:
    """Compare two outcome strings of the same rows; `1` is right, anything else is not.

    Raises:
        ValueError: the strings differ in length, so they are not the same rows.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} outcomes cannot be paired")
    fixed = sum(a != "1" and b == "1" for a, b in zip(first, second, strict=True))
    broken = sum(a == "1" and b != "1" for a, b in zip(first, second, strict=True))
    n = len(first)
    low, high = paired_bootstrap(fixed, broken, n)
    difference = (fixed - broken) / n if n else 0.0
    return PairedTest(fixed, broken, n, difference, low, high, mcnemar(fixed, broken))


def holm(probabilities: list[float]) -> list[float]:
    """Return the probabilities corrected for having asked several questions (Holm 1979), in the same order."""
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    corrected, running = [0.0] * len(probabilities), 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(probabilities) - rank) * probabilities[index]))
        corrected[index] = running
    return corrected


def detectable_difference(n: int, disagreement: float = 0.2) -> float | None:
    """Return the smallest paired difference that `n` rows show with 80% power at the 5% level.

    `disagreement` is the share of rows on which exactly one of the two programs is right.
    None when even a difference as large as the disagreement would be missed.

    Source: normal approximation of McNemar's test (Connor 1987).
    """
    if n <= 0:
        return None
    smallest = _connor(n, disagreement)
    return smallest if smallest <= disagreement else None


def _connor(n: int, disagreement: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if rows_needed(middle, disagreement) > n:
            low = middle
        else:
            high = middle
    return high


def rows_needed(difference: float, disagreement: float = 0.2) -> int:
    """Return how many paired rows show `difference` with 80% power at the 5% level."""
    size = abs(difference)
    if size <= 0:
        return 10**9
    share = max(disagreement, size)
    root = Z95 * math.sqrt(share) + Z80 * math.sqrt(max(0.0, share - size * size))
    return math.ceil((root / size) ** 2)


def retention(student: str, teacher: str, draws: int = 2000, seed: int = 0) -> tuple[float, Interval] | None:
    """Return which share of the teacher's score the student keeps, with its 95% bootstrap interval.

    None when the teacher got nothing right.
    """
    pairs = [(a == "1", b == "1") for a, b in zip(student, teacher, strict=True)]
    right = sum(b for _, b in pairs)
    if not right:
        return None
    chance = random.Random(seed)
    ratios = []
    for _ in range(draws):
        draw = chance.choices(pairs, k=len(pairs))
        of_teacher = sum(b for _, b in draw)
        if of_teacher:
            ratios.append(sum(a for a, _ in draw) / of_teacher)
    ratios.sort()
    low, high = ratios[int(0.025 * len(ratios))], ratios[min(len(ratios) - 1, int(0.975 * len(ratios)))]
    return sum(a for a, _ in pairs) / right, Interval(low, high)
