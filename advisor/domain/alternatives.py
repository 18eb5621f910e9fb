"""What could be otherwise in a case: every other value of a fact that the decision table may decide by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advisor.domain import hosts
from advisor.domain.advice import route_for
from advisor.domain.answers import cuts, plausible
from advisor.domain.case import case_of
from advisor.domain.checklist import best_score, examples, said_by
from advisor.domain.cleaning import clean
from advisor.domain.facts import FactName, FactValue
from advisor.domain.route_words import joined
from advisor.domain.rules import TRAINING_ROUTES, Route
from advisor.domain.supposed import SUPPOSED, Supposed
from advisor.domain.values import SPECS, count, percent
from advisor.domain.wording import SHORT, value_in_words

CHOICES: tuple[FactName, ...] = ("prompt_optimization", "goal", "metric", "task_stability", "host")
"""Facts one of a few words, in the guide's order."""

UNKNOWN_DISTANCE = 0.25
"""An answer that is only missing is nearer than one that would have to change."""

CHANGED_DISTANCE = 0.3
"""Another choice than the one made; numbers are as far as their gap, 0 to 1."""

BACKWARDS_DISTANCE = 0.5
"""Added where something would be undone: a lower score, fewer examples, prompts or a metric given up."""

SENTENCES: dict[tuple[FactName, FactValue], str] = {
    ("data_must_stay", False): "rows that may leave this computer",
    ("openai_tuned_recently", True): "a tuned model in use at OpenAI in the last 60 days",
    ("openai_tuned_recently", False): "no tuned model in use at OpenAI in the last 60 days",
    ("fine_tuning_result", "below_target"): "a tuned program below the target",
    ("fine_tuning_result", "reached"): "a tuned program that reaches the target",
}

NAMED_CHOICES = 2
"""Choices named where several lead to the same; the rest are "another"."""


class Alternative(NamedTuple):
    """One fact as it could be instead."""

    name: FactName
    value: FactValue
    route: Route
    """Where it leads by itself."""
    words: str
    """The fact with its value: `labelled examples 500 or more`."""
    distance: float
    """How far it is from how things are."""
    backwards: bool = False
    """Whether something would be undone."""


def alternatives(known: Supposed) -> tuple[Alternative, ...]:
    """Return every other value worth trying, nearest first, the guide's order among equals."""
    found = [
        *(alternative for name in CHOICES for alternative in _chosen(name, known)),
        *_answered_otherwise(known),
        *(alternative for name in _numbers(known) for alternative in _moved(name, known)),
    ]
    return tuple(sorted(found, key=lambda alternative: alternative.distance))


def _numbers(known: Supposed) -> tuple[FactName, ...]:
    scored = best_score(known)
    score: FactName = scored.name if scored else "optimized_score" if case_of(known).optimized else "baseline_score"
    return ("labelled_examples", score, "target_score", "budget_usd")


def _chosen(name: FactName, known: Supposed) -> Iterator[Alternative]:
    """Other choices of a fact, those that lead to the same as one."""
    now = known.get(name)
    led: dict[Route, list[FactValue]] = {}
    for answer in plausible(name, known):
        if now is None or answer.value != now.value:
            led.setdefault(route_for(known.supposing(name, answer.value)), []).append(answer.value)
    for route, values in led.items():
        named = [in_words(name, value) for value in values[:NAMED_CHOICES]]
        more = ["another"] if len(values) > NAMED_CHOICES else []
        distance = UNKNOWN_DISTANCE if now is None else CHANGED_DISTANCE
        undone = now is not None and values[0] == "none"
        words = _put(name, joined(named + more, "or"), known)
        value = values[0] if more else values[-1]
        yield Alternative(name, value, route, words, distance + BACKWARDS_DISTANCE * undone, undone)


def _answered_otherwise(known: Supposed) -> Iterator[Alternative]:
    """What only some cases turn on: who may see the rows, an old door, what training has brought."""
    tried: list[tuple[FactName, FactValue]] = []
    if known.flag("data_must_stay"):
        tried.append(("data_must_stay", False))
    if known.text("host") == "openai":
        tried.append(("openai_tuned_recently", not known.flag("openai_tuned_recently")))
    if route_for(known) in TRAINING_ROUTES or known.has("fine_tuning_result"):
        results = [result for result in SPECS["fine_tuning_result"].choices if result != "none"]
        tried += [("fine_tuning_result", result) for result in results]
    for name, value in tried:
        if (now := known.get(name)) is None or now.value != value:
            route = route_for(known.supposing(name, value))
            yield Alternative(name, value, route, SENTENCES[name, value], CHANGED_DISTANCE)


def _moved(name: FactName, known: Supposed) -> Iterator[Alternative]:
    """A number on the other side of each line the table draws."""
    fact = examples(known) if name == "labelled_examples" else known.get(name)
    now = known.lower(fact.name) if fact else None
    if now is None:
        yield from _given(name, known)
        return
    share = name.endswith("_score")
    least = 0.01 if share else 1
    here = route_for(known)
    for cut in cuts(name, known):
        upwards = cut > now
        beyond = cut + least if upwards else cut - least
        at = _valued(name, cut)
        exact = at != now and route_for(known.supposing(name, at)) != here
        value = at if exact or (upwards and name != "target_score") else _valued(name, beyond)
        if value == now or (isinstance(value, (int, float)) and (value <= 0 or (share and value > 1))):
            continue
        side = ("or more" if upwards else "or lower") if value == at else ("over" if upwards else "under")
        shown = _number(name, cut)
        words = _put(name, f"{shown} {side}" if value == at else f"{side} {shown}", known)
        undone = not upwards and name not in ("target_score", "budget_usd")
        distance = abs(cut - now) if share else abs(cut - now) / max(cut, now)
        route = route_for(known.supposing(name, value))
        yield Alternative(name, value, route, words, distance + BACKWARDS_DISTANCE * undone, undone)


def _given(name: FactName, known: Supposed) -> Iterator[Alternative]:
    """A number nobody has named yet."""
    for span in plausible(name, known):
        low = f"{_number(name, span.low)} or more"
        words = _put(name, low if span.low else f"under {_number(name, span.high or 0)}", known)
        if span.low or span.high is not None:
            route = route_for(known.supposing(name, span.value))
            yield Alternative(name, span.value, route, words, UNKNOWN_DISTANCE)


def _valued(name: FactName, number: float) -> FactValue:
    return round(number, 6) if name.endswith("_score") or name.endswith("_usd") else int(number)


def _number(name: FactName, number: float) -> str:
    if name.endswith("_score"):
        return percent(number)
    return f"${number:,.2f}" if name.endswith("_usd") else count(number)


def _put(name: FactName, value: str, known: Supposed) -> str:
    """Write a fact as it could be, with what it is now and who says so."""
    now = examples(known) if name == "labelled_examples" else known.get(name)
    short = "the task" if name == "task_stability" else SHORT[name]
    if now is None or now.evidence == SUPPOSED:
        return f"{short} {value}"
    return f"{short} {value} (now {in_words(name, now.value)}, {clean(said_by(now), 60)})"


def in_words(name: FactName, value: FactValue) -> str:
    """Write a value as part of a sentence."""
    if name == "host":
        return hosts.title_of(str(value))
    return value_in_words(name, value)
