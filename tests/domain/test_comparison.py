from typing import Any

import pytest

from advisor.domain.comparison import Comparison, compare
from advisor.domain.dataset import SplitSizes
from advisor.domain.events import (
    Compared,
    Finished,
    Meter,
    Progress,
    Reviewed,
    RunEvent,
    Scored,
    StageSkipped,
    StageStarted,
    Started,
)
from advisor.domain.plan import Gates, Host, KeptReady, Plan, Role, Task

BASE = "1" * 50 + "0" * 50
BETTER = "1" * 90 + "0" * 10


def started(**more: Any) -> Started:
    fields: dict[str, Any] = {
        "run": "r", "route": "distillation", "host": "openai", "endpoint": "https://api", "student": "small",
        "rows": {}, "stages": ("baseline", "train", "compare"),
    }  # fmt: skip
    return Started(**{**fields, **more})


def scored(candidate: str, outcomes: str, **more: Any) -> Scored:
    fields: dict[str, Any] = {
        "split": "test", "model": "openai/small", "calls": len(outcomes), "tokens_in": 1, "tokens_out": 1,
    }  # fmt: skip
    return Scored.model_validate({"candidate": candidate, "outcomes": outcomes, **fields, **more})


def plan(*, free: bool = False, train_price: float | None = 3.0) -> Plan:
    return Plan(
        name="tickets", title="Tickets", route="distillation", data_path="tickets.csv", split=SplitSizes(638, 80, 79),
        task=Task(input_fields=("text",), label_field="label", labels=("a", "b"), instruction="Sort."),
        optimizer="mipro_light", stages=("baseline", "train", "compare"),
        host=Host(name="openai", base_url=None, key_variable="OPENAI_API_KEY", upload_to="api.openai.com", free=free),
        student=Role(model="openai/small", train_price=train_price), prompt_model=Role(model="openai/small"),
        gates=Gates(target_score=0.8, chance_score=0.5, min_traces=50, warn_traces=200), calls_per_month=30_000,
    )  # fmt: skip


def found(events: list[RunEvent], with_plan: Plan | None = None) -> Comparison:
    result = compare(events, with_plan)
    assert result is not None
    return result


def test_nothing_to_compare_before_the_baseline_was_tested() -> None:
    assert compare([]) is None
    assert compare([started(), scored("baseline", BASE, split="dev"), scored("tuned", BASE)]) is None
    assert compare([scored("baseline", "")]) is None


def test_a_killed_run_reports_what_exists() -> None:
    result = found([started(), scored("baseline", BASE), scored("optimized", BETTER)])
    assert not result.complete and result.recommended == "optimized" and len(result.rows) == 2
    assert result.caveats == ("The run did not come to its end: these are the candidates it had scored.",)
    assert result.told.startswith("The run did not come to its end")


def test_a_run_that_came_to_its_end_is_complete_until_it_is_resumed() -> None:
    events: list[RunEvent] = [started(), scored("baseline", BASE), Compared(comparison={}), Finished(outcome="done")]
    assert found(events).complete and found(events).caveats == ()
    assert not found([*events, started(resumed=True)]).complete


def test_the_last_score_of_a_candidate_wins() -> None:
    result = found([scored("baseline", BASE), scored("baseline", BETTER), scored("tuned", BASE, split="dev")])
    assert [(row.candidate, row.correct) for row in result.rows] == [("baseline", 90)]


def test_candidates_on_other_rows_are_left_out_and_named() -> None:
    result = found([scored("baseline", BASE), scored("tuned", BETTER[:80])])
    assert result.left_out == ("tuned",) and [row.candidate for row in result.rows] == ["baseline"]
    assert "Left out because the rows differ from the baseline's: the tuned program." in result.told


