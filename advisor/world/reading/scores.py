"""Scores that an amount states by its own words."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName, Range
from advisor.world.reading.amounts import Amount
from advisor.world.reading.others import difference, is_wrong, of_another_kind
from advisor.world.reading.places import SCORES, Place, clause_start, told
from advisor.world.reading.prompting import HYPOTHETICAL, LATER, OPTIMIZER
from advisor.world.reading.said import Said
from advisor.world.reading.shares import CEILING_AFTER, share

_TARGET = re.compile(
    r"\b(?:need(?:s|ed|ing)?|north star|okr|benchmark to (?:beat|reach)|comfortable (?:at|with)|ambition|benchmark is"
    r"|targets?|target(?:ing|ed)|want(?:s|ed)?|wanna|aim(?:s|ing)?|goal|require[sd]?"
    r"|requirement|must|should|hop(?:e|ing)"
    r"|looking for|would like|'d like|(?:get|getting|push|bring|reach(?:es)?|go) (?:it |us )?(?:to|up to|above"
    r"|over|past|beyond)|good enough"
    r"|acceptable|satisfied|happy with|threshold|expect(?:s|ed)?|like to|sla|contract says|demands?|would do"
    r"|at least|anything (?:above|over|from)"
    r"|has to (?:be|hit|reach)|have to (?:be|hit|reach)|bar is|suffices?|live with|settle for|kpi)\b"
)
_REACHED = re.compile(r"\b(?:already|now|today|currently)\b[^,;]*\b(?:reach(?:es|ed)?|hit|got|get|at)\b")
_BASELINE = re.compile(
    r"\b(?:base ?line|base score|plain|zero[- ]?shot|un-?optimi[sz]ed"
    r"|without (?:any )?(?:prompt )?optimi[sz](?:ation|ing)|out of the box|by hand"
    r"|hand[- ]?(?:tuned|written|crafted)|few[- ]?shot|(?:\d{1,2}|one|two|three|four|five|ten)[- ]shot|vanilla"
    r"|as is|raw|original|initial(?:ly)?|starting point|before that|up from|before (?:any )?(?:optimi[sz]\w+|tuning))\b"
)
_NOW = re.compile(
    r"\b(?:today|current(?:ly)?|now|at the moment|so far|present(?:ly)?|we(?:'re| are)|it(?:'s| is)|i'm|already"
    r"|right now|as of|in production|atm)\b"
)
_AT = re.compile(
    r"(?:\b(?:at|gets?|getting|got|gives?(?: us)?|scor(?:e|es|ed|ing)|reach(?:es|ed|ing)?|hit(?:s|ting)?"
    r"|achiev(?:e|es|ed|ing)|accuracy(?: of| is|:| =)?"
    r"|exact match(?: of| is|:)?|score(?: of| is|:| =)|up at|correct|right|is|with|about|around|stuck at"
    r"|plateau\w*(?: at)?|sits? at|made|delivers?|yields?))\s?$"
)
_ROSE = re.compile(
    r"\b(?:went|improved?|up|moved|rose|got|jumped|raised|climbed|increased|brought|took|lifted|pushed|gone"
    r"|going)\b[^,;]{0,24}\b(?:from|form)\s$"
)
SCORE_TAIL = re.compile(
    r"\s*(?:$|[,.;:!)]|(?:or so|points?|accuracy|accurate|correct|right|on|with|after|now|today|is|as|would|for"
    r"|at|using|from|in|if|before|by|currently|so far"
    r"|w(?=/)|not|instead|rather|of the time|though|exact match|em|score|atm|without|when|because|but|and|would be"
    r"|already)\b)"
)
_TARGET_AFTER = re.compile(
    r"\s*(?:for|as) (?:the |our |a )?(?:target|goal|bar)\b|\s?(?:is (?:the |our |my |a )?(?:target|goal|bar|minimum"
    r"|aim|requirement|threshold|sla)|(?:is )?(?:needed"
    r"|required|wanted|expected)|(?:(?:is|would be|'d be|will be|would|is already)\s)?(?:good )?(?:enough|good"
    r"|fine|ok|okay|great|nice|sufficient|perfect|acceptable)"
    r"|or better|would do|will do|as (?:the |our |a )?(?:target|goal)|target\b|should do|(?:that |which )?(?:we|i"
    r"|they|you|he|she|management|the \w+)(?:'d| would| all| really)? (?:need|want(?:ed)?|require|aim|have to"
    r"|must|ask(?:ed)?|are after|agreed|promised|expect\w*|target|hope)|min(?:imum)?\b)\b"
)
_BASELINE_AFTER = re.compile(
    r"\s?(?:accuracy\s|correct\s|right\s|accurate\s)?(?:(?:as|is)\s)?(?:(?:the|our|a|with|without|by|before|from"
    r"|using|on)\s)*"
    r"(?:any\s|my\s|our\s|the\s|just\s|only\s)*(?:baseline|base line|zero|plain|by hand|hand|optimi|un-?optimi"
    r"|vanilla|few[- ]?shot|prompt optimi|\d[- ]shot)"
)
_TO_GOAL = re.compile(r"\s?(?:-+>|=+>|→)\s?(?:the |our |my )?(?:goal|target|want|need|should|wish|aim)\b")
"""After a score: it is to become better."""
_BY_MEANS_OF = re.compile(
    r"\s?(?:correct\s|accuracy\s|right\s)?(?:with|after|using|from|by|thanks to|post|via|through|on|w/)\s?(?<=[\s/])"
)
_OPTIMIZER_BESIDE = re.compile(
    rf"\s?[,(]\s?(?:with |w/ ?|using )?{OPTIMIZER.pattern}(?:[ -](?:light|medium|heavy))?"
    r"(?=\s*(?:$|[,.;!)])|\s(?:on|with|and)\s(?!then))"
)
"""After a score: nothing but the name of the optimizer that brought it."""
_NOW_AFTER = re.compile(
    r"\s?(?:accuracy\s|accurate\s|correct\s|right\s)?(?:today|now|currently|so far|at the moment|atm|right now"
    r"|in production|already)\b"
)
_ACCURACY = re.compile(
    r"\s?(?:(?:of (?:the |our )?\w+ )?(?:is |are )?(?:accuracy|accurate|correct|right)|of the time|exact match"
    r"|(?:answers )?right|correctly)\b"
)
_UNDONE = re.compile(r"\b(?:not|no|nothing|without|before|un-?optimi[sz]ed)\b|n't")
"""Beside an optimizer: it was not run."""
_OWN_WORDS = re.compile(
    r"\s?(?:[a-z-]+\s){0,3}?(?:accuracy|correct|baseline|target|needed|required|mipro\w*|gepa|simba|copro"
    r"|optimi[sz]\w+)\b"
)
_SPLITS = (
    ("train", r"train(?:ing)?"),
    ("dev", r"dev(?:elopment)?|valid(?:ation)?"),
    ("test", r"test|held[- ]?out|hold-?out|unseen"),
)

_TUNED = re.compile(
    r"\b(?:fine[- ]?tun\w+|(?:(?:we|i) (?:once |already |have |had )*|^)(?:trained|tuned)|tuned (?:model|version"
    r"|program"
    r"|student|one)|trained (?:model|version|one)"
    r"|bootstrap ?finetune|after training|lora|sft)\b[^,;]{0,40}$"
)
_THAT = re.compile(
    r"^(?:(?:and|but|then|so)\s)?(?:it|that|this|which|the result|result|we)?\s?(?:then\s|only\s|just\s"
    r"|still\s)?(?:gave|got|brought"
    r"|reached|scored|made|was|came|landed|hit|ended|took|gets?|gives|scores|reaches)\b"
)
_ACHIEVED = re.compile(
    r"\s?(?:was |were |is |got )?(?:achieved|reached|scored|attained|obtained|came out|was the result|the result"
    r"|in the end)\b"
)
_TUNED_AFTER = re.compile(
    r"\s?(?:accuracy\s|correct\s|right\s)?(?:with|after|from|by|using|thanks to)\s(?:the\s|our\s"
    r"|a\s)*(?:fine[- ]?tun\w+|tuned model|training|tuning|lora|sft|bootstrap ?finetune)\b"
)
_STRICT = re.compile(
    r"\b(?:at (?:the very )?least|minimum|min|no less than|not less than|or better|or higher|or more|and up)\b|[≥+]|>="
)


_MEASURE = re.compile(r"\b(?:accuracy|score[sd]?|exact match|em|dev|test|get|got|at|reach\w*)\b")


def scored(said: Said, place: Place, asked: FactName | None) -> tuple[Fact, ...]:
    """Return the scores an amount states by the words beside it."""
    amount = place.amount
    value = score(amount)
    stands_alone = (
        amount.percent or amount.out_of is not None or SCORE_TAIL.match(place.after) or CEILING_AFTER.match(place.after)
    )
    if value is None and amount.bound == "under" and (most := score(amount._replace(bound=""))) is not None:
        return tuple(fact for fact in share(said, place, most) if fact.name == "accuracy_ceiling")
    if value is None or not stands_alone or difference(place):
        return ()
    no_score = share(said, place, value)
    if no_score or of_another_kind(place) or is_wrong(place):
        return no_score
    told_apart = (
        asked == "prompt_optimization" or asked == "optimized_score" or OPTIMIZER.search(place.clause + place.previous)
    )
    rise = (
        amount.high is not None
        and told_apart
        and _ROSE.search(place.before + said.low[amount.start : amount.numeral.start])
    )
    if rise:
        top = amount._replace(low=amount.high or 0, high=None)
        first, last = score(amount._replace(high=None)), score(top)
        return (
            told(said, "baseline_score", first or 0.0, amount.start, amount.end),
            told(said, "optimized_score", last or 0.0, amount.start, amount.end),
        )
    name = _score_name(place, asked, said.low)
    if name is None:
        return ()
    fact = told(said, name, value, clause_start(said, place), amount.end + _own_words(place.after))
    return (fact.model_copy(update={"split": _split(place.clause)}),)


def _score_name(place: Place, asked: FactName | None, whole: str) -> FactName | None:
    """Return which score an amount is; a weak wording such as "at 78%" leaves it to the question."""
    before, after, amount = place.before, place.after, place.amount
    percent = amount.percent or amount.out_of is not None
    lead = "" if asked in SCORES else whole[amount.start : amount.numeral.start]
    wanted = _TARGET.search(before.rpartition(" but ")[2] + lead) and not _REACHED.search(before)
    if _TARGET_AFTER.match(after) and not _TUNED_AFTER.match(after):
        return "target_score"
    achieved = not before.strip() and _ACHIEVED.match(after)
    follows = (
        (achieved or _THAT.match(before.strip())) and _TUNED.search(place.previous) and not _planned(place.previous)
    )
    alone = not before.strip() and not after.strip() and amount.percent and not OPTIMIZER.search(place.previous)
    follows = follows or (alone and _TUNED.search(place.previous) and not _planned(place.previous))
    if follows or _TUNED_AFTER.match(after) or (_TUNED.search(before) and not wanted and not _planned(before)):
        return "tuned_score"
    if wanted:
        return "target_score"
    if OPTIMIZER.search(before) and not _UNDONE.search(before) and not _planned(before):
        return "optimized_score"
    if _BASELINE_AFTER.match(after) and not OPTIMIZER.match(_BY_MEANS_OF.sub("", after)):
        return "baseline_score"
    if _BY_MEANS_OF.match(after) and OPTIMIZER.search(after):
        return "optimized_score"
    if _BASELINE.search(before):
        return "baseline_score"
    if _MEASURE.search(before) and _OPTIMIZER_BESIDE.match(whole, amount.end):
        return "optimized_score"
    now = is_today(place) or (percent and _TO_GOAL.match(after) is not None)
    if now and asked == "target_score":
        return "baseline_score"
    if asked in SCORES:
        return None
    if percent and _STRICT.search(whole[amount.start : amount.end]) and not now and not _AT.search(before):
        return "target_score"
    return _weakly(place, asked, whole, now)


def _weakly(place: Place, asked: FactName | None, whole: str, now: bool) -> FactName | None:
    """Return which score an amount is where only words such as "at" or its neighbours say so."""
    before, after = place.before, place.after
    percent = place.amount.percent or place.amount.out_of is not None
    alone = not re.sub(
        r"\W|\b(?:at|is|was|it|it's|now|about|around|got|gets?|and|so|scores?|reached|with|to|us|we|that|made)\b",
        "",
        before,
    )
    around = whole if asked == "prompt_optimization" else place.clause + (place.previous if alone else "")
    optimized = _done(around)
    weak = percent and (now or _ACCURACY.match(after) or (optimized and re.match(r"\s?(?:on|over)\b", after)))
    told_how = optimized or (_BASELINE.search(around) and (place.previous or asked == "prompt_optimization"))
    beside = alone and told_how and (percent or asked == "prompt_optimization") and SCORE_TAIL.match(after)
    if weak or beside or (_AT.search(before) and (percent or now or asked == "prompt_optimization")):
        return "optimized_score" if optimized else "baseline_score"
    return None


def _done(text: str) -> bool:
    """Say whether a text tells of an optimizer that was run."""
    found = OPTIMIZER.search(text)
    if found is None:
        return False
    before, after = text[: found.start()], text[found.end() :]
    return not (_UNDONE.search(before) or _planned(before) or LATER.match(after))


def _planned(before: str) -> bool:
    return HYPOTHETICAL.search(before) is not None


def is_today(place: Place) -> bool:
    """Say whether an amount tells how it is now."""
    return bool(_NOW.search(place.before) or _NOW_AFTER.match(place.after))


def score(amount: Amount) -> float | Range | None:
    """Return an amount as a score from 0 to 1, or as the two ends of one; None if it is none."""
    if amount.money or amount.per or amount.numeral.magnitude != 1 or amount.bound == "under":
        return None
    if amount.out_of is not None:
        return round(amount.low / amount.out_of, 6) if amount.out_of else None
    low = _share_of_one(amount.low, amount.percent or (amount.high or 0) > 1)
    if amount.high is None or low is None:
        return low
    high = _share_of_one(amount.high, amount.percent or amount.high > 1)
    return None if high is None else Range(low=low, high=high)


def _share_of_one(number: float, percent: bool) -> float | None:
    value = number / 100 if percent or number > 1 else number
    return round(value, 6) if 0 <= value <= 1 else None


def _split(clause: str) -> str | None:
    return next((name for name, words in _SPLITS if re.search(rf"\b(?:{words})\b", clause)), None)


def _own_words(after: str) -> int:
    found = _OWN_WORDS.match(after)
    return found.end() if found else 0
