"""What was decided in a conversation, and against what: advice that changed, choices against it, values replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from advisor.domain.conversation import (
    Advised,
    ConversationEvent,
    Corrected,
    Overruled,
    Ran,
    Replied,
    Restarted,
    Skipped,
    TookBack,
    Understood,
)
from advisor.domain.facts import Fact, Facts
from advisor.domain.questions import QUESTIONS
from advisor.domain.record_parts import OpenPoint


class Choice(NamedTuple):
    """A route that was advised, or chosen against the advice."""

    t: float
    route: str
    reasons: tuple[str, ...] = ()
    instead_of: str = ""
    """The route that was advised."""
    risk: str = ""


def earlier_advice(events: Sequence[ConversationEvent], route: str) -> tuple[Choice, ...]:
    """Return the advice that was given before it came to `route`, each time it changed."""
    found: list[Choice] = []
    for event in events:
        if isinstance(event, Advised) and not (found and found[-1].route == event.route):
            found.append(Choice(event.t, event.route, event.reasons))
    return tuple(found[:-1] if found and found[-1].route == route else found)


def overrulings(events: Sequence[ConversationEvent]) -> tuple[Choice, ...]:
    """Return the choices against the advice that were not taken back, with the risk that was said."""
    found: list[Choice] = []
    past: list[int] = []
    advised, before, settled, changed = "", 0, 0, True
    for event in events:
        match event:
            case Replied() | Corrected():
                before, changed = len(found), False
            case Advised(route=route):
                advised = route
            case Ran():
                settled = len(found)
            case TookBack() if past:
                del found[max(settled, past.pop()) :]
            case Restarted():
                del found[settled:]
                past.clear()
            case Understood() | Skipped() | Overruled() if not changed:
                # One reply is taken back as a whole, whatever followed from it.
                past.append(before)
                changed = True
        if isinstance(event, Overruled):
            found.append(Choice(event.t, event.route, (), advised, event.risk))
    return tuple(found)


def replaced_values(facts: Facts) -> tuple[tuple[Fact, Fact], ...]:
    """Return every value that was said or measured and is not believed, with the one that is."""
    found: dict[tuple[object, ...], tuple[Fact, Fact]] = {}
    for believed in facts.known():
        for record in facts.history(believed.name) if believed.name != "overruled" else ():
            if record.value != believed.value and record.source.name != "assumed":
                found.setdefault((record.name, record.value, record.source), (record, believed))
    return tuple(found.values())


def open_points(names: Sequence[str], events: Sequence[ConversationEvent]) -> tuple[OpenPoint, ...]:
    """Return the open questions by their words, those the user left out among them."""
    left_out = {name for event in events if isinstance(event, Skipped) for name in event.facts}
    asked = {question.fact: question.asks for question in QUESTIONS}
    return tuple(
        OpenPoint(fact=name, question=words, left_out=name in left_out)
        for name in names
        for known, words in asked.items()
        if known == name
    )  # fmt: skip
