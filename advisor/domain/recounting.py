"""What becomes of a value that another one replaces, and what that does to the advice."""

from __future__ import annotations

from advisor.domain import figures
from advisor.domain.advice import TITLES, route_for
from advisor.domain.checklist import examples
from advisor.domain.facts import Believed, Fact, FactName, Facts, Source
from advisor.domain.implied import IMPLIED
from advisor.domain.supposed import Supposed
from advisor.domain.wording import value_in_words

COUNTS: tuple[FactName, ...] = ("labelled_examples", "usable_examples", "classes")
"""What a file counts better than a person remembers."""

NOT_SAID_AGAIN: tuple[FactName, ...] = ("data_path", "overruled", "forecast_usd")
"""Facts whose change speaks for itself."""


def effect(facts: Believed, told: Fact, counted: Fact) -> str:
    """Return what the measured count changes in the advice, to go on a sentence with; nothing for other facts."""
    if told.name not in COUNTS or counted.name not in COUNTS:
        return ""
    known = Supposed.of(facts)
    said, found = (value_in_words(fact.name, fact.value) for fact in (told, counted))
    before = route_for(known.supposing(told.name, told.value))
    after = route_for(known.supposing(counted.name, counted.value))
    if before == after:
        return "the advice is the same with either"
    return f"with {said} the advice would be “{TITLES[before]}”, with {found} it is “{TITLES[after]}”"


def replaced(before: Facts, fact: Fact) -> str:
    """Say what becomes of an earlier value when a told one differs from it; nothing where none does."""
    counted = fact.name in ("labelled_examples", "usable_examples")
    known = examples(before) if counted else before.get(fact.name)
    if fact.source != Source.told or known is None or known.value == fact.value or fact.name in NOT_SAID_AGAIN:
        return ""
    was, now = value_in_words(known.name, known.value), value_in_words(fact.name, fact.value)
    if known.source == Source.told:
        return f"You said {was} before; I take {now} now."
    if known.source < Source.told or known.name in IMPLIED or (counted and not far(fact, known)):
        return ""
    changes = effect(before.learn(fact), fact, known)
    return f"{_teller(known)} {was}; I use that{': ' if changes else ''}{changes}."


def _teller(fact: Fact) -> str:
    if fact.name == "gpus":
        return "This computer has"
    return "The run measured" if fact.evidence.startswith("run ") else "The file says"


def far(told: Fact, measured: Fact) -> bool:
    """Whether a count told is not the one measured, however it was rounded."""
    one, other = Facts(records=(told,)), Facts(records=(measured,))
    low, high, count = one.lower(told.name), one.upper(told.name), other.number(measured.name)
    if low is None or high is None or count is None:
        return False
    return max(low - count, count - high) > figures.FAR_COUNT.value * count
