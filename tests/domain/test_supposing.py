"""What if, what would change the advice, and why not: nothing is learned, and the table is the only judge."""

from __future__ import annotations

from typing import cast, get_args

import pytest
from hypothesis import given, settings

from advisor.domain.advice import advise, route_for
from advisor.domain.checklist import check
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.flips import MOST_FLIPS, flips, why_not
from advisor.domain.implied import imply
from advisor.domain.rules import TRAINING_ROUTES, Route
from advisor.domain.supposed import Supposed
from advisor.domain.supposing import suppose
from tests.domain.test_advice import some_facts

READY: dict[str, FactValue] = {
    "task": "classification", "usable_examples": 1200, "classes": 8, "prompt_optimization": "optimized",
    "optimized_score": 0.78, "target_score": 0.9, "goal": "quality", "task_stability": "stable", "host": "practice",
}  # fmt: skip
FEW = {**READY, "usable_examples": 312}


def case(known: dict[str, FactValue]) -> Facts:
    """The counts of the file measured, everything else told."""
    facts = Facts()
    for name, value in known.items():
        measured = name in ("usable_examples", "classes")
        source = Source.measured if measured else Source.told
        facts = facts.learn(
            Fact(name=cast(FactName, name), value=value, source=source, evidence="tickets.csv" if measured else "")
        )
    return imply(facts)


def told(name: FactName, value: FactValue, evidence: str = "") -> Fact:
    return Fact(name=name, value=value, source=Source.told, evidence=evidence)


def test_a_supposed_value_wins_over_a_measured_one_and_nothing_is_learned() -> None:
    facts = case(FEW)
    supposition = suppose(facts, (told("labelled_examples", 1000),))
    assert supposition.changes
    assert supposition.before.route == "collect_data"
    assert supposition.after.route == "bootstrap_finetune"
    assert supposition.unmet == ()
    assert "labelled examples 1,000 instead of 312 (measured · tickets.csv)" in supposition.text
    assert facts == case(FEW)


def test_what_would_still_be_missing_is_said() -> None:
    supposition = suppose(case({"labelled_examples": 100, "metric": "none"}), (told("metric", "exact_match"),))
    assert supposition.after.route == "prompt_optimization"
    assert [item.name for item in supposition.unmet] == ["data"]
    assert "Still missing: data, 400 more" in supposition.text


def test_a_supposition_without_effect_says_so() -> None:
    supposition = suppose(case(READY), (told("labelled_examples", 5000),))
    assert not supposition.changes
    assert "I would still fine-tune" in supposition.text
    assert "What decides: Prompts are optimized and stand at 78% (the guide" in supposition.text


def test_a_supposed_score_is_that_of_the_best_prompts_unless_it_is_called_the_baseline() -> None:
    assert suppose(case(READY), (told("baseline_score", 0.95, "it scored 95%"),)).after.route == "stop"
    assert not suppose(case(READY), (told("baseline_score", 0.95, "the baseline were 95%"),)).changes


def test_another_host_makes_what_runs_measured_void() -> None:
    score = Fact(name="optimized_score", value=0.95, source=Source.measured, evidence="run x")
    supposition = suppose(case(READY).learn(score), (told("host", "nebius"),))
    assert supposition.before.route == "stop"
    assert supposition.after.route == "bootstrap_finetune"
    assert "would not count" in supposition.text


def test_a_choice_against_the_advice_does_not_hide_what_would_be_advised() -> None:
    overruled = told("overruled", ("bootstrap_finetune",))
    supposition = suppose(case(FEW).learn(overruled), (told("goal", "knowledge"),))
    assert (supposition.before.route, supposition.after.route) == ("collect_data", "retrieval")


