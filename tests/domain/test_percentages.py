"""A share is written in one way, wherever it stands."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Fact, Facts, Range, Source
from advisor.domain.statistics import floor_percent, percent, span
from advisor.domain.supposing import suppose
from advisor.domain.values import percent as percent_of
from advisor.domain.wording import fact_in_words


@pytest.mark.parametrize(
    ("share", "written"), [(0.845, "84.5%"), (0.84, "84%"), (1.0, "100%"), (0.1, "10%"), (0.0004, "0%")]
)
def test_one_decimal_where_there_is_one(share: float, written: str) -> None:
    assert percent(share) == percent_of(share) == written


def test_two_ends() -> None:
    assert span(0.619, 0.7) == "61.9% to 70%"
    assert percent_of(Range(low=0.705, high=0.75)) == "70.5 to 75%"


@pytest.mark.parametrize(("share", "written"), [(0.99996, "99.99%"), (0.9599, "95.9%"), (0.96, "96%"), (1.0, "100%")])
def test_a_limit_is_rounded_down(share: float, written: str) -> None:
    assert floor_percent(share) == written


def test_a_told_score_reads_the_same_in_every_sentence() -> None:
    told = Fact(name="optimized_score", value=0.845, source=Source.told)
    facts = Facts().learn(told, Fact(name="target_score", value=0.9, source=Source.told))
    then = suppose(facts, (told.model_copy(update={"value": 0.865}),))
    assert "84.5%" in fact_in_words(told)
    assert "86.5% instead of 84.5%" in then.text and "84%" not in then.text and "85%" not in then.text
