"""A reply made fit to read: clean, bounded, and with the words it was read from at hand."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from advisor.domain.cleaning import MASK, redact

_ASSIGNED = re.compile(
    r"(\b\w{0,24}(?:api[_-]?key|_key|secret|password|passwd|access[_-]?token|_token)[\"']?\s?[=:]\s?[\"']?)"
    r"(?=[^\s\"']{0,200}\d)(?=[^\s\"']{0,200}[a-z])[^\s\"',;/]{12,400}",
    re.IGNORECASE,
)
"""A secret written as an assignment."""
READ_LIMIT = 2500
"""Characters read; what is longer is a paste, not an answer."""
KEY_ROOM = 1000
"""Characters looked at beyond the limit, so that a key across it is masked whole."""
EVIDENCE_LIMIT = 80

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]{0,32}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)?|[@-Z\\-_])|\x9b[0-?]{0,32}[@-~]"
)
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Unicode categories that move the cursor, show nothing or turn the reading direction."""
_QUOTES = str.maketrans("‘’‛′“”„″", "''''\"\"\"\"")


_MASKED = re.compile(rf"{re.escape(MASK)}|[^\s…]{{1,24}}…[\w~+/=-]{{1,4}}(?![\w…])|\bbearer …\S{{1,4}}", re.IGNORECASE)
"""A key that was masked: its last characters are no number."""


_MARKS = {"comm": ",", "ques": "?", "full": ".", "excl": "!", "semi": ";", "newl": ".", "new ": "."}
_SPOKEN = re.compile(
    r"(?<!\ba)(?<!\bthe)(?<!\bby)(?<!\bper)\s(comma|question mark|full stop|exclamation (?:mark|point)|semicolon"
    r"|newline"
    r"|new (?:line|paragraph))(?=\s|$)(?!\s(?:separated|delimited))"
)
"""Marks that were dictated."""
_KEYS = re.compile(
    r"(?<![\w./-])(?:label|answer|input|data|current|student|teacher|target|baseline|optimi[sz]ed|labell?ed|usable"
    r"|prompt|fine|task|calls|spend|budget|num|number)_(?:\w{2,16})(?=\s?[:=]\s?[^=])"
)
"""Keys as in a file of settings: "label_column: intent"."""


class Said(NamedTuple):
    """A reply, cleaned, and the same in lower case for matching; both have the same length."""

    text: str
    low: str
    typed: str = ""
    """The reply before slips of the pen were mended; empty where none was."""
    places: tuple[int, ...] = ()
    """Where in `typed` each character of `text` comes from, and its end."""

    def only(self, start: int, end: int) -> Said:
        """Return the reply with everything outside blank for matching; places stay what they were."""
        return self._replace(low=" " * start + self.low[start:end] + " " * (len(self.low) - end))

    def without(self, start: int, end: int) -> Said:
        """Return the reply with this part blank for matching."""
        return self._replace(low=self.low[:start] + " " * (end - start) + self.low[end:])

    def evidence(self, start: int, end: int) -> str:
        """Return the words a fact was read from, as they were typed."""
        words = self.typed[self.places[start] : self.places[end]] if self.typed else self.text[start:end]
        return words.strip()[:EVIDENCE_LIMIT].strip()


def clean(reply: str) -> str:
    """Return a reply without escapes, control and hidden characters and keys, cut to `READ_LIMIT`."""
    return clean_reply(reply)[0]


def clean_reply(reply: str) -> tuple[str, bool]:
    """Return the cleaned reply and whether a key was masked in it."""
    bare = _ESCAPES.sub("", reply[: READ_LIMIT + KEY_ROOM])
    visible = re.sub(r" {2,}", " ", unicodedata.normalize("NFC", "".join(map(_visible, bare))))
    hidden = redact(_ASSIGNED.sub(rf"\1{MASK}", visible))
    return hidden.strip()[:READ_LIMIT].strip(), hidden != visible


def said(text: str) -> Said:
    """Return a cleaned reply ready for matching; a masked key is blank there."""
    low = "".join(map(_folded, text.translate(_QUOTES)))
    if _SPOKEN.search(low):
        low = _SPOKEN.sub(lambda found: _MARKS[found[1][:4]] + " " * (len(found[0]) - 1), low)
    if "_" in low:
        low = _KEYS.sub(lambda found: found[0].replace("_", " "), low)
    if masked(low):
        low = _MASKED.sub(lambda found: " " * len(found[0]), low)
    return Said(text, low)


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
