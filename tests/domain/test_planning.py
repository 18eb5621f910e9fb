"""Plans and forecasts: what would run, and what DSPy was measured to need for it."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.dataset import DatasetReport, Tokens, split_sizes
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.forecast import forecast
from advisor.domain.plan import Optimizer, Plan
from advisor.domain.planning import make_plan, optimizer_for, project_name
from advisor.domain.rules import RUN_ROUTES, Route
from advisor.errors import UsageError
from tests.domain.reports import reckoned


def report(rows: int = 1000, labels: int = 4, task: str = "classification") -> DatasetReport:
    return DatasetReport(
        path="some where/My tickets (1).csv", format="csv", rows=rows, usable=rows, input_fields=("text",),
        label_field="category", label_confidence=0.9, task=task, classes=labels,
        label_counts={f"label {number}": rows // labels for number in range(labels)}, missing_labels=0, duplicates=0,
        normalized_duplicates=0, conflicting_inputs=0, conflicting_rows=0, accuracy_ceiling=1.0, encoding="utf-8",
        tokens=Tokens(input_mean=20, label_mean=2, longest=60), bad_rows=0,
    )  # fmt: skip


def told(**known: FactValue) -> Facts:
    return Facts().learn(
        *(Fact(name=cast(FactName, name), value=value, source=Source.told) for name, value in known.items())
    )


def plan(route: Route = "bootstrap_finetune", rows: int = 1000, **known: FactValue) -> Plan:
    return make_plan(route, told(**{"host": "practice", **known}), report(rows))


@pytest.mark.parametrize(
    ("rows", "optimizer"),
    [(19, "labelled_few_shot"), (20, "bootstrap_few_shot"), (50, "mipro_light"), (200, "mipro_medium"),
     (500, "mipro_heavy")],
)  # fmt: skip
def test_the_optimizer_follows_the_size(rows: int, optimizer: Optimizer) -> None:
    assert optimizer_for(rows) == optimizer


@given(st.integers(10, 100_000))
def test_split_sizes_add_up_and_keep_a_floor_under_the_test(rows: int) -> None:
    sizes = split_sizes(rows)
    assert sum(sizes) == rows
    assert sizes.train >= rows * 0.55
    assert sizes.test >= min(100, rows // 5)


@pytest.mark.parametrize("route", RUN_ROUTES)
def test_every_route_that_runs_has_a_plan_and_a_forecast(route: Route) -> None:
    made = plan(route)
    assert made.stages[0] == "split"
    assert made.stages[-1] == "compare"
    assert (made.teacher is not None) == (route == "distillation")
    expected = forecast(reckoned(made, report().tokens, 0.6))
    assert expected.dollars is not None
    assert expected.dollars.high == 0
    for span in (expected.calls, expected.tokens_in, expected.minutes):
        assert 0 < span.low <= span.likely <= span.high


@pytest.mark.parametrize("route", ["stop", "collect_data", "retrieval"])
def test_routes_that_run_nothing_have_no_plan(route: Route) -> None:
    with pytest.raises(UsageError):
        make_plan(route, Facts(), report())


def test_only_classification_is_planned() -> None:
    with pytest.raises(UsageError, match="classification only"):
        make_plan("prompt_optimization", Facts(), report(task="free_text"))


def test_an_unknown_price_stays_unknown() -> None:
    expected = forecast(reckoned(plan(host="openai", student_model="gpt-4.1-mini"), None, 0.6))
    assert expected.dollars is None


def test_a_known_price_is_counted() -> None:
    made = plan(
        host="openai", student_model="gpt-4o-mini", student_price_in=0.15, student_price_out=0.6,
        student_price_training=3.0,
    )  # fmt: skip
    expected = forecast(reckoned(made, None, 0.6))
    assert expected.dollars is not None
    assert 0.5 < expected.dollars.likely < 20
    assert expected.dollars.low < expected.dollars.high


def test_a_name_is_safe_as_a_folder() -> None:
    assert project_name("/a/b/My tickets (1).csv") == "my-tickets-1"
    assert project_name("../../..") == "dataset"
    assert project_name("x/\u202e\x1b[31m.csv") == "31m"
