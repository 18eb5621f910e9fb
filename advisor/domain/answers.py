"""The answers a question may plausibly get, told apart where the decision table tells them apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from advisor.domain import figures
from advisor.domain.case import Case, case_of
from advisor.domain.dataset import split_sizes
from advisor.domain.facts import Believed, FactName, FactValue
from advisor.domain.questions import question_for
from advisor.domain.values import SPECS

MOST_EXAMPLES = 100_000
"""Counts beyond it are not looked at: nothing in the table asks for as many."""


class Plausible(NamedTuple):
    """One answer, standing for all that are like it."""

    value: FactValue
    label: str
    """The choice as it is offered; empty for a number."""
    low: float
    """For a number: where its span begins; below it the table may decide otherwise."""
    high: float | None
    """Where it ends; None when it does not."""
    weight: float
    """The share of the plausible answers it stands for."""


def plausible(name: FactName, known: Believed) -> tuple[Plausible, ...]:
    """Return the answers to try for a fact; none where the table never looks at it."""
    if name in _CUTS:
        bounded = name.endswith("_score")
        return _spans(sorted(_CUTS[name](case_of(known))), 1.0 if bounded else None)
    question = question_for(name)
    choices = question.choices if question else ()
    parse = SPECS[name].parse
    return tuple(Plausible(parse(choice.value), choice.label, 0, None, 1 / len(choices)) for choice in choices)


def cuts(name: FactName, known: Believed) -> tuple[float, ...]:
    """Return the numbers at which another value of a fact can decide otherwise, lowest first."""
    return tuple(sorted(set(_CUTS[name](case_of(known))))) if name in _CUTS else ()


def _spans(found: list[float], top: float | None) -> tuple[Plausible, ...]:
    """Cut a scale into spans; a span of a bounded scale weighs as much as it is wide."""
    inside = [cut for cut in dict.fromkeys(found) if cut > 0 and (top is None or cut < top)]
    ends: list[float | None] = [*inside, top]
    spans = []
    low = 0.0
    for high in ends:
        value: float = (low + high) / 2 if high is not None else low * 1.5 + 1
        weight = 1 / len(ends) if top is None or high is None else (high - low) / top
        spans.append(Plausible(value if top is not None else int(value), "", low, high, weight))
        low = high if high is not None else low
    if top is not None and top in found:
        spans.append(Plausible(top, "", top, top, 0.01))
    return tuple(spans)


def _example_cuts(case: Case) -> list[float]:
    found = [figures.FEWEST_EXAMPLES.value, figures.ENOUGH_EXAMPLES.value]
    score = case.sure_score
    if score:
        enough = figures.ENOUGH_TRACES.value
        at = bisect_left(range(MOST_EXAMPLES), enough, key=lambda count: int(score * split_sizes(count).train))
        found += [float(at)] if at < MOST_EXAMPLES else []
    return found


def _score_cuts(case: Case) -> list[float]:
    found = [figures.WEAK_SCORE.value]
    if case.chance is not None:
        found += [case.chance, 2 * case.chance]
    if case.target is not None:
        found.append(case.target)
    if case.examples and (train := split_sizes(case.examples).train):
        found.append(figures.ENOUGH_TRACES.value / train)
    return found


def _target_cuts(case: Case) -> list[float]:
    numbers = (case.sure_score, case.facts.number("accuracy_ceiling"), case.facts.lower("tuned_score"))
    return [number for number in numbers if number is not None]


def _budget_cuts(case: Case) -> list[float]:
    forecast = case.facts.number("forecast_usd")
    return [forecast] if forecast else []


_CUTS: dict[FactName, Callable[[Case], list[float]]] = {
    "labelled_examples": _example_cuts,
    "usable_examples": _example_cuts,
    "baseline_score": _score_cuts,
    "optimized_score": _score_cuts,
    "target_score": _target_cuts,
    "budget_usd": _budget_cuts,
}
