"""Facts that do not fit together."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.facts import Fact, Facts


class Way(NamedTuple):
    """A way to settle it."""

    label: str
    facts: tuple[Fact, ...]


class Contradiction(NamedTuple):
    """Two facts that cannot both hold."""

    key: str
    what: str
    ask: str = ""
    ways: tuple[Way, ...] = ()


def contradictions(facts: Facts) -> tuple[Contradiction, ...]:
    """Return what does not fit together."""
    return ()


def replaced(before: Facts, fact: Fact) -> str:
    """Say what a fact replaces."""
    return ""
