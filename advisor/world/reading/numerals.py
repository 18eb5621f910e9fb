"""Numbers as people type them: digits with their marks, and words."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_MAGNITUDES = {
    "dozen": 12, "hundred": 100, "thousand": 1e3, "grand": 1e3, "million": 1e6, "millions": 1e6, "mio": 1e6,
    "billion": 1e9, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_SUFFIXES = {**_MAGNITUDES, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mill": 1e6, "bn": 1e9, "tsd": 1e3, "cr": 1e7}
_LOOSE = frozenset(("one", "half", "couple"))
"""Words that are mostly no number when they stand alone: "this one", "half of them"."""

_DIGITS = re.compile(
    r"(?<![\w.])(?<!\D[a-z]-)(?<!^[a-z]-)(?<!\d[,:])"
    r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)"
    r"|\d{1,3}(?:[ '_]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,15}(?:[.,]\d{1,12})?|\.\d{1,12})"
    rf"( and a half(?![\w-]))?(?:[ -]?({'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})(?![a-z0-9]))?"
    r"(?:ish\b)?(?!\w|[.:]\d)"
)
_WORDS = re.compile(r"[a-z]+")
_MINUS = re.compile(
    r"(?:(?:^|\b(?:is|of|at|to|was|be|about|around|budget|spend|limit)(?:\s|\s?[=:]\s?))(?:us\s?)?\$?[-−]\$?"
    r"|(?<!\d )\b(?:minus|negative)\s\$?)(?=\d|[a-z -]+\b(?:dollars|bucks)\b)"
)
"""Before a number below zero; a dash between two numbers is a range."""
_SUM = re.compile(r"[\d.,]*k?[a-z -]*?\s?(?:us\s?)?(?:\$|dollars?\b|usd\b|bucks?\b)")


LARGEST = 1e12
"""A larger number counts nothing anybody has."""


class Numeral(NamedTuple):
    """One number and where it stands."""

    start: int
    end: int
    value: float
    magnitude: float = 1
    """What it was multiplied by: 1000 for "2k"."""
    loose: bool = False
    """A word that is mostly no number when it stands alone."""
    grouped: bool = False
    """Written like 1.200, which is a decimal or, in a count, a thousand two hundred."""


def numerals(low: str) -> list[Numeral]:
    """Return the numbers of a text in lower case, in order."""
    digits = [_from_digits(found) for found in _DIGITS.finditer(low) if not _dashed(low, found.start())]
    taken = [(number.start, number.end) for number in digits]
    words = [number for number in _spoken(low) if not any(s < number.end and number.start < e for s, e in taken)]
    minus = _below_zero(low)
    found = [one for one in digits + words if not any(begin < one.start <= end for begin, end in minus)]
    return sorted(number for number in found if number.value <= LARGEST)


def _dashed(low: str, start: int) -> bool:
    return low[start - 1 : start] in ("-", "−") and not low[max(0, start - 3) : start - 1].strip()


def negative_sum(low: str, *, sum_asked: bool = False) -> bool:
    """Say whether a sum of money below zero is named: "-20 dollars", or "-20" where a sum was asked for."""
    return any(sum_asked or "$" in low[begin:end] or _SUM.match(low, end) for begin, end in _below_zero(low))


def _below_zero(low: str) -> list[tuple[int, int]]:
    """Return where a minus stands, with where its number begins."""
    return [found.span() for found in _MINUS.finditer(low)]


def _from_digits(found: re.Match[str]) -> Numeral:
    written = found[1]
    grouped = re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", written) is not None
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", written):
        written = written.replace(".", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", written):
        written = written.replace(".", "").replace(",", ".")
    if re.fullmatch(r"\d{1,15},\d{1,2}|\d{1,15},\d{4,12}|0,\d{3}", written):
        written = written.replace(",", ".")
    magnitude = _SUFFIXES[found[3]] if found[3] else 1
    value = (float(re.sub(r"[ ,'_]", "", written)) + (0.5 if found[2] else 0)) * magnitude
    return Numeral(found.start(), found.end(), round(value, 9), magnitude, grouped=grouped)


class _Speech:
    """A number being put together from words."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current = 0.0
        self.magnitude = 1.0
        self.decimals = 0

    def add(self, word: str) -> None:
        """Take the next word of the number."""
        if word == "point":
            self.decimals = 1
        elif self.decimals and word in _UNITS:
            self.current += _UNITS[word] / 10**self.decimals
            self.decimals += 1
        elif word == "half":
            self.current += 0.5 * (self.magnitude if not self.current else 1)
        elif word == "couple":
            self.current += 2
        elif word in ("hundred", "dozen"):
            self.current, self.magnitude = (self.current or 1) * _MAGNITUDES[word], _MAGNITUDES[word]
        elif word in _MAGNITUDES:
            self.total += (self.current or 1) * _MAGNITUDES[word]
            self.current, self.magnitude = 0.0, _MAGNITUDES[word]
        else:
            self.current += _UNITS.get(word, 0) + _TENS.get(word, 0)


