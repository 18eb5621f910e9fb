from __future__ import annotations

import json
import re

from hypothesis import given, settings

from advisor.domain.comparison import compare
from advisor.domain.conversation import (
    Advised,
    Consented,
    ConversationEvent,
    Opened,
    Overruled,
    Ran,
    Replied,
    Restarted,
    Skipped,
    TookBack,
    Understood,
)
from advisor.domain.decisions import earlier_advice, overrulings, replaced_values
from advisor.domain.facts import Fact, Facts, Range, Source
from advisor.domain.forecast import Forecast, forecast
from advisor.domain.plan import Plan
from advisor.domain.record import VERSION, DecisionRecord, record_of
from advisor.exporting import record_as_json, record_as_markdown, record_of_kept
from advisor.project import conclude
from tests.domain.reports import reckoned
from tests.domain.test_report import events as run_events
from tests.domain.test_report import plan
from tests.domain.test_retelling import BEGAN, everything
from tests.hostile import hostile_text, leaks, structure, unseen

TOLD: tuple[Fact, ...] = (
    Fact(name="data_path", value="/data/ana/secret plans/tickets.csv", source=Source.measured, evidence="tickets.csv"),
    Fact(name="usable_examples", value=312, source=Source.measured, evidence="tickets.csv"),
    Fact(name="task", value="classification", source=Source.told, evidence="confirmed"),
    Fact(name="labelled_examples", value=Range(low=300, high=400), source=Source.told, evidence="300 or 400"),
    Fact(name="optimized_score", value=0.72, source=Source.told, evidence="72%"),
    Fact(name="optimized_score", value=0.59, source=Source.measured, evidence="run 7", n=100, split="test"),
)  # fmt: skip


def priced(made: Plan) -> Forecast:
    """Return a forecast that says where its prices come from."""
    return forecast(reckoned(made, None, 0.7)).model_copy(update={"prices_checked": "a page, 2026-11-22"})


def record(facts: tuple[Fact, ...], events: list[ConversationEvent], text: str = "plain") -> DecisionRecord:
    """Return the record of a case that was run, with this text in its plan and in its run's record."""
    known, checklist, recommendation, _, _ = conclude(Facts().learn(*facts), None)
    return record_of(
        known, checklist, recommendation, events, plan=plan(text), forecast=priced(plan(text)),
        comparison=compare(run_events(text, practice=True), plan(text)), project=f"/data/ana/{text}",
        run=f"/data/ana/advised/runs/{text}", when=BEGAN, looks=2,
    )  # fmt: skip


def test_it_says_what_was_known_advised_agreed_to_and_measured() -> None:
    events: list[ConversationEvent] = [
        Opened(data="/data/ana/secret plans/tickets.csv"),
        Advised(t=BEGAN, route="collect_data", reasons=("Too few.",)),
        Replied(text="train anyway"), Overruled(t=BEGAN + 60, route="distillation", risk="It may learn the examples."),
        Consented(t=BEGAN + 80, sentence="word " * 400),
        Consented(t=BEGAN + 90, sentence="250 rows go to OpenAI; likely $3.00, at most $5.00. Run? y / n"),
        Ran(folder="/data/ana/advised/runs/plain"), Skipped(facts=("budget_usd", "host")),
    ]  # fmt: skip
    found = record(TOLD, events)
    text = record_as_markdown(found)
    for expected in (
        "# Decision record: tickets.csv\n\n2026-11-22, times in UTC.", "Project plain, run plain.",
        "- 2026-11-22 15:20:00: Distil into a cheaper model instead of “Collect more data”. The risk that was said: It",
        "The tuned program scored better than the plain program: 90 against 50 of 100 rows",
        "The practice model answered (the built-in practice model): these scores say nothing about a real model",
        "| the tuned program (recommended) | plain | 90% | 90 of 100 | 82.6% to 94.5% | 0 | 100 test rows | run",
        "had been scored by 2 earlier runs", "Agreed to at 2026-11-22 15:20:30: “250 rows go to OpenAI",
        "638 rows to train on, 80 to choose by, 100 held back for the test.", "price unknown",
            "Prices from a page, 2026-11-22.",
        "| ✗ not met | data | 312 usable | measured |", "| usable examples | 312 | measured | tickets.csv |",
        "- optimized prompts: 72% (told); now 59% (measured)",
        "| optimized prompts | 59% | measured | run 7, 100 test rows |", "- Where may training run? (left out)",
    ):  # fmt: skip
        assert expected in text, expected
    assert found.result is not None and record_as_markdown(found).count("…") == 0
    assert "secret plans" not in text and "/data/ana" not in record_as_json(found)
    assert "\n\n\n" not in text and "!" not in text
    data = json.loads(record_as_json(found))
    assert data["version"] == VERSION and data["result"]["candidates"][0]["candidate"] == "baseline"
    assert DecisionRecord.model_validate_json(record_as_json(found)) == found


