"""For whom a leave is that a reply gives, and whether it is one."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain import regions
from advisor.domain.facts import Fact
from advisor.domain.leave import RECEIVERS, excepts, named_in
from advisor.domain.route_words import joined
from advisor.world.reading.privacy import PLACE, remark
from advisor.world.reading.said import EVIDENCE_LIMIT

NO_LEAVE = (
    "I took no leave from that, for it leaves somebody out. Name those who may have the rows, for example: the rows "
    "may go to OpenAI."
)
_MARK = re.compile(r"[;!?\n]|[.,](?=\s|$)|\s[-–—]+\s|—")
_GOES_ON = re.compile(
    r"\W*(?:(?:and|or|but|so|even|also|provided|though) )*(?:only|just|as long|so long|if|provided|within|inside|in the"
    rf"|in (?:eu|europe)|to|at|by|with|nobody|no one|{RECEIVERS})\b"
)
"""How a clause begins that says more of what stands before it: ", but only within the EU"."""
_WITHIN = re.compile(
    rf"\b(?:in|inside|within|to) (?:(?:the |our |this )?{PLACE}|the us)\b"
    r"|\b(?:eu|eea|european)[- ](?:based |only )?(?:hosts?|servers?|regions?|providers?|clouds?|vendors?|compan\w+"
    r"|data ?cent(?:er|re)s?)\b"
)
"""A region that rows may go to, or within: which hosts keep to one is not known."""


class Leave(NamedTuple):
    """The facts of a reply with those who may have the rows, and what is to be said of it."""

    facts: tuple[Fact, ...]
    note: str = ""
    refused: bool = False
    """Whether there was a leave that could not be taken."""


def leave_in(text: str, facts: tuple[Fact, ...]) -> Leave:
    """Return the facts of a reply; a leave among them holds for those that its words name, if they name any."""
    fact = next((one for one in facts if one.name == "data_must_stay"), None)
    if fact is None:
        return Leave(facts)
    if fact.value is not False:
        return Leave(facts, remark(fact))
    words = _words_of(text, fact)
    if _WITHIN.search(words.lower()):
        stays = fact.model_copy(update={"value": True, "evidence": words[:EVIDENCE_LIMIT].strip()})
        return Leave(_with(facts, stays), regions.OF_A_REGION)
    if excepts(text):
        return Leave(tuple(one for one in facts if one is not fact), NO_LEAVE, refused=True)
    if not (receivers := named_in(words)):
        return Leave(facts)
    note = f"I take that as leave for {joined(list(receivers), 'and')}, and for nobody else."
    return Leave(_with(facts, fact.model_copy(update={"only": receivers})), note)


def _words_of(text: str, fact: Fact) -> str:
    """Return the clauses of a reply that a leave was read from, and those that go on with it."""
    start = max(text.lower().find(fact.evidence.lower()), 0)
    last = start + len(fact.evidence)
    begin = max((mark.end() for mark in _MARK.finditer(text, 0, start)), default=0)
    for mark in _MARK.finditer(text, last):
        if not _GOES_ON.match(text[mark.start() :].lower()):
            return text[begin : mark.start()]
    return text[begin:]


def _with(facts: tuple[Fact, ...], leave: Fact) -> tuple[Fact, ...]:
    return tuple(leave if one.name == leave.name else one for one in facts)
