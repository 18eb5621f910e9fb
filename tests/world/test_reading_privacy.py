"""Rows that must stay in a region may leave the house."""

from __future__ import annotations

import pytest

from advisor.world.reading import read


@pytest.mark.parametrize(
    "reply",
    ["data must stay in the EU, contractual", "our data must stay in Europe", "the rows may not leave the EU",
     "customer data must remain within the European Union", "nothing may leave the country"],
)  # fmt: skip
def test_a_region_is_not_this_computer(reply: str) -> None:
    assert not any(fact.name == "data_must_stay" for fact in read(reply, "host").facts)


@pytest.mark.parametrize("reply", ["the rows may not leave our VPC", "data must stay in house", "it must stay with us"])
def test_the_house_is(reply: str) -> None:
    (fact,) = (fact for fact in read(reply, "host").facts if fact.name == "data_must_stay")
    assert fact.value is True


def test_named_prices_need_no_unit() -> None:
    facts = {
        fact.name: fact.value for fact in read("input price 0.40, output price 1.60, training price 5", None).facts
    }
    assert facts == {"student_price_in": 0.4, "student_price_out": 1.6, "student_price_training": 5}
