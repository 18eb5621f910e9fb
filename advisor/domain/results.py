"""What a run teaches: its scores as measured facts."""

from __future__ import annotations

from advisor.domain.advice import Recommendation, advise
from advisor.domain.checklist import check
from advisor.domain.comparison import Comparison, Row
from advisor.domain.events import Candidate
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.figures import KEPT_ENOUGH
from advisor.domain.rules import Route
from advisor.domain.verdict import TRAINED

OF_A_RUN: tuple[FactName, ...] = (
    "baseline_score", "optimized_score", "tuned_score", "prompt_optimization", "fine_tuning_result", "routes_run",
)  # fmt: skip

SHOWN_BY: dict[Candidate, Route] = {
    "optimized": "prompt_optimization", "tuned": "bootstrap_finetune", "gold": "gold_finetune",
    "together": "better_together",
}  # fmt: skip
"""The route whose work a candidate shows."""


_IN_PRACTICE = ", practice model"
"""How the evidence of what a practice run measured ends."""


def learned_from(comparison: Comparison, run: str, target: float | None) -> tuple[Fact, ...]:
    """Return the facts a comparison measured, to take the advice up again from."""
    evidence = f"run {run}{_IN_PRACTICE}" if comparison.practice else f"run {run}"
    found = []
    names: dict[str, FactName] = {"baseline": "baseline_score", "optimized": "optimized_score"}
    for candidate, name in names.items():
        if row := comparison.row(candidate):
            found.append(_measured(name, row.score, evidence, row))
    if comparison.row("optimized"):
        found.append(_measured("prompt_optimization", "optimized", evidence))
    tuned = comparison.row(comparison.recommended) if comparison.recommended in TRAINED else None
    if tuned is not None:
        found.append(_measured("tuned_score", tuned.score, evidence, tuned))
    if (outcome := _fine_tuning(comparison, tuned, target)) is not None:
        found.append(_measured("fine_tuning_result", outcome, evidence))
    if routes := tuple(route for candidate, route in SHOWN_BY.items() if comparison.row(candidate)):
        found.append(_measured("routes_run", routes, evidence))
    return tuple(found)


def practised(measured: tuple[Fact, ...]) -> bool:
    """Whether these facts are the practice model's, and none of the user's own program."""
    return any(fact.evidence.endswith(_IN_PRACTICE) for fact in measured)


def on_practice(facts: Facts, measured: tuple[Fact, ...]) -> Recommendation:
    """Return what would be advised if the practice model, which measured this, were the user's own."""
    would_be = facts.without("overruled").learn(*measured)
    return advise(would_be, check(would_be))


def with_earlier_runs(new: tuple[Fact, ...], known: Facts) -> tuple[Fact, ...]:
    """Return what a run measured beside what earlier ones did: the best tuned program stands, no route is forgotten."""
    return tuple(_beside(fact, known.get(fact.name)) for fact in new)


def _beside(fact: Fact, before: Fact | None) -> Fact:
    if before is None or before.source != Source.measured:
        return fact
    if fact.name == "tuned_score" and isinstance(before.value, float) and isinstance(fact.value, float):
        return before if before.value > fact.value else fact
    if fact.name == "fine_tuning_result" and before.value == "reached":
        return before
    if fact.name == "routes_run" and isinstance(before.value, tuple) and isinstance(fact.value, tuple):
        routes = dict.fromkeys(route for route in (*before.value, *fact.value) if isinstance(route, str))
        return fact.model_copy(update={"value": tuple(routes)})
    return fact


def without_runs(facts: Facts) -> Facts:
    """Return the facts without what runs measured: another host, model or file makes it void."""
    return facts.without_source(Source.measured, *OF_A_RUN)


def _fine_tuning(comparison: Comparison, tuned: Row | None, target: float | None) -> str | None:
    """Whether training did what it was for: the target, or, where a teacher was to be replaced, a student as good.

    Only a tuned program that is worth using counts; a lucky one that nothing shows to be better does not.
    """
    kept = comparison.retention
    if not any(comparison.row(name) for name in TRAINED) or (target is None and kept is None):
        return None
    if target is not None:
        return "reached" if tuned is not None and tuned.score >= target else "below_target"
    return "reached" if kept is not None and kept.share >= KEPT_ENOUGH.value else "below_target"


def _measured(name: FactName, value: FactValue, evidence: str, row: Row | None = None) -> Fact:
    return Fact(
        name=name, value=value, source=Source.measured, evidence=evidence,
        n=row.n if row else None, split="test" if row else None,
    )  # fmt: skip
