"""What conflicting labels leave to reach, in the words of every place that says it."""

from __future__ import annotations

from advisor.domain.statistics import floor_percent

OF_THE_SPLIT = (
    "My split keeps the commonest label of each input, the first among equals, so a test score can be higher."
)
"""Follows wherever a file's ceiling is shown: it is not that of the test part."""


def most_right(ceiling: float) -> str:
    """Say what no program can do better than on a file; the sentence has no end yet."""
    return f"No program can be right on more than {floor_percent(ceiling)} of all rows"


def in_short(ceiling: float) -> str:
    """Say the same beside the word ceiling."""
    if ceiling >= 1:
        return "100%: no labels contradict"
    return f"at most {floor_percent(ceiling)} of all rows; my split keeps the commonest label of each input"
