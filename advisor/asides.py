"""Questions a user asks back: answered from the decision table and the glossary, changing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor import telling
from advisor.domain import wording
from advisor.domain.advice import Recommendation
from advisor.domain.facts import FactName, Facts
from advisor.domain.questions import question_for
from advisor.domain.values import SPECS

if TYPE_CHECKING:
    from advisor.world.reading import Reading


def answer(heard: Reading, facts: Facts, advice: Recommendation, asked: FactName | None) -> str | None:
    """Return what to say to a question asked back; None where the reply is none."""
    question = question_for(asked) if asked else None
    match heard.intent:
        case "why" if question is not None:
            return question.why
        case "help" if question is not None:
            return f"It expects {SPECS[question.fact].expects}."
        case "show":
            return "\n".join(wording.fact_with_source(fact) for fact in facts.known()) or "Nothing is known yet."
        case "why" | "help":
            return telling.arguments(advice)
    return None
