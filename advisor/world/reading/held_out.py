"""Counts that are not all there are: rows held out to measure on, rows that need no answer."""

from __future__ import annotations

import re

from advisor.world.reading.amounts import Amount
from advisor.world.reading.nouns import ADJECTIVES, NOUNS

_HELD_OUT = re.compile(
    r"\b(?:test|dev(?:elopment)?|valid(?:ation)?|eval(?:uation)?|held[- ]?out|hold-?out)[- ]?(?:set|split|file|data)"
    r"(?: (?:only|just|now))? (?:has|have|had|is|are|was|were|holds?|held|contains?|contained|counts?|be|got|gets)"
    r"(?: (?:about|around|only|just|some|roughly|nearly|almost|over|at least))*\s$"
)
"""Before a count: rows kept to measure on, not all there are."""
_UNANSWERED = re.compile(
    rf"\s?{ADJECTIVES}(?:(?:un-?labell?ed|empty|blank|answerless)\s)?(?:{NOUNS}|ones)?"
    r"(?:\s(?:without|with (?:no|an? (?:empty|missing|blank))|lacking|missing|(?:that |which )?have (?:no|an empty))"
    r"[^,.;!?]{1,30}?)?\s(?:are|is|were) (?:all |actually |really |also |perfectly |just )*(?:valid|right|correct|fine"
    r"|ok|okay|intended|intentional|meant|deliberate|on purpose|legitimate|good as they are)\b"
)
_EMPTY = re.compile(r"\b(?:without|with (?:no|an?)|lacking|missing|have|empty|blank|un-?labell?ed|answerless)\b")


def set_apart(low: str, amount: Amount) -> bool:
    """Say whether an amount counts only rows held out to measure on, or rows that need no answer."""
    if amount.percent or amount.money or amount.per or amount.out_of is not None or amount.low != int(amount.low):
        return False
    after = low[amount.end : amount.end + 120]
    if _HELD_OUT.search(low[max(0, amount.start - 60) : amount.start]):
        return amount.low > 100 or re.match(rf"\s?{ADJECTIVES}(?:{NOUNS})\b", after) is not None
    fine = _UNANSWERED.match(after)
    return fine is not None and _EMPTY.search(fine[0]) is not None
