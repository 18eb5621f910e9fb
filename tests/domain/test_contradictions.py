"""What does not fit together is named with both sides, and each way to settle it settles it."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given

from advisor.domain.contradiction import Contradiction
from advisor.domain.contradictions import contradictions
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Gpu, Range, Source
from advisor.domain.implied import imply
from advisor.domain.questions import open_questions
from advisor.domain.recounting import replaced
from advisor.domain.values import parse_value, write_value
from advisor.domain.wording import fact_in_words
from tests.domain.test_advice import some_facts


def case(*, measured: dict[str, FactValue] | None = None, **told: FactValue) -> Facts:
    facts = [Fact(name=cast(FactName, n), value=v, source=Source.told) for n, v in told.items()]
    facts += [
        Fact(name=cast(FactName, n), value=v, source=Source.measured, evidence="tickets.csv")
        for n, v in (measured or {}).items()
    ]
    return imply(Facts().learn(*facts))


CASES: dict[str, tuple[Facts, str]] = {
    "baseline_above_optimized": (
        case(baseline_score=0.8, optimized_score=0.75),
        "baseline 80% (you said) is above optimized prompts 75% (you said).",
    ),
    "scores_without_metric": (
        case(baseline_score=0.8, metric="none"), "baseline 80% (you said), but metric none (you said).",
    ),
    "optimized_without_optimizer": (
        case(prompt_optimization="by_hand", optimized_score=0.78),
        "optimized prompts 78% (you said), but prompts tuned by hand (you said).",
    ),
    "examples_differ": (
        case(labelled_examples=800, measured={"usable_examples": 312}),
        "You said 800 labelled examples; tickets.csv has 312 usable examples. I use what was measured: "
        "the advice is the same with either.",
    ),
    "target_above_ceiling": (
        case(target_score=0.95, measured={"accuracy_ceiling": 0.887}),
        "target 95% (you said) is above the best reachable score 88.7% (measured · tickets.csv): "
        "some texts appear with different labels.",
    ),
    "rows_must_stay": (
        case(data_must_stay=True, host="nebius"),
        "The rows must stay on this computer (you said), but Nebius Token Factory (you said) would receive them.",
    ),
    "nothing_to_spend": (
        case(budget_usd=0.0, host="openai"),
        "Nothing may be spent (you said), but OpenAI (you said) is paid for.",
    ),
    "classes_differ": (
        case(classes=10, measured={"classes": 8}),
        "You said 10 labels; tickets.csv has 8 labels. I use what was measured: the advice is the same with either.",
    ),
    "task_differs": (
        case(task="question_answering").learn(
            Fact(name="task", value="classification", source=Source.assumed, evidence="tickets.csv")
        ),
        "task question answering (you said), but tickets.csv looks like classification.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", CASES)
def test_both_sides_are_named(key: str) -> None:
    facts, what = CASES[key]
    (found,) = contradictions(facts)
    assert (found.key, found.what) == (key, what)
    assert bool(found.ask) == bool(found.ways)


def settled(facts: Facts, found: Contradiction) -> None:
    for way in found.ways:
        assert way.facts
        assert all(fact.source == Source.told for fact in way.facts)
        after = imply(facts.learn(*way.facts))
        assert found.key not in [left.key for left in contradictions(after)], way.label
        for fact in way.facts:
            assert parse_value(fact.name, write_value(fact.value))


@pytest.mark.parametrize("key", CASES)
def test_every_way_settles_it(key: str) -> None:
    facts, _ = CASES[key]
    for found in contradictions(facts):
        settled(facts, found)


def test_another_limit_is_asked_for() -> None:
    facts, _ = CASES["nothing_to_spend"]
    (found,) = contradictions(facts)
    (way,) = [way for way in found.ways if "another limit" in way.label]
    after = facts.learn(*way.facts)
    assert not after.has("budget_usd") and "budget_usd" in [one.fact for one in open_questions(after)]
    assert [fact_in_words(fact) for fact in way.facts] == ["budget in dollars to be named"]
    named = after.learn(Fact(name="budget_usd", value=50.0, source=Source.told))
    assert named.number("budget_usd") == 50 and contradictions(named) == ()


@given(some_facts())
def test_whatever_is_known_each_contradiction_can_be_settled(facts: Facts) -> None:
    told = Facts(records=tuple(record for record in facts.records if record.source in (Source.told, Source.measured)))
    found = contradictions(told)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        beaten = any(
            (believed := told.get(fact.name)) is not None and believed.source > Source.told
            for way in one.ways
            for fact in way.facts
        )
        if not beaten:
            settled(told, one)


@pytest.mark.parametrize(
    "facts",
    [
        case(baseline_score=0.7, optimized_score=0.75, metric="exact_match", prompt_optimization="optimized"),
        case(baseline_score=Range(low=0.7, high=0.8), optimized_score=0.75),
        case(labelled_examples=320, measured={"usable_examples": 312}),
        case(labelled_examples=Range(low=300, high=400), measured={"usable_examples": 312}),
        case(target_score=0.9, measured={"accuracy_ceiling": 0.95}),
        case(data_must_stay=True, host="practice", budget_usd=0.0),
        case(task="chat").learn(Fact(name="task", value="free_text", source=Source.assumed, evidence="chats.jsonl")),
    ],
    ids=["in order", "overlap", "rounded", "range", "reachable", "practice", "alike"],
)
def test_what_fits_is_no_contradiction(facts: Facts) -> None:
    assert contradictions(facts) == ()


@pytest.mark.parametrize(
    ("before", "name", "value", "said"),
    [
        (case(target_score=0.7), "target_score", 0.8, "You said 70% before; I take 80% now."),
        (case(target_score=0.7), "target_score", 0.7, ""),
        (case(), "target_score", 0.7, ""),
        (case(measured={"usable_examples": 312}), "labelled_examples", 800,
         "The file says 312; I use that: the advice is the same with either."),
        (case(measured={"usable_examples": 312}), "labelled_examples", 310, ""),
        (case(task="classification"), "metric", "judge", ""),
        (Facts().learn(Fact(name="baseline_score", value=0.71, source=Source.measured, evidence="run 3")),
         "baseline_score", 0.8, "The run measured 71%; I use that."),
        (case(measured={"gpus": (Gpu(name="T4", gib=16),)}), "gpus", (), "This computer has T4:16; I use that."),
        (case(measured={"data_path": "a.csv"}), "data_path", "b.csv", ""),
    ],
)  # fmt: skip
def test_what_becomes_of_an_earlier_value(before: Facts, name: FactName, value: FactValue, said: str) -> None:
    assert replaced(before, Fact(name=name, value=value, source=Source.told)) == said
