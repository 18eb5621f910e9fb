"""What it does to the advice that a file holds another count than the user said."""

from __future__ import annotations

from advisor.domain.advice import TITLES, route_for
from advisor.domain.facts import Believed, Fact, FactName
from advisor.domain.supposed import Supposed
from advisor.domain.wording import value_in_words

COUNTS: tuple[FactName, ...] = ("labelled_examples", "usable_examples", "classes")
"""What a file counts better than a person remembers."""


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