@pytest.mark.parametrize(
    ("known", "texts"),
    [
        (READY, ["With optimized prompts 90% or more (now 78%, you said), I would stop here.",
                 "With target 78% or lower (now 90%, you said), I would stop here.",
                 "With goal cost or speed (now quality, you said), I would distil into a cheaper model."]),
        (FEW, ["With labelled examples 500 or more (now 312, measured · tickets.csv), "
               "I would fine-tune on the program's own right answers."]),
        ({**READY, "optimized_score": 0.95}, [
            "With target over 95% (now 90%, you said), I would fine-tune on the program's own right answers."]),
        ({**READY, "prompt_optimization": "none", "optimized_score": 0.0, "baseline_score": 0.6}, []),
        ({**READY, "host": "nebius", "data_must_stay": True}, [
            "With rows that may leave this computer, I would fine-tune on the program's own right answers."]),
    ],
    ids=["ready", "few", "reached", "untried", "closed"],
)  # fmt: skip
def test_what_would_change_the_advice(known: dict[str, FactValue], texts: list[str]) -> None:
    found = [flip.text for flip in flips(case(known))]
    assert set(texts) <= set(found)


def test_two_changes_are_named_where_none_alone_leads_to_training() -> None:
    facts = case({"labelled_examples": 100, "prompt_optimization": "none"})
    (flip,) = [flip for flip in flips(facts) if flip.route in TRAINING_ROUTES]
    assert {fact.name for fact in flip.facts} == {"labelled_examples", "prompt_optimization"}


@settings(max_examples=50, deadline=None)
@given(some_facts())
def test_every_flip_leads_where_it_says(facts: Facts) -> None:
    here = route_for(facts)
    found = flips(facts)
    assert len(found) <= MOST_FLIPS
    assert [flip.distance for flip in found] == sorted(flip.distance for flip in found)
    for flip in found:
        known = Supposed.of(facts)
        for fact in flip.facts:
            known = known.supposing(fact.name, fact.value)
        assert flip.route == route_for(known) != here


def test_why_not_names_the_rule_its_source_and_what_it_would_take() -> None:
    text = why_not("fine_tuning", case(FEW))
    assert text.startswith("Fine-tuning: data not met: 312 usable, 8 labels. I advise to collect more data first:")
    assert "stricter than every host" in text
    assert text.endswith("It would take: labelled examples 500 or more (now 312, measured · tickets.csv).")


def test_why_not_what_is_advised_says_that_it_is() -> None:
    assert why_not("fine_tuning", case(READY)).startswith("That is what I advise: fine-tune")
    assert why_not("stop", case({**READY, "target_score": 0.7})).startswith("That is what I advise: stop here.")


def test_nobody_is_told_to_lower_a_score() -> None:
    text = why_not("fine_tuning", case({**READY, "optimized_score": 0.95}))
    assert "target over 95%" in text
    assert "under 90%" not in text


@settings(max_examples=50, deadline=None)
@given(some_facts())
def test_every_route_can_be_asked_about(facts: Facts) -> None:
    for route in (*get_args(Route), "fine_tuning"):
        text = why_not(route, facts)
        assert text.endswith(".")
        assert ".." not in text


OVERRULED: dict[str, FactValue] = {**FEW, "overruled": ("bootstrap_finetune",)}


@pytest.mark.parametrize(
    ("route", "begins", "also"),
    [
        ("fine_tuning", "That is the way you chose: fine-tune", "My advice would have been to collect more data"),
        (
            "bootstrap_finetune",
            "That is the way you chose: fine-tune",
            "My advice would have been to collect more data",
        ),
        ("collect_data", "That would have been my advice: collect more data", "You chose to fine-tune"),
        ("stop", "Stop here: ", "You chose to fine-tune on the program's own right answers; my advice would have been"),
    ],
)
def test_after_an_overruling_one_voice_tells_whose_route_it_is(route: Route, begins: str, also: str) -> None:
    text = why_not(route, case(OVERRULED))
    assert text.startswith(begins) and also in text
    assert "I advise" not in text and "overrule" not in text


def test_after_an_overruling_the_advice_is_not_what_comes_after_it() -> None:
    facts = case(OVERRULED)
    against = advise(facts, check(facts)).against["collect_data"]
    assert against.startswith("My advice would have been this: 312 usable examples.") and "overrule" not in against
