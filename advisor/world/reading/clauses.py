"""Where one thing said ends and the next begins: clauses, questions, corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from advisor.world.reading.amounts import Amount

_KEYS = (
    "labelled", "labeled", "examples", "budget", "target", "baseline", "score", "calls", "metric", "host", "task", 
    "goal", "classes", "categories", "rows", "spend", "student", "teacher", "accuracy", "optimized", "model", "labels",
    "usable", "goals", "stability", "month", "file",
)  # fmt: skip
"""Before a colon: what follows is the value."""
_LINE_KEYS = (
    *_KEYS, r"(?:labell?ed|usable|annotated) (?:examples|rows|data)", r"calls (?:per|a) month",
    r"(?:base ?line|target|optimi[sz]ed) (?:score|accuracy)", r"(?:student|teacher|current|production)(?: model)?",
    r"(?:monthly )?(?:spend|budget|cost)",
    r"number of (?:classes|labels)", r"gpus?", r"privacy", r"prompts?", r"data(?: file| path)?",
)  # fmt: skip
"""Before a colon, a line of its own in what was pasted as a list."""
_FIRST_OF_TWO = (
    "labelled", "labeled", "usable", "annotated", "baseline", "target", "optimized", "optimised", "student", "teacher",
    "current", "production", "tuned", "monthly", "data", "the", "our", "my", "of",
)  # fmt: skip
_BREAK = re.compile(
    "".join(f"(?<!{key})" for key in _KEYS)
    + r":(?!\s?[~≈$]?\d)"
    + "|"
    + "".join(f"(?<!{word})" for word in _FIRST_OF_TWO)
    + rf"\s(?=(?:{'|'.join(_LINE_KEYS)})\s?:\s)"
    + r"|\s[*•·|]\s|[,;!?\n()]|\.(?=\s|$)|\s[-–—]\s|(?<=\s)(?:and"
    r"|(?<!anything )(?<!everything )(?<!anyone )(?<!nothing )(?<!all )(?<!any )but|while|whereas|though"
    r"|although|(?<!of )which"
    r"|because|since|vs\.?|versus|plus)(?=\s)"
)
_QUESTION = re.compile(
    r"(?:^|[.,;!?]\s|\b(?:so|and|but|or)\s)\s?(?:is|isn't|aren't|don't|doesn't|wouldn't|shouldn't|won't|can't|haven't"
    r"|has|have|are|do|does|did|should|can|could|would|will"
    r"|what|how|which|when|why|who|where|am|may|shall)\b[^?.]*\?"
)
_WONDERING = re.compile(r"[^.!?;,]{0,80}\b(?:what|how|why|which|whose|whether)\b[^.!?;,]{0,80}(?:,[^.!?;,]{0,40})?\?")
"""A question in whatever order: "optimized in what sense?" """
_ECHO = re.compile(
    r"^\W*(?!(?:yes|yeah|no|nope|maybe|perhaps|ok|okay|sure|well|probably|i|we|possibly|around|about"
    r"|let)\b)[a-z][a-z' -]{2,40}"
    r"\?+(?=\s+\w)(?!\s+(?:yes|yeah|yep|yup|no\b|nope|i (?:think|guess|suppose)|probably|maybe|right|sure|not sure"
    r"|dunno|ok|or"
    r"|that one|please|of course))"
)
"""A word of the question thrown back before the answer: "Stable? They rename it every week." """
_CORRECTION = re.compile(
    r"\bno wait\b|\bwait\b(?=\s?[,.!—–-])|\bsorry\b(?!\s(?:about|for))|\bi (?:mean"
    r"|meant)(?: to say)?\b|\b(?:scratch|strike|forget) that\b"
    r"|\bcorrection\b(?! to)|\berrat(?:um|a)\b|\bedit:|\bi misspoke\b|\btypo\b|\b(?:made|was|is) (?:an?"
    r"|my) (?:\w+ )?(?:error"
    r"|mistake|typo|slip)\b|\bi (?:was|am) wrong\b(?! about)|\bactually\b|\bmake (?:that|it)\b|\boops\b|\bor rather\b"
    r"|\bmy mistake\b"
    r"|\bmy bad\b|(?<!so )\bno\b(?=\s?[,;:!—–]|\s-|\sit(?:'s| is)\b)"
)


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


def clauses(low: str, found: Sequence[Amount]) -> tuple[Span, ...]:
    """Return the clauses of a text; a comma inside a number ends none."""
    inside = [(amount.start, amount.end) for amount in found]
    spans, start, at = [], 0, 0
    for mark in _BREAK.finditer(low):
        while at < len(inside) and inside[at][1] <= mark.start():
            at += 1
        if at < len(inside) and inside[at][0] <= mark.start():
            continue
        spans.append(Span(start, mark.start()))
        start = mark.end()
    spans.append(Span(start, len(low)))
    return tuple(span for span in spans if low[span.start : span.end].strip())


def clause_at(spans: Sequence[Span], place: int) -> Span:
    """Return the clause around a place."""
    return next((span for span in spans if span.start <= place <= span.end), Span(place, place))


_SUM_ASKED = re.compile(
    r"\W*(?!why|what|how much|who|where)[^?.!]{0,50}(?:\$\s?\d|\d\S*\s?(?:k )?(?:dollars?|usd|bucks"
    r"|\$))[^?.!]{0,40}\?\W*"
)
_CHARGED = re.compile(r"\b(?:costs?|charges?|price|pay|how about|what if|if)\b")


def sum_asked(low: str) -> bool:
    """Say whether a reply is a question that names the sum there is: "is $100 enough?"."""
    return _SUM_ASKED.fullmatch(low) is not None and not _CHARGED.search(low)


_IDLE = re.compile(r"\W*(?:is|isn't|are|aren't|does|doesn't|do|has|have|which|who|what|why|how)\b[^.!]{2,80}\?\W*")


def only_asks(low: str) -> bool:
    """Say whether a reply is nothing but a question about something: it chooses nothing."""
    return _IDLE.fullmatch(low) is not None


def without_questions(low: str) -> str:
    """Return a text with what the user asks, rather than says, made blank."""
    if "?" not in low:
        return low
    blank = _ECHO.sub(lambda found: " " * len(found[0]), low)
    blank = _QUESTION.sub(lambda found: " " * len(found[0]), blank)
    return _WONDERING.sub(lambda found: " " * len(found[0]), blank)


LONG = 800
"""Characters beyond which a reply is a paste."""
_REPLACED = re.compile(r"(?<![\w/])s/([^/\s][^/\n]{0,60})/([^/\n]{1,60})(/g?)?(?!\w)")
"""How programmers correct themselves: s/old/new/."""


def without_replaced(low: str) -> str:
    """Return a text in which of "s/old/new/" only the new is left."""

    def kept(found: re.Match[str]) -> str:
        start, end = found.start(2) - found.start(), found.end(2) - found.start()
        return " " * start + found[2] + " " * (len(found[0]) - end)

    return _REPLACED.sub(kept, low) if "s/" in low else low


MAX_CORRECTIONS = 6
"""Parts read, counted from the last; nobody corrects himself more often in one reply."""


def corrections(low: str) -> tuple[Span, ...]:
    """Return the parts of a text between "no, ", "actually" and the like; a later part corrects an earlier one."""
    spans, start = [], 0
    for mark in _CORRECTION.finditer(low):
        if not low[: mark.start()].strip() and mark[0] == "no":
            continue
        spans.append(Span(start, mark.start()))
        start = mark.end()
    spans.append(Span(start, len(low)))
    most = MAX_CORRECTIONS if len(low) <= LONG else 2
    return tuple(span for span in spans if re.search(r"\w", low[span.start : span.end]))[-most:]
