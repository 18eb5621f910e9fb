"""What a reply only supposes: "what if I had 1,000?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.places import NUMERIC
from advisor.world.reading.said import Said
from advisor.world.reading.segment import Asked, read_segment
from advisor.world.reading.topics import subject
from advisor.world.reading.wishes import ASKED_WITHIN

_START = r"(?:^|(?<=[.!?,;:]\s))(?:(?:and|so|but|ok|okay|hm+|well|then|now|also|or|hey)[, ]+)*"
_SUBJECT = (
    r"(?=(?:that |there |for a moment |just )*(?:we|i|the|it|our|my|they|there|all|fine|training|you|\d|only"
    r"|money|cost|speed|somebody)\b)"
)
_LEADS = (
    rf"{_START}(?:what\s(?:would\s(?:happen|change|you\s(?:say|recommend|advise))\s)?if|what\shappens\s(?:if|when)"
    rf"|how\sabout\sif|and\sif)\s",
    rf"{_START}(?:let's\s|let\sus\s)?(?:suppose|supposing|imagine|pretend|assume|assuming|say\s(?=(?:we|i|it"
    rf"|there)\s(?:had|got|were|was)))\s?{_SUBJECT}",
    rf"{_START}(?:let's\s|let\sus\s|just\s)+(?:say|suppose|imagine|assume|pretend)\s(?=[^.!;]*\?)",
    rf"{_START}(?:hypothetically|theoretically|in theory|for the sake of argument)(?: speaking)?[,:]?\s(?:if\s"
    rf"|suppose\s|with\s|say\s)?(?=[^.!;]*(?:\d|goal"
    rf"|settled|stable|host|metric|judge|budget|nebius|together|open ?ai|optimi|mipro|gepa))(?![^.!?]*\bis there\b)",
    rf"{_START}(?:in case|provided|assuming|given|granted|presuming|supposing|if suppose"
    rf"|say)(?: that)?\s(?=[^.!;]*\?){_SUBJECT}",
    rf"{_START}(?:say|consider|picture|think)\s(?:that\s)?(?=(?:we|i|it|the\s\w+|our\s\w+)\s(?:had|were|was|got|could"
    rf"|reached|used)\b)",
    rf"{_START}what\s(?:would|will|do|does)\s(?:you|it|that|the advice)\s(?:say|advise|recommend|suggest|do|think"
    rf"|change)\s(?:with|to|about|for|if|given)\s(?=[^?.!]*\d)",
    rf"{_START}if\s(?=[^?.!;]*\?)",
    rf"{_START}if\s(?=(?:i|we|it|the\s\w+(?:\s\w+)?|they|our\s\w+)\s(?:\w+\s)?(?:had|were|was|got|could|went|used"
    rf"|collected|trained|switched)\b)",
    rf"{_START}(?:would|does|will|could)\s(?:it|that|this|anything|the\s\w+|your\s\w+|you)\b[^?.!]{{0,40}}\s(?:if"
    rf"|with|when)\s",
    rf"{_START}(?:what|how)\sabout\s(?:with\s|when\s)?(?=[^?.!]*\d)",
    rf"{_START}with\s(?=[^?.!,]*\d[^?.!,]*\?)",
)
_LEAD = re.compile("|".join(_LEADS))
_NOT_MEANT = re.compile(
    r"\bif\s(?:i|we|you)\s(?:may|can|could|might|please|like|want|will)\b(?=\s?[,.?!]|$)|\bif\s(?:anything|any|ever"
    r"|at all|possible|need be|necessary|so|not)\b(?=\W*$|\W*\?)|"
    r"\bif\s(?:i|we)\s(?:had|have|were|was|may|must|could)\s(?:to\s)?(?:guess|say|estimate|choose|pick|bet|decide"
    r"|answer|be honest|remember)"
)
_END = re.compile(r"[?!;]|\.(?!\d)|$|,\s(?:what|would|will|does|do|should|then|how|could|is|can)\b")
_OWNED = re.compile(r"\b(?:had|have|got|get|collected|labell?ed|annotated|gathered|with|added)\b")


class Supposed(NamedTuple):
    """What a reply supposes, and the parts of it that do."""

    facts: tuple[Fact, ...]
    rest: Said
    """The reply without them."""


def supposed(heard: Said, asked: FactName | None) -> Supposed | None:
    """Return what a reply only supposes; None where it supposes nothing."""
    facts: dict[FactName, Fact] = {}
    rest, found = heard, False
    for lead in _LEAD.finditer(heard.low[:ASKED_WITHIN]):
        if _NOT_MEANT.match(heard.low, heard.low.find("if ", lead.start())):
            continue
        stop = _END.search(heard.low, lead.end())
        end = stop.start() if stop else len(heard.low)
        asks = stop is not None and stop[0] != "?"
        close = heard.low.find("?", end) if asks else end
        found = True
        read = _facts(heard.only(lead.end(), end), asked)
        facts.update({fact.name: fact for fact in read})
        rest = rest.without(lead.start(), max(end, close + 1 if close >= 0 else end))
    return Supposed(tuple(facts.values()), rest) if found else None


def _facts(part: Said, asked: FactName | None) -> tuple[Fact, ...]:
    topic = subject(part.low)
    if topic is None and _OWNED.search(part.low) and asked not in NUMERIC:
        topic = "labelled_examples"
    return read_segment(part, Asked(topic or asked), None).facts
