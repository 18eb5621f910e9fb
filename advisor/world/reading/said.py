"""A reply made fit to read: clean, bounded, and with the words it was read from at hand."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from advisor.domain.cleaning import redact

READ_LIMIT = 4000
"""Characters read; what is longer is a paste, not an answer."""
KEY_ROOM = 1000
"""Characters looked at beyond the limit, so that a key across it is masked whole."""
EVIDENCE_LIMIT = 80
MASK = "[key removed]"

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]{0,32}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)?|[@-Z\\-_])|\x9b[0-?]{0,32}[@-~]"
)
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Unicode categories that move the cursor, show nothing or turn the reading direction."""
_QUOTES = str.maketrans("‘’‛′“”„″", "''''\"\"\"\"")

_NAMED_KEY = re.compile(
    r"((?:key|token|secret|password|passwd|bearer|credential)s?(?:\s(?:is|was|=)|\s?[:=]"
    r"|\s)\s?[\"'`]?)([^\s\"'`]{16,512})",
    re.IGNORECASE,
)
"""A long token after a word for a secret."""
_BARE_KEY = re.compile(r"(?<![\w./\\~-])[A-Za-z0-9_-]{32,}(?![\w./\\-])")
"""A long token by itself that is no part of a path."""
_ENTROPY = 3.0
"""Bits a character; English words and file names stay below, hexadecimal keys reach 3.5."""


class Said(NamedTuple):
    """A reply, cleaned, and the same in lower case for matching; both have the same length."""

    text: str
    low: str

    def only(self, start: int, end: int) -> Said:
        """Return the reply with everything outside blank for matching; places stay what they were."""
        return self._replace(low=" " * start + self.low[start:end] + " " * (len(self.low) - end))

    def without(self, start: int, end: int) -> Said:
        """Return the reply with this part blank for matching."""
        return self._replace(low=self.low[:start] + " " * (end - start) + self.low[end:])

    def evidence(self, start: int, end: int) -> str:
        """Return the words a fact was read from."""
        return self.text[start:end].strip()[:EVIDENCE_LIMIT].strip()


def clean(reply: str) -> str:
    """Return a reply without escapes, control and hidden characters and keys, cut to `READ_LIMIT`."""
    return clean_reply(reply)[0]


def clean_reply(reply: str) -> tuple[str, bool]:
    """Return the cleaned reply and whether a key was masked in it."""
    bare = _ESCAPES.sub("", reply[: READ_LIMIT + KEY_ROOM])
    visible = re.sub(r" {2,}", " ", unicodedata.normalize("NFC", "".join(map(_visible, bare))))
    hidden = _BARE_KEY.sub(_mask_bare, _NAMED_KEY.sub(_mask_named, redact(visible)))
    return hidden.strip()[:READ_LIMIT].strip(), hidden != visible


def said(text: str) -> Said:
    """Return a cleaned reply ready for matching."""
    return Said(text, "".join(map(_folded, text.translate(_QUOTES))))


def masked(text: str) -> bool:
    """Say whether a key was masked in a text."""
    return MASK in text or "…" in text


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace():
        return " "
    return "" if category in _HIDDEN else character


def _folded(character: str) -> str:
    low = character.lower()
    return low if len(low) == 1 else character


def _mask_named(found: re.Match[str]) -> str:
    return f"{found[1]}{MASK}" if _random(found[2]) and not found[2].startswith(("/", "~", ".")) else found[0]


def _mask_bare(found: re.Match[str]) -> str:
    return MASK if _random(found[0]) else found[0]


def _random(token: str) -> bool:
    """Say whether a token has letters, digits and the disorder of a key."""
    if not (any(c.isdigit() for c in token) and any(c.isalpha() for c in token)):
        return False
    shares = [count / len(token) for count in Counter(token).values()]
    return -sum(share * math.log2(share) for share in shares) >= _ENTROPY