def _spoken(low: str) -> list[Numeral]:
    words = list(_WORDS.finditer(low))
    found, at = [], 0
    while at < len(words):
        length = _length(low, words, at)
        if not length:
            at += 1
            continue
        speech = _Speech()
        for word in words[at : at + length]:
            speech.add(word[0])
        loose = length == 1 and words[at][0] in _LOOSE
        value, end = speech.total + speech.current, words[at + length - 1].end()
        found.append(Numeral(words[at].start(), end, round(value, 9), speech.magnitude, loose))
        at += length
    return found


def _length(low: str, words: list[re.Match[str]], at: int) -> int:
    """Return how many words from `at` on are one number."""
    first = words[at][0]
    last = low[words[at].start() - 1 : words[at].start()] if words[at].start() else " "
    if first in _LOOSE and re.match(r"-[a-z]", low[words[at].end() :]):
        return 0
    if last.isalnum() or last == "_" or _joined(low, words, at) in ("shot", "shots", "hop"):
        return 0
    end, previous = at, ""
    if first in ("a", "an"):
        following = _joined(low, words, at)
        if following not in _MAGNITUDES and following != "couple":
            return 0
        end, previous = at + 1, "a"
    while end < len(words):
        word = words[end][0]
        if end > at and _joined(low, words, end - 1) != word:
            break
        step = _step(low, words, end, previous)
        if not step:
            break
        end += step
        previous = "point" if "point" in (word, previous) else words[end - 1][0]
    return end - at


def _step(low: str, words: list[re.Match[str]], at: int, previous: str) -> int:
    """Return how many words the number goes on by at `at`, after the word `previous`."""
    word, following = words[at][0], _joined(low, words, at)
    if not _fits(word, previous):
        return 0
    if word == "and":
        later = _joined(low, words, at + 1) if following == "a" else ""
        if later == "half":
            return 3
        return 2 if previous in _MAGNITUDES and (following in _UNITS or following in _TENS) else 0
    if word in ("of", "a"):
        return 2 if following in _MAGNITUDES else 0
    if word == "point":
        return 2 if following in _UNITS else 0
    return 1


def _fits(word: str, previous: str) -> bool:
    if word in _UNITS:
        return previous in ("", "point") or previous in _TENS or previous in _MAGNITUDES
    if word in _TENS:
        return not previous or previous in _MAGNITUDES
    if word in _MAGNITUDES:
        return bool(previous)
    if word == "point":
        return previous in ("", *_UNITS, *_TENS)
    if word in ("half", "couple"):
        return previous in ("", "a")
    if word in ("of", "a"):
        return previous in ("couple", "half")
    return word == "and" and (previous in _UNITS or previous in _TENS or previous in _MAGNITUDES)


def _joined(low: str, words: list[re.Match[str]], at: int) -> str:
    """Return the word after `at` if only a space or a hyphen lies between."""
    if at + 1 >= len(words) or low[words[at].end() : words[at + 1].start()] not in (" ", "-", "  "):
        return ""
    return words[at + 1][0]
