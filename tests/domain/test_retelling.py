from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.conversation import (
    Advised,
    Allowed,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Corrected,
    Ended,
    Measured,
    Opened,
    Overruled,
    Planned,
    Proposed,
    Ran,
    Replied,
    Restarted,
    Resumed,
    Said,
    Skipped,
    TookBack,
    Understood,
)
from advisor.domain.facts import Fact, Source
from advisor.domain.retelling import fit, moment, to_json, to_markdown
from tests.hostile import KEYS, hostile_text, leaks, structure, unseen
from tests.world.test_transcripts import PLAN

BEGAN = 1_795_360_740.0
"""2026-11-22 15:19:00 UTC."""


def everything(text: str) -> list[ConversationEvent]:
    """Return every kind of event with this text wherever a text may be."""
    plan = PLAN.model_copy(update={"title": text, "data_path": text})
    facts = (
        Fact(name="current_model", value=text, source=Source.told, evidence=text),
        Fact(name="input_fields", value=(text, "b"), source=Source.measured),
    )
    events: list[ConversationEvent] = [
        Opened(data=text), Asked(fact="goal", text=text), Replied(text=text), Understood(facts=facts),
        Said(text=text), Measured(facts=facts), Skipped(facts=("budget_usd", text)), TookBack(), Restarted(), Resumed(),
        Corrected(fact="goal", text=text), Allowed(model=text), Proposed(model=text, facts=facts, why=text),
        Advised(route=text, reasons=(text, text)), Overruled(route="distillation", risk=text),
        Planned(plan=plan, folder=text), Consented(sentence=text), Ran(folder=text), Ended(facts=facts), Ended(),
        Closed(exit_code=3),
    ]  # fmt: skip
    return [event.model_copy(update={"t": BEGAN + number}) for number, event in enumerate(events)]


def test_a_conversation_is_told_in_order_and_nothing_twice() -> None:
    noted = (Fact(name="baseline_score", value=0.71, source=Source.told, evidence="about 71"),)
    text = to_markdown([
        Opened(t=BEGAN, data="/data/ana/tickets.csv"), Said(t=BEGAN, text="What does it score?\n\n  Say it."),
        Replied(t=BEGAN + 61, text="about 71\n\n# really"), Understood(t=BEGAN + 61, facts=noted),
        Said(t=BEGAN + 61, text="Noted: baseline 71%."),
        Advised(t=BEGAN + 61, route="stop", reasons=("It is enough.",)),
        Said(t=BEGAN + 61, text="Stop here.\nIt is enough."),
        Replied(t=BEGAN + 62, text="skip"), Skipped(t=BEGAN + 62, facts=("budget_usd",)), TookBack(t=BEGAN + 63),
        Closed(t=BEGAN + 90_000),
    ])  # fmt: skip
    assert text == (
        "# Conversation about tickets.csv\n\n*2026-11-22 15:19 UTC*\n\nWhat does it score?  \nSay it.\n\n"
        "*15:20*\n\n> about 71  \n> \\# really\n\nNoted: baseline 71%.\n\n**Stop here.**  \nIt is enough.\n\n"
        "> skip\n\n*Left out: budget in dollars*\n\n*The last answer was taken back.*\n\n"
        "*2026-11-23 16:19 UTC*\n\n*Closed.*\n"
    )


def test_every_kind_of_event_is_told() -> None:
    text = to_markdown(everything("plain"))
    for expected in (
        "# Conversation about plain", "> plain", "*Noted: model today plain", "*Measured:",
        "*Left out: budget in dollars", "taken back", "Begun again", "Taken up again", "> goal, typed over: plain",
        "may read replies", "plain takes from it", "**Advised: plain**",
        "**Chosen against the advice: Distil into a cheaper model.** plain",
        "Planned: plain, Distil into a cheaper model. The project is in plain.", "**Agreed to 15:19:16:** plain",
        "**Run started 15:19:17** in plain.", "**Run ended 15:19:18:** model today plain", "no result", "exit code 3",
    ):  # fmt: skip
        assert expected in text, expected


