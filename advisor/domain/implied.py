"""What follows from what is known, so that it need not be asked."""

from __future__ import annotations

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source

IMPLIED: tuple[FactName, ...] = ("metric", "prompt_optimization", "forecast_usd")
"""Facts worked out from others; made anew each time, so that they never outlive what they rest on."""


def without_implied(facts: Facts) -> Facts:
    """Return the facts as told and measured only."""
    return facts.without_source(Source.computed, *IMPLIED)


def imply(facts: Facts) -> Facts:
    """Return the facts with what they imply, as computed ones; nothing the user said is replaced."""
    facts = without_implied(facts)
    if facts.text("task") == "classification" and not facts.has("metric"):
        facts = facts.learn(_computed("metric", "exact_match", "one label, so equal or not"))
    if facts.has("optimized_score") and not facts.has("prompt_optimization"):
        facts = facts.learn(_computed("prompt_optimization", "optimized", "an optimized score is known"))
    if facts.text("host") == "practice":
        facts = facts.learn(_computed("forecast_usd", 0.0, "the practice model is free"))
    return facts


def _computed(name: FactName, value: FactValue, why: str) -> Fact:
    return Fact(name=name, value=value, source=Source.computed, evidence=why)
