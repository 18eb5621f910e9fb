"""What stands in the way of training at a host, in its order, and that all of it comes as facts."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.domain.advice import advise
from advisor.domain.checklist import check
from advisor.domain.facts import LOOKED_UP, Fact, FactName, Facts, FactValue, Source
from advisor.domain.looked_up import look_up, prices_from, replaced_by, warnings
from advisor.domain.preflight import StepName, first_refusal, shut
from advisor.domain.supposed import Supposed
from advisor.world import catalogue, price_map
from tests.domain.test_advice import READY, told

TODAY = date(2026, 11, 22)
CATALOGUE = catalogue.read()
AT_OPENAI: dict[str, FactValue] = {**READY, "host": "openai", "student_model": "gpt-4o-mini"}


def known(today: date = TODAY, /, **facts: FactValue) -> Facts:
    case = told(**facts)
    return replaced_by(case, look_up(CATALOGUE, price_map.listed, case, today))


@pytest.mark.parametrize(
    ("facts", "step", "why"),
    [
        ({"host": "databricks", "data_must_stay": True}, "open", "Databricks trains for nobody since 2026-08-14."),
        ({**AT_OPENAI, "openai_tuned_recently": False}, "open", "and for nobody from 2027-01-06 on"),
        ({**AT_OPENAI, "data_must_stay": True}, "open", "must stay on this computer"),
        ({**AT_OPENAI, "openai_tuned_recently": True}, "outlives", "on 2027-01-14, in 53 days; I assume you need it"),
        ({**AT_OPENAI, "needed_days": 60}, "outlives", "you need it for 60"),
        ({**AT_OPENAI, "student_model": "gpt-6-luna"}, "trainable", "OpenAI does not train gpt-6-luna."),
        (
            {**AT_OPENAI, "needed_days": 50, "usable_examples": 9},
            "limits",
            "no fewer than 10 rows to train on; of your 9 about 7",
        ),
        ({**AT_OPENAI, "needed_days": 50, "budget_usd": 5, "forecast_usd": 9.0}, "price", "$9.00 forecast, $5.00"),
        (
            {"host": "together", "student_model": "together_ai/meta-llama/Meta-Llama-3.1-8B-Instruct-Reference"},
            "trainable",
            "nowhere to run the result",
        ),
        ({**READY, "host": "tinker", "student_model": "x"}, "driven", "writes no project that trains with Tinker"),
    ],
)
def test_the_first_thing_in_the_way_is_named_with_what_to_do(
    facts: dict[str, FactValue], step: StepName, why: str
) -> None:
    refusal = first_refusal(known(**facts))
    assert refusal is not None
    assert (refusal.step, why in refusal.why) == (step, True), refusal
    assert refusal.try_this.endswith(".")


@pytest.mark.parametrize(
    "facts",
    [
        {"host": "practice", "data_must_stay": True},
        {**READY, "host": "nebius", "student_model": "nebius/meta-llama/Llama-3.3-70B-Instruct"},
        {**READY, "host": "nebius", "student_model": "something/unheard-of"},
        {**AT_OPENAI, "openai_tuned_recently": True, "needed_days": 30},
        {},
    ],
)
def test_nothing_is_refused_that_is_open_or_not_known(facts: dict[str, FactValue]) -> None:
    assert first_refusal(known(**facts)) is None


def test_a_way_out_names_a_fact_as_people_read_it() -> None:
    refusal = first_refusal(known(**{**AT_OPENAI, "needed_days": 60}))
    assert refusal is not None and "say for how long you need it" in refusal.try_this
    assert "needed_days" not in refusal.try_this


def test_a_model_that_can_be_trained_and_not_run_is_refused() -> None:
    case: dict[str, FactValue] = {
        "host": "other",
        "student_model": "m",
        "student_trainable": True,
        "student_served": "no",
    }
    refusal = first_refusal(told(**case))
    assert refusal is not None
    assert "nowhere to run" in refusal.why


def test_what_is_looked_up_is_assumed_and_says_where_from() -> None:
    facts = known(**AT_OPENAI)
    names: tuple[FactName, ...] = ("host_admits", "host_closes", "host_days_left", "student_retires")
    for name in names:
        fact = facts.get(name)
        assert fact is not None
        assert fact.source == Source.assumed
        assert fact.evidence == "developers.openai.com, deprecations, 2026-11-22"
    assert facts.number("host_days_left") == 45
    assert (facts.number("student_price_in"), facts.number("student_price_training")) == (0.15, 3.0)
    assert prices_from(facts).startswith("litellm ")
    assert prices_from(facts).endswith("developers.openai.com, deprecations, 2026-11-22")


def test_the_days_are_counted_to_the_day_that_is_believed() -> None:
    assert known(date(2027, 1, 10), **AT_OPENAI).number("host_days_left") == 0
    assert shut(known(date(2027, 1, 6), **AT_OPENAI)) is not None
    assert shut(known(date(2027, 1, 5), **AT_OPENAI)) is None
    assert known(**AT_OPENAI, student_retires="2027-12-31").number("student_days_left") == 404


def test_what_the_user_says_wins() -> None:
    said = known(
        **AT_OPENAI, host_admits="everyone", openai_tuned_recently=False, student_retires="2028-01-01",
        student_price_training=25.0,
    )  # fmt: skip
    assert first_refusal(said) is None
    assert said.number("student_price_training") == 25.0


def test_another_host_leaves_nothing_of_the_one_before() -> None:
    facts = known(**AT_OPENAI)
    moved = facts.learn(Fact(name="host", value="other", source=Source.told))
    moved = replaced_by(moved, look_up(CATALOGUE, price_map.listed, moved, TODAY))
    assert not moved.has("host_closes")
    assert not moved.has("student_trainable")
    supposed = Supposed.of(facts).supposing("host", "nebius")
    assert all(supposed.get(name) is None for name in LOOKED_UP)


def test_practice_has_nothing_to_look_up_and_your_own_computer_bills_nothing() -> None:
    assert look_up(CATALOGUE, price_map.listed, told(host="practice", student_model="gpt-4o-mini"), TODAY) == ()
    at_home = known(host="local", student_model="Qwen/Qwen3-8B")
    assert at_home.number("student_price_training") == 0
    assert not at_home.has("student_retires")


def test_an_unknown_price_is_no_fact() -> None:
    facts = known(host="together", student_model="Qwen/Qwen3-8B")
    assert not facts.has("student_price_training")
    assert facts.number("student_hosting_per_hour") == 3.99


def test_old_entries_are_warned_of() -> None:
    later = date(2027, 3, 1)
    assert warnings(CATALOGUE, told(host="openai", student_model="gpt-4o-mini"), TODAY) == ()
    host, model = warnings(CATALOGUE, told(host="openai", student_model="gpt-4o-mini"), later)
    assert "OpenAI was read 99 days ago" in host
    assert "gpt-4o-mini at OpenAI" in model
    assert warnings(CATALOGUE, told(host="practice"), later) == ()


def test_a_closed_door_is_the_advice_and_stands_on_the_checklist() -> None:
    facts = known(**AT_OPENAI, openai_tuned_recently=False)
    checklist = check(facts)
    advice = advise(facts, checklist)
    assert advice.route == "switch_host"
    assert "organisations that used a tuned model" in advice.reasons[0].text
    assert "advisor models" in advice.reasons[1].text
    assert checklist["compute"].state == "unmet"
    assert "advisor models" in checklist["compute"].needs


def test_an_endpoint_billed_while_idle_is_said_on_the_checklist() -> None:
    case = told(host="nebius", student_served="dedicated", student_hosting_per_hour=3.99)
    assert "billed while idle, $3.99 an hour" in check(case)["compute"].evidence
    assert "price I do not know" in check(told(host="nebius", student_served="dedicated"))["compute"].evidence


@pytest.mark.parametrize(
    ("host", "teacher", "price"),
    [
        ("local", "gpt-4o", 2.5), ("local", "openai/gpt-4o", 2.5), ("nebius", "gpt-4o", 2.5), ("openai", "gpt-4o", 2.5),
        ("local", "ollama/llama3", 0.0), ("local", "their/own-weights", 0.0), ("local", "anthropic/no-such", None),
        ("nebius", "meta-llama/Llama-3.3-70B-Instruct", 0.13),
    ],
)  # fmt: skip
def test_a_teacher_costs_what_whoever_answers_asks_for_it(host: str, teacher: str, price: float | None) -> None:
    assert known(host=host, student_model="Qwen/Qwen3-8B", teacher_model=teacher).number("teacher_price_in") == price
