"""Personal data and oddities by their pattern: found, counted, never shown whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.world.datasets.closer.traces import TraceTally, find, mask, masked


def kinds(text: str) -> list[str]:
    return [found.kind for found in find(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to jane.doe+x@mail.example.co.uk please", "email"),
        ("A@B.CO", "email"),
        ("call +44 20 7946 0018 now", "phone"),
        ("(555) 123-4567", "phone"),
        ("1-555-123-4567", "phone"),
        ("0171/123 4567", "phone"),
        ("030-1234 5678.", "phone"),
        ("+4915112345678", "phone"),
        ("pay DE89 3704 0044 0532 0130 00 AND more", "iban"),
        ("GB82WEST12345698765432", "iban"),
        ("card 4111 1111 1111 1111, thanks", "card"),
        ("378282246310005", "card"),
        ("see https://example.org/a?b=c.", "url"),
        ("www.example.org/jane", "url"),
    ],
)
def test_a_pattern_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "table: 1-1000181-1",
        "table: 2-12345678-10 columns",
        "on 2026-11-22 and 22.11.2026",
        "01/02/2026 12",
        "192.168.100.200",
        "0.123456789",
        "ISBN 978-3-16-148410-0",
        "ISBN 0-306-40615-2",
        "1 000 000 000 rows",
        "4111 1111 1111 1112",
        "1234567890123456",
        "DE89 3704 0044 0532 0130 01",
        "order 20261122103000",
        "08712460324",
        "a @ b . c",
        "user@localhost",
        "x1-555-123-4567y",
        "000-000-0000",
    ],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert kinds(text) == []


def test_rows_are_counted_once_and_samples_are_masked() -> None:
    tally = TraceTally()
    for text in ("a@b.org and c@d.org", "plain", "nul \x00 and esc \x1b[31m", "fish &amp; chips &nosuch; &#39;"):
        tally.add(text)
    found = {trace.kind: trace for trace in tally.result()}
    assert {kind: trace.rows for kind, trace in found.items()} == {"email": 1, "control": 1, "entity": 1}
    assert found["email"].samples == ("a…@….org", "c…@….org")
    assert found["control"].samples == ("U+0000",)
    assert found["entity"].samples == ("&amp;",)


LOCAL = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,20}", fullmatch=True)
DOMAIN = st.from_regex(r"[a-z0-9]{1,12}(\.[a-z0-9]{1,8}){0,2}\.[a-z]{2,8}", fullmatch=True)
DIGITS = st.text("0123456789", min_size=3, max_size=4)


@given(LOCAL, DOMAIN, st.text(max_size=30))
def test_no_sample_and_no_example_shows_an_address(local: str, domain: str, around: str) -> None:
    address = f"{local}@{domain}"
    text = f"{around} {address} {around}"
    tally = TraceTally()
    tally.add(text)
    samples = [sample for trace in tally.result() for sample in trace.samples]
    assert all(address not in sample and len(re.sub(r"\W", "", sample)) <= 6 for sample in samples if "@" in sample)
    assert address not in masked(text)


@given(DIGITS, DIGITS, DIGITS, st.sampled_from(" -./"), st.text("abc ,;", max_size=20))
def test_no_sample_and_no_example_shows_a_number(a: str, b: str, c: str, between: str, around: str) -> None:
    number = f"+{a}{between}{b}{between}{c}"
    tally = TraceTally()
    tally.add(f"{around} {number} {around}")
    shown = [sample for trace in tally.result() for sample in trace.samples]
    assert all(sum(character.isdigit() for character in sample) <= 2 for sample in shown)
    assert number not in masked(f"{around} {number} {around}")


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    for found in find(text):
        value = text[found.start : found.end]
        assert value and mask(found.kind, value) != value
    masked(text)


def test_long_hostile_texts_take_no_time() -> None:
    for text in (
        "1" * 100_000,
        "1 " * 50_000,
        "a@" * 50_000,
        "a." * 50_000,
        "DE12" * 25_000,
        "(" * 100_000,
        "&a" * 50_000,
    ):
        find(text)
        TraceTally().add(text)
