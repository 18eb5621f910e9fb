"""Text as it is compared, keyed and shown; the data itself is never altered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from advisor.domain import cleaning

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

SPEAKING = "#%*/@\\\u2030\u2031\u00a7_"
"""Punctuation, by its category, that says something by itself: C#, 5%, 2 * 3, and/or."""

_SIGNS = tuple("-\u2013+")

_BEYOND = re.compile("[\U00010000-\U0001ffff]")
"""Beyond the first two planes of Unicode there is no punctuation."""

_DIGIT = re.compile(r"\d")

CURRENCIES = "$\u20ac\u00a3\u00a5"


def clean(text: str, limit: int = 80) -> str:
    """Return text safe to show on one line: no escapes, no control characters, single spaces."""
    return " ".join(cleaning.clean(text, limit).split())


def normalize(text: str) -> str:
    """Return what two spellings of the same input share.

    NFKC, casefold, single spaces, and no punctuation but what may change the meaning: in and before numbers, between
    two numbers. Symbols but those of currencies stay, and the marks of a script.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    # A class of characters of the first plane alone is a bitmap; beyond it is a list gone through for each character.
    end = 0x80 if folded.isascii() else 0x20000 if _BEYOND.search(folded) else 0x10000
    # Without a number nothing stays, which is seen far sooner.
    without = _pattern(end).sub(_kept, folded) if _DIGIT.search(folded) else _dropped(end).sub("", folded)
    words = " ".join(without.split())
    # "?" and ":-)" are different inputs although nothing but punctuation stands in them.
    return words or " ".join(folded.split())


def spelling(name: str) -> str:
    """Return what the spellings of one label share: case, spaces and punctuation aside, but never a sign."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    # -1 and 1, A- and A, $ 5 and € 5.
    signed = folded[:1] in _SIGNS or folded[-1:] in _SIGNS or any(map(_is_currency, folded))
    return folded if signed else normalize(name)


def _is_currency(character: str) -> bool:
    return unicodedata.category(character) == "Sc"


def _kept(found: re.Match[str]) -> str:
    return found[1] or ""


def is_dropped(character: str) -> bool:
    """Say whether normalisation drops a character, unless it stands with a number."""
    return _is_punctuation(character) or (_is_unseen(character) and not character.isspace())


def _is_punctuation(character: str) -> bool:
    kind = unicodedata.category(character)
    return (kind[0] == "P" and character not in SPEAKING) or _is_currency(character) or character == "`"


def _is_unseen(character: str) -> bool:
    # A variation selector says only how the character before it is drawn.
    return unicodedata.category(character) in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"


@cache
def _dropped(end: int) -> re.Pattern[str]:
    return re.compile(f"{_class(filter(is_dropped, map(chr, range(end))))}+")


@cache
def _pattern(end: int) -> re.Pattern[str]:
    """Return what finds each dropped character, and as its group punctuation that stays."""
    dropped = list(filter(is_dropped, map(chr, range(end))))
    marks = _class(filter(_is_punctuation, dropped))
    number = rf"[{CURRENCIES}]?\.?\d"
    kept = (
        rf"(?<=\d){marks}+(?=\d)",  # 1.0, 3:1, 2026-11-22
        rf"(?<=\d)\s+{marks}\s+(?=[-\u2013]?{number})",  # 12 - 7
        rf"(?<!\w)[-\u2013](?={number})",  # -5
        r"(?<![\w.])\.(?=\d)",  # .5
    )
    # Looked at first: at most places none of the four can begin.
    begins = f"{_class(dropped)[:-1]}\\s]"
    return re.compile(f"(?={begins})(?:({'|'.join(kept)})|{_class(dropped)})")


def _class(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, characters))}]"


def key(text: str) -> int:
    """Return 64 bits that stand for a text; two of a million texts collide with probability 3e-8."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def has_control(text: str) -> bool:
    """Say whether a text holds control characters other than tab and line breaks."""
    return CONTROL.search(text) is not None


def mended(text: str) -> str:
    """Return a name with what is no character replaced, so that it can be written anywhere."""
    return _SURROGATE.sub("\ufffd", text)


def is_damaged(text: str) -> bool:
    """Say whether a text holds half a character: a lone surrogate, or a byte that could not be decoded."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def count(n: int, noun: str) -> str:
    """Return a number with its noun, plural where it is not one."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {_plural(noun)}"


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _with_ends(name: str, limit: int) -> str:
    """Return a name made safe to show, with one space at an end that has any."""
    shown = clean(name, limit)
    if not shown or name == name.strip():
        return shown
    return " " * (name != name.lstrip()) + shown + " " * (name != name.rstrip())


def named(names: Sequence[str], limit: int = 40) -> str:
    """Return up to four names in backquotes, and how many more there are."""
    shown = ", ".join(f"`{_with_ends(name, limit)}`" for name in names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown
