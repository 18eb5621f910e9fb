"""Models that help with a run beside the student: what they are, cost and see."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from advisor.domain.contradictions import contradictions
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.forecast import forecast
from advisor.domain.looked_up import look_up
from advisor.domain.offered_models import models_meant
from advisor.domain.planning import make_plan
from advisor.domain.preflight import first_refusal
from advisor.domain.providers import keys_of, others_asked, roles_in_words
from advisor.domain.questions import question_for
from advisor.domain.renting import rental
from advisor.domain.reviewed import in_words
from advisor.run_telling import not_asked
from advisor.world import catalogue, price_map
from tests.domain.reports import reckoned
from tests.domain.test_planning import report

TODAY = date(2026, 11, 22)


def told(**known: FactValue) -> Facts:
    facts = Facts().learn(*(Fact(name=cast(FactName, n), value=v, source=Source.told) for n, v in known.items()))
    return facts.learn(*look_up(catalogue.read(), price_map.listed, facts, TODAY))


AT_HOME = {"host": "local", "student_model": "Qwen/Qwen3-8B", "prompt_effort": "light"}


def test_the_named_prompt_model_writes_them_whoever_else_could() -> None:
    named = told(**AT_HOME, prompt_model="gpt-4o", teacher_model="claude-sonnet-5")
    plan = make_plan("distillation", named, report())
    assert plan.teacher is not None
    assert (plan.teacher.model, plan.prompt_model.model) == ("anthropic/claude-sonnet-5", "openai/gpt-4o")
    assert plan.prompt_model.elsewhere and plan.prompt_model.price_in == 2.5
    assert roles_in_words(plan) == (
        "student Qwen/Qwen3-8B (this computer), teacher anthropic/claude-sonnet-5 (Anthropic), "
        "prompts written by openai/gpt-4o (OpenAI)"
    )
    assert [provider.title for provider in others_asked(plan)] == ["Anthropic", "OpenAI"]
    rented = rental(plan)
    assert keys_of(plan) == ("ANTHROPIC_API_KEY", "OPENAI_API_KEY")
    assert rented is not None and rented.keys == keys_of(plan)


def test_its_price_is_in_the_forecast() -> None:
    alone = make_plan("gold_finetune", told(**AT_HOME), report())
    helped = make_plan("gold_finetune", told(**AT_HOME, prompt_model="gpt-4o"), report())
    assert alone.free and not helped.free
    cost = forecast(reckoned(helped, None, 0.6)).dollars
    assert cost is not None and cost.likely > 0
    unknown = make_plan("gold_finetune", told(**AT_HOME, prompt_model="anthropic/no-such"), report())
    assert forecast(reckoned(unknown, None, 0.6)).dollars is None


def test_what_answers_on_this_computer_is_free_and_needs_no_key() -> None:
    plan = make_plan("gold_finetune", told(**AT_HOME, prompt_model="ollama_chat/llama3.1:8b"), report())
    assert plan.free and others_asked(plan) == () and keys_of(plan) == ()
    assert "prompts written by ollama_chat/llama3.1:8b (Ollama on this computer)" in roles_in_words(plan)


def test_it_is_refused_where_rows_must_stay() -> None:
    here, away = (told(**AT_HOME, data_must_stay=True, prompt_model=model) for model in ("ollama/llama3", "gpt-4o"))
    assert first_refusal(here) is None
    refusal = first_refusal(away)
    assert refusal is not None and refusal.why.startswith("gpt-4o answers at OpenAI: it would be shown your rows")


@pytest.mark.parametrize("model", ["gpt-4o", "anthropic/claude-sonnet-5"])
def test_in_practice_the_large_model_plays_it_and_that_is_said(model: str) -> None:
    facts = told(host="practice", prompt_model=model, prompt_effort="light")
    plan = make_plan("gold_finetune", facts, report())
    assert plan.free and plan.prompt_model.model == "practice-large"
    assert not_asked(plan, facts) == f"{model} is played by practice-large: nothing leaves this computer in practice."


def test_a_model_of_this_computer_is_asked_in_practice_too() -> None:
    facts = told(
        host="practice", prompt_model="ollama_chat/llama3", teacher_model="lm_studio/big", prompt_effort="gepa"
    )
    plan = make_plan("distillation", facts, report())
    assert plan.teacher is not None
    assert (plan.teacher.model, plan.prompt_model.model) == ("lm_studio/big", "ollama_chat/llama3")
    assert plan.free and not_asked(plan, facts) == ""


def test_where_no_instructions_are_written_nobody_is_asked_for_them() -> None:
    facts = told(**{**AT_HOME, "prompt_effort": "bootstrap"}, prompt_model="gpt-4o")
    plan = make_plan("gold_finetune", facts, report())
    assert roles_in_words(plan) == "student Qwen/Qwen3-8B (this computer)"
    assert plan.free and others_asked(plan) == ()
    assert not_asked(plan, facts) == "gpt-4o is not asked: with so few examples no instructions are written."


def test_it_is_said_and_never_asked_for() -> None:
    assert question_for("prompt_model") is None


def test_a_judge_adds_a_last_stage_and_its_calls() -> None:
    alone = make_plan("bootstrap_finetune", told(**AT_HOME), report())
    plan = make_plan("bootstrap_finetune", told(**AT_HOME, judge_model="gpt-4o"), report())
    assert plan.stages == (*alone.stages, "review") and alone.stages[-2:] == ("gold", "compare")
    assert roles_in_words(plan).endswith("prompts written by the student, judge openai/gpt-4o (OpenAI)")
    assert [provider.title for provider in others_asked(plan)] == ["OpenAI"]
    found = forecast(reckoned(plan, None, 0.6))
    review = found.stages[-1]
    assert review.stage == "review" and 0 < review.calls.likely <= 100
    assert found.dollars is not None and found.dollars == review.dollars and review.dollars.likely > 0
    away = told(**AT_HOME, data_must_stay=True, judge_model="gpt-4o")
    assert first_refusal(away) is not None


def test_labels_need_no_judge_and_that_is_said_once() -> None:
    facts = told(task="classification", metric="judge")
    (found,) = contradictions(facts)
    assert found.what.startswith("Labels need no judge") and not found.ways
    assert contradictions(facts.learn(Fact(name="judge_model", value="gpt-4o", source=Source.told))) == ()
    assert contradictions(told(task="free_text", metric="judge")) == ()


def test_a_judge_named_for_labels_does_not_score_them() -> None:
    said = told(metric="judge", judge_model="gpt-4o").records
    assert [fact.name for fact in models_meant(said, told(task="classification"))] == ["judge_model"]
    assert {fact.name for fact in models_meant(said, told(task="free_text"))} == {"metric", "judge_model"}


def test_what_the_judge_says_in_words() -> None:
    found = {"wrong": 18, "asked": 18, "data": 11, "program": 5, "neither": 0, "unsure": 2, "failed": 0}
    assert in_words(found, "gpt-4o") == (
        "Of 18 wrong answers the judge (gpt-4o) prefers the data's label for 11, the program's for 5 and cannot tell "
        "for 2. This changes no score; the 5 are worth looking at, in review.md of the run."
    )
    some = in_words({**found, "wrong": 2400, "asked": 100, "program": 0, "neither": 1, "failed": 3}, "m")
    assert "Of 100 of the 2,400 wrong answers, drawn by lot, the judge" in some
    assert "finds neither right for 1 and cannot tell" in some
    assert "3 got no usable answer from it." in some and "the 1 is worth looking at" in some
    assert in_words({**found, "wrong": 0, "asked": 0}, "m").startswith("There was no wrong answer")


def test_a_model_with_two_parts_is_named_once() -> None:
    plan = make_plan("gold_finetune", told(**AT_HOME, prompt_model="gpt-4o", judge_model="gpt-4o"), report())
    assert roles_in_words(plan).endswith("prompts written by openai/gpt-4o (OpenAI), judge the writer of the prompts")
