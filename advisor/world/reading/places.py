"""Amounts among the words around them, and facts made of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName, FactValue, Range, Source
from advisor.world.reading.amounts import A_MONTH, Amount, Period
from advisor.world.reading.clauses import Span, clause_at
from advisor.world.reading.said import Said

SCORES: frozenset[FactName] = frozenset(
    ("baseline_score", "optimized_score", "target_score", "accuracy_ceiling", "majority_share", "tuned_score")
)
COUNTS: frozenset[FactName] = frozenset(("rows", "labelled_examples", "usable_examples", "classes"))
PRICES: frozenset[FactName] = frozenset(("student_price_in", "student_price_out", "student_price_training"))
_AMOUNTS: frozenset[FactName] = frozenset(("calls_per_month", "spend_per_month_usd", "budget_usd", "forecast_usd"))
QUANTITIES = _AMOUNTS | PRICES
NUMERIC = COUNTS | QUANTITIES | SCORES

PART = re.compile(
    r"(?:^|%|percent|\bhalf|\bmost|\bsome|\bthird|\bquarter|\bnone|\bfew|\bpart"
    r"|\bsubset)\s(?:of\s)(?:the\s|our\s|those\s|about\s|them\s)*$"
)
"""Before a count: only a part of it is meant, and how large a part is not a count that was said."""


class Place(NamedTuple):
    """An amount and the words of its clause before and after it, up to its neighbours."""

    amount: Amount
    before: str
    after: str
    clause: str
    start: int
    """Where `before` begins."""
    previous: str = ""
    """The clause before."""


def places(said: Said, found: Sequence[Amount], spans: Sequence[Span]) -> list[Place]:
    """Return each amount with its surroundings."""
    result = []
    for at, amount in enumerate(found):
        span = clause_at(spans, amount.start)
        floor = max(span.start, found[at - 1].end if at else 0)
        limit = min(span.end, found[at + 1].start if at + 1 < len(found) else len(said.low))
        before, after = _close(said.low[floor : amount.start]), said.low[amount.end : max(limit, amount.end)]
        last = next((other for other in reversed(spans) if other.end <= span.start), None)
        previous = said.low[last.start : last.end] if last else ""
        result.append(Place(amount, before, after, said.low[span.start : span.end], floor, previous))
    return result


def _close(text: str) -> str:
    """Return a text in which what was made blank leaves one space."""
    return re.sub(r"\s{2,}", " ", text)


def clause_start(said: Said, place: Place) -> int:
    """Return where the words before an amount that name it begin: its clause without a conjunction."""
    start = place.start
    while start < place.amount.start and not said.low[start].isalnum():
        start += 1
    return start


def told(said: Said, name: FactName, value: FactValue, start: int, end: int) -> Fact:
    """Return a fact the user told, with the words it was read from."""
    return Fact(name=name, value=value, source=Source.told, evidence=said.evidence(start, end))


def whole(amount: Amount) -> int:
    """Return the lower end of an amount as a whole number; 1.200 of something is a thousand two hundred."""
    thousands = amount.numeral.grouped and amount.numeral.magnitude == 1
    return round(amount.low * 1000) if thousands else int(amount.low)


def count(amount: Amount) -> int | Range:
    """Return an amount as a count, or as the two ends of one."""
    if amount.high is None or amount.high != int(amount.high):
        return whole(amount)
    return Range(low=whole(amount), high=int(amount.high))


def limit(amount: Amount) -> float | Range:
    """Return the most that may be spent: "up to 20" is 20, a range keeps its ends."""
    return amount.low if amount.high is None else amount.quantity


def monthly(amount: Amount, per: Period) -> tuple[float | Range, bool]:
    """Return an amount per month, and whether that had to be calculated."""
    factor = A_MONTH[per]
    quantity = amount.quantity
    if isinstance(quantity, Range):
        return Range(low=round(quantity.low * factor, 2), high=round(quantity.high * factor, 2)), factor != 1
    return round(quantity * factor, 2), factor != 1
