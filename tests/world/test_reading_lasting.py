"""For how long the tuned model is needed, and what an hour of it costs, is read from plain words and no others."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactValue
from advisor.world.reading import read


def facts(reply: str) -> dict[str, FactValue]:
    return {fact.name: fact.value for fact in read(reply, None).facts}


@pytest.mark.parametrize(
    ("reply", "days"),
    [
        ("we need it for two years", 730),
        ("needed for 18 months", 548),
        ("It has to last at least a year.", 365),
        ("we need the tuned model for about half a year", 182),
        ("the model needs to be available for 3 years", 1095),
        ("it only needs to answer for 6 weeks", 42),
        ("we want to use it for a couple of months", 61),
    ],
)
def test_the_time_it_is_needed_for_is_read(reply: str, days: int) -> None:
    assert facts(reply) == {"needed_days": days}


@pytest.mark.parametrize(
    "reply",
    [
        "we've been using it for two years",
        "I need 2 years of data",
        "it took us two years",
        "we need it in two weeks",
        "we will need a month to label them",
        "it has to work within 2 days",
        "we need it for 2000 years",
    ],
)
def test_another_time_is_not_taken_for_it(reply: str) -> None:
    assert "needed_days" not in facts(reply)


@pytest.mark.parametrize(
    ("reply", "price"),
    [
        ("hosting 3.99 an hour", 3.99),
        ("the endpoint costs $3.99 per hour", 3.99),
        ("$1.70/hour for the deployment", 1.7),
        ("keeping it ready costs 2 dollars an hour", 2.0),
    ],
)
def test_the_price_of_an_hour_kept_ready_is_read_and_is_no_monthly_spend(reply: str, price: float) -> None:
    assert facts(reply) == {"student_hosting_per_hour": price}


def test_both_stand_beside_other_facts() -> None:
    told = facts("the budget is 50 dollars, hosting is 4 dollars an hour and we need the model for 90 days")
    assert told == {"budget_usd": 50.0, "student_hosting_per_hour": 4.0, "needed_days": 90}
