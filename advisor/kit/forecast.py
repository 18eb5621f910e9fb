"""How many calls each stage makes, before any is made.

Formulas measured against DSPy 3.4.1 with one predictor: within 2% of the calls it made. Up to a quarter of them
are answered from the cache.
"""

from __future__ import annotations

import math

from advisor.kit.plan import Plan

MINIBATCH = 35
"""Rows MIPROv2 and GEPA score most candidates on."""

FULL_EVERY = 5
"""Trials between two scores on the whole development part."""

SMALL_DEV = 50
"""Up to so many development rows MIPROv2 scores every trial on all of them."""

CANDIDATES = {"mipro_light": 6, "mipro_medium": 12, "mipro_heavy": 18, "gepa": 6}
LARGEST_DEV = {"mipro_light": 100, "mipro_medium": 300, "mipro_heavy": 1000}
PASS_RATE = 0.55
"""Assumed share of right answers; it only moves the search for demonstrations."""


def trials(optimizer: str) -> int:
    """Return how many candidates the optimizer scores."""
    candidates = CANDIDATES[optimizer]
    return int(max(4 * math.log2(candidates), 1.5 * candidates))


def evaluations(optimizer: str, dev: int) -> int | None:
    """Return how many evaluations MIPROv2 makes in all; None for an optimizer that does not fix them."""
    if optimizer not in LARGEST_DEV:
        return None
    number = trials(optimizer)
    return 1 + number + (math.ceil(number / FULL_EVERY) if min(dev, LARGEST_DEV[optimizer]) > SMALL_DEV else 0)


def optimizing(optimizer: str, train: int, dev: int) -> int:
    """Return the calls of one run of a prompt optimizer."""
    if optimizer == "labelled_few_shot":
        return 0
    if optimizer == "bootstrap_few_shot":
        return min(train, round(4 / PASS_RATE))
    if optimizer == "gepa":
        number = trials(optimizer)
        full = (number + 1) // FULL_EVERY + 1
        return dev + 5 * CANDIDATES["gepa"] + MINIBATCH * number + full * dev + number
    return _mipro(optimizer, train, min(dev, LARGEST_DEV[optimizer]))


def _mipro(optimizer: str, train: int, dev: int) -> int:
    number, candidates = trials(optimizer), CANDIDATES[optimizer]
    full = math.ceil(number / FULL_EVERY)
    searching = dev * number if dev <= SMALL_DEV else MINIBATCH * number + dev * full
    demonstrations = (4 + 2.5 * (candidates - 3)) / PASS_RATE
    proposing = min(10, math.ceil(train / 10)) + 1 + 3 * (candidates // 2)
    return round(dev + searching + demonstrations + proposing)


def calls_by_stage(plan: Plan, sizes: dict[str, int]) -> dict[str, int]:
    """Return the calls of every stage of the plan, answers from the cache included."""
    train, dev, test = sizes["train"], sizes["dev"], sizes["test"]
    optimize = optimizing(plan.optimizer, train, dev)
    candidates = sum(stage in plan.stages for stage in ("baseline", "optimize", "teacher", "train", "gold", "together"))
    calls = {
        "split": 1 + ("teacher" in plan.stages) + (plan.optimizer in CANDIDATES),
        "baseline": dev,
        "optimize": optimize + dev,
        "teacher": optimize + dev,
        "traces": train,
        "train": dev,
        "gold": dev,
        "together": 2 * optimize + train + 5 * dev,
        "compare": candidates * test,
    }
    return {stage: calls[stage] for stage in plan.stages}
