"""The sentence a yes agrees to: the true host, the rows of this run, and `at most` only where something keeps it."""

from __future__ import annotations

from typing import cast

import pytest

from advisor import run_telling
from advisor.domain.dataset import SplitSizes
from advisor.domain.facts import Fact, FactName, Facts, Range, Source
from advisor.domain.forecast import forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Plan, Role
from advisor.domain.planning import make_plan
from tests.domain.reports import reckoned
from tests.domain.test_planning import report
from tests.projects import project_bench as bench


def plan(**known: str | float | Range) -> Plan:
    told = (Fact(name=cast(FactName, name), value=value, source=Source.told) for name, value in known.items())
    made = make_plan("gold_finetune", Facts().learn(*told), report())
    return made.model_copy(update={"split": SplitSizes(800, 100, 100)})


def sentence(made: Plan, elsewhere: str | None = None, budget: float | None = None, limit: int | None = None) -> str:
    return run_telling.consent(
        made, forecast(reckoned(made, None, 0.6)), elsewhere=elsewhere, budget=budget, limit=limit
    )


def test_the_host_of_the_environment_is_named_instead_of_the_planned_one() -> None:
    made = plan(host="openai", student_model="gpt-4o-mini")
    assert "800 rows go to OpenAI" in sentence(made)
    assert "800 rows go to api.example.com (named by ADVISED_BASE_URL)" in sentence(made, "api.example.com")
    assert "OpenAI" not in sentence(made, "api.example.com")


def test_a_practice_run_has_its_own_server_whatever_the_environment_says() -> None:
    assert "practice model on this computer" in sentence(plan(host="practice"), "api.example.com")


@pytest.mark.parametrize(
    ("model", "budget", "said", "not_said"),
    [
        ("gpt-4o-mini", 500.0, "at most $500.00 (your limit)", "no limit"),
        ("gpt-4o-mini", 0.0, "at most $0.00 (your limit)", "no limit"),
        ("gpt-4o-mini", None, "no limit is set", "at most"),
        ("some-model", None, "its price is not known, and no limit is set", "$"),
    ],
)
def test_at_most_is_said_only_of_a_cap(model: str, budget: float | None, said: str, not_said: str) -> None:
    shown = sentence(plan(host="openai", student_model=model), budget=budget)
    assert said in shown
    assert not_said not in shown


def test_a_limit_below_what_is_likely_is_said_to_end_the_run() -> None:
    priced = plan(
        host="openai",
        student_model="gpt-4o-mini",
        student_price_in=0.3,
        student_price_out=1.2,
        student_price_training=3,
    )
    assert "(your limit, which is likely to end it unfinished)" in sentence(priced, budget=0.01)
    assert "at most $900.00 (your limit)" in sentence(priced, budget=900.0)


def test_a_trial_names_its_own_rows_and_no_test_row() -> None:
    assert "15 rows go to the practice model on this computer for training, 15 others" in sentence(
        plan(host="practice"), limit=15
    )


def test_the_upper_end_of_a_range_is_the_limit() -> None:
    made = plan(host="openai", student_model="gpt-4o-mini", budget_usd=Range(low=20, high=50))
    assert made.budget_usd == 50


MODEL = "Models: student Qwen/Qwen3-0.6B (this computer), prompts written by the student. "
FREE = "; likely $0.00, at most $0.00. Run? y / n"


def without_training(made: Plan) -> Plan:
    return made.model_copy(update={"route": "prompt_optimization", "teacher": None})


def test_training_here_is_said_in_one_plain_sentence() -> None:
    assert sentence(plan(host="local", student_model="Qwen/Qwen3-0.6B")) == (
        f"{MODEL}On this computer 800 rows are trained on and 200 others are only questions that measure the result"
        f"{FREE}"
    )


def test_training_at_a_host_is_said_in_one_plain_sentence() -> None:
    assert sentence(plan(host="openai", student_model="gpt-4o-mini"), budget=5).startswith(
        "Models: student gpt-4o-mini (OpenAI), prompts written by the student. 800 rows go to OpenAI for training, "
        "200 others only as questions that measure the result; "
    )


def test_what_trains_nothing_speaks_of_no_training() -> None:
    here = without_training(plan(host="local", student_model="Qwen/Qwen3-0.6B"))
    assert sentence(here) == f"{MODEL}1,000 rows are asked of the model on this computer{FREE}"
    there = sentence(without_training(plan(host="openai", student_model="gpt-4o-mini")), budget=5)
    assert "by the student. 1,000 rows are asked of OpenAI; " in there and "train" not in there


def test_every_model_that_is_asked_is_named_and_no_other() -> None:
    student, writer = Role(model="gpt-4.1-mini"), Role(model="perplexity/sonar", elsewhere=True)
    judge = Role(model="hosted_vllm/big", elsewhere=True, address="http://gpu-box:8000/v1")
    host = HOSTS["openai"].host
    asked = bench.make_plan(host=host, student=student, prompt_model=writer, judge=judge, optimizer="gepa")
    said = "Models: student gpt-4.1-mini (OpenAI), prompts written by perplexity/sonar (Perplexity), "
    assert f"{said}judge hosted_vllm/big (vLLM on gpu-box)." in sentence(asked)
    assert "shown to Perplexity and vLLM on gpu-box" in sentence(asked)
    assert "perplexity" not in sentence(asked.model_copy(update={"optimizer": "bootstrap_few_shot"}))
