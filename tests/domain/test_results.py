"""What a run teaches: only a tuned program worth using reaches a target, and only for today's target."""

from __future__ import annotations

import pytest

from advisor.domain.advice import advise
from advisor.domain.checklist import check
from advisor.domain.comparison import Comparison, compare
from advisor.domain.events import Scored
from advisor.domain.facts import Fact, Facts, FactValue, Source
from advisor.domain.results import learned_from, without_runs


def scored(candidate: str, right: int) -> Scored:
    return Scored(
        candidate=candidate, split="test", outcomes="1" * right + "0" * (100 - right), model="m", calls=100,
        tokens_in=1, tokens_out=1,
    )  # fmt: skip


def comparison(**right: int) -> Comparison:
    found = compare([scored(candidate, count) for candidate, count in right.items()])
    assert found is not None
    return found


def learned(target: float, **right: int) -> dict[str, FactValue]:
    return {fact.name: fact.value for fact in learned_from(comparison(**right), "x", target)}


def test_a_lucky_tuned_score_reaches_no_target() -> None:
    facts = learned(0.9, baseline=50, optimized=89, tuned=90)
    assert facts["fine_tuning_result"] == "below_target"
    assert "tuned_score" not in facts


def test_a_tuned_program_worth_using_reaches_it() -> None:
    facts = learned(0.9, baseline=50, optimized=70, tuned=92)
    assert facts["fine_tuning_result"] == "reached"
    assert facts["tuned_score"] == pytest.approx(0.92)


@pytest.mark.parametrize(("target", "route"), [(0.9, "stop"), (0.99, "better_together")])
def test_a_raised_target_is_no_longer_reached(target: float, route: str) -> None:
    run = learned_from(comparison(baseline=50, optimized=70, tuned=92), "x", 0.9)
    told: list[Fact] = [
        Fact(name="target_score", value=target, source=Source.told),
        Fact(name="task", value="classification", source=Source.told),
        Fact(name="usable_examples", value=1000, source=Source.measured),
    ]
    facts = Facts().learn(*run, *told)
    assert advise(facts, check(facts)).route == route
    assert not without_runs(facts).has("optimized_score")
