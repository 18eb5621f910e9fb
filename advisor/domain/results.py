"""What a run teaches: its scores as measured facts."""

from __future__ import annotations

from advisor.domain.comparison import Comparison, Row
from advisor.domain.facts import Fact, FactName, FactValue, Source
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
    trained = [row.score for name in TRAINED if (row := comparison.row(name))]
    if trained and target is not None:
        reached = "reached" if max(trained) >= target else "below_target"
        found.append(_measured("fine_tuning_result", reached, evidence))
    return tuple(found)


def _measured(name: FactName, value: FactValue, evidence: str, row: Row | None = None) -> Fact:
    return Fact(
        name=name, value=value, source=Source.measured, evidence=evidence,
        n=row.n if row else None, split="test" if row else None,
    )  # fmt: skip
