"""Another count than the user said: what it does to the advice, and nothing said of what it does not touch."""

from __future__ import annotations

import pytest

from advisor.domain.contradictions import contradictions
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Range, Source
from advisor.domain.recounting import effect, replaced


def told(name: FactName, value: FactValue) -> Fact:
    return Fact(name=name, value=value, source=Source.told, evidence="you said")


def measured(name: FactName, value: FactValue) -> Fact:
    return Fact(name=name, value=value, source=Source.measured, evidence="tickets.csv")


OPTIMIZED = Facts().learn(
    told("task", "classification"), told("optimized_score", 0.7), told("target_score", 0.9), told("goal", "quality")
)


@pytest.mark.parametrize(
    ("said", "found", "words"),
    [
        (800, 312, "with 800 the advice would be “Fine-tune on the program's own right answers”, "
         "with 312 it is “Collect more data”"),
        (200, 1200, "with 200 the advice would be “Collect more data”, "
         "with 1,200 it is “Fine-tune on the program's own right answers”"),
        (Range(low=700, high=900), 312, "with 700 to 900 the advice would be “Fine-tune on the program's own right "
         "answers”, with 312 it is “Collect more data”"),
        (400, 312, "the advice is the same with either"),
    ],
)  # fmt: skip
def test_the_advice_with_one_count_and_with_the_other(said: FactValue, found: int, words: str) -> None:
    one, other = told("labelled_examples", said), measured("usable_examples", found)
    assert effect(OPTIMIZED.learn(one, other), one, other) == words


def test_it_is_said_whichever_came_first() -> None:
    one, other = told("labelled_examples", 800), measured("usable_examples", 312)
    (found,) = contradictions(OPTIMIZED.learn(one, other))
    assert found.what.startswith("You said 800 labelled examples; tickets.csv has 312 usable examples.")
    assert found.what.endswith("with 312 it is “Collect more data”.")
    assert replaced(OPTIMIZED.learn(other), one).endswith("with 312 it is “Collect more data”.")


def test_other_facts_have_no_count() -> None:
    assert effect(OPTIMIZED, told("target_score", 0.9), measured("accuracy_ceiling", 0.8)) == ""
