"""Statistics of a comparison, in plain Python.

Copied into every generated project, so it imports nothing but the standard library.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from typing import Any, NamedTuple

Z95 = 1.959963984540054
"""Two-sided 95% point of the normal distribution."""

Z80 = 0.8416212335729143
"""One-sided 80% point of the normal distribution: the usual power."""


def percent(share: float) -> str:
    """Write a share: 84.5%, and 84% where that is all of it."""
    return f"{share:.1%}".replace(".0%", "%")


def span(low: float, high: float) -> str:
    """Write the two ends of an interval: 61.9% to 70%."""
    return f"{percent(low)} to {percent(high)}"


def floor_percent(share: float) -> str:
    """Write a share rounded down: what is below 100% never reads as 100%."""
    digits = 1 if share < 0.999 else 2
    scale = 10 ** (digits + 2)
    written = f"{math.floor(share * scale + 1e-9) / scale:.{digits}%}"
    return f"{written.removesuffix('%').rstrip('0').removesuffix('.')}%" if "." in written else written


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
    tail = ways = 1
    for i in range(min(fixed, broken)):
        ways = ways * (discordant - i) // (i + 1)
        tail += ways
    return min(1.0, 2 * tail / (1 << discordant))


def paired_bootstrap(fixed: int, broken: int, n: int, draws: int = 2000, seed: int = 0) -> Interval:
    """Return the 95% interval of the accuracy difference when the rows are drawn again.

    Only three kinds of row exist (fixed, broken, same), so a draw is a multinomial count.
    """
    if n <= 0:
        return Interval(-1.0, 1.0)
    chance = random.Random(seed)
    kinds = (fixed, broken, n - fixed - broken)
    drawn = (_redraw(chance, kinds) for _ in range(draws))
    low, high = _middle(sorted(gained - lost for gained, lost, _ in drawn))
    return Interval(low / n, high / n)


def _middle(ordered: list[Any]) -> Interval:
    """Return the ends of the middle 95% of ordered draws."""
    outside = int(0.025 * len(ordered))
    return Interval(ordered[outside], ordered[len(ordered) - 1 - outside])


def _redraw(chance: random.Random, kinds: tuple[int, ...]) -> list[int]:
    """Draw as many rows again as there are, and count how many of each kind came up."""
    drawn, draws_left, rows_left = [], sum(kinds), sum(kinds)
    for rows in kinds:
        count = _binomial(chance, draws_left, rows / rows_left) if rows_left else 0
        drawn.append(count)
        draws_left -= count
        rows_left -= rows
    return drawn


def _binomial(chance: random.Random, n: int, p: float) -> int:
    if p > 0.5:
        return n - _binomial(chance, n, 1 - p)
    if p <= 0 or n <= 0:
        return 0
    return _few(chance, n, p) if n * p < 10 else _many(chance, n, p)


def _few(chance: random.Random, n: int, p: float) -> int:
    """Draw by counting the gaps between successes: the work grows with `n * p`."""
    count, position, scale = 0, 0, math.log1p(-p)
    while True:
        position += 1 + int(math.log(1.0 - chance.random()) / scale)
        if position > n:
            return count
        count += 1


def _many(chance: random.Random, n: int, p: float) -> int:
    """Draw by rejection under a hat: the work does not grow.

    Source: Hormann 1993, algorithm BTRS; needs `n * p >= 10` and `p <= 0.5`.
    """
    spread = math.sqrt(n * p * (1 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    c = n * p + 0.5
    accepted_at_once = 0.92 - 4.2 / b
    alpha = (2.83 + 5.1 / b) * spread
    odds = math.log(p / (1 - p))
    mode = math.floor((n + 1) * p)
    peak = math.lgamma(mode + 1) + math.lgamma(n - mode + 1)
    while True:
        u = chance.random() - 0.5
        edge = 0.5 - abs(u)
        if edge <= 0:
            continue
        count = math.floor((2 * a / edge + b) * u + c)
        if not 0 <= count <= n:
            continue
        v = 1.0 - chance.random()
        if edge >= 0.07 and v <= accepted_at_once:
            return count
        hat = math.log(v * alpha / (a / (edge * edge) + b))
        if hat <= peak - math.lgamma(count + 1) - math.lgamma(n - count + 1) + (count - mode) * odds:
            return count


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
    """Return which share of the teacher's score the student keeps, with its 95% interval.

    By bootstrap; what no row has shown, it draws never, so there an end is as far off as Wilson's for none of `n`.
    None when the teacher got nothing right.
    """
    pairs = Counter((a == "1", b == "1") for a, b in zip(student, teacher, strict=True))
    both, student_only, teacher_only, neither = (
        pairs[kind] for kind in ((True, True), (True, False), (False, True), (False, False))
    )
    right = both + teacher_only
    if not right:
        return None
    chance, ratios = random.Random(seed), []
    for _ in range(draws):
        kept, gained, lost, _ = _redraw(chance, (both, student_only, teacher_only, neither))
        if kept + lost:
            ratios.append((kept + gained) / (kept + lost))
    share, (low, high) = (both + student_only) / right, _middle(sorted(ratios))
    unseen = wilson(0, len(student)).high * len(student) / right
    low = low if teacher_only else min(low, max(0.0, share - unseen))
    return share, Interval(low, high if student_only else max(high, share + unseen))


def least_shown(n: int, p: float = 0.05) -> float | None:
    """Return the smallest difference that `n` paired rows can make significant: one side wins every row they differ on.

    None when not even all rows are enough. A real comparison, with losses too, needs more.
    """
    fixed = next((wins for wins in range(1, n + 1) if mcnemar(wins, 0) < p), None)
    return fixed / n if fixed else None
