"""What is understood whatever question it is said at: rows that must stay, a model's role, a model or host alone."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName
from advisor.world import reading

ANYWHERE: tuple[FactName | None, ...] = (None, "task", "budget_usd", "metric", "data_path", "host", "calls_per_month")


def facts(text: str, asked: FactName | None, choices: tuple[str, ...] = ()) -> dict[str, object]:
    return {fact.name: fact.value for fact in reading.read(text, asked, choices).facts}


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    "text",
    [
        "we can't share the data",
        "I'd rather not share the tickets",
        "we would prefer not to upload our rows",
        "I can't let the data leave",
        "GDPR: EU only",
        "we cannot share customer data",
    ],
)
def test_rows_that_are_not_shared_must_stay_whatever_was_asked(text: str, asked: FactName | None) -> None:
    assert facts(text, asked).get("data_must_stay") is True


@pytest.mark.parametrize(
    "text", ["I can't share that information", "we don't disclose our budget", "I'd rather not say"]
)
def test_a_figure_that_is_not_told_is_no_word_on_the_rows(text: str) -> None:
    heard = reading.read(text, "budget_usd")
    assert (heard.intent, heard.facts) == ("skip", ())


@pytest.mark.parametrize("asked", [None, "student_model", "budget_usd"])
@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("use claude as judge", "judge"),
        ("the judge is claude", "judge"),
        ("claude as teacher", "teacher"),
        ("use llama as student", "student"),
    ],
)
def test_a_family_named_for_a_role_is_asked_after(text: str, role: str, asked: FactName | None) -> None:
    heard = reading.read(text, asked)
    assert heard.facts == ()
    assert heard.note.startswith("Which ")
    assert f"`use NAME as {role}`" in heard.note


@pytest.mark.parametrize("asked", [None, "student_model", "budget_usd"])
def test_naming_a_judge_says_nothing_of_the_metric(asked: FactName | None) -> None:
    assert facts("use gpt-5 as judge", asked) == {"judge_model": "gpt-5"}


def test_a_judge_that_scores_today_is_the_metric() -> None:
    assert facts("we use gpt-4o as a judge and score 80%", "baseline_score")["metric"] == "judge"


@pytest.mark.parametrize("asked", [None, "budget_usd", "openai_tuned_recently"])
def test_a_model_alone_is_the_one_to_train(asked: FactName | None) -> None:
    heard = reading.read("gpt-4o-mini", asked, ("yes", "no") if asked is None else ())
    assert {fact.name: fact.value for fact in heard.facts} == {"student_model": "gpt-4o-mini"}
    assert "as teacher" in heard.note


@pytest.mark.parametrize("text", ["practice", "practice please", "ok then practice"])
def test_practice_is_a_host_where_a_run_is_offered(text: str) -> None:
    assert facts(text, None, ("yes", "no")) == {"host": "practice"}
