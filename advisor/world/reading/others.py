"""Figures that are no score of ours: F1 and stars, differences, shares of something else than right answers."""

from __future__ import annotations

import re

from advisor.world.reading.places import Place

_OTHER_SCORE = re.compile(
    r"\b(?:(?:macro|micro|weighted|token|set|field)?[- ]?f1|f[- ]score|f-?measure|bleu|rouge(?:-?[12l])?|auc"
    r"|auroc|roc|r2|r\^2|mae|rmse|mse|perplexity|kappa"
    r"|recall|precision|bertscore|mcc|ndcg|mrr|map|wer|cer|meteor|nps|csat|(?<!north )stars?|thumbs?(?: |-)?up|upvotes?"
    r"|likes|satisfaction|satisfied (?:users|customers)|happy users?|approval"
    r"|deflection|resolution rate|conversion|uptime|faithfulness|confidence|similarity|cosine|elo|rating"
    r"|ratings|rate (?:it|us|them|the \w+)|rated|percentile|coverage|of (?:the )?users|loss|liked|loved"
    r"|on a scale|tolerance|temperature)\b"
)
_CHANGE_BEFORE = re.compile(r"(?:\bby|\banother|\bextra|\bgained|\blost|[+±])\s?(?:about\s|around\s)?$")
_CHANGE_AFTER = re.compile(
    r"\s?(?:points?\s)?(?:better|worse|more|less|higher|lower|cheaper|faster|improvement|gain|drop|increase"
    r"|decrease|up|down|slower|of the (?:cost|price|bill|budget|traffic|calls))\b"
)
_WRONG = re.compile(
    r"\s?(?:users?|people|customers?|testers?|colleagues|reviewers|experts|of us|classes|categories|stars?)\b"
    r"|\s?(?:of (?:the |our |all |its |these |those )?(?:\w+ ){0,3}?)?(?:are |is |gets? |come out |were )?(?:simply "
    r"|just |actually"
    r" |plainly |clearly |known to be )?(?:wrong|errors?"
    r"|error rate|incorrect|mistakes|bad|false|broken|labell?ed|unlabell?ed|annotated|usable|duplicates?|failed"
    r"|failures?|empty|missing|discount|off|vat|"
    r"spam|sure|confident|done|finished|complete|battery|of (?:the )?(?:labels|rows|data|examples|team|users?"
    r"|customers?|people)|training|train|for (?:training|testing|test))\b"
)
_ERROR = re.compile(
    r"\b(?:errors?|error rate|wrong|mistakes?|fails?|failing|temperature|learning rate|dropout|discount"
    r"|probability|likelihood|chance|confidence|ratio|split (?:is|of)|loss|within|tolerance|scale|average"
    r"|mean)\b[^,;]{0,16}$"
)
"""A share that is no share of right answers."""


def difference(place: Place) -> bool:
    """Say whether an amount tells how much better or worse something is, not where it stands."""
    lies = re.search(r"\b(?:is|are|lies?|was|stands?|at the moment) by\s$", place.before)
    return bool((_CHANGE_BEFORE.search(place.before) and not lies) or _CHANGE_AFTER.match(place.after))


def is_wrong(place: Place) -> bool:
    """Say whether an amount is the share of something else than right answers."""
    return bool(_WRONG.match(place.after) or _ERROR.search(place.before))


def of_another_kind(place: Place) -> bool:
    """Say whether an amount is a score of another kind, such as F1, named in its clause or just before."""
    if _OTHER_SCORE.search(place.clause):
        return True
    beside = re.sub(
        r"\b(?:at|is|was|it|it's|now|right|about|around|got|gets?|of|today|currently)\b|\W|\d", "", place.clause
    )
    return not beside and _OTHER_SCORE.search(place.previous) is not None


def other_score(low: str) -> str | None:
    """Return the score named that is no accuracy, such as F1."""
    found = _OTHER_SCORE.search(low)
    return found[0].strip().upper() if found else None
