"""Scores that an amount states by its own words, and what is no score of ours."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.amounts import Amount
from advisor.world.reading.places import SCORES, Place, clause_start, told
from advisor.world.reading.said import Said
from advisor.world.reading.vocabulary import HYPOTHETICAL, OPTIMIZER

_TARGET = re.compile(
    r"\b(?:need(?:s|ed|ing)?|targets?|target(?:ing|ed)|want(?:s|ed)?|aim(?:s|ing)?|goal"
    r"|require[sd]?|required|requirement|must|should|hop(?:e|ing)|looking for|would like"
    r"|(?:get|getting|push|bring|reach(?:es)?) (?:it )?(?:to|up to|above|over)|good enough"
    r"|acceptable|satisfied|happy with|threshold|expect(?:s|ed)?|like to)\b"
)
_BASELINE = re.compile(
    r"\b(?:baseline|base line|base score|plain|zero[- ]?shot|un-?optimi[sz]ed"
    r"|without (?:any )?optimi[sz]ation|out of the box|by hand|hand[- ]?(?:tuned|written))\b"
)
_NOW = re.compile(
    r"\b(?:today|current(?:ly)?|now|at the moment|so far|present(?:ly)?|we(?:'re| are)|it(?:'s"
    r"| is)|i'm|already|right now|as of)\b"
)
_AT = re.compile(
    r"(?:\b(?:at|gets?|getting|got|scor(?:e|es|ed|ing)|reach(?:es|ed|ing)?|hit(?:s|ting)?"
    r"|achiev(?:e|es|ed|ing)|accuracy(?: of| is|:)?|exact match(?: of| is|:)?|up at|correct|right"
    r"|is|with|about|around))\s?$"
)
_ROSE = re.compile(
    r"\b(?:went|improved?|up|moved|rose|got|jumped|raised|climbed|increased|brought"
    r"|took)\b[^,;]{0,24}\bfrom\s$|\bfrom\s$"
)
_OTHER_SCORE = re.compile(
    r"\b(?:(?:macro|micro|weighted|token|set|field)?[- ]?f1|f[- ]score|f-?measure|bleu"
    r"|rouge(?:-?[12l])?|auc|auroc|roc|r2|r\^2|mae|rmse|mse|perplexity|kappa|recall|precision"
    r"|bertscore|mcc|ndcg|mrr|map|wer|meteor)\b"
)
SCORE_TAIL = re.compile(
    r"\s*(?:$|[,.;:!)]|(?:or so|points?|accuracy|accurate|correct|right|on|with|after|now|today|is"
    r"|as|would|for|at|using|from|in|if|before|by|currently|so far|of the time)\b)"
)
"""After a bare number: nothing that it could count."""
_TARGET_AFTER = re.compile(
    r"\s?(?:is (?:the |our )?(?:target|goal)|needed|required|(?:is |would be )?(?:good )?enough"
    r"|or better|would do)\b"
)
_BASELINE_AFTER = re.compile(
    r"\s?(?:(?:as|is)\s)?(?:(?:the|our|a|with|without|by|before)\s)?"
    r"(?:baseline|zero|plain|by hand|hand|optimi|un-?optimi)"
)
_BY_MEANS_OF = re.compile(r"\s?(?:correct\s|accuracy\s|right\s)?(?:with|after|using|from|by|thanks to|post)\s")
_NOW_AFTER = re.compile(
    r"\s?(?:accuracy\s|accurate\s|correct\s|right\s)?(?:today|now|currently|so far|at the moment)\b"
)
_ACCURACY = re.compile(r"\s?(?:accuracy|accurate|correct|right|of the time)\b")
_UNDONE = re.compile(r"\b(?:not|no|without|before)\b|n't")
"""Beside an optimizer: it was not run."""
_CHANGE_BEFORE = re.compile(r"(?:\bby|[+±])\s?(?:about\s|around\s)?$")
_CHANGE_AFTER = re.compile(
    r"\s?(?:points?\s)?(?:better|worse|more|less|higher|lower|cheaper|faster|improvement|gain|drop"
    r"|increase|decrease|up|down)\b"
)
_OWN_WORDS = re.compile(
    r"\s?(?:[a-z-]+\s){0,3}?(?:accuracy|correct|baseline|target|needed|required|mipro\w*|gepa"
    r"|simba|copro|optimi[sz]\w+)\b"
)
_SPLITS = (
    ("train", r"train(?:ing)?"),
    ("dev", r"dev(?:elopment)?|valid(?:ation)?"),
    ("test", r"test|held[- ]?out|hold-?out|unseen"),
)


def scored(said: Said, place: Place, asked: FactName | None) -> tuple[Fact, ...]:
    """Return the scores an amount states by the words beside it."""
    amount = place.amount
    value = score(amount)
    stands_alone = amount.percent or SCORE_TAIL.match(place.after)
    if value is None or not stands_alone or difference(place) or _OTHER_SCORE.search(place.clause):
        return ()
    rise = amount.high is not None and _ROSE.search(place.before + said.low[amount.start : amount.numeral.start])
    if rise and (asked in SCORES or OPTIMIZER.search(place.clause)):
        top = amount._replace(low=amount.high or 0, high=None)
        first, last = score(amount), score(top)
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
    before, after, percent = place.before, place.after, place.amount.percent
    if _TARGET.search(before) or _TARGET_AFTER.match(after):
        return "target_score"
    if OPTIMIZER.search(before) and not _UNDONE.search(before):
        return "optimized_score"
    if _BY_MEANS_OF.match(after) and OPTIMIZER.search(after):
        return "optimized_score"
    if _BASELINE.search(before) or _BASELINE_AFTER.match(after):
        return "baseline_score"
    now = is_today(place)
    if now and asked == "target_score":
        return "baseline_score"
    if asked in SCORES:
        return None
    around = whole if asked == "prompt_optimization" else place.clause
    optimized = OPTIMIZER.search(around) and not _UNDONE.search(around) and not HYPOTHETICAL.search(around)
    weak = percent and (now or _ACCURACY.match(after) or (optimized and re.match(r"\s?(?:on|over)\b", after)))
    if weak or (_AT.search(before) and (percent or now or asked == "prompt_optimization")):
        return "optimized_score" if optimized else "baseline_score"
    return None


def is_today(place: Place) -> bool:
    """Say whether an amount tells how it is now."""
    return bool(_NOW.search(place.before) or _NOW_AFTER.match(place.after))


def difference(place: Place) -> bool:
    """Say whether an amount tells how much better or worse something is, not where it stands."""
    return bool(_CHANGE_BEFORE.search(place.before) or _CHANGE_AFTER.match(place.after))


def score(amount: Amount) -> float | None:
    """Return an amount as a score from 0 to 1, or None if it is none."""
    if amount.money or amount.per or amount.numeral.magnitude != 1 or amount.bound == "under":
        return None
    if amount.out_of is not None:
        return round(amount.low / amount.out_of, 6) if amount.out_of else None
    value = amount.low / 100 if amount.percent or amount.low > 1 else amount.low
    return round(value, 6) if 0 <= value <= 1 else None


def other_score(low: str) -> str | None:
    """Return the score named that is no accuracy, such as F1."""
    found = _OTHER_SCORE.search(low)
    return found[0].strip().upper() if found else None


def _split(clause: str) -> str | None:
    return next((name for name, words in _SPLITS if re.search(rf"\b(?:{words})\b", clause)), None)


def _own_words(after: str) -> int:
    found = _OWN_WORDS.match(after)
    return found.end() if found else 0
