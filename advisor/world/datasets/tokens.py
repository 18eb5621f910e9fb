"""How long texts are, in tokens estimated from characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.domain.dataset import Tokens

LATIN = 4.6
"""Characters a token of most alphabets stands for; measured with o200k on Banking77."""

DENSE = 1.3
"""Characters a token of Chinese stands for; measured with o200k on XQuAD."""

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def estimate_tokens(text: str) -> float:
    """Return about how many tokens a text is; within a fifth for most text, worse for code and digits."""
    dense = 0 if text.isascii() else len(_DENSE.findall(text))
    return dense / DENSE + (len(text) - dense) / LATIN


@dataclass
class TokenTally:
    """Token estimates of many examples, added up."""

    examples: int = 0
    inputs: float = 0.0
    labels: float = 0.0
    longest: float = 0.0

    def add(self, asked: str, answered: str) -> None:
        """Add one example."""
        asked_tokens, answered_tokens = estimate_tokens(asked), estimate_tokens(answered)
        self.examples += 1
        self.inputs += asked_tokens
        self.labels += answered_tokens
        self.longest = max(self.longest, asked_tokens + answered_tokens)

    def result(self) -> Tokens | None:
        """Return the estimate, or None without examples."""
        if not self.examples:
            return None
        return Tokens(
            input_mean=round(self.inputs / self.examples, 1),
            label_mean=round(self.labels / self.examples, 1),
            longest=round(self.longest),
            estimated=True,
        )
