"""What a run teaches: its scores as measured facts."""

from __future__ import annotations

from advisor.domain.comparison import Comparison, Row
from advisor.domain.facts import Fact, FactName, FactValue, Source
from advisor.domain.figures import KEPT_ENOUGH
from advisor.domain.verdict import TRAINED


def learned_from(comparison: Comparison, run: str, target: float | None) -> tuple[Fact, ...]:
    """Return the facts a comparison measured, to take the advice up again from."""
    evidence = f"run {run}, practice model" if comparison.practice else f"run {run}"
    found = []
    names: dict[str, FactName] = {"baseline": "baseline_score", "optimized": "optimized_score"}
    for candidate, name in names.items():
        if row := comparison.row(candidate):
            found.append(_measured(name, row.score, evidence, row))
    if comparison.row("optimized"):
        found.append(_measured("prompt_optimization", "optimized", evidence))
    if (outcome := _fine_tuning(comparison, target)) is not None:
        found.append(_measured("fine_tuning_result", outcome, evidence))
    return tuple(found)


def _fine_tuning(comparison: Comparison, target: float | None) -> str | None:
    """Whether training did what it was for: the target, or, where a teacher was to be replaced, a student as good."""
    trained = [row.score for name in TRAINED if (row := comparison.row(name))]
    kept = comparison.retention
    if not trained or (target is None and kept is None):
        return None
    reached = max(trained) >= target if target is not None else kept is not None and kept.share >= KEPT_ENOUGH.value
    return "reached" if reached else "below_target"


def _measured(name: FactName, value: FactValue, evidence: str, row: Row | None = None) -> Fact:
    return Fact(
        name=name, value=value, source=Source.measured, evidence=evidence,
        n=row.n if row else None, split="test" if row else None,
    )  # fmt: skip
