"""What would change the advice, and why another route is not taken, read off the decision table."""

from __future__ import annotations

from itertools import combinations
from typing import Literal, NamedTuple

from advisor.domain.advice import TITLES, chosen_route, route_for, training_route
from advisor.domain.alternatives import Alternative, alternatives
from advisor.domain.case import Case, case_of
from advisor.domain.checklist import check
from advisor.domain.facts import Believed, Fact
from advisor.domain.objections import objection
from advisor.domain.route_words import TO_DO, joined
from advisor.domain.rules import OVERRULE, TABLE, TRAINING_ROUTES, Route
from advisor.domain.supposed import Supposed, supposed_fact

MOST_FLIPS = 6
MOST_STEPS = 6
"""Facts that would have to change before a route is out of reach."""


class Flip(NamedTuple):
    """A small change that leads to another route."""

    facts: tuple[Fact, ...]
    """What would be otherwise."""
    route: Route
    text: str
    distance: float
    """How far it is from how things are; only the order means anything."""


def flips(facts: Believed) -> tuple[Flip, ...]:
    """Return the smallest changes that lead to another route, nearest first.

    A way to training is always among them where there is one: two changes together, if no single one will do.
    """
    known = Supposed.of(facts)
    here = route_for(known)
    others = alternatives(known)
    found: dict[tuple[str, Route], Flip] = {}
    for other in others:
        if other.route != here:
            found.setdefault((other.name, other.route), _flip((other,), other.route))
    singles = list(found.values())
    if here in (*TRAINING_ROUTES, "stop"):
        return tuple(singles[:MOST_FLIPS])
    training = [flip for flip in singles if flip.route in TRAINING_ROUTES] or _pairs(known, others)
    named = training[: MOST_FLIPS // 2]
    rest = [flip for flip in singles if flip not in named][: MOST_FLIPS - len(named)]
    return tuple(sorted([*rest, *named], key=lambda flip: flip.distance))


def why_not(route: Route | Literal["fine_tuning"], facts: Believed) -> str:
    """Return why a route is not taken: the objection, the rule that comes first, and what would have to be true.

    `fine_tuning` is the training route that would come next. Where the user chose against the advice, the route taken
    is theirs, and the advice is what it would have been.
    """
    known = Supposed.of(facts)
    case = case_of(known)
    here = route_for(known)
    chosen = chosen_route(facts) or here
    wished = training_route(known) if route == "fine_tuning" else route
    rule = next(rule for rule in TABLE if rule.when(case))
    reason = f"{rule.when(case)[0].removesuffix(OVERRULE).rstrip('.')} ({rule.source})."
    asks_for = {wished, *(TRAINING_ROUTES if route == "fine_tuning" else ())}
    if chosen != here and chosen in asks_for:
        return f"That is the way you chose: {TO_DO[chosen]}. My advice would have been to {TO_DO[here]}: {reason}"
    if chosen != here and here in asks_for:
        return f"That would have been my advice: {TO_DO[here]}. {reason} You chose to {TO_DO[chosen]}."
    if here in asks_for:
        return f"That is what I advise: {TO_DO[here]}. {reason}"
    steps = _steps(known, TRAINING_ROUTES if route == "fine_tuning" else (wished,))
    takes = f"It would take: {joined([step.words for step in steps], 'and')}." if steps else ""
    title = "Fine-tuning" if route == "fine_tuning" else TITLES[wished]
    against = _against(wished, here, case)
    advice = f"I advise to {TO_DO[here]}: {reason}"
    if chosen != here:
        advice = f"You chose to {TO_DO[chosen]}; my advice would have been to {TO_DO[here]}: {reason}"
    return " ".join(filter(None, [f"{title}: {against}", advice, takes]))


def _against(wished: Route, here: Route, case: Case) -> str:
    """Return the objection to a route; one training route is held against another only where training is advised."""
    checklist = check(case.facts)
    if wished in TRAINING_ROUTES and here not in TRAINING_ROUTES and not checklist.unmet:
        return "not yet."
    text = objection(wished, case, checklist)
    return text if text.endswith(".") else f"{text}."


def _flip(changed: tuple[Alternative, ...], route: Route) -> Flip:
    words = joined([other.words for other in changed], "and")
    return Flip(
        facts=tuple(supposed_fact(other.name, other.value) for other in changed),
        route=route,
        text=f"With {words}, I would {TO_DO[route]}.",
        distance=sum(other.distance for other in changed),
    )


def _pairs(known: Supposed, others: tuple[Alternative, ...]) -> list[Flip]:
    """Return two changes that lead to training together, nearest first, each two facts once."""
    found: dict[tuple[str, str], Flip] = {}
    for one, two in combinations(others, 2):
        if one.name == two.name or (one.name, two.name) in found:
            continue
        route = route_for(known.supposing(one.name, one.value).supposing(two.name, two.value))
        if route in TRAINING_ROUTES:
            found[one.name, two.name] = _flip((one, two), route)
    return sorted(found.values(), key=lambda flip: flip.distance)


def _steps(known: Supposed, wished: tuple[Route, ...]) -> list[Alternative]:
    """Return what would have to be otherwise, one rule after the other, until a wished route is reached."""
    taken: list[Alternative] = []
    while len(taken) < MOST_STEPS:
        names = {step.name for step in taken}
        others = [other for other in alternatives(known) if other.name not in names and not _undoes(other, wished)]
        chosen = next((other for other in others if other.route in wished), None) or _onwards(known, others)
        if chosen is None:
            return []
        taken.append(chosen)
        known = known.supposing(chosen.name, chosen.value)
        if chosen.route in wished:
            return taken
    return []


def _undoes(other: Alternative, wished: tuple[Route, ...]) -> bool:
    """Whether a change is no way to training: nobody lowers a score for it."""
    return other.backwards and wished[0] in TRAINING_ROUTES


def _onwards(known: Supposed, others: list[Alternative]) -> Alternative | None:
    """Return the nearest change after which a later rule decides."""
    here = _place(known)
    later = (other for other in others if _place(known.supposing(other.name, other.value)) > here)
    return next(later, None)


def _place(known: Supposed) -> int:
    case = case_of(known)
    return next(number for number, rule in enumerate(TABLE) if rule.when(case))
