"""Numbers as the answer to a question that asks for one."""

from __future__ import annotations

import re

from advisor.domain.facts import FactName
from advisor.domain.values import SPECS
from advisor.world.reading.amounts import Amount
from advisor.world.reading.answer import Answer
from advisor.world.reading.commands import trimmed
from advisor.world.reading.nouns import PERSONS
from advisor.world.reading.others import difference, is_wrong, of_another_kind, other_score
from advisor.world.reading.places import COUNTS, PART, PRICES, Place, count, limit, monthly, told
from advisor.world.reading.said import Said
from advisor.world.reading.scores import is_today, score

LOWEST = 10
"""A bare number between 1 and this is no percentage anybody has: a mark out of five, a version."""
SHORT_REPLY = 5
"""Words up to which "one" and "half" may be a number."""
_FOREIGN = re.compile(
    r"\s?-?(?:gi?b|mi?b|tb|tokens?|ms|milliseconds?|s|secs?|seconds?|minutes?|mins?|hours?|days?"
    r"|weeks?|months?|years?|epochs?|trials?|fold|bit|people|engineers?|employees?"
    r"|customers?|users?|players?|visitors?|readers?|subscribers?|testers?|models?|languages?|words|characters"
    r"|chars|gpus?|cores?|servers?|times|x"
    r"|runs?|steps|percent|%)\b"
)
"""After a number: it counts something no fact is about."""
_VAGUE = re.compile(
    r"\b(?:(?:a )?(?:few|several|many|some|lots?|bunch|ton|handful|couple)(?: of)?|hundreds"
    r"|thousands|millions|dozens|enough|plenty|a lot|loads|not (?:many|much|enough)|(?:pretty"
    r"|quite|very|fairly|really|so)[ -]"
    r"(?:good|bad|well|ok|okay|high|low|accurate|poor|decent)|good|bad|decent|okay-?ish|fine"
    r"|mostly|usually|sometimes|often|rarely|most of|cheap|expensive)\b"
)
_NOTHING = re.compile(
    r"(?:none|zero|nothing|nada|nil|0|not a single one|no (?:examples|labels|labelled (?:data"
    r"|examples)|data|rows|calls)(?: at all| yet)?|(?:none|nothing) (?:(?:is )?labell?ed )?(?:yet"
    r"|at all|so far)|nothing (?:really|at all)|free|for free"
    r"|free only|no money)"
)
_NONE_LABELLED = re.compile(
    r"^\W*(?:none|zero)(?: (?:so far|yet|at all))?\s*[,.;]|\b(?:do|does)(?:n't|nt| not) have (?:any )?(?:labels"
    r"|labell?ed \w+)\b|"
    r"\b(?:none|nothing|not (?:a single )?one|zero)(?: (?:of (?:them|it|those|these|our \w+|the \w+)))?(?: (?:is"
    r"|are|has been|have been|of it))?(?: (?:yet|really|actually))? (?:labell?ed|annotated|tagged)\b"
    r"|\b(?:have|got|are|is|there's|has) no (?:labels|labelled (?:data|examples|rows)|annotations|labeled (?:data"
    r"|examples))\b|\ball (?:of (?:them|it) )?(?:are |is )?(?:un-?labell?ed|without labels)\b"
)
_FRACTIONS = {"half": 0.5, "three quarters": 0.75, "two thirds": 0.667, "a quarter": 0.25, "a third": 0.333}
_FRACTION = re.compile(r"\b(half|three[- ]quarters|two[- ]thirds|a quarter|a third)\b(?! (?:a |dozen))")
_COUNTED_NOUN = re.compile(
    r"\s(?:[a-z-]+\s){0,2}?(?:examples|tickets|rows|labels|labell?ed|categories|classes|samples)\b"
)
_OUTCOME = re.compile(
    r"(?:^|\W)(?:so|i\.?e\.?|that(?:'s| is| makes)|makes|making|which (?:is|makes|gives)|meaning|hence|thus"
    r"|therefore|equals?"
    r"|gives|works out (?:at|to|as)|comes to|=)\s(?:it's |it is |about |around |roughly |some |a total of )*$"
)
"""Before the last of several numbers: it follows from the others."""
_SUBSET = re.compile(r"\s?of (?:them|those|these|which|it)\b")
"""After the second number: a part of the first."""
_EACH = re.compile(r"\s?(?:[a-z]+\s)?(?:per|each|of each|for each|for every)\b")
"""After a number: so many of each class, not all there are."""
_SPENT = re.compile(
    r"\b(?:spent|paid|earn\w*|revenue|turnover|salary|wages?|raised|worth|profit|charged?|charges|lost|saved?"
    r"|(?<!may )(?<!can )(?<!could )(?<!should )(?<!must )(?<!to )(?<!might )costs?)\b[^,;]{0,32}$"
)
"""Before a sum: it is gone, or comes in, and is no limit."""
_ALLOWED = re.compile(
    r"\b(?:budget|spend|max\w*|limit|at most|up to|allowed|can|could|may|willing|left|have|approved)\b[^,;]{0,24}$"
)
_NO_SCORE = re.compile(
    r"\s?(?:categor|class|label|calls?\b|requests?\b|visitors|example|ticket|row|sample|record|case|document)"
)


