"""For how long the tuned model is needed, and what an hour costs in which it is kept ready."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact
from advisor.world.reading.numerals import Numeral, numerals
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_DAYS = {"day": 1, "week": 7, "month": 365 / 12, "quarter": 365 / 4, "year": 365}
_UNIT = re.compile(r"[\s-]?(?:calendar |full |whole |more )?(day|week|month|quarter|year)s?\b(?!\s(?:of|old|ago)\b)")
_ABOUT = (
    r"(?:\s(?:for|at least|at most|about|around|roughly|some|maybe|perhaps|another|only|just|up to|over|more than"
    r"|the next|the coming|next|a good|say))"
)
_WHAT = r"(?:\s(?:it|this|that|them|one|(?:the|a|our|my|this)\s(?:(?:tuned|fine-?tuned|new|trained|same)\s)?model))"
_NEEDED = re.compile(
    rf"\b(?:(?:need|require|want to (?:use|keep|run)|(?:plan|intend|going|expect|mean|hope)(?:s|ing)? to"
    rf" (?:use|keep|run|need|rely on)|(?:will|'ll) (?:use|need|keep|run)|be using){_WHAT}?{_ABOUT}*\sfor{_ABOUT}*"
    rf"|needed{_ABOUT}*"
    rf"|(?:must|has to|have to|should|needs? to|ought to|will|'ll|want{_WHAT} to|need{_WHAT} to)"
    rf" (?:last|answer|serve|live|stay|work|run|hold|be (?:used|there|needed|available|in use|around|kept))"
    rf"(?: up| there| us| online| available| in use| ready)*{_ABOUT}*)\s$"
)
"""What stands before a time for which the model is needed; a time it was used is in the past."""
_OWN_NUMBER = re.compile(r"\b(half a|an?|a couple of)(?=\s(?:day|week|month|quarter|year))")
_VALUES = {"half a": 0.5, "a couple of": 2}
LONGEST_DAYS = 3650

_HOUR = re.compile(r"\s?(?:us\s?)?(?:\$|dollars?|usd|bucks?)?\s?(?:(?:an|per|each|every|the)\s|/\s?)(?:hour|hr|h)\b")
_PLACE = (
    r"\b(?:hosting|endpoint|deployment|(?:keep|kept|keeping|being)(?:\s\w+){0,3}\s(?:ready|up|online|warm)|hosted)\b"
)
_HOSTING_BEFORE = re.compile(
    _PLACE + r"(?:\s(?:it|the|model|price|fee|is|costs?|at|of|about|would|be|will|charge|charges|"
    r"charged|billed|rate|runs?|comes?|to|on|together|foundry|azure|takes?)|[:=]|\s)*\s?(?:us\s?)?\$?\s?$"
)
_HOSTING_AFTER = re.compile(r"\s?(?:for|to)\s(?:the\s|an?\s|its\s|our\s|it\s)*(?:tuned\s)?" + _PLACE)
DEAREST_HOUR = 1000.0


def lasting(heard: Said) -> tuple[list[Fact], Said]:
    """Return for how many days the model is needed and the price of an hour of it, and the reply without them."""
    facts: list[Fact] = []
    for number in [*numerals(heard.low)[:12], *_own_numbers(heard.low)]:
        found = _needed(heard, number) or _hosting(heard, number)
        if found is not None and all(found[0].name != fact.name for fact in facts):
            facts.append(found[0])
            heard = heard.without(found[1], found[2])
    return facts, heard


def _own_numbers(low: str) -> list[Numeral]:
    """Return the numbers that stand in an article: a year, half a year."""
    return [Numeral(mark.start(), mark.end(), _VALUES.get(mark[1], 1)) for mark in _OWN_NUMBER.finditer(low)]


def _needed(heard: Said, number: Numeral) -> tuple[Fact, int, int] | None:
    unit = _UNIT.match(heard.low, number.end)
    before = _NEEDED.search(re.sub(r"\s+", " ", heard.low[: number.start]).rstrip() + " ")
    if unit is None or before is None:
        return None
    days = round(number.value * _DAYS[unit[1]])
    start = max(heard.low.rfind(before[0].split()[0], 0, number.start), 0)
    if not 1 <= days <= LONGEST_DAYS:
        return None
    return told(heard, "needed_days", days, start, unit.end()), start, unit.end()


def _hosting(heard: Said, number: Numeral) -> tuple[Fact, int, int] | None:
    hour = _HOUR.match(heard.low, number.end)
    if hour is None or number.value > DEAREST_HOUR:
        return None
    before = _HOSTING_BEFORE.search(heard.low[: number.start])
    after = _HOSTING_AFTER.match(heard.low, hour.end())
    if before is None and after is None:
        return None
    start = before.start() if before else number.start
    end = after.end() if after and not before else hour.end()
    return told(heard, "student_hosting_per_hour", number.value, start, end), start, end
