"""The sheet or table of the file that a reply asks for."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_NOUN = r"(?:work)?sheet|table|tab"
_LEAD = (
    r"(?:(?:no|wait|sorry|actually|please|ok|okay|yes|but|and|rather|instead|i meant?|i want|we want|it'?s|it is"
    r"|that'?s|use|take|read|open|try|load|look at|switch to|change to|go with|make it|not that one"
    r"|the (?:data|examples|rows)|are|is|in|on|from)\b[,;:.]?\s*)*"
)
_TAIL = r"(?:\s*(?:,\s*)?(?:please|instead|then|rather|of (?:it|the (?:file|workbook|database))))*\W*"
_QUOTE = r"[\"'`]?"


def table_told(heard: Said, tables: tuple[str, ...]) -> Fact | None:
    """Return the table that the whole of a reply asks for: "use the sheet Tickets", "the Tickets tab"."""
    for name in sorted(tables, key=len, reverse=True) if len(tables) > 1 else ():
        meant = _QUOTE + r"\s+".join(map(re.escape, name.split())) + _QUOTE
        asked = rf"(?:the )?(?:other )?(?:(?:{_NOUN})\s*(?:called|named|is|=|:)?\s*{meant}|{meant}\s+(?:{_NOUN}))"
        found = re.fullmatch(rf"\W*{_LEAD}{asked}{_TAIL}", heard.text, re.IGNORECASE)
        if found is not None:
            return told(heard, "data_table", name, 0, len(heard.text))
    return None
