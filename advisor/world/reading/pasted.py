"""What is no statement of the user's own: a pasted row, somebody else's decision."""

from __future__ import annotations

import re

from advisor.world.reading.said import Said

_ROW = re.compile(r"[{\[]\s*(?:\{\s*)?[\"'][\w .-]{1,64}[\"']\s*:")
"""How a row of JSON begins."""
_CLOSE = {"{": "}", "[": "]"}

_WHO = (
    r"(?:(?:my|our|the|a) )?(?:\w+ )?(?:boss(?:es)?|manager|ceo|cto|cfo|vp|director|head of \w+|management"
    r"|leadership|board|client|customer|investors?|lead|chief|product owner"
    r"|stakeholders?|company|higher-?ups|team|they|he|she|everybody|everyone|upper management)"
)
_TRAIN = (
    r"(?:fine-?tun\w+|train\w*|(?:our|a|its|an?) own (?:model|llm|ai)|a custom (?:model|llm)|distil\w*|a (?:tuned"
    r"|trained) model)"
)
_MANDATE = re.compile(
    rf"\b{_WHO} (?:\w+ )?(?:says?|said|told|wants?|wanted|insists?|insisted|decided|decides|ordered|demands?"
    rf"|demanded|expects?|requires?|asked|promised|thinks)\b[^.?!]{{0,60}}\b{_TRAIN}"
    rf"|\b(?:we|i) (?:have to|must|need to|are told to|were told to|was told to|are supposed to|am supposed to"
    rf"|have been told to|got told to) [^.?!]{{0,24}}{_TRAIN}"
    rf"|\b(?:it|that|fine-?tuning)(?:'s| is| was| has been)? (?:already )?(?:decided|a given|a must|mandatory"
    rf"|an order|set|required|non-negotiable|on the roadmap)\b"
    rf"|\b(?:decision|order|directive|mandate) (?:is|was|has been|from|to)\b[^.?!]{{0,40}}|\b(?:just"
    rf"|simply) (?:do it|fine-?tune|train)\b"
)


_CODE = re.compile(
    r"\{%|<script|\$\{|;\s*drop table|__import__|\bos\.system|\brm -rf\b|\{\{[^{}]*[*+_(|.][^{}]*\}\}"
    r"|\bignore (?:all |any |the |your |my )*(?:previous|prior|above|earlier|other) (?:instructions?|prompts?"
    r"|rules)|\beval\(|<\?php|\bselect \* from\b"
)


def code(low: str) -> bool:
    """Say whether a reply is a template or a program, not an answer."""
    return _CODE.search(low) is not None


def rows(heard: Said) -> tuple[int, int] | None:
    """Return where rows of JSON stand in a reply, to their last bracket or, where it is cut off, to the end."""
    found = _ROW.search(heard.low)
    if found is None:
        return None
    start = found.start()
    close = heard.low.rfind(_CLOSE[heard.low[start]])
    return (start, close + 1) if close > start else (start, len(heard.low))


def mandate(low: str) -> bool:
    """Say whether a reply gives somebody's decision to train where a goal was asked for."""
    return _MANDATE.search(low) is not None
