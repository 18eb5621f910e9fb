"""A wording: words that name a value of a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from advisor.domain.facts import FactName

When = Literal["sure", "topic", "asked", "weak"]
"""Where words name a value: anywhere; where their clause is about the fact, or is nothing but them; only as an answer;
only as an answer that nothing else in the reply gives."""


@dataclass(frozen=True)
class Term:
    """A value of a fact and the words for it."""

    fact: FactName
    value: str
    words: str
    when: When

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words as a pattern that matches whole words, compiled when first needed."""
        return re.compile(rf"(?<![\w-])(?:{self.words})(?![\w-])")


def term(fact: FactName, value: str, words: str, when: When = "asked") -> Term:
    """Return a wording; `words` is a pattern that has to match whole words."""
    return Term(fact, value, words, when)
