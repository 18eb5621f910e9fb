"""The formulas against calls counted on DSPy 3.4.1, and against DSPy's own numbers."""

from __future__ import annotations

import dspy
import pytest

from advisor.domain import calls
from advisor.kit import prices
from advisor.kit.plan import Role


@pytest.mark.parametrize(
    ("optimizer", "dev", "counted"),
    [("mipro_light", 100, 683), ("mipro_medium", 100, 1186), ("mipro_heavy", 100, 1730), ("gepa", 100, 801)],
)
def test_calls_were_forecast_within_three_per_cent(optimizer: str, dev: int, counted: int) -> None:
    assert sum(calls.optimizing(optimizer, 800, dev, 0.55)) == pytest.approx(counted, rel=0.03)


def test_gepa_gets_the_budget_dspy_gives_it() -> None:
    gepa = dspy.GEPA(metric=lambda a, b, c, d, e: 0, auto="light", reflection_lm=dspy.LM("openai/x"))
    budget = gepa.auto_budget(num_preds=1, num_candidates=6, valset_size=100)
    assert sum(calls.optimizing("gepa", 800, 100, 0.55)) == budget + calls.trials("gepa")


@pytest.mark.parametrize(("dev", "evaluations"), [(100, 13), (50, 11)])
def test_small_development_parts_need_no_extra_full_scores(dev: int, evaluations: int) -> None:
    assert calls.evaluations("mipro_light", dev) == evaluations


def test_a_tuned_model_costs_what_the_forecast_says() -> None:
    student = Role("small", price_in=1.0, price_out=3.0)
    factor = calls.TUNED_PRICE_FACTOR
    assert prices.tuned(["ft:small"], student) == {"ft:small": (factor, 3 * factor)}
