"""Why a question is asked: what it is for, and what its answers would lead to."""

from __future__ import annotations

from itertools import groupby

from advisor.domain.advice import chosen_route, route_for
from advisor.domain.answers import Plausible, plausible
from advisor.domain.facts import Believed, FactName
from advisor.domain.impact import impact_of, needed
from advisor.domain.questions import Question
from advisor.domain.route_words import TO_DO, joined
from advisor.domain.rules import Route
from advisor.domain.supposed import Supposed
from advisor.domain.values import count, percent
from advisor.domain.wording import SHORT


def why_asked(question: Question, facts: Believed) -> str:
    """Return why a question is asked in this case, with what its answers would lead to."""
    known = Supposed.of(facts)
    outcome = _outcome(question, known)
    return f"{question.why} {outcome}" if outcome else question.why


def _outcome(question: Question, known: Supposed) -> str:
    answers = plausible(question.fact, known)
    if not answers or question.fact == "label_field":
        return ""
    chosen = chosen_route(known)
    if chosen is not None:
        return f"You chose to {TO_DO[chosen]}; no answer to this changes that."
    led = [(answer, route_for(known.supposing(question.fact, answer.value))) for answer in answers]
    if len({route for _, route in led}) > 1:
        return _by_number(question.fact, led) if not answers[0].label else _by_choice(led)
    now, then = route_for(known), led[0][1]
    if then != now:
        return f"Whatever it is, I would then {TO_DO[then]}."
    return f"By itself it does not change what I would do ({TO_DO[now]}){_use(question.fact, now, known)}."


def _use(fact: FactName, route: Route, known: Supposed) -> str:
    """Say what an answer is for that leads nowhere else by itself."""
    if partner := impact_of(fact, known).jointly:
        return f"; together with the answer about {SHORT[partner]} it can"
    return ", but it is needed for that" if fact in needed(route) else ""


def _by_number(fact: FactName, led: list[tuple[Plausible, Route]]) -> str:
    parts: list[str] = []
    for route, group in groupby(led, key=lambda pair: pair[1]):
        spans = [answer for answer, _ in group]
        doing = f"I would {TO_DO[route]}" if not parts else TO_DO[route]
        parts.append(f"{_span(fact, spans[0].low, spans[-1].high)}{' ' if not parts else ', '}{doing}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _span(fact: FactName, low: float, high: float | None) -> str:
    last = high is None or (fact.endswith("_score") and high >= 1)
    if not low:
        return f"under {_number(fact, high or 0)}"
    return f"from {_number(fact, low)}" + ("" if last else f" to {_number(fact, high or 0)}")


def _number(fact: FactName, number: float) -> str:
    if fact.endswith("_score"):
        return percent(number)
    return f"${number:,.2f}" if fact.endswith("_usd") else count(number)


def _by_choice(led: list[tuple[Plausible, Route]]) -> str:
    """Say what each choice leads to, the commonest outcome last and as `otherwise` where many lead to it."""
    groups: dict[Route, list[str]] = {}
    for answer, route in led:
        groups.setdefault(route, []).append(f'"{answer.label.partition(":")[0]}"')
    routes = sorted(groups, key=lambda route: len(groups[route]))
    parts: list[str] = []
    for route in routes:
        rest = route == routes[-1] and len(groups[route]) > 1
        given = "otherwise" if rest else f"with {joined(groups[route], 'or')}"
        parts.append(f"{given}{'' if parts else ' I would'}{',' if parts else ''} {TO_DO[route]}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
