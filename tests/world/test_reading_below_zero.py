"""A sum below zero is no budget, and never taken for the same sum above it."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName
from advisor.world.reading import read


@pytest.mark.parametrize(
    ("reply", "asked"),
    [("budget is -20 dollars", None), ("-20", "budget_usd"), ("-$20", "budget_usd"), ("$-20", "budget_usd"),
     ("budget: -20 dollars", None), ("the budget is minus twenty dollars", None), ("budget -20 dollars", None)],
)  # fmt: skip
def test_a_sum_below_zero_is_refused_with_a_reason(reply: str, asked: FactName | None) -> None:
    reading = read(reply, asked)
    assert reading.facts == ()
    assert "say zero dollars or more" in reading.note


def test_the_rest_of_the_reply_is_taken() -> None:
    reading = read("400 tickets, budget is -$20", None)
    assert {fact.name: fact.value for fact in reading.facts} == {"labelled_examples": 400}
    assert "say zero dollars or more" in reading.note


@pytest.mark.parametrize("reply", ["10-20 dollars", "$10 - $20", "budget: $10-20", "between 10 - 20 dollars"])
def test_a_range_is_no_sum_below_zero(reply: str) -> None:
    reading = read(reply, "budget_usd")
    assert [fact.name for fact in reading.facts] == ["budget_usd"] and not reading.note