@pytest.mark.parametrize(
    "events",
    [
        [started(practice=True), scored("baseline", BASE)],
        [started(), scored("baseline", BASE, model="openai/practice-small")],
        [started(), scored("baseline", BASE), scored("tuned", BASE, model="openai/ft:practice-small:x:1")],
    ],
)
def test_the_practice_model_is_named(events: list[RunEvent]) -> None:
    result = found(events)
    assert result.practice and "practice model" in result.told and "nothing about a real model" in result.told


def training(*, dollars: float, unpriced: int = 0, after: float | None = None) -> list[RunEvent]:
    def progress(stage: str, spent: float, unpriced_calls: int = 0) -> Progress:
        meter = Meter(calls=10, dollars=spent, unpriced_calls=unpriced_calls)
        return Progress.model_validate({"stage": stage, "done": 1, "total": 1, "meter": meter})

    return [
        started(), StageStarted(stage="baseline"), progress("baseline", 2.0),
        StageStarted(stage="train"), progress("train", 2.0 + dollars, unpriced),
        scored("baseline", BASE, dollars=0.1), scored("teacher", BETTER, dollars=2.1),
        scored("tuned", BETTER, dollars=0.1),
    ]  # fmt: skip


def test_training_dollars_come_from_the_meter_of_its_stage() -> None:
    result = found(training(dollars=40.0), plan())
    assert result.training_dollars == pytest.approx(40) and result.recommended == "tuned"
    assert result.break_even_days == pytest.approx(40 / (0.02 * 30_000 / 30))
    assert "paid for itself after 2 days" in result.verdict
    ready = found(training(dollars=40.0), plan().model_copy(update={"kept_ready": KeptReady(per_hour=0.1)}))
    assert ready.break_even_days == pytest.approx(40 / ((0.02 * 30_000 - 73) / 30))
    assert "$73 a month to keep it ready" in ready.verdict


@pytest.mark.parametrize(
    ("events", "with_plan"),
    [
        (training(dollars=40.0, unpriced=3), plan()),
        (training(dollars=0.0), plan(train_price=None)),
        (training(dollars=40.0), None),
        ([event for event in training(dollars=4.0) if event.kind != "progress"], plan()),
    ],
)
def test_training_at_an_unknown_price_is_not_free(events: list[RunEvent], with_plan: Plan | None) -> None:
    result = found(events, with_plan)
    assert result.training_dollars is None and result.break_even_days is None


def test_a_free_host_trains_for_nothing() -> None:
    assert found(training(dollars=0.0), plan(free=True, train_price=None)).training_dollars == 0.0


def test_what_the_run_reported_of_its_training_is_believed_first() -> None:
    events = [*training(dollars=40.0), Compared(comparison={"training_dollars": 10.0})]
    assert found(events, plan()).training_dollars == 10.0


def test_the_target_of_the_plan_is_judged() -> None:
    assert "The target of 80% is reached" in found([scored("baseline", BETTER)], plan()).verdict
    assert "target" not in found([scored("baseline", BETTER)]).verdict


def test_a_comparison_survives_the_disk() -> None:
    result = found(training(dollars=40.0), plan())
    assert Comparison.model_validate_json(result.model_dump_json()) == result
    row = result.row("tuned")
    assert row is not None and row.name == "the tuned program" and row.dollars_per_1000 == pytest.approx(1.0)
    assert result.row("gold") is None


def test_what_a_judge_says_stands_beside_the_verdict_and_outlives_a_resume() -> None:
    said = Reviewed(candidate="tuned", model="big\x1b[31m", wrong=9, asked=9, data=5, program=3, unsure=1)
    events: list[RunEvent] = [started(), scored("baseline", BASE), scored("tuned", BETTER), Compared(comparison={})]
    assert found(events).review is None
    skipped = StageSkipped(stage="compare", reason="Finished before; its files are on disk.")
    after = found([*events, started(resumed=True), skipped, said])
    assert after.review is not None and after.complete
    assert after.told.endswith("the 3 are worth looking at, in review.md of the run.")
    assert "\x1b" not in after.told and after.verdict == found(events).verdict
    assert found([*events, said, started(), *events]).review is None
