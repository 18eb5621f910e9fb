import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.events import (
    RUN_EVENT,
    Compared,
    Finished,
    GatePassed,
    JobReported,
    Meter,
    Progress,
    RunEvent,
    Said,
    Scored,
    StageFinished,
    StageSkipped,
    StageStarted,
    Started,
    TracesKept,
    Trial,
    Uploaded,
)
from advisor.domain.progress import RunView
from advisor.domain.run_log import LINES_KEPT
from advisor.domain.stage_view import CURVE_POINTS, StageView

STAGES = ("split", "baseline", "optimize", "train", "compare")


def started(t: float = 100.0, **more: Any) -> Started:
    fields: dict[str, Any] = {
        "run": "r", "route": "distillation", "host": "practice", "endpoint": "x", "student": "practice-small",
        "rows": {"train": 638, "dev": 80, "test": 79}, "stages": STAGES,
    }  # fmt: skip
    return Started(t=t, **{**fields, **more})


def progress(stage: str, done: int, total: int, t: float = 0.0, **more: Any) -> Progress:
    return Progress.model_validate({"t": t, "stage": stage, "done": done, "total": total, **more})


def fold(*events: RunEvent, view: RunView | None = None) -> RunView:
    view = view or RunView()
    for event in events:
        view = view.after(event)
    return view


def stage(view: RunView, name: str) -> StageView:
    found = view.stage(name)
    assert found is not None
    return found


def test_nothing_has_happened_yet() -> None:
    view = RunView()
    assert view.state == "waiting" and not view.over and view.elapsed(5.0) == 0 and view.silent(5.0) is None
    assert view.eta({"baseline": 100}) is None


def test_stages_wait_run_and_end_in_order() -> None:
    view = fold(
        started(), StageStarted(t=101, stage="split"), StageFinished(t=102, stage="split", seconds=1),
        StageStarted(t=102, stage="baseline", note="the plain program"),
        StageSkipped(t=102, stage="optimize", reason="not planned"),
        progress("baseline", 40, 80, t=110, passed=30, failed=1, what="dev rows"),
    )  # fmt: skip
    assert [(line.name, line.state) for line in view.stages] == [
        ("split", "done"), ("baseline", "running"), ("optimize", "skipped"), ("train", "waiting"),
        ("compare", "waiting"),
    ]  # fmt: skip
    line = stage(view, "baseline")
    assert (line.pass_rate, line.fraction, line.seconds, line.failed) == (0.75, 0.5, 8.0, 1)
    assert view.current == "baseline" and view.elapsed() == 10 and view.elapsed(120.0) == 20
    assert view.silent(125.0) == 15 and stage(view, "optimize").note == "not planned"


def test_a_stopped_run_stops_the_stage_in_hand() -> None:
    view = fold(
        started(), StageStarted(t=101, stage="baseline"),
        Finished(t=130, outcome="over_budget", why="$20 spent", try_this="more", exit_code=5),
    )  # fmt: skip
    assert (view.state, view.over, view.why, view.exit_code) == ("over_budget", True, "$20 spent", 5)
    assert stage(view, "baseline").state == "stopped" and stage(view, "train").state == "waiting"
    assert view.elapsed(now=9999.0) == 30 and view.silent(9999.0) is None and view.eta({}) is None


def test_a_dev_score_comes_with_its_interval_and_a_test_score_stays_hidden() -> None:
    outcomes = "1" * 50 + "0" * 28 + "xx"
    fields: dict[str, Any] = {"outcomes": outcomes, "model": "m", "calls": 80, "tokens_in": 1, "tokens_out": 1}
    view = fold(started(), Scored(candidate="tuned", split="dev", **fields))
    dev = stage(view, "train").dev
    assert dev is not None and (dev.correct, dev.n, dev.failures, dev.score) == (50, 80, 2, 0.625)
    assert (round(dev.low, 3), round(dev.high, 3)) == (0.515, 0.723)
    assert stage(fold(started(), Scored(candidate="tuned", split="test", **fields)), "train").dev is None


