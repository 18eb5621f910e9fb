"""A leave holds for those it was given to, whatever the user insists on."""

from __future__ import annotations

import pytest

from advisor.domain.barred import barred, receivers, without_leave
from advisor.domain.contradictions import contradictions
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.hosts import HOSTS
from advisor.domain.known import known_facts
from advisor.domain.leave import covers, given_to, leave_for
from advisor.domain.plan import Plan, Role
from advisor.domain.preflight import rows_would_leave
from advisor.domain.proposal import proposed
from advisor.domain.retelling import value_in_brief
from advisor.domain.wording import fact_in_words
from tests.domain.test_contradictions import case
from tests.projects.project_bench import make_plan

KEYS = ("rows_allowed_elsewhere", "shown_to_another")


def asked_again(facts: Facts) -> list[str]:
    return [found.key for found in contradictions(facts) if found.key in KEYS]


@pytest.mark.parametrize(
    ("given", "title", "covered"),
    [
        ("OpenAI", "OpenAI", True),
        ("another OpenAI-compatible host", "OpenAI", False),
        ("OpenAI", "another OpenAI-compatible host", False),
        ("OpenAI", "vLLM on openai.evil.example", False),
        ("Google", "Google Cloud", False),
        ("Nebius Token Factory", "Nebius", True),
        ("Microsoft Foundry", "Microsoft Azure", True),
    ],
)
def test_whole_titles_are_compared(given: str, title: str, covered: bool) -> None:
    assert covers((given,), title) is covered


@pytest.mark.parametrize(
    ("judge", "title"), [("vertex_ai/gemini-x", "Google Cloud"), ("perplexity/sonar", "Perplexity")]
)
def test_the_option_to_show_rows_to_one_is_leave_for_exactly_that_one(judge: str, title: str) -> None:
    there = case(data_must_stay=True, host="local", judge_model=judge)
    (found,) = (one for one in contradictions(there) if one.key == "shown_to_another")
    assert found.ways[1].label == f"the rows may be shown to {title}"
    given = there.learn(*found.ways[1].facts)
    assert given_to(given) == (title,) and asked_again(given) == []
    told = Fact(name="host", value="openai", source=Source.told)
    other = Fact(name="judge_model", value="mistral/large", source=Source.told)
    assert asked_again(given.learn(told)) == ["rows_allowed_elsewhere"]
    assert asked_again(given.learn(other)) == ["shown_to_another"]
    (found,) = (one for one in contradictions(given.learn(other)) if one.key == "shown_to_another")
    assert given_to(given.learn(*found.ways[1].facts)) == (title, "Mistral")


@pytest.mark.parametrize("trains", [True, False])
def test_no_insisting_gets_by_a_leave_for_another(trains: bool) -> None:
    only = case(host="nebius").learn(leave_for("OpenAI"))
    refusal = barred(only, trains=trains)
    assert refusal is not None
    assert refusal.why == "Nebius Token Factory would receive your rows, and you said the rows may go to OpenAI."
    helped = case(host="local", judge_model="anthropic/claude-sonnet-4-5").learn(leave_for("OpenAI"))
    assert (found := rows_would_leave(helped)) is not None and "answers at Anthropic" in found.why
    assert rows_would_leave(helped.learn(leave_for("OpenAI", "Anthropic"))) is None


def test_a_leave_for_anybody_ends_one_for_a_few_and_rows_that_must_stay_end_both() -> None:
    few = case(host="nebius").learn(leave_for("OpenAI"))
    anybody = few.learn(Fact(name="data_must_stay", value=False, source=Source.told))
    assert rows_would_leave(anybody) is None and given_to(anybody) == ()
    stays = few.learn(Fact(name="data_must_stay", value=True, source=Source.told))
    assert given_to(stays) == () and "must stay" in (rows_would_leave(stays) or ("", "", ""))[1]


def test_a_plan_keeps_to_whom_its_rows_may_go() -> None:
    judge = Role(model="anthropic/claude-sonnet-4-5", elsewhere=True)
    plan = make_plan(host=HOSTS["openai"].host, judge=judge).model_copy(update={"rows_may_go_to": ("OpenAI",)})
    assert receivers(plan) == ("Anthropic",)
    assert without_leave(plan) == "Anthropic would receive your rows, and you said the rows may go to OpenAI."
    older = plan.model_dump(mode="json")
    del older["rows_may_go_to"]
    assert Plan.model_validate(older).rows_may_go_to == ()


def test_a_leave_is_shown_and_typed_back_with_those_it_is_for() -> None:
    facts = Facts().learn(leave_for("OpenAI", "Anthropic"))
    assert fact_in_words(facts.records[0]) == "the rows may go to OpenAI and Anthropic"
    (shown,) = known_facts(facts)
    assert shown.value == "no: the rows may go to OpenAI and Anthropic"
    assert value_in_brief(facts.records[0]) == shown.value
    assert shown.written == "the rows may go to OpenAI and Anthropic"


def test_a_fact_of_an_earlier_conversation_loads() -> None:
    kept = '{"name": "data_must_stay", "value": false, "source": 2, "evidence": "rows may go", "withdrawn": false}'
    assert Fact.model_validate_json(kept).only == ()


def test_a_leave_that_a_model_proposes_names_the_same() -> None:
    def claim(words: str) -> dict[str, object]:
        return {"facts": [{"name": "data_must_stay", "value": "no", "words": words}]}

    one, other = "the data may leave to Anthropic", "the data may leave to anyone but OpenAI"
    (fact,) = proposed(claim(one), one, None).facts
    assert fact.only == ("Anthropic",)
    assert proposed(claim(other), other, None).facts == ()
