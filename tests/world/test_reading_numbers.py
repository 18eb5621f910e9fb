"""Replies that hold a number: what is read from them, and what is not."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName, FactValue, Range, Source
from advisor.world.reading import read

Expected = dict[str, FactValue]


def r(low: float, high: float) -> Range:
    return Range(low=low, high=high)


def facts(reply: str, asked: FactName | None) -> Expected:
    reading = read(reply, asked)
    assert all(fact.source is Source.told and fact.evidence for fact in reading.facts)
    return {fact.name: fact.value for fact in reading.facts}


COUNTS: list[tuple[str, int | Range | None]] = [
    ("2k", 2000),
    ("2 k", 2000),
    ("1,200", 1200),
    ("1 200", 1200),
    ("1'200", 1200),
    ("1_200", 1200),
    ("1.200", 1200),
    ("1.2k", 1200),
    ("1,2k", 1200),
    ("500", 500),
    ("500.", 500),
    ("~500", 500),
    ("about 500", 500),
    ("500ish", 500),
    ("500-ish", 500),
    ("500+", 500),
    ("over 500", 500),
    ("at least 500", 500),
    ("five hundred", 500),
    ("five hundred and twelve", 512),
    ("two thousand", 2000),
    ("twelve hundred", 1200),
    ("two and a half thousand", 2500),
    ("2 and a half thousand", 2500),
    ("a dozen", 12),
    ("two dozen", 24),
    ("a hundred or so", 100),
    ("a couple of hundred", 200),
    ("half a million", 500_000),
    ("1.5 million", 1_500_000),
    ("seventy-eight", 78),
    ("one", 1),
    ("zero", 0),
    ("none", 0),
    ("none yet", 0),
    ("300-400", r(300, 400)),
    ("300 to 400", r(300, 400)),
    ("between 300 and 400", r(300, 400)),
    ("between three and four hundred", r(300, 400)),
    ("300, maybe 400", r(300, 400)),
    ("2-3k", r(2000, 3000)),
    ("three or four hundred", r(300, 400)),
    ("maybe 800?", 800),
    ("800 rows", 800),
    ("we have 800 tickets", 800),
    ("I'd say eight hundred", 800),
    ("there are around 1,000 of them", 1000),
    ("800 labels", 800),
    ("in 2024 we collected 800", 800),
    ("under 500", None),
    ("less than 500", None),
    ("a few hundred", None),
    ("hundreds", None),
    ("lots", None),
    ("enough", None),
    ("not many", None),
    ("-5", None),
    ("800 and 300", None),
    ("2.5", None),
    ("80%", None),
    ("80% of 1000", None),
    ("half of 2000", None),
    ("$500", None),
    ("5 GB", None),
    ("3 years", None),
    ("gpt-4o-mini", None),
    ("we don't have 500", None),
    ("not 500", None),
    ("no more than 500", None),
    ("99999999999999999999999", None),
    ("yes", None),
    ("is 500 enough?", None),
]


@pytest.mark.parametrize(("reply", "count"), COUNTS)
def test_a_count(reply: str, count: int | Range | None) -> None:
    assert facts(reply, "labelled_examples").get("labelled_examples") == count


@pytest.mark.parametrize("reply", [reply for reply, count in COUNTS if count is None])
def test_what_is_no_count_is_said(reply: str) -> None:
    assert read(reply, "labelled_examples").note


CORRECTED: list[tuple[str, int]] = [
    ("no, 500", 500),
    ("no 500", 500),
    ("nope, it's 500", 500),
    ("actually 200", 200),
    ("actually it's 200", 200),
    ("scratch that, 200 not 2000", 200),
    ("200 not 2000", 200),
    ("not 2000, 200", 200),
    ("not 2000 but 200", 200),
    ("200 instead of 2000", 200),
    ("2000, no, 200", 200),
    ("2000, sorry, 200", 200),
    ("2000 - I mean 200", 200),
    ("2000, wait, 200", 200),
    ("sorry, I meant 78", 78),
    ("make that 300", 300),
    ("oops, 300", 300),
    ("it isn't 2000, it's 200", 200),
    ("correction: 2,100", 2100),
    ("2000 tickets, actually 1,500 labelled", 1500),
]


@pytest.mark.parametrize(("reply", "count"), CORRECTED)
def test_a_correction_gives_the_right_number_and_never_the_denied_one(reply: str, count: int) -> None:
    assert facts(reply, "labelled_examples") == {"labelled_examples": count}


def test_a_correction_is_about_the_fact_it_names() -> None:
    assert facts("it's not 8 categories, it's 12", "goal") == {"classes": 12}
    assert facts("2,000 tickets, sorry, 200", None) == {"labelled_examples": 200}
    assert facts("target 80%, no, 85%", None) == {"target_score": 0.85}


AMOUNTS: list[tuple[str, FactName, float | Range | None]] = [
    ("300-400", "calls_per_month", r(300, 400)),
    ("300, maybe 400", "calls_per_month", r(300, 400)),
    ("between 300 and 400", "calls_per_month", r(300, 400)),
    ("20k", "calls_per_month", 20_000.0),
    ("20,000 calls a month", "calls_per_month", 20_000.0),
    ("20k requests/month", "calls_per_month", 20_000.0),
    ("1,000 a day", "calls_per_month", 30_000.0),
    ("about 100 per hour", "calls_per_month", 72_000.0),
    ("240k a year", "calls_per_month", 20_000.0),
    ("under 1000", "calls_per_month", r(0, 1000)),
    ("a million", "calls_per_month", 1_000_000.0),
    ("a lot", "calls_per_month", None),
    ("8k a month", "spend_per_month_usd", 8000.0),
    ("$8k a month on gpt-4o", "spend_per_month_usd", 8000.0),
    ("$8k/mo", "spend_per_month_usd", 8000.0),
    ("$96k a year", "spend_per_month_usd", 8000.0),
    ("8,000 dollars", "spend_per_month_usd", 8000.0),
    ("$5-10k", "spend_per_month_usd", r(5000, 10_000)),
    ("$20", "budget_usd", 20.0),
    ("20$", "budget_usd", 20.0),
    ("20 usd", "budget_usd", 20.0),
    ("USD 20", "budget_usd", 20.0),
    ("20 bucks", "budget_usd", 20.0),
    ("twenty dollars", "budget_usd", 20.0),
    ("20", "budget_usd", 20.0),
    ("up to $20", "budget_usd", 20.0),
    ("$20 max", "budget_usd", 20.0),
    ("no more than 50 dollars", "budget_usd", 50.0),
    ("300-400", "budget_usd", r(300, 400)),
    ("$19.99", "budget_usd", 19.99),
    ("nothing", "budget_usd", 0.0),
    ("no, $50", "budget_usd", 50.0),
    ("€20", "budget_usd", None),
    ("cheap", "budget_usd", None),
    ("no", "budget_usd", None),
]


@pytest.mark.parametrize(("reply", "asked", "value"), AMOUNTS)
def test_an_amount(reply: str, asked: FactName, value: float | Range | None) -> None:
    assert facts(reply, asked).get(asked) == value


def test_a_month_calculated_from_a_day_is_said() -> None:
    assert read("1,000 a day", "calls_per_month").note


SEVERAL: list[tuple[str, FactName | None, Expected]] = [
    (
        "2,000 tickets, 8 categories, MIPROv2 at 78%, need 90%",
        "data_path",
        {
            "labelled_examples": 2000, "classes": 8, "task": "classification", "prompt_optimization": "optimized",
            "optimized_score": 0.78, "target_score": 0.9,
        },
    ),
    (
        "$8k a month on moderation at 92%, 50k logged examples",
        None,
        {"spend_per_month_usd": 8000.0, "baseline_score": 0.92, "rows": 50_000},
    ),
    ("About 100 conversations, no metric, sometimes wrong", None, {"labelled_examples": 100, "metric": "none"}),
    ("812 rows, 797 labelled", None, {"rows": 812, "labelled_examples": 797}),
    (
        "about 800 labelled tickets in tickets.csv",
        "data_path",
        {"labelled_examples": 800, "data_path": "tickets.csv"},
    ),
    (
        "only by hand, gets about 71",
        "prompt_optimization",
        {"prompt_optimization": "by_hand", "baseline_score": 0.71},
    ),
    ("we're at 78% with GEPA and need 85%", "goal", {
        "optimized_score": 0.78, "target_score": 0.85, "prompt_optimization": "optimized"}),
    ("baseline 62%, target 80%", None, {"baseline_score": 0.62, "target_score": 0.8}),
    ("62% zero-shot, 78% with MIPRO", None, {
        "baseline_score": 0.62, "optimized_score": 0.78, "prompt_optimization": "optimized"}),
    ("went from 62% to 78% with MIPROv2", None, {
        "baseline_score": 0.62, "optimized_score": 0.78, "prompt_optimization": "optimized"}),
    ("78, need 90", "optimized_score", {"optimized_score": 0.78, "target_score": 0.9}),
    ("we're at 78% now, 90% would be enough", "target_score", {"baseline_score": 0.78, "target_score": 0.9}),
    ("budget $50, 20k calls a month", None, {"budget_usd": 50.0, "calls_per_month": 20_000.0}),
    ("we use gpt-4o-mini, 300-400 calls a day", None, {
        "current_model": "gpt-4o-mini", "calls_per_month": r(9000, 12_000)}),
    ("distill gpt-4o into gpt-4o-mini", "goal", {"teacher_model": "gpt-4o", "student_model": "gpt-4o-mini"}),
    ("600 annotated emails, 5 intents", "goal", {
        "labelled_examples": 600, "classes": 5, "task": "classification"}),
    ("20k unlabelled rows and 300 labelled", None, {"rows": 20_000, "labelled_examples": 300}),
    ("should we use MIPROv2? we have 500 labelled tickets", None, {"labelled_examples": 500}),
    ("we plan to try GEPA", "goal", {}),
    ("there are 12 of us and it took 3 weeks", "goal", {}),
    ("is 500 examples enough?", "goal", {}),
    ("20,000 tickets a month", None, {}),
    ("we spent $500 on it", None, {}),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "asked", "expected"), SEVERAL)
def test_several_facts_in_one_reply(reply: str, asked: FactName | None, expected: Expected) -> None:
    assert facts(reply, asked) == expected


def test_a_bare_one_is_neither_taken_for_all_nor_for_one_in_a_hundred() -> None:
    heard = read("1", "target_score")
    assert heard.facts == ()
    assert "1% or 100%" in heard.note
