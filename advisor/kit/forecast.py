"""How many calls each stage of a plan makes, before any is made; up to a quarter are answered from the cache."""

from __future__ import annotations

from advisor.domain import calls, reviewed
from advisor.kit.plan import Plan


def calls_by_stage(plan: Plan, sizes: dict[str, int]) -> dict[str, int]:
    """Return the calls of every stage of the plan, answers from the cache included."""
    train, dev, test = sizes["train"], sizes["dev"], sizes["test"]
    optimize = round(sum(calls.optimizing(plan.optimizer, train, dev, plan.pass_rate)))
    candidates = sum(stage in plan.stages for stage in ("baseline", "optimize", "teacher", "train", "gold", "together"))
    counted = {
        "split": 1 + ("teacher" in plan.stages) + (plan.optimizer in calls.CANDIDATES) + ("review" in plan.stages),
        "baseline": dev,
        "optimize": optimize + dev,
        "teacher": optimize + dev,
        "traces": train,
        "train": dev,
        "gold": dev,
        "together": 2 * optimize + train + 5 * dev,
        "compare": candidates * test,
        "review": round(min(reviewed.MOST, test * (1 - plan.pass_rate)) * reviewed.CALLS),
    }
    return {stage: counted[stage] for stage in plan.stages}
