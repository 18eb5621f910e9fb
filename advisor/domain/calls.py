"""How many calls a prompt optimizer makes, before any is made; what those of a tuned model cost.

Copied into every generated project, so it imports nothing but the standard library. Measured against DSPy 3.4.1 with
one predictor: within 3% of the calls it made, those answered from the cache included.
"""

from __future__ import annotations

import math
from typing import NamedTuple

MINIBATCH = 35
"""Rows MIPROv2 and GEPA score most candidates on."""

FULL_EVERY = 5
"""Trials between two scores on the whole development part."""

SMALL_DEV = 50
"""Up to so many development rows MIPROv2 scores every trial on all of them."""

CANDIDATES = {"mipro_light": 6, "mipro_medium": 12, "mipro_heavy": 18, "gepa": 6}
WRITES_INSTRUCTIONS = tuple(CANDIDATES)
"""Optimizers that ask a model for new instructions."""
LARGEST_DEV = {"mipro_light": 100, "mipro_medium": 300, "mipro_heavy": 1000}


TUNED_PRICE_FACTOR = 2.0
"""A tuned OpenAI model costs twice its base per token; no host known to us charges more."""


class Calls(NamedTuple):
    """Calls of one optimizer."""

    runs: float
    """Of the program itself."""
    proposals: float
    """Of the model that writes instructions or reflects."""


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


def optimizing(optimizer: str, train: int, dev: int, pass_rate: float) -> Calls:
    """Return the calls of one run of a prompt optimizer; `pass_rate` only moves its search for demonstrations."""
    if optimizer == "labelled_few_shot":
        return Calls(0, 0)
    if optimizer == "bootstrap_few_shot":
        return Calls(min(train, 4 / pass_rate), 0)
    number = trials(optimizer)
    if optimizer == "gepa":
        full = (number + 1) // FULL_EVERY + 1
        return Calls(dev + 5 * CANDIDATES["gepa"] + MINIBATCH * number + full * dev, number)
    candidates, rows = CANDIDATES[optimizer], min(dev, LARGEST_DEV[optimizer])
    full = math.ceil(number / FULL_EVERY)
    searching = rows * number if rows <= SMALL_DEV else MINIBATCH * number + rows * full
    demonstrations = (4 + 2.5 * (candidates - 3)) / pass_rate
    return Calls(rows + searching + demonstrations, min(10, math.ceil(train / 10)) + 1 + 3 * (candidates // 2))
