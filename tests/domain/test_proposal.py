"""What of a model's answer is shown to the user: only what the reply bears out, whatever the model wrote."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.facts import Fact, FactName, FactValue, Gpu, Range, Source
from advisor.domain.proposal import ANSWER_LIMIT, MEASURED, MOST, MOST_READ, STATABLE, Claims, Proposal, proposed
from advisor.domain.stated import standing
from advisor.domain.values import SPECS

REPLY = (
    "We have 1,200 tickets in My Tickets.csv, the field is Category. Two A100 80GB cards, GPT 4o mini today, "
    "100 calls a day, right three times in four, at most $20. It’s about quality."
)


def only(name: str, value: object, words: str, reply: str = REPLY) -> Proposal:
    return proposed({"facts": [{"name": name, "value": value, "words": words}]}, reply, None)


@pytest.mark.parametrize(
    ("name", "value", "words", "taken"),
    [
        ("labelled_examples", "1200", "1,200 tickets", 1200),
        ("labelled_examples", 1200, "we  HAVE 1,200", 1200),
        ("labelled_examples", "1.2k", "1,200 tickets", 1200),
        ("data_path", "my tickets.csv", "in My Tickets.csv", "My Tickets.csv"),
        ("label_field", "category", "the field is Category", "Category"),
        ("input_fields", ["category"], "the field is Category", ("Category",)),
        ("gpus", "A100:80", "Two A100 80GB cards", (Gpu(name="A100", gib=80),)),
        ("current_model", "gpt-4o-mini", "GPT 4o mini today", "gpt-4o-mini"),
        ("calls_per_month", "3000", "100 calls a day", 3000.0),
        ("calls_per_month", "2500-3100", "100 calls a day", Range(low=2500, high=3100)),
        ("baseline_score", "75%", "right three times in four", 0.75),
        ("budget_usd", "$20", "at most $20", 20.0),
        ("goal", "quality", "It's about quality", "quality"),
        ("data_must_stay", False, "quality", False),
    ],
)
def test_a_value_that_the_words_carry_is_proposed(name: str, value: object, words: str, taken: FactValue) -> None:
    found = only(name, value, words)
    assert found.dropped == () and [fact.value for fact in found.facts] == [taken]
    (fact,) = found.facts
    assert (fact.name, fact.source) == (name, Source.told) and fact.evidence in REPLY


@pytest.mark.parametrize(
    ("name", "value", "words", "why"),
    [
        ("labelled_examples", "800", "800 tickets", "words quoted for it are not in the reply"),
        ("labelled_examples", "200", "200 tickets", "words quoted for it are not in the reply"),
        ("labelled_examples", "2000", "1,200 tickets", "that number is not in the words"),
        ("labelled_examples", "1200", "tickets in My", "no number in the words"),
        ("labelled_examples", "0", "", "words quoted"),
        ("labelled_examples", "0", " . ", "words quoted"),
        ("labelled_examples", "many", "1,200 tickets", "it takes a whole number"),
        ("labelled_examples", "9" * 199, "1,200 tickets", "it takes"),
        ("calls_per_month", "80", "Two A100 cards", "words quoted"),
        ("calls_per_month", "9" * 30, "100 calls a day", "it takes"),
        ("calls_per_month", "-5", "100 calls a day", "it takes"),
        ("baseline_score", "nan", "right three times in four", "it takes"),
        ("baseline_score", "0.4", "It's about quality", "no number"),
        ("data_path", "../My Tickets.csv", "in My Tickets.csv", "that name is not in the words"),
        ("data_path", "/etc/passwd", "in My Tickets.csv", "that name is not in the words"),
        ("data_path", "ticket", "in My Tickets.csv", "that name is not in the words"),
        ("label_field", "[red]Category[/]", "the field is Category", "that name is not in the words"),
        ("label_field", "Cate\x1b[31mgory", "the field is Category", "cannot be used"),
        ("label_field", "Cate\u202egory", "the field is Category", "cannot be used"),
        ("input_fields", ["Category", "text"], "the field is Category", "that name is not in the words"),
        ("input_fields", ",".join(["field"] * 21), "the field is Category", "that name is not in the words"),
        ("current_model", "gpt-4", "GPT 4o mini today", "that model is not in the words"),
        ("current_model", "gpt-5", "GPT 4o mini today", "that model is not in the words"),
        ("current_model", "evil.example/gpt-4o-mini", "GPT 4o mini today", "that model is not in the words"),
        ("current_model", "gpt 4o mini", "GPT 4o mini today", "that model is not in the words"),
        ("gpus", "H100:80", "Two A100 80GB cards", "that processor is not in the words"),
        ("gpus", "A100:40", "Two A100 80GB cards", "its memory is not in the words"),
        ("gpus", "A100:nan", "Two A100 80GB cards", "it takes"),
        ("gpus", "A100:-80", "Two A100 80GB cards", "it takes"),
        ("gpus", "A100:1e400", "Two A100 80GB cards", "it takes"),
        ("gpus", ",", "Two A100 80GB cards", "no processor"),
        ("goal", "world peace", "It's about quality", "it takes one of"),
        ("goal", "quality", "It's about quality and more", "words quoted for it are not in the reply"),
        ("goal", "x" * 1_000_000, "It's about quality", "cannot be used"),
        ("goal", "quality", "quality " * 100_000, "words quoted"),
        ("goal", {"value": "quality"}, "It's about quality", "not a name, a value and words"),
        ("goal", [["quality"]], "It's about quality", "not a name, a value and words"),
        ("goal", None, "It's about quality", "not a name, a value and words"),
        ("rows", "1200", "1,200 tickets", "measured, not told"),
        ("overruled", "stop", "quality", "measured, not told"),
        ("[b]pwned[/b]\x1b[2J", "1", "1,200 tickets", "An entry: there is no such fact"),
        ("sentiment", "1", "1,200 tickets", "sentiment: there is no such fact"),
        ("n" * 100_000, "1", "1,200 tickets", "there is no such fact"),
    ],
)
def test_what_the_reply_does_not_bear_out_is_dropped_with_a_reason(
    name: str, value: object, words: str, why: str
) -> None:
    found = only(name, value, words)
    assert found.facts == () and len(found.dropped) == 1
    assert why in found.dropped[0] and len(found.dropped[0]) < 200 and "\x1b" not in found.dropped[0]


def test_a_masked_key_is_no_name() -> None:
    reply = "the field is [key removed] or sk-…abcd"
    assert only("label_field", "[key removed]", "[key removed]", reply).facts == ()
    assert only("label_field", "sk-…abcd", "sk-…abcd", reply).facts == ()


@pytest.mark.parametrize("name", sorted(MEASURED))
def test_what_is_measured_is_never_proposed(name: FactName) -> None:
    assert only(name, "1", "1,200").facts == () and name not in STATABLE


def claim(name: str, value: str, words: str) -> dict[str, str]:
    return {"name": name, "value": value, "words": words}


GOAL = claim("goal", "quality", "It's about quality")
BUDGET = claim("budget_usd", "20", "at most $20")


def test_the_fact_asked_about_comes_first_and_a_name_counts_once() -> None:
    again = claim("goal", "cost", "It's about quality")
    found = proposed({"facts": [GOAL, GOAL, again, BUDGET]}, REPLY, "budget_usd")
    assert [fact.name for fact in found.facts] == ["budget_usd", "goal"] and found.facts[1].value == "quality"
    assert found.dropped == ("goal: it was named twice.",)


def test_no_more_facts_are_proposed_than_are_read() -> None:
    many = [claim(name, "20", "$20") for name in ("calls_per_month", "spend_per_month_usd", "student_price_in",
            "student_price_out", "student_price_training", "baseline_score")]  # fmt: skip
    found = proposed({"facts": [*many, BUDGET]}, REPLY, "budget_usd")
    assert len(found.facts) == MOST and found.facts[0].name == "budget_usd"
    assert found.dropped == (f"baseline: there were more than {MOST} facts.",)
    flood = proposed({"facts": [claim(f"fact {number}", "1", "$20") for number in range(5000)]}, REPLY, None)
    assert flood.facts == () and len(flood.dropped) == MOST_READ + 1


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "```json\n{}\n```",
        "Sure. Here it is:\n{}\nAnything else?",
        '<think>{{"name": 1}} or {{maybe}}</think>\n{}',
        "\ufeff  {}",
    ],
)
def test_the_answer_is_found_wherever_it_stands(text: str) -> None:
    found = proposed(text.format(json.dumps({"facts": [GOAL]})), REPLY, None)
    assert [fact.name for fact in found.facts] == ["goal"]
    assert proposed(text.format('{"facts": []}'), REPLY, None) == Proposal()


@pytest.mark.parametrize(
    "answer",
    [
        "", "no", "[]", "{}", '{"facts": 3}', '{"facts": {"goal": "quality"}}', '{"facts": [', "{" * 19_000,
        '{"facts":' + "[" * 19_000, '{"a":' * 3000, "x" * (ANSWER_LIMIT + 1), "9" * 5000,
        '{"facts": ' + "9" * 5000 + "}", {}, {"facts": "goal"}, {"facts": None},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_an_error(answer: str | dict[str, object]) -> None:
    with pytest.raises(ValueError, match="answer"):
        proposed(answer, REPLY, None)


def test_entries_that_are_nothing_are_dropped_once() -> None:
    found = proposed({"facts": [None, 3, "goal", [], {}, {"name": "goal"}, GOAL]}, REPLY, None)
    assert [fact.name for fact in found.facts] == ["goal"]
    assert found.dropped == ("An entry: it is not a name, a value and words.",)


def test_the_form_asked_for_names_the_facts_a_person_can_state() -> None:
    schema = Claims.model_json_schema()
    assert schema["$defs"]["Claim"]["properties"]["name"]["enum"] == list(STATABLE)
    assert set(STATABLE) | MEASURED == set(SPECS) == set(get_args(FactName))


@pytest.mark.parametrize(
    ("model", "words", "said"),
    [
        ("gpt-4", "we use gpt-4 now", True),
        ("gpt-4", "we use GPT4.", True),
        ("gpt-4", "we use gpt-4-turbo", False),
        ("gpt-4o", "we use openai/gpt-4o", True),
        ("openai/gpt-4o", "we use gpt-4o", False),
        ("qwen3-8b", "qwen 3 8b", True),
        ("a", "data", False),
    ],
)
def test_a_model_is_said_by_its_whole_name(model: str, words: str, said: bool) -> None:
    assert bool(only("student_model", model, words, words).facts) == said


@pytest.mark.parametrize("words", ["2 A100s 80 GB", "2xA100 80gb", "A100-80GB"])
def test_a_processor_is_said_in_many_ways(words: str) -> None:
    assert only("gpus", "A100:80", words, words).facts


@pytest.mark.parametrize("words", ["gpt-4 is slow", "the A100 is slow", "none of them"])
def test_the_digits_of_a_name_are_no_number(words: str) -> None:
    assert not only("calls_per_month", "4", words, words).facts


def test_nothing_is_a_number_when_it_is_none() -> None:
    assert only("spend_per_month_usd", "0", "we pay nothing", "we pay nothing").facts


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("my  TICKETS.csv,", "My Tickets.csv,"),
        ("it's about", "It’s about"),
        ("$20.", "$20."),
        ("200", ""),
        ("1", ""),
        ("1,200", "1,200"),
        ("ickets", ""),
        ("", ""),
        (".,", ""),
    ],
)
def test_words_stand_in_a_reply_whole_or_not_at_all(piece: str, found: str) -> None:
    assert standing(piece, REPLY) == found


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(("1200", "My Tickets.csv", "quality", "A100:80", "20", "Category", "$20", "1,200 tickets", REPLY)),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ENTRIES = st.one_of(
    VALUES,
    st.fixed_dictionaries({"name": st.sampled_from(get_args(FactName)) | TEXTS, "value": VALUES, "words": TEXTS}),
)


@given(st.lists(ENTRIES, max_size=8), st.sampled_from((*get_args(FactName), None)))
def test_nothing_is_proposed_that_breaks_the_rules(entries: list[object], asked: FactName | None) -> None:
    found = proposed({"facts": entries}, REPLY, asked)
    names = [fact.name for fact in found.facts]
    assert len(names) == len(set(names)) <= MOST and not set(names) & MEASURED
    for fact in found.facts:
        assert fact.evidence and fact.evidence in REPLY and fact.source is Source.told
        assert Fact.model_validate_json(fact.model_dump_json()) == fact
    assert all(len(reason) < 200 and reason.isprintable() for reason in found.dropped)


@given(st.text(max_size=300))
def test_any_text_is_an_answer_or_an_error(text: str) -> None:
    for answer in (text, "{" + text, '{"facts": [' + text + "]}"):
        try:
            assert len(proposed(answer, text, None).facts) <= MOST
        except ValueError as error:
            assert "answer" in str(error)


@given(st.text(min_size=1, max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_what_stands_is_a_part_of_the_text(piece: str, before: str, after: str) -> None:
    text = f"{before} {piece} {after}"
    found = standing(piece, text)
    assert found in text and (bool(found) or not any(character.isalnum() for character in piece))
