"""A metric that cannot be trusted is found before any call."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import dspy
import pytest

from advisor.kit import preflight
from advisor.kit.endpoint import Roles, cast, resolve
from advisor.kit.hosts import dialects
from advisor.kit.plan import Gates, Host, Plan, Role
from advisor.kit.rows import Parts
from advisor.kit.stops import Stop
from tests.kit.offline import rows, score

STUDENT = Role("small")
PLAN = Plan(
    name="p", title="p", route="prompt_optimization", optimizer="labelled_few_shot", stages=("baseline",),
    host=Host("practice", None, "ADVISED_API_KEY", "127.0.0.1", free=True), student=STUDENT, prompt_model=STUDENT,
    gates=Gates(0.5, 50, 200),
)  # fmt: skip


def feedback(gold: Any, pred: Any, *rest: Any) -> Any:
    return dspy.Prediction(score=float(score(gold, pred)), feedback="")


def check(**changes: Any) -> None:
    task = SimpleNamespace(
        **{"LABEL": ("category", "c"), "score": score, "keep": score, "feedback": feedback, **changes}
    )
    endpoint = resolve(PLAN, {"ADVISED_BASE_URL": "http://127.0.0.1:1/v1"})
    preflight.check(PLAN, Roles(STUDENT, None, STUDENT), endpoint, Parts(rows(4), rows(2), rows(2)), task, None)


def fails(*told: Any) -> bool:
    raise KeyError("label")


def unsure(*told: Any) -> float:
    return 0.1


def generous(*told: Any) -> bool:
    return True


def test_a_plain_metric_passes() -> None:
    check()


@pytest.mark.parametrize("metric", [fails, unsure, generous, feedback])
@pytest.mark.parametrize("place", ["score", "keep"])
def test_a_metric_must_be_true_or_false(place: str, metric: Callable[..., Any]) -> None:
    with pytest.raises(Stop, match=r"metric in program\.py") as stopped:
        check(**{place: metric})
    assert stopped.value.exit_code == 2


def test_feedback_must_know_a_right_answer() -> None:
    with pytest.raises(Stop, match="feedback"):
        check(feedback=lambda *told: dspy.Prediction(score=0.0, feedback=""))


def at_a_paid_host(stages: tuple[str, ...], parts: Parts) -> None:
    paid = Host("nebius", "https://api.tokenfactory.nebius.com/v1/", "NEBIUS_API_KEY", "api.tokenfactory.nebius.com")
    plan = Plan(**{**vars(PLAN), "stages": stages, "host": paid})
    task = SimpleNamespace(LABEL=("category", "c"), score=score, keep=score, feedback=feedback)
    endpoint = resolve(plan, {"NEBIUS_API_KEY": "k"})
    preflight.check(plan, Roles(STUDENT, None, STUDENT), endpoint, parts, task, None)


def test_too_few_rows_for_the_host_stop_it_before_anything_is_paid() -> None:
    with pytest.raises(Stop, match="There are 9 rows to train on; nebius takes no fewer than 10"):
        at_a_paid_host(("baseline", "gold"), Parts(rows(9), rows(2), rows(2)))
    at_a_paid_host(("baseline", "gold"), Parts(rows(10), rows(2), rows(2)))
    at_a_paid_host(("baseline",), Parts(rows(9), rows(2), rows(2)))


def test_a_file_too_large_for_the_host_stops_it_where_every_row_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    small = dataclasses.replace(dialects.DIALECTS["nebius"], largest_file=1000)
    monkeypatch.setitem(dialects.DIALECTS, "nebius", small)
    with pytest.raises(Stop, match=r"nebius takes 0 MiB"):
        at_a_paid_host(("baseline", "gold"), Parts(rows(40), rows(2), rows(2)))
    at_a_paid_host(("baseline", "train"), Parts(rows(40), rows(2), rows(2)))


def test_rows_meant_for_another_host_stop_it() -> None:
    plan = Plan(**{**vars(PLAN), "stages": ("baseline", "gold")})
    endpoint = resolve(plan, {"ADVISED_BASE_URL": "http://127.0.0.1:1/v1", "ADVISED_UPLOAD_TO": "elsewhere.example"})
    with pytest.raises(Stop, match=r"elsewhere\.example"):
        preflight.check(plan, Roles(STUDENT, None, STUDENT), endpoint, Parts([], [], []), None, None)


@pytest.mark.parametrize("judge", [None, Role("openai/gpt-5", elsewhere=True), Role("ollama/m", elsewhere=True)])
def test_rows_that_must_stay_are_sent_to_nobody_else(judge: Role | None) -> None:
    plan = dataclasses.replace(PLAN, data_must_stay=True)
    task = SimpleNamespace(LABEL=("category", "c"), score=score, keep=score, feedback=feedback)
    parts, roles = Parts(rows(4), rows(2), rows(2)), Roles(STUDENT, None, STUDENT, judge)
    here = resolve(plan, {"ADVISED_BASE_URL": "http://127.0.0.1:1/v1"})
    if judge is not None and judge.model.startswith("openai"):
        with pytest.raises(Stop, match=r"openai/gpt-5 would receive your rows"):
            preflight.check(plan, roles, here, parts, task, None)
        return
    preflight.check(plan, roles, here, parts, task, None)
    away = resolve(plan, {"ADVISED_BASE_URL": "https://models.example/v1", "ADVISED_API_KEY": "k"})
    with pytest.raises(Stop, match=r"models\.example would receive your rows"):
        preflight.check(plan, roles, away, parts, task, None)


@pytest.mark.parametrize(
    ("host", "address", "refused"),
    [
        (Host("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", "api.openai.com"), "", False),
        (Host("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", "api.openai.com"), "https://m.example/v1", True),
        (Host("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", "x"), "http://127.0.0.1:1/v1", False),
        (Host("other", None, "ADVISED_API_KEY", ""), "https://m.example/v1", False),
        (PLAN.host, "https://m.example/v1", True),
    ],
)
def test_rows_that_may_go_to_one_are_sent_to_no_other_that_the_environment_names(
    host: Host, address: str, refused: bool
) -> None:
    plan = dataclasses.replace(PLAN, host=host, rows_may_go_to=("OpenAI", "another OpenAI-compatible host"))
    task = SimpleNamespace(LABEL=("category", "c"), score=score, keep=score, feedback=feedback)
    environ = {"ADVISED_API_KEY": "k", "ADVISED_JUDGE": "gpt-5", **({"ADVISED_BASE_URL": address} if address else {})}
    parts, endpoint = Parts(rows(4), rows(2), rows(2)), resolve(plan, environ)
    roles = cast(dataclasses.replace(plan, judge=Role("anthropic/claude", elsewhere=True)), environ)
    assert roles.judge is not None and not roles.judge.elsewhere
    if not refused:
        preflight.check(plan, roles, endpoint, parts, task, None)
        return
    with pytest.raises(Stop, match=r"m\.example would receive your rows, .* OpenAI and another"):
        preflight.check(plan, roles, endpoint, parts, task, None)
