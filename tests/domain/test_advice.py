"""The decision table: the guide's own cases, and what must hold for any facts."""

from __future__ import annotations

from typing import cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import values
from advisor.domain.advice import TITLES, advise
from advisor.domain.checklist import check
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Gpu, Range, Source
from advisor.domain.rules import TRAINING_ROUTES, Route


def told(**known: FactValue) -> Facts:
    return Facts().learn(
        *(Fact(name=cast(FactName, name), value=value, source=Source.told) for name, value in known.items())
    )


def route_of(facts: Facts) -> Route:
    return advise(facts, check(facts)).route


def test_two_thousand_tickets_end_in_bootstrap_finetune() -> None:
    facts = told(
        task="classification", labelled_examples=2000, classes=8, prompt_optimization="optimized",
        optimized_score=0.78, target_score=0.90, metric="exact_match",
    )  # fmt: skip
    recommendation = advise(facts, check(facts))
    assert recommendation.route == "bootstrap_finetune"
    assert recommendation.next_route == "better_together"
    assert any("12 points" in reason.text for reason in recommendation.reasons)
    assert {item.name: item.state for item in check(facts).items if item.state == "met"} == {
        "data": "met", "baseline": "met", "metric": "met",
    }  # fmt: skip


def test_a_moderation_bill_ends_in_distillation() -> None:
    facts = told(spend_per_month_usd=8000.0, baseline_score=0.92, labelled_examples=50_000, goal="cost")
    recommendation = advise(facts, check(facts))
    assert recommendation.route == "distillation"
    assert any("teacher" in reason.text for reason in recommendation.reasons)


def test_a_hundred_conversations_without_a_metric_do_not_end_in_training() -> None:
    facts = told(labelled_examples=100, metric="none")
    recommendation = advise(facts, check(facts))
    assert recommendation.route == "define_metric"
    assert recommendation.first == ("prompt_optimization", "collect_data")
    assert "400 more" in check(facts)["data"].needs
    assert all("not met" in recommendation.against[route] for route in TRAINING_ROUTES)


READY: dict[str, FactValue] = {
    "task": "classification", "labelled_examples": 1200, "classes": 12, "prompt_optimization": "optimized",
    "optimized_score": 0.7, "metric": "exact_match", "goal": "quality", "host": "practice",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "route"),
    [
        ({}, "bootstrap_finetune"),
        ({"goal": "cost"}, "distillation"),
        ({"goal": "speed"}, "distillation"),
        ({"goal": "knowledge"}, "retrieval"),
        ({"metric": "none"}, "define_metric"),
        ({"task_stability": "defining"}, "define_task"),
        ({"task_stability": "changing"}, "prompt_optimization"),
        ({"target_score": 0.65}, "stop"),
        ({"target_score": 0.65, "optimized_score": Range(low=0.62, high=0.8)}, "bootstrap_finetune"),
        ({"target_score": 0.65, "optimized_score": Range(low=0.65, high=0.8)}, "stop"),
        ({"labelled_examples": Range(low=400, high=900)}, "collect_data"),
        ({"labelled_examples": Range(low=600, high=900)}, "bootstrap_finetune"),
        ({"target_score": 0.9, "accuracy_ceiling": 0.8}, "fix_task_or_data"),
        ({"optimized_score": 0.08}, "fix_task_or_data"),
        ({"optimized_score": 0.45, "classes": 3}, "fix_task_or_data"),
        ({"optimized_score": 0.45}, "bootstrap_finetune"),
        ({"labelled_examples": 312}, "collect_data"),
        ({"labelled_examples": 30}, "collect_data"),
        ({"host": "fireworks"}, "switch_host"),
        ({"host": "openai", "host_admits": "recent_tuners", "openai_tuned_recently": False}, "switch_host"),
        ({"host": "nebius", "data_must_stay": True}, "switch_host"),
        ({"host": "nebius", "forecast_usd": 50.0, "budget_usd": 20.0}, "switch_host"),
        ({"fine_tuning_result": "below_target"}, "better_together"),
        ({"fine_tuning_result": "reached"}, "stop"),
        ({"classes": 77}, "gold_finetune"),
        ({"labelled_examples": 520, "optimized_score": 0.5}, "gold_finetune"),
        ({"labelled_examples": 312, "overruled": ("bootstrap_finetune",)}, "bootstrap_finetune"),
    ],
)
def test_the_table(changed: dict[str, FactValue], route: Route) -> None:
    assert route_of(told(**{**READY, **changed})) == route


@pytest.mark.parametrize("effort", ["none", "by_hand"])
def test_untried_prompts_come_before_training(effort: str) -> None:
    facts = told(task="classification", labelled_examples=1200, prompt_optimization=effort, baseline_score=0.6)
    assert route_of(facts) == "prompt_optimization"


def test_an_overruled_recommendation_says_what_it_risks() -> None:
    facts = told(**{**READY, "labelled_examples": 312, "overruled": ("gold_finetune",)})
    recommendation = advise(facts, check(facts))
    assert recommendation.overruled
    assert "500" in recommendation.risk


def fact_values(name: FactName) -> st.SearchStrategy[FactValue]:
    spec = values.SPECS[name]
    if name == "overruled":
        return st.lists(st.sampled_from(values.ROUTES), min_size=1, max_size=2).map(tuple)
    if spec.choices:
        return st.sampled_from(spec.choices)
    if "score" in spec.expects:
        return st.floats(0, 1) | st.builds(Range, low=st.floats(0, 0.5), high=st.floats(0.5, 1))
    if "whole number" in spec.expects:
        return st.integers(0, 10**7) | st.builds(Range, low=st.integers(0, 400), high=st.integers(400, 10**6))
    if "range" in spec.expects:
        return st.floats(0, 1e6) | st.builds(Range, low=st.floats(0, 10), high=st.floats(10, 100))
    if spec.expects == "yes or no":
        return st.booleans()
    if name == "gpus":
        return st.lists(st.builds(Gpu, name=st.just("A100"), gib=st.floats(0, 200)), max_size=2).map(tuple)
    return st.text("ab é\x1b[", max_size=12) if "path" in spec.expects else st.just(("text",))


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    names = draw(st.lists(st.sampled_from(get_args(FactName)), max_size=16))
    return Facts().learn(
        *(Fact(name=name, value=draw(fact_values(name)), source=draw(st.sampled_from(Source))) for name in names)
    )


@given(some_facts())
def test_any_facts_give_one_recommendation_with_reasons(facts: Facts) -> None:
    recommendation = advise(facts, check(facts))
    assert recommendation.reasons
    assert all(reason.text and reason.source for reason in recommendation.reasons)
    assert set(recommendation.against) == set(TITLES) - {recommendation.route}
    assert all(recommendation.against.values())


@given(some_facts())
def test_training_is_never_recommended_with_an_unmet_item_unless_overruled(facts: Facts) -> None:
    checklist = check(facts)
    recommendation = advise(facts, checklist)
    if recommendation.trains and checklist.unmet:
        assert recommendation.overruled
        assert recommendation.risk


@given(some_facts(), some_facts())
def test_learning_never_loses_a_record(known: Facts, more: Facts) -> None:
    grown = known.learn(*more.records)
    assert grown.records[: len(known.records)] == known.records
    for fact in known.known():
        believed = grown.get(fact.name)
        assert believed is not None
        assert believed.source >= fact.source
        assert fact in grown.history(fact.name)
