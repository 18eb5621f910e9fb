"""What a run is expected to take where a processor alone does the work."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Fact, Facts, FactValue, Gpu, Source
from advisor.domain.forecast import forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.pace import pace_for
from advisor.domain.plan import Pace, Plan, Role, RunRoute
from tests.domain.reports import reckoned
from tests.projects.project_bench import make_plan


def here(gpus: FactValue) -> Facts:
    return Facts().learn(Fact(name="gpus", value=gpus, source=Source.measured))


def local_plan(pace: Pace | None, teacher: Role | None = None) -> Plan:
    own = Role(model="Qwen/Qwen3-0.6B", price_in=0.0, price_out=0.0, train_price=0.0)
    route: RunRoute = "distillation" if teacher else "gold_finetune"
    return make_plan(
        route, host=HOSTS["local"].host, practice=False, student=own, prompt_model=own, teacher=teacher, pace=pace,
        optimizer="labelled_few_shot",
    )  # fmt: skip


def test_a_pace_is_known_for_a_common_model_without_a_gpu_alone() -> None:
    assert pace_for(here((Gpu(name="L4", gib=22.5),)), "Qwen/Qwen3-0.6B") is None
    assert pace_for(Facts(), "Qwen/Qwen3-0.6B") is None
    assert pace_for(here(()), "./tiny") is None
    small, large = pace_for(here(()), "Qwen/Qwen3-0.6B"), pace_for(here(()), "Qwen/Qwen3-8B")
    assert small and large and small.trained > 10 * large.trained
    assert small.read > small.trained > small.written


def test_a_stage_takes_as_long_as_its_tokens() -> None:
    [*_, stage, _] = forecast(reckoned(local_plan(Pace(read=100.0, written=10.0, trained=50.0)), None, 0.6)).stages
    assert stage.stage == "gold"
    seconds = stage.tokens_in.likely / 100 + stage.tokens_out.likely / 10 + stage.trained_tokens.likely / 50
    assert stage.minutes.likely == pytest.approx(seconds / 60)
    assert stage.minutes.low < stage.minutes.likely < stage.minutes.high


def test_a_teacher_that_answers_elsewhere_takes_none_of_this_computers_time() -> None:
    pace = Pace(read=100.0, written=10.0, trained=50.0)
    teacher = Role(model="gpt-4.1", price_in=2.0, price_out=8.0)
    own = forecast(reckoned(local_plan(pace, teacher), None, 0.6))
    away = forecast(reckoned(local_plan(pace, teacher.model_copy(update={"elsewhere": True})), None, 0.6))
    assert away.minutes.likely < own.minutes.likely


def test_a_teacher_served_here_takes_the_time_of_its_own_size() -> None:
    pace = pace_for(here(()), "Qwen/Qwen3-0.6B")
    as_small, as_large = (
        next(
            one
            for one in forecast(reckoned(local_plan(pace, Role(model=name)), None, 0.6)).stages
            if one.stage == "traces"
        )
        for name in ("./as-small", "Qwen/Qwen3-8B")
    )
    assert as_small.calls == as_large.calls
    assert 10 < as_large.minutes.likely / as_small.minutes.likely < 20, "8.2 billion weights beside 0.6"


def test_without_a_pace_the_times_are_those_of_a_host() -> None:
    assert (
        forecast(reckoned(local_plan(None), None, 0.6)).minutes.likely
        < forecast(reckoned(local_plan(Pace(read=1.0, written=1.0, trained=1.0)), None, 0.6)).minutes.likely
    )