def test_nothing_known_is_said_too() -> None:
    known, checklist, recommendation, _, _ = conclude(Facts(), None)
    text = record_as_markdown(record_of(known, checklist, recommendation, []))
    assert text.startswith("# Decision record\n\nWhat was known") and "Nothing is known yet." in text
    assert "## Result" not in text and "## Plan" not in text and "○ not known" in text


def test_a_run_without_a_readable_record_is_not_passed_over() -> None:
    known, checklist, recommendation, _, _ = conclude(Facts().learn(*TOLD), None)
    text = record_as_markdown(record_of(known, checklist, recommendation, [Ran(folder="runs/7")], run="runs/7"))
    assert "holds no score on the test rows" in text
    assert "- optimized prompts: 59% of 100 test rows (95% interval 49.2% to 68.1%); run 7" in text


@settings(max_examples=60, deadline=None)
@given(hostile_text())
def test_what_a_user_or_a_run_wrote_stays_text(text: str) -> None:
    facts = (
        Fact(name="data_path", value=f"/home/{text}/{text}", source=Source.told, evidence=text),
        Fact(name="current_model", value=text, source=Source.told, evidence=text),
        Fact(name="current_model", value=f"{text} b", source=Source.measured, evidence=text, n=3, split=text),
        Fact(name="input_fields", value=(text, text), source=Source.told, evidence=text),
    )
    found = record(facts, [*everything(text), Overruled(route=text, risk=text)], text)
    shown, data = record_as_markdown(found), record_as_json(found)
    assert not leaks(shown) and not leaks(data)
    assert not unseen(shown) and not unseen(data)
    assert not structure(shown)
    assert [line for line in shown.splitlines() if re.match(r"#+ ", line)] == [
        shown.splitlines()[0], "## Advice", "## Chosen against the advice", "## Result", "## Plan and consent",
        "## Checklist", "## Facts", "## Why not another way", "## Open",
    ]  # fmt: skip
    tables = re.findall(r"(?:^\|.*\n)+", shown, flags=re.MULTILINE)
    assert len(tables) == 3
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in table.splitlines()}) == 1, table


@settings(max_examples=40, deadline=None)
@given(hostile_text())
def test_any_conversation_that_was_kept_has_a_record(text: str) -> None:
    found = record_as_json(record_of_kept(everything(text)))
    assert not leaks(found) and not unseen(found) and DecisionRecord.model_validate_json(found).ran


def test_advice_is_told_each_time_it_changed() -> None:
    routes = ("define_metric", "define_metric", "collect_data", "define_metric", "stop")
    events = [Advised(t=number, route=route) for number, route in enumerate(routes, 1)]
    assert [(one.t, one.route) for one in earlier_advice(events, "stop")] == [
        (1, "define_metric"), (3, "collect_data"), (4, "define_metric"),
    ]  # fmt: skip
    assert len(earlier_advice(events, "retrieval")) == 4


def test_a_choice_that_was_taken_back_is_none() -> None:
    first, second = Overruled(route="distillation"), Overruled(route="gold_finetune")
    turn: list[ConversationEvent] = [Replied(text="a"), Understood(facts=TOLD[:1]), first]
    back: list[ConversationEvent] = [Replied(text="back"), TookBack()]
    answer: list[ConversationEvent] = [Replied(text="b"), Understood(facts=TOLD[:1])]

    def routes(*events: ConversationEvent) -> list[str]:
        return [choice.route for choice in overrulings(events)]

    assert routes(*turn) == ["distillation"]
    assert routes(*turn, *back) == []
    assert routes(*turn, *answer, *back) == ["distillation"]
    assert routes(*turn, *answer, *back, *back) == []
    assert routes(*turn, Ran(folder="r"), Replied(text="c"), second, *back) == ["distillation"]
    assert routes(*turn, Restarted()) == [] and routes(*turn, Ran(folder="r"), Restarted()) == ["distillation"]
    assert routes(TookBack(), Restarted()) == []


def test_an_assumption_that_was_confirmed_is_no_correction() -> None:
    facts = Facts().learn(
        Fact(name="task", value="extraction", source=Source.assumed), *TOLD,
        Fact(name="labelled_examples", value=500, source=Source.told),
    )  # fmt: skip
    assert [(old.name, old.value, new.value) for old, new in replaced_values(facts)] == [
        ("labelled_examples", Range(low=300, high=400), 500), ("optimized_score", 0.72, 0.59),
    ]  # fmt: skip
