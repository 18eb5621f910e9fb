"""Every call is counted, and none is made once the run is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dspy
import pytest
from dspy.lm15 import AuthError, ServerError

from advisor.kit.journal import Journal
from advisor.kit.measure import measure
from advisor.kit.stops import Stop
from advisor.kit.watch import Meter, Watch
from tests.kit.offline import Bench, Engine, rows, score
from tests.session.model_stubs import answering

MakeBench = Callable[..., Bench]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path) -> Iterator[None]:
    dspy.configure_cache(disk_cache_dir=str(tmp_path / "cache"))
    yield
    dspy.configure_cache(enable_disk_cache=False)


@pytest.fixture
def bench(tmp_path: Path) -> MakeBench:
    def make(budget: float | None = None, **engine: Any) -> Bench:
        return Bench(Journal(tmp_path / "events.jsonl"), Engine(**engine), budget)

    return make


def score_rows(bench: Bench, count: int = 20) -> Any:
    with bench.context(), bench.progress.counting("dev rows"):
        return measure(bench.program, rows(count), score, bench.watch, bench.progress, threads=4)


def test_calls_and_cached_answers_are_told_apart(bench: MakeBench) -> None:
    measured = bench()
    first, again = score_rows(measured), score_rows(measured)
    assert first.outcomes == again.outcomes == "10" * 10
    assert (first.usage["calls"], first.usage["cache_hits"], first.usage["tokens_in"]) == (20, 0, 20)
    assert (again.usage["calls"], again.usage["cache_hits"], again.usage["tokens_in"]) == (20, 20, 20)
    assert first.usage["dollars"] == again.usage["dollars"] == 20.0
    assert again.usage["seconds_per_call"] is None
    meter = measured.watch.meter
    assert (meter.calls, meter.cache_hits, meter.dollars) == (20, 20, 20.0)
    assert measured.engine.calls == 20


def test_a_server_that_counts_no_tokens_is_not_taken_for_the_cache(bench: MakeBench) -> None:
    silent = bench(usage=False)
    found = score_rows(silent)
    assert (found.usage["calls"], found.usage["cache_hits"], found.usage["dollars"]) == (20, 0, None)
    assert silent.watch.meter.unpriced_calls == 20


def test_an_answer_kept_by_litellm_is_from_the_cache_and_has_its_tokens() -> None:
    with answering("vllm") as server:
        name = "hosted_vllm/Qwen/Qwen3-8B"
        model = dspy.LM(name, api_base=f"http://127.0.0.1:{server.port}/v1", num_retries=0)
        watch = Watch({name: (1.0, 2.0)}, None, Meter())
        for _ in range(2):
            tally = watch.tally()
            with dspy.context(callbacks=[watch]):
                model("where is my parcel?")
            assert (tally.calls, tally.tokens_in, tally.tokens_out) == (1, 10, 5)
            assert tally.dollars == pytest.approx(20e-6)
        resumed = Watch({name: (1.0, 2.0)}, None, Meter())
        with dspy.context(callbacks=[resumed]):
            model("where is my parcel?")
        assert len(server.chats) == 1
    assert (watch.meter.calls, watch.meter.cache_hits, watch.meter.unpriced_calls) == (1, 1, 0)
    assert (resumed.meter.calls, resumed.meter.cache_hits, resumed.meter.unpriced_calls) == (0, 1, 0)


def test_progress_ends_with_every_row_counted(bench: MakeBench, tmp_path: Path) -> None:
    score_rows(bench())
    last = [event for event in Journal(tmp_path / "events.jsonl").events() if event["kind"] == "progress"][-1]
    assert (last["done"], last["total"], last["passed"], last["failed"]) == (20, 20, 10, 0)
    assert last["what"] == "dev rows"


@pytest.mark.parametrize("threads", [1, 4])
def test_the_budget_is_never_crossed(bench: MakeBench, threads: int) -> None:
    tight = bench(budget=10.0)
    with tight.context():
        tight.program(text="the first call shows what one costs")
        with pytest.raises(Stop) as stopped:
            measure(tight.program, rows(40), score, tight.watch, tight.progress, threads)
    assert (stopped.value.outcome, stopped.value.exit_code) == ("over_budget", 5)
    tight.watch.settle(5)
    assert tight.engine.calls == 10 and tight.watch.meter.dollars == 10.0


def optimizers() -> dict[str, Any]:
    feedback = dspy.Prediction

    def told(gold: Any, pred: Any, trace: Any = None, pred_name: Any = None, pred_trace: Any = None) -> Any:
        return feedback(score=float(score(gold, pred)), feedback="no")

    def prompts() -> Any:
        return dspy.BootstrapFewShot(metric=score, max_errors=1000)

    lm = dspy.LM("stub", engine=Engine())
    return {
        "few_shot": prompts,
        "mipro": lambda: dspy.MIPROv2(metric=score, auto="light", task_model=lm, prompt_model=lm, max_errors=1000),
        "gepa": lambda: dspy.GEPA(metric=told, auto="light", reflection_lm=lm, num_threads=2),
        "together": lambda: dspy.BetterTogether(metric=score, p=prompts()),
    }


@pytest.mark.parametrize("name", ["few_shot", "mipro", "gepa", "together"])
def test_no_optimizer_swallows_the_end_of_the_run(bench: MakeBench, name: str) -> None:
    tight = bench(budget=12.0, answer="none of them")
    with tight.context(), pytest.raises(Stop) as stopped:
        optimizer = optimizers()[name]()
        parts: dict[str, Any] = {"trainset": rows(20)}
        parts |= {} if name == "few_shot" else {"valset": rows(60)[20:]}
        parts |= {"strategy": "p", "max_errors": 1000} if name == "together" else {}
        optimizer.compile(tight.program.deepcopy(), **parts)
    assert stopped.value.outcome == "over_budget"
    tight.watch.settle(5)
    assert tight.watch.meter.dollars <= 12.0


def test_a_key_that_is_refused_ends_it_at_the_first_call(bench: MakeBench) -> None:
    locked = bench(error=AuthError("no such key", status=401))
    with pytest.raises(Stop) as stopped:
        score_rows(locked)
    assert stopped.value.outcome == "host_refused"
    assert locked.engine.calls <= 4


def test_a_host_that_never_answers_is_given_up_after_three_calls(bench: MakeBench) -> None:
    down = bench(error=ServerError("down", status=500))
    with pytest.raises(Stop) as stopped:
        score_rows(down)
    assert stopped.value.outcome == "failed" and "(500)" in stopped.value.why
    assert down.engine.calls <= 6


def test_after_the_end_no_call_is_made(bench: MakeBench) -> None:
    over = bench()
    over.watch.halt(Stop("cancelled", "by hand"))
    with over.context(), pytest.raises(Stop, match="by hand"):
        over.program(text="x")
    assert over.engine.calls == 0