def count_answer(said: Said, asked: FactName, free: list[Place]) -> Answer:
    """Return the count or the amount a reply gives, if it gives one."""
    fits = [place for place in free if _may_count(place, asked)]
    loose = [place for place in fits if place.amount.numeral.loose]
    if len(said.low.split()) > SHORT_REPLY:
        fits = [place for place in fits if place not in loose]
    if len(fits) > 1:
        fits = [place for place in fits if not _SUBSET.match(place.after)] or fits
        fits = [place for place in fits if is_today(place)] or fits
        fits = fits[-1:] if _OUTCOME.search(said.low[: fits[-1].amount.start][-48:]) else fits
    values = {(place.amount.low, place.amount.high) for place in fits}
    if len(values) > 1:
        return Answer(note="I read more than one number there. Which one is it?")
    if not fits:
        if _NOTHING.fullmatch(trimmed(said.low)) or (asked == "labelled_examples" and _NONE_LABELLED.search(said.low)):
            return Answer(told(said, asked, 0, 0, len(said.text)))
        if any(place.amount.money == "other" for place in free):
            return Answer(note="I count in US dollars. How much is that in dollars?")
        return Answer(note=_no_number(said, f"I need {SPECS[asked].expects}."))
    if _NOTHING.fullmatch(trimmed(said.low)):
        return Answer(told(said, asked, 0, 0, len(said.text)))
    amount = fits[-1].amount
    if asked in COUNTS:
        if amount.bound == "under":
            return Answer(note=f"Fewer than {amount.low:g}: about how many?")
        return Answer(told(said, asked, count(amount), amount.start, _noun_end(said, amount)))
    if asked in ("budget_usd", "forecast_usd") or asked in PRICES:
        return Answer(told(said, asked, limit(amount), amount.start, amount.end))
    if amount.numeral.grouped and amount.numeral.magnitude == 1 and asked not in PRICES:
        amount = amount._replace(low=amount.low * 1000)
    value, calculated = monthly(amount, amount.per)
    note = f"Counted per month, from {said.evidence(amount.start, amount.end)}." if calculated else ""
    return Answer(told(said, asked, value, amount.start, amount.end), note)


def _may_count(place: Place, asked: FactName) -> bool:
    amount = place.amount
    if amount.negated or amount.percent or amount.money == "other" or _FOREIGN.match(place.after):
        return False
    if asked == "budget_usd" and _SPENT.search(place.before) and not _ALLOWED.search(place.before):
        return False
    if asked in COUNTS:
        if PERSONS.match(place.after):
            return False
        if _EACH.match(place.after):
            return False
        whole_number = amount.low == int(amount.low) or amount.numeral.grouped
        return (
            not amount.money
            and not amount.per
            and amount.out_of is None
            and whole_number
            and not PART.search(place.before)
        )
    if asked == "calls_per_month":
        return not amount.money and amount.out_of is None
    return amount.out_of is None and (bool(amount.money) or not amount.per or asked == "spend_per_month_usd")


def _noun_end(said: Said, amount: Amount) -> int:
    words = _COUNTED_NOUN.match(said.low, amount.end)
    return words.end() if words else amount.end


def score_answer(said: Said, asked: FactName, free: list[Place]) -> Answer:
    """Return the score a reply gives, if it gives one."""
    fits = [place for place in free if not place.amount.negated and _may_score(place)]
    named = other_score(said.low)
    if named and not fits:
        return Answer(
            note=f"I kept no score: {named} is not the share of right answers. What share of the answers is right?"
        )
    percent = [place for place in fits if place.amount.percent]
    fits = percent or fits
    if len(fits) > 1:
        fits = [place for place in fits if is_today(place)] or fits
    if len({str(score(place.amount)) for place in fits}) > 1:
        return Answer(note="I read more than one score there. Which one is it?")
    share = _FRACTION.search(said.low)
    if (
        share
        and not percent
        and not re.search(
            r"\b(?:over|under|above|below|more|less|than|nearly|almost|not|bit)\s(?:the )?$", said.low[: share.start()]
        )
    ):
        return Answer(told(said, asked, _FRACTIONS[share[1].replace("-", " ")], *share.span()))
    if not fits:
        return Answer(note=_no_number(said, f"I need {SPECS[asked].expects}."))
    amount = fits[-1].amount
    if said.low.strip() == "1":
        return Answer(note="Is that 1% or 100%? Write it with a percent sign.")
    return Answer(told(said, asked, score(amount) or 0.0, amount.start, amount.end))


def _may_score(place: Place) -> bool:
    amount = place.amount
    if (
        score(amount) is None
        or difference(place)
        or is_wrong(place)
        or of_another_kind(place)
        or (amount.numeral.loose and amount.high is None)
    ):
        return False
    sampled = re.search(r"\b(?:looked at|checked|tested|reviewed|went through|sampled)\s(?:\w+\s)?$", place.before)
    if sampled and not amount.percent and amount.out_of is None:
        return False
    foreign = _FOREIGN.match(place.after) or _NO_SCORE.match(place.after)
    small = 1 < (amount.high or amount.low) < LOWEST
    return amount.percent or amount.out_of is not None or not (foreign or small)


def _no_number(said: Said, wanted: str) -> str:
    if _VAGUE.search(said.low):
        return f"That is not a number I can use. {wanted}"
    return f"I did not find a number in that. {wanted}"
