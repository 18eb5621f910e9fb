"""Whether the next stage is worth paying for, by the interval and not by the score alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from advisor.kit import gates
from advisor.kit.run import Run
from advisor.kit.stops import GateClosed


def decided(right: int, n: int, chance: float) -> str:
    passed: list[dict[str, Any]] = []
    run = SimpleNamespace(
        last_score=lambda candidate: (right, n, 0),
        plan=SimpleNamespace(gates=SimpleNamespace(chance_score=chance)),
        journal=SimpleNamespace(append=lambda kind, **fields: passed.append(fields)),
    )
    try:
        gates.worth_training(cast("Run", run))
    except GateClosed:
        assert passed[-1]["outcome"] == "stop"
    return str(passed[-1]["outcome"])


@pytest.mark.parametrize(
    ("right", "n", "outcome"),
    [(16, 40, "warn"), (10, 40, "warn"), (30, 40, "go_on"), (4, 40, "stop"), (160, 400, "go_on")],
)
def test_a_score_that_may_be_chance_is_not_called_above_it(right: int, n: int, outcome: str) -> None:
    assert decided(right, n, chance=0.34) == outcome
