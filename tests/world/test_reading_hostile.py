"""Replies nobody should send: pastes, escapes, keys, and anything a machine can think of."""

from __future__ import annotations

import time
import unicodedata
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.facts import FactName
from advisor.domain.values import parse_value, write_value
from advisor.world.reading import read
from advisor.world.reading.said import EVIDENCE_LIMIT, clean

NAMES: tuple[FactName, ...] = get_args(FactName)
ASKED = st.one_of(st.none(), st.sampled_from(NAMES))
WORDS = """no, not sure why yes 500 1,200 2k 78% $20 €5 0.62 300-400 half a million dozen hundred thousand and or
maybe about tickets labelled rows categories calls month MIPROv2 GEPA need baseline budget at actually sorry , . ? ! ' "
( ) / - gpt-4o claude tickets.csv ~/x.csv A100 4090 F1 the second option two is from to between under over it's don't
column text label 1.200 ٣٠٠ ½ İ ﷺ \x00 \x1b[31m \u202e"""
REPLIES = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))


@settings(max_examples=600, deadline=None)
@given(
    REPLIES,
    ASKED,
    st.sampled_from([(), ("none", "by_hand"), ("a", "1", "")]),
    st.sampled_from([(), ("text", "label", "")]),
)
def test_reading_never_fails_and_keeps_its_word(
    reply: str, asked: FactName | None, choices: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    reading = read(reply, asked, choices, fields)
    cleaned = clean(reply)
    names = [fact.name for fact in reading.facts]
    assert len(names) == len(set(names))
    for fact in reading.facts:
        assert fact.evidence
        assert fact.evidence in cleaned
        assert len(fact.evidence) <= EVIDENCE_LIMIT
        assert write_value(fact.value) == "" or parse_value(fact.name, write_value(fact.value))
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in reading.note + cleaned)


@pytest.mark.parametrize(
    "reply", ["", " ", "\n", "\x00", ".", "...", "[]", "'", "\u202e", "\x1b[31m", "🤷", "ok" * 300]
)
@pytest.mark.parametrize("asked", NAMES)
def test_no_fact_without_words(reply: str, asked: FactName) -> None:
    assert read(reply, asked).facts == ()


PASTES = (
    "a",
    "1,",
    "one hundred and ",
    "$1 ",
    "not ",
    "((",
    " ",
    "ab/",
    "claude ",
    "a-",
    "\x1b[",
    "\x1b]a",
    "1-",
    "'",
    '"',
    "gpt-4o-",
    "is ",
    "is it 5? ",
    "1 000 ",
    "actually 5, ",
    "no, ",
    "sk-",
    "key ",
    "key is A1b2C3d4",
    "https://",
    "../",
    "A100 ",
    "is the label ",
    "from 5% to ",
    "\\",
    ".csv ",
    "new categories every ",
    "without losing ",
    "half a ",
    "point one ",
    "mipro ",
    "\u0301",
    "ﷺ",
    "5 5 of ",
)


@pytest.mark.parametrize("piece", PASTES)
def test_a_paste_is_read_in_bounded_time(piece: str) -> None:
    paste = (piece * 20_000)[:20_000]
    started = time.process_time()
    for asked in ("labelled_examples", "data_path", "prompt_optimization", "label_field", "student_model", "gpus"):
        reading = read(paste, asked, ("none", "by_hand"), ("text", "is"))
        assert all(len(fact.evidence) <= EVIDENCE_LIMIT for fact in reading.facts)
    assert time.process_time() - started < 4


def test_a_long_reply_says_how_much_was_read() -> None:
    assert "2,500" in read("hello " * 2000, "goal").note


KEYS = (
    "sk-proj-abcdefghijklmnop1234567890ABCD",
    "sk-ant-api03-abcdefghijklmnop1234567890",
    "AIzaSyA1234567890abcdefghijklmnopqrstuvw",
    "hf_abcdefghijklmnopqrstuvwxyz012345",
    "9f86d081884c7d659a2feaa0c55ad015",
    "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MFhZWg",
)


@pytest.mark.parametrize("secret", KEYS)
@pytest.mark.parametrize(
    "around", ["{}", "my key is {}", "OPENAI_API_KEY={}", "key: {} and 500 labelled tickets", "'{}'"]
)
@pytest.mark.parametrize("asked", ["student_model", "data_path", "labelled_examples", "label_field", None])
def test_a_key_is_never_kept(secret: str, around: str, asked: FactName | None) -> None:
    reading = read(around.format(secret), asked, (), ("text", "label"))
    assert secret[8:] not in reading.model_dump_json()
    assert "key" in reading.note
    assert all(fact.name == "labelled_examples" for fact in reading.facts)


def test_a_key_across_the_limit_is_masked_whole() -> None:
    reply = "x " * 1240 + "key sk-proj-abcdefghijklmnop1234567890ABCD"
    assert "sk-proj-abc" not in clean(reply)


def test_escapes_and_direction_marks_do_not_reach_the_evidence() -> None:
    (fact,) = read("\x1b[31mabout\x1b[0m \u202e800\u202c label\u200bled\x00 tickets", "labelled_examples").facts
    assert (fact.value, fact.evidence) == (800, "about 800 labelled tickets")


@pytest.mark.parametrize("reply", ["[bold]500[/bold]", "<b>500</b>", "{{ 500 }}", "`500`", "**500**"])
def test_markup_around_a_number_is_no_obstacle(reply: str) -> None:
    assert [fact.value for fact in read(reply, "labelled_examples").facts] == [500]


def test_an_ordinary_path_is_not_taken_for_a_key() -> None:
    name = "exports/3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b.csv"
    assert [fact.value for fact in read(name, "data_path").facts] == [name]
