"""Text as it is compared, keyed and shown; the data itself is never altered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from advisor.domain import cleaning

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PUNCTUATION = re.compile(r"[^\w\s]")


def clean(text: str, limit: int = 80) -> str:
    """Return text safe to show on one line: no escapes, no control characters, single spaces."""
    return " ".join(cleaning.clean(text, limit).split())


def normalize(text: str) -> str:
    """Return what two spellings of the same input share: NFKC, casefold, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = " ".join(_PUNCTUATION.sub("", folded).split())
    # "?" and ":-)" are different inputs although nothing but punctuation stands in them.
    return words or " ".join(folded.split())


def key(text: str) -> int:
    """Return 64 bits that stand for a text; two of a million texts collide with probability 3e-8."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def has_control(text: str) -> bool:
    """Say whether a text holds control characters other than tab and line breaks."""
    return _CONTROL.search(text) is not None


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


def named(names: Sequence[str], limit: int = 40) -> str:
    """Return up to four names in backquotes, and how many more there are."""
    shown = ", ".join(f"`{clean(name, limit)}`" for name in names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown
