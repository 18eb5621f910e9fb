"""Rows that must stay in the house or in a region, and rows that may go, to whom."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName
from advisor.world.reading import read

ANYWHERE: tuple[FactName | None, ...] = (None, "data_must_stay", "metric", "host")


def stays(reply: str, asked: FactName | None) -> object:
    return next((fact.value for fact in read(reply, asked).facts if fact.name == "data_must_stay"), None)


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    "reply",
    ["data must stay in the EU, contractual", "our data must stay in Europe", "the rows may not leave the EU",
     "customer data must remain within the European Union", "nothing may leave the country", "EU only",
     "rows must not leave Europe", "we need EU hosting", "keep the rows in Europe", "it has to be hosted in Germany",
     "data residency in the EU", "we need a European provider", "must stay in the EU", "has to stay in Germany",
     "we are under GDPR, so EU hosting only", "EU servers only, please"],
)  # fmt: skip
def test_rows_of_a_region_are_kept_here_and_what_is_not_known_of_the_hosts_is_said(
    reply: str, asked: FactName | None
) -> None:
    assert stays(reply, asked) is True
    assert "I do not know in which country OpenAI" in read(reply, asked).note


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize("reply", ["GDPR", "we are under GDPR", "the GDPR applies to us", "our data falls under GDPR"])
def test_a_law_without_a_place_keeps_the_rows_here(reply: str, asked: FactName | None) -> None:
    assert stays(reply, asked) is True
    assert "not mine to judge" in read(reply, asked).note


@pytest.mark.parametrize(
    "reply",
    ["we classify GDPR requests", "our customers in Germany must wait", "our users are in Europe", "GDPR is no issue",
     "the label is gdpr", "it must work for texts in Spain"],
)  # fmt: skip
def test_a_place_or_a_law_in_passing_keeps_nothing_here(reply: str) -> None:
    assert stays(reply, "metric") is not True


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize("reply", ["the rows may go", "the rows may go now", "ok, the data can go", "rows may leave"])
def test_rows_may_go_in_the_words_that_are_asked_for(reply: str, asked: FactName | None) -> None:
    assert stays(reply, asked) is False
    assert "nobody else" not in read(reply, asked).note


@pytest.mark.parametrize("asked", ANYWHERE)
@pytest.mark.parametrize(
    "reply",
    ["rows may be shown to OpenAI", "rows may go to OpenAI", "OpenAI may see the rows", "rows can be sent to OpenAI"],
)
def test_a_leave_for_one_is_taken_for_it_alone(reply: str, asked: FactName | None) -> None:
    assert stays(reply, asked) is False
    assert "leave for OpenAI, and for nobody else" in read(reply, asked).note


@pytest.mark.parametrize("reply", ["rows must not be shown to OpenAI", "the rows can't be seen by anyone outside"])
def test_rows_that_nobody_is_shown_stay(reply: str) -> None:
    assert stays(reply, "metric") is True


@pytest.mark.parametrize("reply", ["the rows may not leave our VPC", "data must stay in house", "it must stay with us"])
def test_the_house_is(reply: str) -> None:
    (fact,) = (fact for fact in read(reply, "host").facts if fact.name == "data_must_stay")
    assert fact.value is True


def test_named_prices_need_no_unit() -> None:
    facts = {
        fact.name: fact.value for fact in read("input price 0.40, output price 1.60, training price 5", None).facts
    }
    assert facts == {"student_price_in": 0.4, "student_price_out": 1.6, "student_price_training": 5}
