"""Amounts: numbers with what is said around them — a range, a percent sign, dollars, a month, "at least", "not"."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from advisor.domain.facts import Range
from advisor.world.reading.numerals import Numeral, numerals

Period = Literal["", "second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year"]

A_MONTH: dict[Period, float] = {
    "": 1,
    "second": 2_592_000,
    "minute": 43_200,
    "hour": 720,
    "day": 30,
    "week": 52 / 12,
    "fortnight": 26 / 12,
    "month": 1,
    "quarter": 1 / 3,
    "year": 1 / 12,
}
"""How often each period comes round in a month of 30 days."""


class Amount(NamedTuple):
    """A number or a range, with what is said about it."""

    start: int
    end: int
    low: float
    high: float | None
    percent: bool
    money: Literal["", "usd", "other"]
    per: Period
    bound: Literal["", "under", "over"]
    negated: bool
    """Said not to be: "not 2000"."""
    numeral: Numeral
    out_of: float | None = None
    """The whole, in "8 out of 10"."""

    @property
    def plain(self) -> bool:
        """Whether it is a bare number: no percent sign, no money."""
        return not self.percent and not self.money

    @property
    def quantity(self) -> float | Range:
        """The number, or the range."""
        if self.bound == "under" and self.high is None:
            return Range(low=0, high=self.low)
        return self.low if self.high is None else Range(low=self.low, high=self.high)


_RANGE = re.compile(
    r"\s?(?:%|percent|pct)?\s?(?:-|–|—|−|\.\.\.?|~|\bto|\btill|\buntil|\bor|,?\s(?:maybe|perhaps"
    r"|possibly|or maybe|or perhaps|or even"
    r"|up to|to maybe|if not)(?:\seven)?)\s?(?:us\$|[$€£])?\s?"
)
_BETWEEN = re.compile(r"\s?(?:%|percent|pct|k)?\s(?:and|to)\s(?:[$€£])?")
_OUT_OF = re.compile(
    r"\s?/\s?|\s(?:(?:right|correct|hits?|good|ok)\s)?(?:times\s)?(?:out of|of|in|from)\s(?:every\s|each\s|the\s"
    r"|our\s|those\s|all\s|about\s|my\s)*"
)
_PERCENT = re.compile(r"\s?(?:[%％]|percent\b|per cent\b|pct\b|pc\b|procent\b|prozent\b|por ?ciento\b|perc\b)")
_USD_AFTER = re.compile(r"\s?(?:(?:us\s?)?\$|(?:us[\s-]?|american\s)?dollars?\b|usd\b|bucks?\b|dlrs?\b)")
_OTHER_AFTER = re.compile(
    r"\s?(?:cents?\b|pence\b|€|£|euros?\b|eur\b|pounds\b|gbp\b|francs\b|chf\b|yen\b|rupees\b|inr\b)"
)
_USD_BEFORE = re.compile(r"(?:us\s?\$|\$|\busd)\s?$")
_OTHER_BEFORE = re.compile(r"(?:€|£|¥|₹|\beur|\bgbp|\bchf)\s?$")
_PERIODS: tuple[tuple[Period, str], ...] = (
    ("second", r"seconds?|secs?"),
    ("minute", r"minutes?|mins?"),
    ("hour", r"hours?|hrs?|h|hourly"),
    ("day", r"(?:working |business |week|calendar )?days?|d|daily"),
    ("week", r"weeks?|wks?|wk|weekly"),
    ("fortnight", r"fortnights?|fortnightly"),
    ("month", r"months?|mo|mth|mnth|monthly|pm|p\.m\.?"),
    ("quarter", r"quarters?|qtr|quarterly"),
    ("year", r"years?|yrs?|yr|annum|yearly|annually|annual|pa|p\.a\.?"),
)
_PERIOD_AFTER = re.compile(
    r"\s?(?:[a-z-]+/|(?:[a-z-]+\s){0,4}?(?:(?:a|an|per|each|every|in an?|in one|in the|by the|by|within an?|the)\s"
    r"|/\s?)|/\s?"
    r"|(?:[a-z-]+\s){0,2}?(?=[a-z]*ly\b|p\.?m\b|p\.?a\b))(?:single |typical |average |normal |given )?"
    r"(seconds?|secs?|minutes?|mins?|hours?|hrs?|h|(?:(?:working|business|calendar) |week)?days?|d|weeks?|wks?"
    r"|fortnights?|months?|mo|mth|mnth|quarters?(?! of)|qtr|years?|yrs?|annum|hourly|daily|weekly|fortnightly|monthly"
    r"|quarterly|pm|p\.m\b|yearly|annually|pa|p\.a)\b"
)
_PERIOD_BEFORE = re.compile(
    r"\b(?:(?:per|each|every|an?|in an?|in the|in one|in|by|the)\s(?:typical |average |normal |usual |single |given"
    r" |ordinary |good |busy |whole |working |business )?(second|minute|hour|day|weekday|week|fortnight|month|quarter"
    r"|year)(?!s| of)|(hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)|p\.?(?:er )?(m|a)\.)"
    r"(?:,|:)?(?:\s[a-z']+[.:]?|\s[~≈=:]){0,6}\s?[~≈]?(?:us|usd)?\s?\$?$"
)
_UNDER = re.compile(
    r"(?:\b(?:under|below|less than|fewer than|at most|(?<!went )(?<!goes )(?<!got )(?<!rose )(?<!climbed"
    r" )(?<!it )(?<!us )(?<!gone )(?<!go )up to|no more than|not more than|max"
    r"|maximum|maximum of|max of"
    r"|not over|not above)|<=?(?!-)|≤)\s?(?:about\s|around\s)?(?:us)?[$€£]?$"
)
_OVER = re.compile(
    r"(?:\b(?:over|above|more than|at least|min|minimum|minimum of|north of|upwards? of|no less than|not less than"
    r"|not under)|(?<![-=])>=?|≥)\s?(?:about\s|around\s)?(?:us)?[$€£]?$"
)
_NOT_UNDER = re.compile(
    r"\b(?:no|not|nothing|never|none|n't)\s(?:\w+\s)?(?:less|fewer|below|under|lower|worse)(?:\sthan)?\s?(?:us)?[$€£]?$"
)
_NOT_OVER = re.compile(
    r"(?:\bnot|n't|\bnever|\bcannot|\bdont|\bno)\b[^,;.]{0,24}\b(?:more than|over|above|exceed)\s?(?:us)?[$€£]?$"
)
_OVER_AFTER = re.compile(
    r"\s?(?:\+|or more\b|and up\b|and above\b|plus\b|or better\b|or higher\b|at (?:the )?(?:very )?least\b|minimum\b)"
)
_UNDER_AFTER = re.compile(
    r"\s?(?:or less\b|or fewer\b|at (?:the )?(?:very )?most\b|max\b|maximum\b|tops\b|is (?:the |our "
    r"|my )?(?:max(?:imum)?|limit|cap)\b)"
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|circa|ca|approximately|approx|nearly|almost|some|maybe|perhaps"
    r"|probably|say|like"
    r"|between|from|just over|just under|only|exactly)\.?|[~≈=])\s?(?:us)?[$€£]?$"
)
_NOT = re.compile(
    r"(?:\bnot|n't|\binstead of|\brather than|\bnever)\s"
    r"(?:(?:even|quite|the|have|got|reached?|at|an?|about|around|really|yet)\s){0,3}(?:us)?[$€£]?$"
)
MAX_NUMERALS = 60
"""Numbers read; a reply with more is a table."""
_REACH = 48
"""Characters before or after a number in which a word can belong to it."""


def amounts(low: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in lower case, in order."""
    found = numerals(low)[:MAX_NUMERALS]
    result: list[Amount] = []
    at = 0
    while at < len(found):
        first = found[at]
        second = found[at + 1] if at + 1 < len(found) else None
        pair = _pair(low, first, second) if second else None
        last = second if pair and second else first
        limit = found[at + 2 if pair else at + 1].start if at + (2 if pair else 1) < len(found) else len(low)
        floor = result[-1].end if result else 0
        result.append(_amount(low, (first, last), pair, (floor, limit)))
        at += 2 if pair else 1
    return tuple(result)


