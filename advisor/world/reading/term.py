"""A wording: words that name a value of a fact."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain.facts import FactName


class Term(NamedTuple):
    """A value of a fact and the words for it."""

    fact: FactName
    value: str
    pattern: re.Pattern[str]
    sure: bool


def term(fact: FactName, value: str, words: str, sure: bool = False) -> Term:
    """Return a wording; `words` is a pattern that has to match whole words."""
    return Term(fact, value, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), sure)
