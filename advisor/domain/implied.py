"""What follows from what is known, so that it need not be asked."""

from __future__ import annotations

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source


def imply(facts: Facts) -> Facts:
    """Return the facts with what they imply, as computed ones; nothing the user said is replaced."""
    if facts.text("task") == "classification" and not facts.has("metric"):
        facts = facts.learn(_computed("metric", "exact_match", "one label, so equal or not"))
    if facts.has("optimized_score") and not facts.has("prompt_optimization"):
        facts = facts.learn(_computed("prompt_optimization", "optimized", "an optimized score is known"))
    if facts.text("host") == "practice" and facts.number("forecast_usd") != 0:
        facts = facts.learn(_computed("forecast_usd", 0.0, "the practice model is free"))
    return facts


def _computed(name: FactName, value: FactValue, why: str) -> Fact:
    return Fact(name=name, value=value, source=Source.computed, evidence=why)
