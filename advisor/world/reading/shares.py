"""Shares that are no score: of the most frequent label, and the most any model can reach."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, Range
from advisor.world.reading.places import Place, clause_start, told
from advisor.world.reading.said import Said

_MAJORITY = re.compile(
    r"\b(?:biggest|largest|most (?:frequent|common)|majority|main|dominant|top) (?:class|label|category|queue"
    r"|topic|answer|one)\b[^,;]{0,30}$|\bmajority(?: share)?\s?(?:is|:|=|of|at|about)?\s?$"
)
_MAJORITY_AFTER = re.compile(
    r"\s?(?:of (?:them|it|all|(?:(?:the|our|all|these) )*(?:\w+ )?\w+) )?(?:(?:are|is|were|belong|go|goes|fall"
    r"|falls|land|lands|have|has|carry|carries|end up|sit|sits)\s)(?:all )?(?:in |in ?to |to |under "
    r"|of )?(?:just |only )?(?:(?:the |a )?(?:same|one|single|biggest|largest)(?: \w+)?"
    r"|(?:the |a )?(?:class|category|label|queue|topic)\b|(?:the |called )?[\"'][\w /-]+[\"'])|\s?(?:is"
    r"|are) (?:the )?(?:majority|biggest|largest|most (?:frequent|common)) (?:class|label|category)"
)
_CEILING = re.compile(
    r"\b(?:ceiling|upper (?:bound|limit)|theoretical max\w*|best (?:possible|reachable|achievable|any)\b|(?:can't"
    r"|cannot|can not|could not|couldn't|never|nobody can|no model can|impossible to) (?:get |go |be |do |reach "
    r"|score |exceed |beat )*(?:above|over|higher than|better than|more than|beyond|past|exceed"
    r"|beat)?)\b[^,;]{0,24}$"
)
CEILING_AFTER = re.compile(
    r"\s?(?:is|would be|'s) (?:about |probably |simply )?(?:the )?(?:most|best|max(?:imum)?|ceiling"
    r"|upper (?:bound|limit)|as (?:good|high) as)\b(?: (?:any|a|the|it|we|you|anybody))?"
)


def share(said: Said, place: Place, value: float | Range) -> tuple[Fact, ...]:
    """Return a share that is no score: of the most frequent label, or the most any model can reach."""
    if _CEILING.search(place.before) or CEILING_AFTER.match(place.after):
        return (told(said, "accuracy_ceiling", value, clause_start(said, place), place.amount.end),)
    if place.amount.percent and (_MAJORITY.search(place.before) or _MAJORITY_AFTER.match(place.after)):
        return (told(said, "majority_share", value, clause_start(said, place), place.amount.end),)
    return ()
