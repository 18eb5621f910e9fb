"""The way to train on this computer is the first that fits its largest GPU."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Gpu, Source
from advisor.domain.tuning import tuning_for


def case(gib: float | None, model: str) -> Facts:
    told: dict[FactName, FactValue] = {"host": "local", "student_model": model}
    if gib is not None:
        told["gpus"] = (Gpu(name="card", gib=gib),)
    return Facts().learn(*(Fact(name=name, value=value, source=Source.told) for name, value in told.items()))


@pytest.mark.parametrize(
    ("gib", "model", "method", "accumulate"),
    [
        (80.0, "Qwen/Qwen3-8B", "lora", 1),
        (24.0, "Qwen/Qwen3-8B", "lora", 8),
        (12.0, "Qwen/Qwen3-8B", "qlora", 8),
        (4.0, "Qwen/Qwen3-8B", "qlora", 8),
        (None, "Qwen/Qwen3-8B", "auto", 1),
        (24.0, "my/own-model", "auto", 1),
    ],
)
def test_the_first_way_that_fits_is_taken(gib: float | None, model: str, method: str, accumulate: int) -> None:
    chosen = tuning_for(case(gib, model))
    assert (chosen.method, chosen.accumulate) == (method, accumulate)