def test_trials_make_a_live_curve() -> None:
    trials = [
        Trial(stage="optimize", number=n, total=13, score=n / 20, best=n / 20, rows=35, full=n % 5 == 0)
        for n in range(1, 8)
    ]
    line = stage(fold(started(), *trials), "optimize")
    assert [point.score for point in line.trials] == [n / 20 for n in range(1, 8)]
    assert (line.best, line.trials_expected, line.trials[4].full) == (0.35, 13, True)


def test_before_a_trial_on_all_rows_no_best_score_is_told() -> None:
    trials = [Trial(stage="optimize", number=n + 1, score=0.5, best=n / 2, rows=35, full=n > 0) for n in (0, 1)]
    told = [line.text for line in fold(started(), *trials).log if line.text.startswith("trial")]
    assert told == ["trial 1: 50% of 35 rows", "trial 2: 50% of 35 rows, best full score 50%"]


def test_losses_by_step_and_a_step_heard_of_twice() -> None:
    def job(**fields: Any) -> JobReported:
        return JobReported(t=200, job_id="j", status="running", message="step", **fields)

    view = fold(
        started(), job(step=1, total_steps=4, train_loss=2.0), job(step=2, train_loss=1.5, valid_loss=1.7),
        job(step=2, train_loss=1.5, valid_loss=1.7), job(step=1, train_loss=2.0), job(train_loss=float("nan")),
        job(train_loss=1.2), job(),
    )  # fmt: skip
    train = stage(view, "train")
    assert [(point.step, point.loss) for point in train.train_loss] == [(1, 2.0), (2, 1.5), (3, 1.2)]
    assert [(point.step, point.loss) for point in train.valid_loss] == [(2, 1.7)]
    beside = stage(fold(job(step=1, train_loss=0.9, candidate="gold"), view=view), "gold")
    assert [(point.step, point.loss) for point in beside.train_loss] == [(1, 0.9)]
    assert view.last_host_event is not None and view.last_host_event.job_id == "j"


def test_the_meter_is_split_over_stages_and_survives_a_resume() -> None:
    first = Meter(calls=80, cache_hits=20, tokens_in=800, dollars=1.0)
    second = Meter(calls=200, cache_hits=50, tokens_in=2000, dollars=2.5, unpriced_calls=3)
    view = fold(
        started(), progress("baseline", 1, 1, t=101, meter=first), progress("optimize", 1, 1, t=102, meter=second)
    )
    spent = stage(view, "optimize").spent
    assert view.meter == second and (spent.calls, spent.cache_hits, spent.dollars) == (120, 30, 1.5)
    went_on = fold(started(500, resumed=True), progress("train", 1, 1, t=501, meter=second), view=view)
    assert went_on.meter == second and stage(went_on, "train").spent.calls == 0
    from_zero = fold(
        started(500, resumed=True), progress("train", 1, 1, t=501, meter=first),
        progress("train", 1, 1, t=502, meter=second), view=view,
    )  # fmt: skip
    assert from_zero.meter.calls == 400 and stage(from_zero, "train").spent.calls == 200


def test_readings_out_of_order_count_once() -> None:
    readings = [Meter(calls=calls) for calls in (10, 30, 20, 40)]
    view = fold(started(), *(progress("baseline", 1, 9, meter=meter) for meter in readings))
    assert view.meter.calls == 40 and stage(view, "baseline").spent.calls == 40


def test_a_resumed_run_keeps_what_is_done_and_leaves_out_the_pause() -> None:
    view = fold(
        started(), StageStarted(t=100, stage="baseline"), StageFinished(t=110, stage="baseline", seconds=10),
        StageStarted(t=110, stage="optimize"), Finished(t=130, outcome="cancelled"),
        started(1000, resumed=True), StageSkipped(t=1000, stage="baseline", reason="on disk"),
        StageStarted(t=1001, stage="optimize"), Said(t=1011, text="x"),
    )  # fmt: skip
    assert view.state == "running" and view.why == "" and view.exit_code is None
    assert stage(view, "baseline").state == "done" and stage(view, "optimize").seconds == 30
    assert view.elapsed() == 41


