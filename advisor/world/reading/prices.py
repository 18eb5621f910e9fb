"""Prices of a million tokens, with what is paid for before or after the figure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.numerals import Numeral, numerals
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_PER = re.compile(
    r"(?:\b(?:per|an?|each|every|for (?:an?|one|1|each|every)|by)\s|/\s?)(?:1\s?)?(million|m|mio|mn|mln|1m|1,000,000"
    r"|thousand|k|1k|1,?000)\b(?:\s?(?:of\s)?(?=tok|in\b|inp|out|train|prompt|compl|gener|$|[\s,.;:)!]))"
    r"(?!\s(?:calls?|requests?|rows?|predictions?|users?|tickets?|examples?|documents?))|\bper mtoks?\b|/\s?mtoks?\b"
)
"""What a price is for."""
_NAMED = re.compile(r"\b(?:in(?:put)?|out(?:put)?|prompt|completion|train(?:ing)?)\s(?:token\s)?prices?\b")
"""Two of these in a sentence need no word of what they are for."""
_THOUSAND = ("thousand", "k", "1k", "1,000", "1000")
_KINDS: tuple[tuple[FactName, str], ...] = (
    (
        "student_price_in",
        r"inputs?|in(?!\s(?:total|the|our|an?|all|my|this|that|each|every)\b)|prompts?|reading|ingoing",
    ),
    ("student_price_out", r"outputs?|out(?!\sof\b)|completions?|generated|generation|generating|writing|outgoing"),
    ("student_price_training", r"train(?:ing|ed)?|(?:fine-?)?tun(?:ing|ed)|learning"),
)
_KIND = "|".join(f"(?P<{name}>{words})" for name, words in _KINDS)
_UNIT = r"(?:\s?(?:us[\s-]?)?(?:\$|dollars?\b|usd\b|bucks?\b|(?P<cents>cents?\b|¢|c\b)))?"
_AFTER = re.compile(
    rf"{_UNIT}(?:\s?(?:{_PER.pattern}))?(?:\s(?:of\s|tok(?:en)?s?\b))*(?:\s?\(?(?:for|on|to|when|as)\s)?"
    rf"\s?\(?(?:the\s|each\s|every\s|it\s)*(?:{_KIND})\b"
)
_BEFORE = re.compile(
    rf"\b(?:{_KIND})\b(?:[\s-]?(?:tok(?:en)?s?|pric(?:e|es|ing|ed)|costs?|rate|fees?|side|ones?|is|are|at|of|about"
    rf"|come|comes|the|student|our|model|a|small(?:er)?"
    rf"|to|for|being|runs|would be|it|them|on|me|us|we pay|around|data|charge[sd]?|listed|billed|{_PER.pattern})\b|[:=]"
    r"|\s?->|\s){0,8}\s?(?:us\s?\$|\$|\busd\s?)?$"
)
_UNIT_AFTER = re.compile(_UNIT)
_BOTH = re.compile(r"\bin(?:puts?)?\s?(?:/|and|&|,|\+)\s?out(?:puts?)?\b(?:\s?(?:/|and|&|,|\+)\s?(train))?")
_JOINED = re.compile(r"\s?(?:\$|usd|dollars?|cents?)?\s?(?:/|and|&|,|\+)\s?\$?")
_SENTENCE = re.compile(r"[.!?;\n](?=\s|$)")
DEAREST = 1000.0
"""A larger figure is no price of a million tokens."""


class _Price(NamedTuple):
    name: FactName
    value: float
    start: int
    end: int


def prices(heard: Said) -> tuple[list[Fact], Said]:
    """Return the prices of the student's tokens, and the reply without them."""
    low = heard.low
    found: list[_Price] = []
    floor = 0
    for end in [*(mark.end() for mark in _SENTENCE.finditer(low)), len(low)]:
        part = " " * floor + low[floor:end]
        if _PER.search(part) or len(_NAMED.findall(part)) > 1:
            found += _paired(part) or _priced(part)
        floor = end
    facts: dict[FactName, Fact] = {}
    for price in found:
        facts.setdefault(price.name, told(heard, price.name, price.value, price.start, price.end))
        heard = heard.without(price.start, price.end)
    if found:
        heard = heard._replace(low=_PER.sub(lambda mark: " " * len(mark[0]), heard.low))
    return list(facts.values()), heard


def _figures(part: str) -> list[Numeral]:
    """Return the numbers of a sentence that may be a price: not the million they are paid for."""
    marks = [mark.span() for mark in _PER.finditer(part)]
    return [
        number
        for number in numerals(part)[:12]
        if number.value < DEAREST
        and not number.loose
        and not any(start < number.end and number.start < end for start, end in marks)
    ]


def _priced(part: str) -> list[_Price]:
    """Return the prices of a sentence that names beside each figure what it is for."""
    figures = _figures(part)
    result: list[_Price] = []
    floor, leading = 0, None
    for at, figure in enumerate(figures):
        limit = figures[at + 1].start if at + 1 < len(figures) else len(part)
        before = _BEFORE.search(part[floor : figure.start])
        after = _AFTER.match(part[figure.end : limit])
        if leading is None and (before or after):
            leading = before is not None
        chosen = (before or after) if leading else (after or before)
        if chosen is None:
            continue
        unit = _UNIT_AFTER.match(part, figure.end)
        end = figure.end + (after.end() if chosen is after and after else unit.end() - figure.end if unit else 0)
        start = floor + before.start() if chosen is before and before else _money(part, figure.start)
        result.append(_Price(_kind(chosen), _value(part, figure, limit), start, end))
        floor = end
    return result


def _paired(part: str) -> list[_Price]:
    """Return the prices in "$0.15/$0.60 in/out per million"."""
    figures, both = _figures(part), _BOTH.search(part)
    wanted = 3 if both and both[1] else 2
    joined = len(figures) >= wanted and all(
        _JOINED.fullmatch(part[one.end : other.start]) for one, other in pairwise(figures[:wanted])
    )
    if both is None or not joined:
        return []
    return [
        _Price(name, _value(part, figure, figure.end + 12), _money(part, figure.start), figure.end)
        for (name, _), figure in zip(_KINDS, figures[:wanted], strict=False)
    ]


def _money(part: str, start: int) -> int:
    lead = re.search(r"(?:us\s?)?\$\s?$|\busd\s?$", part[max(0, start - 6) : start])
    return start - len(lead[0]) if lead else start


def _kind(found: re.Match[str]) -> FactName:
    return next(name for name, _ in _KINDS if found[name])


def _value(part: str, figure: Numeral, limit: int) -> float:
    """Return a figure in dollars per million tokens."""
    unit = _UNIT_AFTER.match(part, figure.end)
    per = _PER.search(part, figure.end, limit)
    factor = (0.01 if unit and unit["cents"] else 1) * (1000 if per and per[1] in _THOUSAND else 1)
    return round(figure.value * factor, 9)
