"""A tuned model that is billed by the hour is in the forecast with its time and its price, or makes it unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import run_telling
from advisor.domain import about_runs
from advisor.domain.advice import advise
from advisor.domain.at_hand import AtHand
from advisor.domain.checklist import check
from advisor.domain.facts import FactValue
from advisor.domain.forecast import Forecast, forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.looked_up import prices_from
from advisor.domain.plan import KeptReady, Plan
from advisor.domain.planning import make_plan
from advisor.project import conclude, missing
from tests.domain.reports import reckoned
from tests.domain.test_planning import report
from tests.domain.test_preflight import known

PRICED: dict[str, FactValue] = {
    "student_model": "Qwen/Qwen3-8B", "student_price_in": 0.2, "student_price_out": 0.2, "student_price_training": 0.5,
}  # fmt: skip


def made(host: str, **told: FactValue) -> tuple[Plan, Forecast]:
    plan = make_plan("gold_finetune", known(**{**PRICED, "host": host, **told}), report())
    return plan, forecast(reckoned(plan, report().tokens, 0.7))


def test_an_endpoint_that_bills_by_the_hour_is_in_the_forecast() -> None:
    plan, expected = made("together")
    assert plan.kept_ready == KeptReady(per_hour=3.99)
    without = forecast(reckoned(plan.model_copy(update={"kept_ready": None}), report().tokens, 0.7))
    assert expected.dollars is not None and without.dollars is not None
    stages = {stage.stage: stage for stage in expected.stages}
    gold = stages["gold"].ready_minutes
    assert (gold.low, gold.high) > (2, 30) and gold.low < gold.likely < gold.high
    assert stages["baseline"].ready_minutes.high == 0
    assert expected.dollars.likely > without.dollars.likely + 0.5
    assert expected.dollars.high - without.dollars.high > 3.99
    assert expected.minutes.high > without.minutes.high + 59
    assert "at $3.99 an hour, asked or not" in expected.prices_note
    assert "about $2,913 a month" in expected.prices_note
    assert "at $3.99 an hour" in run_telling.offer(plan, expected, Path("p"))


def test_an_hour_of_unknown_price_makes_the_sum_unknown_and_is_asked_for() -> None:
    facts = known(**{**PRICED, "host": "foundry", "student_model": "gpt-4.1-mini"})
    plan = make_plan("gold_finetune", facts, report())
    expected = forecast(reckoned(plan, report().tokens, 0.7))
    assert plan.kept_ready == KeptReady(per_hour=None)
    assert expected.dollars is None
    assert "at a price I do not know: look it up before you say yes" in expected.prices_note
    assert "its price is not known, and no limit is set" in run_telling.consent(plan, expected)


@pytest.mark.parametrize("per_hour", [0.0, 1.7])
def test_a_price_that_is_told_makes_it_known(per_hour: float) -> None:
    _, expected = made("foundry", student_model="gpt-4.1-mini", student_hosting_per_hour=per_hour)
    assert expected.dollars is not None
    assert ("at $1.70 an hour" in expected.prices_note) == bool(per_hour)


def test_with_a_limit_the_price_of_the_hour_is_what_is_missing() -> None:
    told: dict[str, FactValue] = {
        **PRICED, "host": "foundry", "student_model": "gpt-4.1-mini", "budget_usd": 20, "optimized_score": 0.7,
        "prompt_optimization": "optimized", "target_score": 0.9, "task_stability": "stable", "goal": "quality",
        "metric": "exact_match", "task": "classification", "usable_examples": 1000,
    }  # fmt: skip
    facts = known(**told)
    advice = conclude(facts, report())
    assert advice.recommendation.trains and advice.plan is None
    said = missing(advice.recommendation, advice.facts, report())
    assert said.startswith("I cannot keep your limit of $20.00: what an hour costs") and "hosting 3.99 an hour" in said


@pytest.mark.parametrize(("host", "model"), [("nebius", "meta-llama/Llama-3.3-70B-Instruct"), ("openai", "gpt-4.1")])
def test_a_model_paid_by_the_token_is_not_kept_ready(host: str, model: str) -> None:
    plan, expected = made(host, student_model=model)
    assert plan.kept_ready is None and expected.ready_note == ""


def test_prompts_alone_keep_nothing_ready() -> None:
    plan = make_plan("prompt_optimization", known(**{**PRICED, "host": "together"}), report())
    assert plan.kept_ready is None


def test_what_it_costs_names_the_hours_and_who_told_the_prices() -> None:
    facts = known(**{**PRICED, "host": "together", "student_hosting_per_hour": 4})
    plan = make_plan("gold_finetune", facts, report())
    expected = forecast(reckoned(plan, report().tokens, 0.7)).model_copy(update={"prices_checked": prices_from(facts)})
    said = about_runs.cost(AtHand(facts, advise(facts, check(facts)), plan, expected, report()))
    assert "at $4.00 an hour, asked or not" in said and said.count("Prices from you.") == 1


def test_a_month_of_being_ready_is_in_what_it_would_save() -> None:
    facts = known(**{**PRICED, "host": "together", "spend_per_month_usd": 500, "calls_per_month": 20_000})
    plan = make_plan("gold_finetune", facts, report())
    advice = advise(facts, check(facts))
    said = about_runs.savings(AtHand(facts, advice, plan, forecast(reckoned(plan, report().tokens, 0.7)), report()))
    assert "a tuned student would cost about $2,912.70; today it is $500.00. That saves nothing." in said
    assert "$2,912.70 of it keep the model ready all month" in said


@pytest.mark.parametrize(
    ("spend", "said_of_it"), [(500, "I cannot say whether it saves anything"), (0.001, "saves nothing")]
)
def test_an_hour_of_unknown_price_is_never_taken_for_free(spend: float, said_of_it: str) -> None:
    facts = known(**{**PRICED, "host": "together", "spend_per_month_usd": spend, "calls_per_month": 20_000})
    plan = make_plan("gold_finetune", facts, report())
    unknown = plan.model_copy(update={"kept_ready": KeptReady(per_hour=None), "host": HOSTS["foundry"].host})
    advice = advise(facts, check(facts))
    said = about_runs.savings(AtHand(facts, advice, unknown, forecast(unknown), report()))
    assert said_of_it in said and "at a price I do not know" in said and "earned back" not in said
