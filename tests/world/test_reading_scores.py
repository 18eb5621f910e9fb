"""Replies that hold a score: what is read from them, and what is not."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Range
from advisor.world.reading import read
from tests.world.test_reading_numbers import facts, r

SCORES: list[tuple[str, float | Range | None]] = [
    ("78%", 0.78),
    ("78 %", 0.78),
    ("78 percent", 0.78),
    ("seventy-eight percent", 0.78),
    ("0.62", 0.62),
    (".62", 0.62),
    ("0,62", 0.62),
    ("78.5", 0.785),
    ("78,5%", 0.785),
    ("about 71", 0.71),
    ("71ish", 0.71),
    ("zero point six two", 0.62),
    ("78 out of 100", 0.78),
    ("78/100", 0.78),
    ("4/5", 0.8),
    ("8 in 10", 0.8),
    ("half", 0.5),
    ("three quarters", 0.75),
    ("70-75%", r(0.7, 0.75)),
    ("70 to 75", r(0.7, 0.75)),
    ("between 70 and 75", r(0.7, 0.75)),
    ("at least 90%", 0.9),
    ("90 or better", 0.9),
    ("it's at 78 now", 0.78),
    ("around 85% accuracy", 0.85),
    ("100%", 1.0),
    ("no, 81%", 0.81),
    ("sorry, I meant 78%", 0.78),
    ("71% of the time", 0.71),
    ("78% on 200 rows", 0.78),
    ("pretty good", None),
    ("sometimes wrong", None),
    ("not great", None),
    ("150%", None),
    ("780", None),
    ("F1 of 0.78", None),
    ("macro F1 78%", None),
    ("BLEU 34", None),
    ("under 50%", None),
    ("$20", None),
    ("800 tickets", None),
    ("12 categories", None),
    ("71% on dev, 69% on test", None),
]


@pytest.mark.parametrize(("reply", "score"), SCORES)
def test_a_score(reply: str, score: float | Range | None) -> None:
    assert facts(reply, "baseline_score").get("baseline_score") == score


def test_a_score_that_is_no_accuracy_is_named() -> None:
    assert "F1" in read("F1 of 0.78", "baseline_score").note


def test_the_rows_and_the_part_behind_a_score_are_kept() -> None:
    (fact,) = read("78% on 200 test rows with MIPROv2", "goal").facts[:1]
    assert (fact.name, fact.value, fact.split) == ("optimized_score", 0.78, "test")
    (fact,) = read("baseline 71% on 200 rows", None).facts
    assert (fact.name, fact.n) == ("baseline_score", 200)


@pytest.mark.parametrize("reply", ["78", "about 71", "0.62"])
def test_a_bare_number_is_no_score_unless_one_was_asked_for(reply: str) -> None:
    for asked in ("goal", "task", "metric", None):
        assert facts(reply, asked) == {}


@pytest.mark.parametrize(
    "reply", ["MIPROv2 at 78%", "with optimized prompts we reach 78%", "the optimized score is 0.78"]
)
def test_a_score_of_the_other_prompts_is_no_missing_number(reply: str) -> None:
    heard = read(reply, "baseline_score")
    assert {fact.name: fact.value for fact in heard.facts}["optimized_score"] == 0.78
    assert heard.note == ""
    assert read("quite good", "baseline_score").note