def test_what_was_kept_gated_and_uploaded() -> None:
    gate = GatePassed(gate="traces", outcome="warn", reason="few")
    upload = Uploaded(host="practice", rows=490, file_id="f")
    traces = TracesKept(tried=638, kept=490, failed=2)
    view = fold(started(), traces, gate, upload, Compared(comparison={}))
    assert (view.traces, view.gates, view.uploads, view.compared) == (traces, (gate,), (upload,), True)


def test_log_lines_are_clean_and_bounded() -> None:
    view = fold(started(), *(Said(t=200.0 + n, text=f"{n}") for n in range(LINES_KEPT + 50)))
    assert len(view.log) == LINES_KEPT and view.log[-1].text == str(LINES_KEPT + 49)
    text = "\x1b[31mred\x1b[0m\nkey sk-abcdefghijklmnopqrstuv \u202egnp.exe" + "x" * 9000
    line = fold(Said(text=text, level="error")).log[-1]
    assert line.text.startswith("red key sk-…stuv gnp.exe") and len(line.text) <= 500 and line.level == "error"


def test_curves_keep_their_shape_when_thinned() -> None:
    view = fold(started(), *(Trial(stage="optimize", number=n, score=0, best=0, rows=1) for n in range(5000)))
    numbers = [point.number for point in stage(view, "optimize").trials]
    assert len(numbers) <= CURVE_POINTS and numbers[0] == 0 and numbers[-1] == 4999 and numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("expected", "eta"),
    [
        (None, None),
        ({"optimize": 400, "train": 0, "compare": 100}, 54.0),
        ({"baseline": 80, "train": 0, "compare": 100}, None),
        ({"baseline": 80, "optimize": 400, "train": 0, "compare": 100}, 54.0),
        ({"baseline": 80, "optimize": 400, "train": 0, "compare": 100, "unplanned": 9}, 54.0),
        ({"baseline": 20, "optimize": 0, "train": 0, "compare": 0}, 0.0),
    ],
)
def test_time_left_is_told_only_when_it_is_known(expected: dict[str, float] | None, eta: float | None) -> None:
    view = fold(
        started(), StageStarted(t=100, stage="baseline"),
        progress("baseline", 40, 80, t=104, meter=Meter(calls=30, cache_hits=10)),
    )  # fmt: skip
    assert view.eta(expected) == (None if eta is None else pytest.approx(eta))


def test_the_last_stage_is_told_by_its_rows_and_a_training_by_its_steps() -> None:
    view = fold(started(stages=("compare",)), StageStarted(t=100, stage="compare"), progress("compare", 20, 80, t=110))
    assert view.eta() == pytest.approx(30) and view.eta(now=115.0) == pytest.approx(25)
    job = JobReported(t=200, job_id="j", status="running", message="", step=25, total_steps=100)
    view = fold(started(stages=("train",)), StageStarted(t=100, stage="train"), job)
    assert view.eta() == pytest.approx(300)


def test_folding_many_events_is_quick() -> None:
    events: list[RunEvent] = [started(), *(Said(t=101.0 + n, text="x" * 80) for n in range(3000))]
    events += [progress("baseline", n, 9000, t=5000.0 + n, meter=Meter(calls=n)) for n in range(9000)]
    began = time.process_time()
    fold(*events)
    assert time.process_time() - began < 3


