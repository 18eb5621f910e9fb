"""Two scores side by side, each with a word of its own: "baseline 80, optimized 70", "from 62 to 71 with MIPRO"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.amounts import Amount
from advisor.world.reading.places import told
from advisor.world.reading.prompting import OPTIMIZER
from advisor.world.reading.said import Said

Role = Literal["early", "late"]

_RUN = (
    r"(?:mipro(?:[- ]?v?[- ]?\d)?|gepa|simba|copro|bootstrap[- ]?few[- ]?shot\w*|(?:prompt )?optimi[sz](?:ation|er"
    r"|ers|ing)"
    r"|compil(?:ing|ation)|dspy|tuning(?: the prompts?)?)"
)
_NAMED_EARLY = (
    rf"(?:before|without|prior to|minus|no) (?:the |any |our )?(?:prompt )?(?:{_RUN}|optimi[sz]ed)"
    r"|un-?optimi[sz]ed(?: \w+)?|(?:the )?base ?line(?:'s)?|plain|zero[- ]?shot|vanilla|un-?tuned|base (?:score|prompt)"
    r"|(?:the )?original(?: prompt)?|(?:hand[- ]?(?:written|made|crafted)|first|old|initial)(?: prompts?| version"
    r"| one)?"
    r"|raw|by hand|(?:\d{1,2}|few|one|two|three|five)[- ]?shots?"
)
_NAMED_LATE = (
    rf"(?:after|with|by|using|thanks to|post|via|through) (?:the |an? |our )?(?:prompt )?(?:{_RUN})(?: run)?|{_RUN}"
    r"|optimi[sz]ed(?: (?:one|prompts?|version|program|score))?|compiled(?: (?:one|program|version))?|tuned prompts?"
)
_EARLY = (
    r"before(?:hand)?(?: (?:that|it))?|previously|originally|initially|at first|at the start|formerly|without(?: it)?"
    r"|earlier|prior"
)
_LATE = r"after(?:wards?)?(?: (?:that|it))?|now|currently|today|in the end|at the end|finally|with it|then|later|since"
_FROM = r"used to be|started at|started with|(?:up |down |coming |it was )?from|was|were|had been"
_TO = r"became|becomes|turned into|ended (?:up )?(?:at|with)|to"
_CUE = re.compile(
    rf"(?<![\w-])(?:(?P<sure_early>{_NAMED_EARLY})|(?P<sure_late>{_NAMED_LATE})|(?P<from>{_FROM})|(?P<to>{_TO})"
    rf"|(?P<early>{_EARLY})|(?P<late>{_LATE}))(?![\w-])"
)
_SEPARATOR = re.compile(r"[,;/|()]|\s(?:and|but|while|whereas|vs\.?|versus|against|compared (?:to|with)|-|–|—)\s|[.]\s")
_ARROW = re.compile(r"-+>|=+>|→|➜|~>|>>")
_SMALL = re.compile(
    r"(?<![\w-])(?:it|it's|its|is|it was|was|were|we|we're|i|they|had|have|has|got|get|gets|getting|are|at|of|about"
    r"|around"
    r"|only|just|a|an|the|us|me|our|my|been|stood|stands|came|went|goes|rose|jumped|climbed|moved|improved|improving"
    r"|dropped"
    r"|fell|took|takes|brought|gave|gives|reached|hit|scored?|scores|accuracy|accurate|points?|percent|pct|correct"
    r"|right|and"
    r"|but|for|on|with|that|so|one|in|as|by|ran|run|running|did|used|using|all|the way|up|down|score|sits?|made"
    r"|makes|then"
    r"|compared|versus|vs\.?|against|still|even|than|rather|ok|yes|well|em|exact match|dev|test|set|version|prompt|to"
    r"|already|actually|roughly|approx\w*|now|increased|raised|lifted|pushed|bumped|of the time|=|-|–|—|/)(?![\w'-])"
    r"|[^\w\s]"
)
_BARRED = re.compile(
    r"\b(?:need\w*|want\w*|targets?|goal|aim|must|should|fine-?tun\w*|tuned model|trained|teacher|\$|budget|hop(?:e"
    r"|ing)|expect\w*"
    r"|if|would|could|say|f1|bleu|rouge|class(?:es)?|categor\w+|label\w*|examples?|rows?|tickets?|calls?|cent\w*)\b"
)
REACH = 60
"""Characters before, between and after two scores that are looked at."""


class Cues(NamedTuple):
    """The words beside two scores that may tell which came first."""

    start: re.Match[str] | None
    """Before the first."""
    after: re.Match[str] | None
    """After the first."""
    before: re.Match[str] | None
    """Before the second."""
    end: re.Match[str] | None
    """After the second."""


class Pair(NamedTuple):
    """The scores before and after the prompts were optimized."""

    early: Amount
    late: Amount


def told_twice(said: Said, found: Sequence[Amount], asked: FactName | None) -> Pair | None:
    """Return the two scores of a reply that its words tell apart."""
    found = [amount for amount in found if not amount.numeral.loose]
    optimized = OPTIMIZER.search(said.low) is not None or asked == "optimized_score"
    if "?" in said.low:
        return None
    if len(found) == 1:
        return _span(found[0], said.low) if optimized else None
    if len(found) != 2 or not all(_may_score(amount) for amount in found):
        return None
    one, other = found
    left = _cell(said.low[max(0, one.numeral.start - REACH) : one.numeral.start], last=True)
    middle = said.low[one.end : other.numeral.start]
    right = _cell(said.low[other.end : other.end + REACH], last=False)
    if len(middle) > REACH or _BARRED.search(f"{left} | {middle} | {right}"):
        return None
    cues = _cues(left, middle, right)
    if not optimized and not any(cue and cue["sure_late"] for cue in cues):
        return None
    first = _order(cues, middle)
    return None if first is None else Pair(one, other) if first == "early" else Pair(other, one)


def _span(amount: Amount, low: str) -> Pair | None:
    """Return the two ends of "from 62 to 71" as two scores."""
    ends = amount._replace(high=None), amount._replace(low=amount.high or 0, high=None)
    start = re.search(r"\bfrom\s(?:about\s|around\s)?$", low[: amount.numeral.start])
    barred = _BARRED.search(low[max(0, amount.start - REACH) : amount.end + REACH])
    return Pair(*ends) if amount.high and start and not barred and all(map(_may_score, ends)) else None


def _cues(left: str, middle: str, right: str) -> Cues:
    """Return the words that may tell the role of two scores: around the first, around the second."""
    separator = _SEPARATOR.search(middle) or _ARROW.search(middle)
    inner = _CUE.search(middle)
    if separator:
        after, before = _first(middle[: separator.start()]), _last(middle[separator.end() :])
        after = None if after and (after["from"] or after["to"]) else after
    elif inner and (inner["from"] or inner["to"] or _last(left)):
        after, before = None, _last(middle)
    else:
        after, before = _first(middle), None
    return Cues(_last(left), after, before, _first(right))


def _order(cues: Cues, middle: str) -> Role | None:
    """Return the role of the first of two scores; None where the words do not tell."""
    pairs = ((cues.after, cues.end), (cues.start, cues.before), (cues.after, cues.before), (cues.start, cues.end))
    for first, second in pairs:
        one, other = _role(first), _role(second)
        if one and other and one != other:
            return one
    if _ARROW.search(middle) or (cues.before and cues.before["to"]):
        return "early"
    if cues.before and cues.before["from"] and _role(cues.start) != "early":
        return "late"
    alone = [cue for cue in cues if cue is not None]
    if len(alone) != 1 or _SMALL.sub("", _CUE.sub("", middle)).strip():
        return None
    role = _role(alone[0])
    return role if alone[0] in (cues.start, cues.after) else "late" if role == "early" else "early"


def scores_of(said: Said, pair: Pair) -> list[Fact]:
    """Return two scores as facts."""
    return [
        told(said, "baseline_score", _share(pair.early), pair.early.start, pair.early.end),
        told(said, "optimized_score", _share(pair.late), pair.late.start, pair.late.end),
    ]


def _cell(text: str, *, last: bool) -> str:
    """Return the sentence beside a score."""
    parts = re.split(r"[.;!](?=\s|$)", text)
    return parts[-1] if last else parts[0]


def _role(cue: re.Match[str] | None) -> Role | None:
    if cue is None:
        return None
    return "early" if cue["sure_early"] or cue["early"] or cue["from"] else "late"


def _last(text: str) -> re.Match[str] | None:
    """Return the word nearest before a score, if nothing of weight stands between."""
    found = None
    for cue in _CUE.finditer(text):
        found = cue
    return found if found and not _SMALL.sub("", text[found.end() :]).strip() else None


def _first(text: str) -> re.Match[str] | None:
    """Return the word nearest after a score, if nothing of weight stands between."""
    found = _CUE.search(text)
    return found if found and not _SMALL.sub("", text[: found.start()]).strip() else None


def _may_score(amount: Amount) -> bool:
    """Say whether an amount may be a score without a percent sign."""
    return (
        not amount.money
        and not amount.per
        and amount.high is None
        and amount.out_of is None
        and not amount.negated
        and not amount.bound
        and amount.numeral.magnitude == 1
        and (0 < amount.low < 1 or 10 <= amount.low <= 100)
    )


def _share(amount: Amount) -> float:
    return round(amount.low / 100 if amount.percent or amount.low > 1 else amount.low, 6)
