"""Scores told by counting: "I checked 150 and 96 were right"; and told twice: 64% before, 75% after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.amounts import Amount
from advisor.world.reading.places import told
from advisor.world.reading.prompting import OPTIMIZER
from advisor.world.reading.said import Said

_THINGS = (
    r"(?:(?:of )?(?:its|the|our|my|his|those|these|their)?\s?(?:\w+ )?(?:answers?|tickets?|examples?|outputs?|results?"
    r"|samples?|rows?|cases?|predictions?|replies|texts?|documents?|e-?mails?|questions?|messages?|items?|ones|records?"
    r"|reviews?|of them)\b)"
)
_LOOKED = re.compile(
    r"\b(?:check(?:ed)?|test(?:ed)?|look(?:ed)? (?:at|through|over)|went (?:through|over)|gone through|review(?:ed)?"
    r"|inspect(?:ed)?|sampl(?:ed|e of)|evaluat(?:ed|ing)|scored|tried|read|audit(?:ed)?|graded|verified|compared"
    r"|ran(?: it)?"
    r"(?: on| over)?|measured(?: it)? on|validated|out of|of|among|from)"
    r"(?: (?:about|around|roughly|a|the|some|it|them|on|over|total of|sample of|random|set of|these|those|our|my|all"
    r"|first))*\s?$"
)
_RIGHT = (
    r"(?:(?:of (?:them|those|these|which)|answers?|ones|were|was|are|is|came (?:out|back)|turned out|being|turn out"
    r"|come"
    r" out|got|had|have|been|to be|as|all|the|only|just|that|which|indeed|good and|marked|judged|classified|labell?ed"
    r"|predicted|it gets|it got|it)\s)*"
    r"(?:right|correct(?:ly)?|ok|okay|fine|good|accurate|matched|matching|hits?|passed|accepted"
    r"|true positives)\b(?! for| with)"
)
_RIGHT_AFTER = re.compile(rf"\s?{_RIGHT}")
_WRONG_AFTER = re.compile(
    r"\s?(?:(?:of (?:them|those|these|which)|answers?|ones|were|was|are|is|came out|turned out|had|to be|the)\s)*"
    r"(?:wrong|incorrect|errors?|mistakes?|false|off|bad|missed|failed)\b"
)
_BETWEEN = re.compile(
    rf"\s?{_THINGS}?[^.;!?%$]{{0,40}}?(?:,|:|;|\band\b|\bof which\b|\bof those\b|\bof them\b|—|–|-|\(|\bwith\b"
    rf"|\bit got\b|\bwe"
    r" got\b|\bgot\b|\bonly\b|\s)[^.!?%$\d]{0,30}?\s?"
)
_SCORE = re.compile(
    r"\bright\b|\bcorrect|\bok(?:ay)?\b|\bfine\b|\bgood\b|\bwrong\b|\berrors?\b|\baccura|\bmatch|\bhits?\b|\bpass"
)


class Tally(NamedTuple):
    """A share counted out, and the two amounts it was made of."""

    fact: Fact
    used: tuple[Amount, Amount]


def tally(said: Said, found: Sequence[Amount], asked: FactName | None) -> Tally | None:
    """Return the score told by a number of answers looked at and how many of them were right."""
    if not _SCORE.search(said.low):
        return None
    for whole, part in pairwise(found):
        if not all(_plain(amount) for amount in (whole, part)) or not part.low < whole.low or whole.low < 3:
            continue
        looked = _LOOKED.search(said.low[max(0, whole.numeral.start - 40) : whole.numeral.start])
        after = said.low[part.end : part.end + 48]
        wrong = _WRONG_AFTER.match(after)
        if (
            not looked
            or not _BETWEEN.fullmatch(said.low[whole.end : part.numeral.start])
            or not (wrong or _RIGHT_AFTER.match(after))
        ):
            continue
        share = round((whole.low - part.low if wrong else part.low) / whole.low, 6)
        optimized = asked == "optimized_score" or (asked != "baseline_score" and OPTIMIZER.search(said.low))
        name: FactName = "optimized_score" if optimized else "baseline_score"
        return Tally(told(said, name, share, whole.start, part.end), (whole, part))
    return None


def _plain(amount: Amount) -> bool:
    return (
        amount.plain
        and not amount.per
        and amount.high is None
        and amount.out_of is None
        and not amount.negated
        and amount.low == int(amount.low)
    )


_EARLIER = (
    r"(?:before(?:hand)?(?: that| it| this| then)?|previous(?:ly)?|earlier|originally|initially|at first|at the start"
    r"|prior"
    r"|formerly|used to be|it used to be|at the beginning|to begin with|started (?:at|from|with|out at)"
    r"|starting (?:at|from)"
    r"|up from|down from|coming from|from|was|it was|was at|instead of|versus|vs\.?|compared (?:to|with)|against"
    r"|un-?optimi[sz]ed"
    r"|without(?: it| that| optimi\w+)?|the old (?:prompt|one|score)|baseline|plain)"
)
_LATER = (
    r"(?:after(?:wards?)?(?: that| it| this)?|then|now|today|finally|in the end|at the end|since|with it|thereafter"
    r"|ended"
    r" (?:up )?(?:at|with)|to|subsequently|later|currently|with)"
)
_ARROW = re.compile(r"\s?(?:%|percent|per cent)?\s?(?:->|-->|=>|→|➜|~>)\s?")
_BESIDE = (
    r"(?:\s?(?:it|we|that|they|this|the score|accuracy|score|had|got|were|are|is|was|at|of|about|around|only|just|a"
    r"|the|us|an|:|=|been|stood|came|reached)\b|\s)*"
)
_EARLIER_BEFORE = re.compile(rf"\b{_EARLIER}\b{_BESIDE}$|\bbefore (?:[a-z]+v?\d?|optimi\w+|tuning)\b[:,]?{_BESIDE}$")
_EARLIER_AFTER = re.compile(
    r"\s?(?:right |correct |accuracy )?(?:\(?(?:before(?:hand)?|previously|earlier|originally|initially|at first"
    r"|at the"
    r" start|prior|in the beginning|without(?: it)?)\b)"
)
_LATER_AFTER = re.compile(
    r"\s?(?:right |correct |accuracy )?\(?(?:after(?:wards?)?|now|today|then|in the end|at the end|with it|finally"
    r"|later)\b"
)
_MOVED_TO = re.compile(
    r"\b(?:to|at|up to|gave|hit|reached|gets?|with \w+|after \w+|after|with|by|now|ended at|ended up at|landed at|is"
    r"|it's|then)"
    r"(?: us| it| about| around|:)*\s?$"
)


def rise(said: Said, found: Sequence[Amount], asked: FactName | None) -> tuple[list[Fact], list[Amount]]:
    """Return the scores before and after the prompts were optimized, and the amounts that told them."""
    told_of = OPTIMIZER.search(said.low) or asked in ("optimized_score",)
    scores = [amount for amount in found if _score(amount, said.low)]
    if not told_of or len(scores) != 2 or not any(amount.percent for amount in scores):
        return [], []
    one, other = scores
    between = said.low[one.end : other.numeral.start]
    if len(between) > 60:
        return [], []
    order = _order(said.low, one, other, between)
    if order is None:
        return [], []
    first, last = order
    facts = [
        told(said, "baseline_score", _share(first), first.start, first.end),
        told(said, "optimized_score", _share(last), last.start, last.end),
    ]
    return facts, [one, other]


def _order(low: str, one: Amount, other: Amount, between: str) -> tuple[Amount, Amount] | None:
    """Return two scores as before and after; None where the words do not tell."""
    if _ARROW.fullmatch(between):
        return one, other
    before, after = low[max(0, one.numeral.start - 40) : one.numeral.start], low[other.end : other.end + 24]
    if re.search(r"\b(?:need|want|target|goal|aim|must|should|fine-?tun\w*|tuned|trained)\b", before + between + after):
        return None
    if _EARLIER_AFTER.match(between) or _before_it(before):
        return (one, other) if re.search(rf"\b{_LATER}\b", between + after) or OPTIMIZER.search(between) else None
    early_last = _EARLIER_AFTER.match(after) or (_EARLIER_BEFORE.search(between) and not re.search(r"\bto\s", between))
    if early_last and (OPTIMIZER.search(before) or _MOVED_TO.search(before) or _LATER_AFTER.match(between)):
        return other, one
    return None


def _before_it(before: str) -> bool:
    """Say whether the words before a score tell of the time before an optimizer was run."""
    found = _EARLIER_BEFORE.search(before)
    return found is not None and (found[0].startswith("before") or not OPTIMIZER.search(before[-12:]))


def _score(amount: Amount, low: str) -> bool:
    return (
        not amount.money
        and not amount.per
        and amount.high is None
        and amount.out_of is None
        and not amount.negated
        and 0 < amount.low <= 100
        and re.match(r"\s?points?\b", low[amount.end :]) is None
        and (amount.percent or amount.low > 10 or amount.low < 1)
    )


def _share(amount: Amount) -> float:
    return round(amount.low / 100 if amount.percent or amount.low > 1 else amount.low, 6)
