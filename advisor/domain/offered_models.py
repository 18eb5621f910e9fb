"""Models that can be chosen by number, and the names a reply may call them by."""

from __future__ import annotations

from advisor.domain.dialogue import Answer
from advisor.domain.facts import Fact, Facts
from advisor.domain.hosts import PRACTICE_LARGE
from advisor.domain.local_models import MOST, by_its_own_name, local_models
from advisor.domain.stated import MODELS

SCORED_BY_JUDGE = ("metric", "judge")


def models_here(facts: Facts) -> tuple[Answer, ...]:
    """Return the models that answer on this computer, which a rented one cannot ask; in practice its own one first."""
    if facts.text("host") == "sky":
        return ()
    found = tuple(Answer(value=one.model, label=one.label) for one in local_models(facts)[:MOST])
    practice = Answer(value=PRACTICE_LARGE, label=f"{PRACTICE_LARGE}, the larger practice model")
    return (practice, *found) if found and facts.text("host") == "practice" else found


def models_meant(facts: tuple[Fact, ...], known: Facts) -> tuple[Fact, ...]:
    """Return facts with the models they mean: one of this computer by LiteLLM's name; a judge of labels scores none."""
    judged = known.text("task") == "classification" and any(fact.name == "judge_model" for fact in facts)
    return tuple(_meant(fact, known) for fact in facts if not (judged and (fact.name, fact.value) == SCORED_BY_JUDGE))


def _meant(fact: Fact, known: Facts) -> Fact:
    if fact.name not in MODELS or not isinstance(fact.value, str):
        return fact
    return fact.model_copy(update={"value": by_its_own_name(fact.value, known)})
