"""Facts, their values as text, and what follows from them."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.checklist import check
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Gpu, Range, Source
from advisor.domain.implied import imply
from advisor.domain.values import SPECS, parse_value, write_value
from advisor.domain.wording import fact_in_words


def score(value: float, source: Source) -> Fact:
    return Fact(name="baseline_score", value=value, source=source)


def test_every_fact_has_a_spec() -> None:
    assert set(SPECS) == set(get_args(FactName))


def test_the_stronger_source_is_believed_and_the_weaker_kept() -> None:
    facts = Facts().learn(score(0.6, Source.measured)).learn(score(0.9, Source.told))
    assert facts.number("baseline_score") == 0.6
    assert [fact.value for fact in facts.history("baseline_score")] == [0.6, 0.9]


def test_the_later_of_equals_is_believed() -> None:
    facts = Facts().learn(score(0.6, Source.told), score(0.7, Source.told))
    assert facts.number("baseline_score") == 0.7


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("labelled_examples", "2k", 2000),
        ("labelled_examples", "1,234", 1234),
        ("baseline_score", "78%", 0.78),
        ("baseline_score", "0.62", 0.62),
        ("baseline_score", "78", 0.78),
        ("baseline_score", "70-75%", Range(low=0.7, high=0.75)),
        ("baseline_score", "70% to 75 %", Range(low=0.7, high=0.75)),
        ("target_score", "0.7-0.75", Range(low=0.7, high=0.75)),
        ("labelled_examples", "300-400", Range(low=300, high=400)),
        ("labelled_examples", "1k to 2k", Range(low=1000, high=2000)),
        ("calls_per_month", "300-400", Range(low=300, high=400)),
        ("budget_usd", "$20", 20.0),
        ("host", "Practice", "practice"),
        ("prompt_optimization", "by hand", "by_hand"),
        ("data_must_stay", "yes", True),
        ("gpus", "A100:80, T4:16", (Gpu(name="A100", gib=80), Gpu(name="T4", gib=16))),
        ("input_fields", "title, body", ("title", "body")),
    ],
)
def test_values_as_text(name: str, text: str, value: FactValue) -> None:
    assert parse_value(name, text) == (name, value)
    assert parse_value(name, write_value(value))[1] == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("baseline_score", "good"), ("baseline_score", "140"), ("labelled_examples", "-3"), ("host", "mars"),
     ("baseline_score", "70-140"), ("baseline_score", "-"),
     ("labelled_examples", "2.5-3"), ("nonsense", "1"),
     ("data_path", ""), ("data_path", "a\x00b"), ("labelled_examples", "2.5")],
)  # fmt: skip
def test_what_a_fact_cannot_hold_is_refused_with_what_it_can(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"expects|there is no fact"):
        parse_value(name, text)


@given(st.sampled_from(sorted(SPECS)), st.text(max_size=200))
def test_any_text_is_a_value_or_refused(name: FactName, text: str) -> None:
    try:
        _, value = parse_value(name, text)
    except ValueError:
        return
    shown = fact_in_words(Fact(name=name, value=value, source=Source.told))
    assert not any(unicodedata.category(character) == "Cc" for character in shown)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("baseline_score", Range(low=0.7, high=0.75), "baseline 70 to 75%"),
        ("baseline_score", Range(low=0.705, high=0.75), "baseline 70.5 to 75%"),
        ("target_score", 0.9, "target 90%"),
        ("labelled_examples", Range(low=300, high=1400), "labelled examples 300 to 1,400"),
    ],
)
def test_a_range_in_words(name: FactName, value: FactValue, words: str) -> None:
    assert fact_in_words(Fact(name=name, value=value, source=Source.told)) == words


def test_a_range_in_the_checklist() -> None:
    facts = Facts().learn(
        Fact(name="optimized_score", value=Range(low=0.7, high=0.75), source=Source.told),
        Fact(name="labelled_examples", value=Range(low=300, high=400), source=Source.told),
    )
    checklist = check(facts)
    assert checklist["baseline"].evidence == "70 to 75% with optimized prompts"
    assert checklist["data"].evidence == "300 to 400 usable"
    assert checklist["data"].needs.startswith("200 more")


SCORES = st.integers(0, 10**6).map(lambda part: part / 10**6)
COUNTS = st.integers(0, 10**9)
AMOUNTS = st.integers(0, 10**9).map(lambda part: part / 1000)


@given(st.data())
def test_numbers_and_ranges_survive_being_written(data: st.DataObject) -> None:
    name: FactName = data.draw(st.sampled_from(("optimized_score", "labelled_examples", "budget_usd")))
    numbers = {"optimized_score": SCORES, "labelled_examples": COUNTS, "budget_usd": AMOUNTS}[name]
    ends = sorted(data.draw(st.lists(numbers, min_size=2, max_size=2)))
    for value in (ends[0], Range(low=ends[0], high=ends[1])):
        assert parse_value(name, write_value(value)) == (name, value)


def test_classification_implies_its_metric_unless_one_was_told() -> None:
    task = Fact(name="task", value="classification", source=Source.told)
    assert imply(Facts().learn(task)).text("metric") == "exact_match"
    none = Fact(name="metric", value="none", source=Source.told)
    assert imply(Facts().learn(task, none)).text("metric") == "none"


def test_a_score_of_optimized_prompts_implies_that_they_were_optimized() -> None:
    facts = imply(Facts().learn(Fact(name="optimized_score", value=0.7, source=Source.told)))
    assert facts.text("prompt_optimization") == "optimized"