ODD = st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 1e6)
COUNT = st.integers(-(10**30), 10**30) | st.integers(0, 200)
TEXT = st.text(max_size=12)
STAGE = st.sampled_from(
    ["split", "baseline", "optimize", "teacher", "traces", "train", "gold", "together", "compare", "review"]
)
CANDIDATE = st.sampled_from(["baseline", "optimized", "teacher", "tuned", "gold", "together"])
METER = st.fixed_dictionaries({"calls": COUNT, "cache_hits": COUNT, "dollars": ODD, "unpriced_calls": COUNT})
SHAPES: dict[str, dict[str, Any]] = {
    "started": {
        "run": TEXT, "route": TEXT, "host": TEXT, "endpoint": TEXT, "student": TEXT, "resumed": st.booleans(),
        "rows": st.dictionaries(TEXT, COUNT, max_size=2), "stages": st.lists(STAGE | TEXT, max_size=4),
    },
    "stage_started": {"stage": STAGE, "note": TEXT},
    "stage_skipped": {"stage": STAGE, "reason": TEXT},
    "stage_finished": {"stage": STAGE, "seconds": ODD},
    "progress": {
        "stage": STAGE, "done": COUNT, "total": COUNT, "passed": st.none() | COUNT, "failed": COUNT, "meter": METER,
    },
    "trial": {"stage": STAGE, "number": COUNT, "total": st.none() | COUNT, "score": ODD, "best": ODD, "rows": COUNT},
    "scored": {
        "candidate": CANDIDATE, "split": st.sampled_from(["dev", "test"]), "outcomes": st.text("10x", max_size=9),
        "model": TEXT, "calls": COUNT, "tokens_in": COUNT, "tokens_out": COUNT, "dollars": st.none() | ODD,
    },
    "traces_kept": {"tried": COUNT, "kept": COUNT, "failed": COUNT},
    "uploaded": {"host": TEXT, "rows": COUNT, "file_id": TEXT},
    "job_reported": {
        "job_id": TEXT, "candidate": CANDIDATE, "status": TEXT, "message": TEXT, "step": st.none() | COUNT,
        "total_steps": st.none() | COUNT, "train_loss": st.none() | ODD, "valid_loss": st.none() | ODD,
    },
    "gate": {
        "gate": st.sampled_from(["traces", "budget"]), "outcome": st.sampled_from(["go_on", "warn", "stop"]),
        "reason": TEXT,
    },
    "said": {"level": st.sampled_from(["info", "error"]), "text": st.text(max_size=60)},
    "compared": {"comparison": st.just({})},
    "reviewed": {
        "candidate": CANDIDATE, "model": TEXT, "wrong": COUNT, "asked": COUNT, "data": COUNT, "program": COUNT,
        "neither": COUNT, "unsure": COUNT, "failed": COUNT,
    },
    "finished": {"outcome": st.sampled_from(["done", "failed", "cancelled"]), "why": TEXT},
}  # fmt: skip
EVENT = st.one_of(
    [
        st.fixed_dictionaries({"kind": st.just(kind), "t": ODD, **shape}).map(RUN_EVENT.validate_python)
        for kind, shape in SHAPES.items()
    ]
)


def test_every_kind_of_event_is_folded() -> None:
    kinds = {schema["properties"]["kind"]["const"] for schema in RUN_EVENT.json_schema()["$defs"].values()
             if "kind" in schema["properties"]}  # fmt: skip
    assert kinds == set(SHAPES)


@settings(max_examples=250, deadline=None)
@given(st.lists(EVENT, max_size=25), st.integers(0, 25), st.dictionaries(STAGE, ODD), ODD)
def test_any_events_fold_the_same_way_from_any_prefix(
    events: list[RunEvent], cut: int, expected: dict[str, float], now: float
) -> None:
    whole = fold(*events)
    assert repr(fold(*events)) == repr(whole)
    assert repr(fold(*events[cut:], view=fold(*events[:cut]))) == repr(whole)
    whole.eta(expected, now)
    whole.elapsed(now)
    whole.silent(now)
    for line in whole.stages:
        assert line.fraction is None or 0 <= line.fraction <= 1
        assert line.pass_rate is None or 0 <= line.pass_rate <= 1
        assert line.seconds >= 0
    assert whole.elapsed() >= 0