def test_nothing_at_all_is_still_a_conversation() -> None:
    assert to_markdown([]) == "# Conversation\n" and json.loads(to_json([])) == []
    assert to_markdown([Said(text="Without a time.")]) == "# Conversation\n\nWithout a time.\n"


@settings(max_examples=150, deadline=None)
@given(hostile_text())
def test_what_a_user_wrote_stays_text(text: str) -> None:
    events = everything(text)
    shown, data = to_markdown(events), to_json(events)
    assert not leaks(shown) and not leaks(data)
    assert not unseen(shown) and not unseen(data)
    assert not structure(shown)
    assert [line for line in shown.splitlines() if re.match(r"#|---|===|    |\d+[.)] ", line)] == [
        shown.splitlines()[0]
    ]
    assert [event["kind"] for event in json.loads(data)] == [event.kind for event in events]


@given(st.text())
def test_text_that_holds_no_key_and_nothing_unseen_is_kept(text: str) -> None:
    plain = re.sub(r"\S{12,}", "word", "".join(c for c in text if c.isprintable()))
    assert fit(f"{plain}\n  {plain}") == f"{plain}\n  {plain}"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\x1b[31m", "\u202e", "\x07", "\xad"])
def test_nothing_unseen_hides_a_key(key: str, hidden: str) -> None:
    assert not leaks(fit(f"a\nmy key: {key[:12]}{hidden}{key[12:]}\nb"))


@pytest.mark.parametrize(
    "before", ["\x1b ", "\x1b", "\x1b[", "\x1b[1;", "\x9b", "\x1b[31m", "\x1b]0;title\x07", "\x1b("]
)
@pytest.mark.parametrize("key", KEYS)
def test_no_escape_sequence_takes_the_first_letter_of_a_key(key: str, before: str) -> None:
    shown = fit(f"my key: {before}{key}\nb")
    assert not leaks(shown) and not unseen(shown)


def test_a_key_on_the_line_after_the_word_for_it_is_masked() -> None:
    assert "aZ3bY7cX9qW2eR4t" not in fit("the key is\naZ3bY7cX9qW2eR4t5") and fit("a\n\nb") == "a\n\nb"


def test_a_long_message_is_cut_and_says_so() -> None:
    text = to_markdown([Replied(text="word " * 4000)])
    assert len(text) < 4200 and "*16,000 more characters*" in text
    assert len(json.loads(to_json([Replied(text="word " * 4000)]))[0]["text"]) == 20_000


@pytest.mark.parametrize("t", [0.0, -1.0, float("nan"), float("inf"), 1e300, 1e18])
def test_what_is_no_time_is_left_out(t: float) -> None:
    assert moment(t) is None
    assert to_markdown([Said(t=t, text="a")]) == "# Conversation\n\na\n"


def test_a_long_conversation_is_told_without_a_wait() -> None:
    turn: list[ConversationEvent] = [
        Asked(fact="goal", text=""), Said(text="What is it for: better answers, or cheaper or faster ones?"),
        Replied(text="we want it cheaper and about 71% is enough for us"), Said(text="Noted: goal cost."),
    ]  # fmt: skip
    long: list[ConversationEvent] = [Replied(text="a long story of tickets and parcels\n" * 570)]
    events = [*turn * 2500, *long * 25]
    began = time.process_time()
    assert len(to_markdown(events)) > 200_000 and len(to_json(events)) > 1_000_000
    assert time.process_time() - began < 6


def test_a_note_in_other_words_is_not_written_a_second_time() -> None:
    metric = Fact(name="metric", value="token_f1", source=Source.told)
    told: list[ConversationEvent] = [
        Replied(text="3"), Understood(facts=(metric,)), Said(text="Noted: metric token f1.", manner="noted"),
    ]  # fmt: skip
    assert to_markdown(told).count("Noted") == 1
    assert "*Noted: metric words in common*" in to_markdown(told[:2])