_SCORED = re.compile(r"\s?(?:\w+\s){0,2}?(?:is |are |was |were )?(?:right|correct|wrong|fail\w*|ok|good|bad)\b")
"""After "one of ten": a share is told, and no choice."""


class _Pair(NamedTuple):
    low: float
    high: float | None
    out_of: float | None


def _pair(low: str, first: Numeral, second: Numeral) -> _Pair | None:
    """Return what two neighbouring numbers are together, or None."""
    between = low[first.end : second.start]
    if len(between) > 24:
        return None
    spread = _RANGE.fullmatch(between) or (
        _BETWEEN.fullmatch(between) and re.search(r"\bbetween\s?[$€£]?$", low[max(0, first.start - 10) : first.start])
    )
    if spread:
        shared = first.value * second.magnitude
        start = shared if first.magnitude == 1 and shared < second.value else first.value
        return _Pair(start, second.value, None) if start < second.value else None
    if first.value == 1 and between.strip() in ("of", "of the", "of our") and not _SCORED.match(low, second.end):
        return None
    if _OUT_OF.fullmatch(between) and 0 <= first.value <= second.value:
        return _Pair(first.value, None, second.value)
    return None


def _amount(low: str, ends: tuple[Numeral, Numeral], pair: _Pair | None, room: tuple[int, int]) -> Amount:
    first, last = ends
    start, end = first.start, last.end
    before = low[max(room[0], start - _REACH) : start]
    after = low[end : min(room[1], end + _REACH)]
    percent = _PERCENT.match(after) or ("%" in low[first.end : last.start] and _PERCENT.search(low, first.end))
    money: Literal["", "usd", "other"] = ""
    if _USD_BEFORE.search(before) or _USD_AFTER.match(after):
        money = "usd"
    elif _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        money = "other"
    end += _length(after, _PERCENT) or _length(after, _USD_AFTER) or _length(after, _OTHER_AFTER)
    rest = low[end : min(room[1], end + _REACH)]
    period = _PERIOD_AFTER.match(rest)
    per = _period(period[1]) if period else _period_before(before)
    bound: Literal["", "under", "over"] = ""
    if _NOT_UNDER.search(before):
        bound = "over"
    elif _UNDER.search(before) or _UNDER_AFTER.match(rest) or _NOT_OVER.search(before):
        bound = "under"
    elif _OVER.search(before) or _OVER_AFTER.match(rest):
        bound = "over"
    scale = 1000 if last.grouped and last.magnitude == 1 and (money or per) else 1
    return Amount(
        start=start - _lead(before),
        end=end + (_length(rest, _OVER_AFTER) or _length(rest, _UNDER_AFTER) or (period.end() if period else 0)),
        low=(pair.low if pair else first.value) * scale,
        high=pair.high * scale if pair and pair.high is not None else None,
        percent=bool(percent),
        money=money,
        per=per,
        bound=bound,
        negated=bool(_NOT.search(before)) and bound == "",
        numeral=first._replace(grouped=False) if scale > 1 else first,
        out_of=pair.out_of if pair else None,
    )


def _length(text: str, pattern: re.Pattern[str]) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _lead(before: str) -> int:
    """Return how many characters before a number belong to it: a currency, "about", "at least"."""
    for pattern in (_UNDER, _OVER, _ABOUT, _USD_BEFORE, _OTHER_BEFORE):
        found = pattern.search(before)
        if found:
            return len(before) - found.start()
    return 0


def _period(word: str) -> Period:
    return next((period for period, words in _PERIODS if re.fullmatch(words, word)), "")


def _period_before(before: str) -> Period:
    found = _PERIOD_BEFORE.search(before)
    if found and found[3]:
        return "month" if found[3] == "m" else "year"
    return _period(found[1] or found[2]) if found else ""
