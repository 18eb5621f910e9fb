"""A contradiction, the ways to settle it, and what they are made of."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.cleaning import clean
from advisor.domain.facts import Fact, FactName, FactValue, Source
from advisor.domain.hosts import HOSTS

KEPT = "kept all the same"
"""The evidence of a fact the user stands by although it does not fit; it is not brought up again."""


class Way(NamedTuple):
    """One way to settle a contradiction."""

    label: str
    facts: tuple[Fact, ...]
    """What to learn when it is chosen."""


class Contradiction(NamedTuple):
    """Two things known that cannot both hold."""

    key: str
    """The same as long as it is the same contradiction."""
    what: str
    """Both sides, with who says so."""
    ask: str = ""
    """The question that settles it; none where it is only to be said, once."""
    ways: tuple[Way, ...] = ()


def chosen(name: FactName, value: FactValue, evidence: str = "chosen") -> Fact:
    """Return what choosing a way makes the user's word."""
    return Fact(name=name, value=value, source=Source.told, evidence=evidence)


def stand_by(fact: Fact) -> Fact:
    """Return a fact that is kept although it does not fit."""
    return fact.model_copy(update={"source": Source.told, "evidence": KEPT})


def withdraw(fact: Fact) -> Fact:
    """Return a fact that holds no longer."""
    return fact.model_copy(update={"source": Source.told, "evidence": "chosen", "withdrawn": True})


def still_open(fact: Fact | None) -> Fact | None:
    """Return a fact the user has not said to stand by."""
    return None if fact is None or fact.evidence == KEPT else fact


def host_title(host: Fact) -> str:
    """Return what the host of a fact is called."""
    known = HOSTS.get(str(host.value))
    return known.title if known else clean(str(host.value), 60)
