"""Which question to ask next: the one whose answer would most change the recommendation."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.advice import chosen_route, route_for
from advisor.domain.answers import plausible
from advisor.domain.facts import Believed, FactName
from advisor.domain.questions import Question, is_open, open_questions, question_for
from advisor.domain.rules import RUN_ROUTES, Route
from advisor.domain.supposed import Supposed

FROM_THE_FILE: tuple[FactName, ...] = ("data_path", "label_field")
"""Asked before anything else: most of the rest can be measured from the file."""

TO_RUN: tuple[FactName, ...] = ("host", "openai_tuned_recently", "student_model", "teacher_model", "budget_usd")
"""Asked after everything else: a run needs them, the advice hardly does."""

WHATEVER_THE_FILE: tuple[Route, ...] = ("retrieval", "define_metric", "define_task", "stop")
"""Routes that no file would change."""

BEFORE: dict[FactName, FactName] = {
    "metric": "task",
    "optimized_score": "prompt_optimization",
    "baseline_score": "prompt_optimization",
    "target_score": "goal",
    "calls_per_month": "goal",
}
"""Questions that the answer to another may make needless, each with the other."""

NEEDED: dict[Route, tuple[FactName, ...]] = {
    "define_metric": ("task",),
    "prompt_optimization": ("labelled_examples",),
    "distillation": ("calls_per_month", "teacher_model"),
}
"""What else the plan, the forecast or the advice of a route asks for, beside what every run does."""

EVERY_RUN: tuple[FactName, ...] = ("target_score", "host", "openai_tuned_recently", "student_model", "budget_usd")


class Impact(NamedTuple):
    """What the answer to a question could still do to the advice."""

    alone: float
    """The share of its plausible answers that lead to another route."""
    jointly: FactName | None = None
    """Another open question together with which it can, where it cannot alone."""


def next_question(facts: Believed, skipped: frozenset[str] = frozenset()) -> Question | None:
    """Return the open question whose answer would most change the advice; None when none is worth asking."""
    known = Supposed.of(facts)
    pending = _pending(known, skipped)
    chosen = _most_decisive(known, skipped)
    if chosen is not None or _route(known) not in WHATEVER_THE_FILE:
        chosen = next((fact for fact in FROM_THE_FILE if fact in pending), chosen)
    while chosen is not None and (first := BEFORE.get(chosen)) in pending:
        chosen = first
    return question_for(chosen) if chosen else None


def impact_of(fact: FactName, facts: Believed, skipped: frozenset[str] = frozenset()) -> Impact:
    """Return what the answer to a question could do to the advice."""
    known = Supposed.of(facts)
    if chosen_route(known) is not None:
        return Impact(0.0)
    share = _alone(fact, known)
    return Impact(share) if share else Impact(0.0, _partner(fact, known, skipped))


def needed(route: Route) -> tuple[FactName, ...]:
    """Return what the plan, the forecast or the words of a route ask for."""
    return NEEDED.get(route, ()) + (EVERY_RUN if route in RUN_ROUTES else ())


def _most_decisive(known: Supposed, skipped: frozenset[str]) -> FactName | None:
    """Return what can change the route, else what the route needs; what only a run needs comes last."""
    pending = [fact for fact in _pending(known, skipped) if fact not in FROM_THE_FILE]
    wanted = needed(_route(known))
    settled = chosen_route(known) is not None
    for facts in ([f for f in pending if f not in TO_RUN], [f for f in pending if f in TO_RUN]):
        shares = {} if settled else {fact: _alone(fact, known) for fact in facts}
        if any(shares.values()):
            return max(shares, key=lambda fact: shares[fact])
        jointly = (fact for fact in shares if _partner(fact, known, skipped))
        found = next(jointly, None) or next((fact for fact in facts if fact in wanted), None)
        if found is not None:
            return found
    return None


def _pending(known: Supposed, skipped: frozenset[str]) -> tuple[FactName, ...]:
    return tuple(question.fact for question in open_questions(known) if question.fact not in skipped)


def _route(known: Supposed) -> Route:
    return chosen_route(known) or route_for(known)


def _alone(fact: FactName, known: Supposed) -> float:
    """Return the share of a question's answers that lead to another route."""
    route = route_for(known)
    return sum(a.weight for a in plausible(fact, known) if route_for(known.supposing(fact, a.value)) != route)


def _partner(fact: FactName, known: Supposed, skipped: frozenset[str]) -> FactName | None:
    """Return another question together with whose answer this one can change the route."""
    question = question_for(fact)
    if question is None or not plausible(fact, known):
        return None
    for other in _pending(known, skipped):
        for answer in plausible(other, known) if other != fact else ():
            with_other = known.supposing(other, answer.value)
            if is_open(question, with_other) and _alone(fact, with_other):
                return other
    return _opened(fact, known, skipped)


def _opened(fact: FactName, known: Supposed, skipped: frozenset[str]) -> FactName | None:
    """Return a question that an answer opens and that can then change the route."""
    before = _pending(known, skipped)
    for answer in plausible(fact, known):
        with_answer = known.supposing(fact, answer.value)
        for other in _pending(with_answer, skipped):
            if other not in before and _alone(other, with_answer):
                return other
    return None
