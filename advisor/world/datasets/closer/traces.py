"""What stands in texts by its pattern: personal data, addresses, control characters, HTML entities; shown masked.

A pattern is no proof: it misses names and numbers written without separators, and takes some numbers for others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Literal, NamedTuple

from advisor.domain.close_look import Trace
from advisor.world.datasets.text import CONTROL, ENTITY

Kind = Literal["control", "entity", "email", "phone", "iban", "card", "url"]

PERSONAL: tuple[Kind, ...] = ("email", "phone", "iban", "card")
SAMPLES = 3
SAMPLE_WIDTH = 40
LOOKED_AT = 100_000
"""Characters of one text that are looked through."""

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_URL = re.compile(r"(?<![A-Za-z0-9])(?:https?://|www\.)[^\s<>\"'`{}|\\^]{3,2000}", re.IGNORECASE)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")
_NUMBER = re.compile(r"(?<![\w.:/=#@+-])\+?\(?\d(?:[ ().\-/]{0,3}\d){7,24}(?!\w|[-.:/]\d)")
_DATE = re.compile(r"(?:\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2})(?!\d)")
_DIGITS = re.compile(r"\d+")

_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22,
    "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26,
}  # fmt: skip
_CARDS = re.compile(
    r"4\d{12}(?:\d{3}(?:\d{3})?)?|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|6(?:011|5\d\d)\d{12}"
)


class Found(NamedTuple):
    """A piece of a text."""

    kind: Kind
    start: int
    end: int


def find(text: str) -> list[Found]:
    """Return what stands in a text, no piece of it twice; in the order of the kinds."""
    text = text[:LOOKED_AT]
    found: list[Found] = []
    for kind, pieces in _FINDERS:
        for start, end in list(pieces(text)):
            found.append(Found(kind, start, end))
            text = text[:start] + "\n" * (end - start) + text[end:]
    return found


def mask(kind: Kind, value: str) -> str:
    """Return a value that can be recognised for what it is, and by nobody for whose it is."""
    if kind == "email":
        return f"{value[0]}…@….{value.rpartition('.')[2][:3]}"
    if kind == "url":
        scheme = value.partition("://")[0].lower() + "://" if "://" in value else "www."
        return f"{scheme}…"
    if kind in ("control", "entity"):
        return value
    shown = 2 if kind == "iban" else 0
    hidden = sum(character.isalnum() for character in value) - 2
    seen = 0
    marks = []
    for character in value:
        alnum = character.isalnum()
        marks.append("•" if alnum and shown <= seen < hidden else character)
        seen += alnum
    return "".join(marks)[:SAMPLE_WIDTH]


def masked(text: str) -> str:
    """Return a text with the personal data in it masked, as far as patterns find it."""
    for found in sorted(find(text), key=lambda piece: -piece.start):
        if found.kind in PERSONAL:
            piece = mask(found.kind, text[found.start : found.end])
            text = text[: found.start] + piece + text[found.end :]
    return text


class TraceTally:
    """Rows with each kind of trace, and a few masked samples."""

    def __init__(self) -> None:
        self._rows: dict[Kind, int] = {}
        self._samples: dict[Kind, list[str]] = {}

    def add(self, text: str) -> None:
        """Look through the text of one row."""
        kinds = set()
        for found in find(text):
            kinds.add(found.kind)
            self._sample(found.kind, text[found.start : found.end])
        if "&" in text and (entity := _entity(text)):
            kinds.add("entity")
            self._sample("entity", entity)
        if not text.isprintable() and (control := CONTROL.search(text)):
            kinds.add("control")
            self._sample("control", f"U+{ord(control[0]):04X}")
        for kind in kinds:
            self._rows[kind] = self._rows.get(kind, 0) + 1

    def _sample(self, kind: Kind, value: str) -> None:
        samples = self._samples.setdefault(kind, [])
        if len(samples) < SAMPLES and (shown := mask(kind, value)) not in samples:
            samples.append(shown)

    def result(self) -> tuple[Trace, ...]:
        """Return what was found, commonest first."""
        ordered = sorted(self._rows.items(), key=lambda pair: -pair[1])
        return tuple(Trace(kind=kind, rows=rows, samples=tuple(self._samples[kind])) for kind, rows in ordered)


def _entity(text: str) -> str | None:
    for found in ENTITY.finditer(text[:LOOKED_AT]):
        if found[0][1] == "#" or found[0][1:] in html5:
            return found[0]
    return None


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if "@" in text:
        yield from (found.span() for found in _EMAIL.finditer(text))


def _urls(text: str) -> Iterator[tuple[int, int]]:
    if "://" in text or "www." in text or "WWW." in text:
        yield from (found.span() for found in _URL.finditer(text))


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for found in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(found[0][:2], 0)
        for end, compact in _compacted(found):
            if len(compact) == length and _iban_holds(compact):
                yield found.start(), end
                break


def _compacted(found: re.Match[str]) -> Iterator[tuple[int, str]]:
    compact = ""
    for position, character in enumerate(found[0], found.start() + 1):
        if character != " ":
            compact += character
            yield position, compact


def _iban_holds(compact: str) -> bool:
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in _NUMBER.finditer(text):
        digits = "".join(_DIGITS.findall(found[0]))
        plain = not set(found[0]) & set("+()./")
        if plain and _CARDS.fullmatch(digits) and digits.isascii() and _luhn_holds(digits):
            yield found.span()


def _luhn_holds(digits: str) -> bool:
    doubled = (int(digit) * 2 if i % 2 else int(digit) for i, digit in enumerate(reversed(digits)))
    return len(set(digits)) > 1 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for found in _NUMBER.finditer(text):
        if _is_phone(found[0]):
            yield found.span()


def _is_phone(number: str) -> bool:
    """Say whether digits are written as a phone number is: with separators or a plus, and no date, price or id."""
    groups = [len(group) for group in _DIGITS.findall(number)]
    digits = sum(groups)
    if number.startswith("+"):
        return 8 <= digits <= 15
    if len(set(number) & set("0123456789")) < 3 or _DATE.match(number.lstrip("(")):
        return False
    if number.count(".") == 3 and max(groups) <= 3:
        return False
    if groups in ([3, 3, 4], [1, 3, 3, 4]):
        return True
    local = number.lstrip("(").startswith("0") and groups[0] >= 2 and groups[-1] >= 2
    return len(groups) > 1 and 9 <= digits <= 13 and len(groups) <= 6 and local


_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("email", _emails), ("url", _urls), ("iban", _ibans), ("card", _cards), ("phone", _phones),
)  # fmt: skip
"""In this order: a number in an address is no telephone."""
