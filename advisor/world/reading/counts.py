"""Counts, money and calls that an amount states by its own words, whatever was asked."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.nouns import ADJECTIVES, NOUNS, PERSONS
from advisor.world.reading.places import PART, Place, clause_start, count, limit, monthly, told
from advisor.world.reading.said import Said
from advisor.world.reading.scores import SCORE_TAIL

MANY_CLASSES = 200
"""More "labels" than this may be labelled examples: nothing is said for sure."""

_CLASSES = re.compile(
    rf"\s?-?\s?{ADJECTIVES}(?:categor(?:y|ies)|class(?:es)?|labels|intents|topics|buckets|queues|types"
    rf"|departments|folders|teams|codes|headings|diagnos\w+ groups|groups|kinds|piles|severit(?:y|ies) levels|levels"
    rf"|priorities|subjects"
    r"|sentiments|tags|outcomes|possible (?:answers|values|results))\b(?!\s?(?:examples|data|per\b|each\b))"
    r"|\s?-?\s?(?:way|class)\b"
)
_LABELLED = re.compile(
    rf"\s?{ADJECTIVES}(?:hand[- ]?)?(?:labell?ed|annotated|tagged|categori[sz]ed|classified"
    rf"|gold)(?:\s(?:{NOUNS}|data|ones))?\b"
    rf"|\s?{ADJECTIVES}(?:{NOUNS})\s(?:that\s|which\s)?(?:are\s|is\s|have been\s"
    r"|were\s)?(?:already\s|all\s|hand[- ]?)?(?:labell?ed|annotated|tagged|with (?:a\s"
    r"|the\s)?(?:right\s|correct\s|gold\s)?(?:labels?|answers?))\b"
    r"|\s?(?:are\s|is\s)?(?:have|having|with|has|got)\s(?:a\s|the\s)?(?:right\s|correct\s|gold\s)?(?:labels?"
    r"|answers?)\b"
)
_UNLABELLED = re.compile(
    rf"\s?{ADJECTIVES}(?:un-?labell?ed|un-?annotated|raw|logged|recorded"
    rf"|historical)(?:\s{ADJECTIVES}(?:{NOUNS}|data|ones|calls|requests))?\b|\s?(?:rows?|lines?"
    r"|records?|logs?|log lines)\b(?!\s(?:are\s)?(?:labell?ed|annotated))"
    rf"|\s?{ADJECTIVES}(?:{NOUNS})\s(?:are\s)?(?:without|no) labels?\b"
    rf"|\s?{ADJECTIVES}(?:{NOUNS})\s(?:un-?labell?ed|not labell?ed)\b"
)
_DATA = re.compile(rf"\s?{ADJECTIVES}(?:{NOUNS})\b")
_PARTED = re.compile(
    r"\b(?:of (?:those|these|them|which)|whereof|thereof|of that|from those|among (?:them|those)|out of (?:those|them"
    r"|which))"
    r",?(?: (?:about|around|some|only|just|roughly|circa|ca\.?|we|i|the|a|total|of|have|has|had|were|are|is))*\s?$"
)
"""Before a number: a part of what was counted before."""
_VERB_BEFORE = re.compile(
    r"\b(?:we|i|they|annotators?|people|team|students?|interns?|experts?|colleagues?|somebody|someone|have|has|\w+ers)"
    r"(?:'ve)? (?:have |has |already |so far |only |now )*(?:labell?ed|annotated|tagged|categori[sz]ed)"
    r"(?: (?:about|around|some|only|just|roughly|nearly|almost|over|exactly|by hand))*\s?$"
)
"""Before a number: somebody labelled that many."""
_TOTAL = re.compile(r"\blabell?ed [^,;.]{0,20}\bout of (?:about |a total of |all |the |our )*$")
"""Before a number: all the rows there are."""
_USABLE = re.compile(
    rf"\s?{ADJECTIVES}(?:good|fit|clean enough|ready|okay|ok|fine) (?:to|for) (?:use|be used|training|train)\b"
    rf"|\s?{ADJECTIVES}(?:usable|useable)\b|\s?(?:of (?:them|those"
    rf"|these|which) )?(?:are |is |remain |left )?(?:really |actually |still )?(?:usable|useable|good enough to use"
    rf"|(?:can|could|may) (?:really |actually |still )?be used|remain usable"
    r"|(?:is|are) of use)\b"
)
_OF_THEM = re.compile(
    rf"\s?(?:(?:{NOUNS})\s)?(?:of (?:them|those|these|which|it|the \w+) )?(?:(?:are|is|were|was|have been|has been"
    rf"|got|come"
    r"|came|get)\s)?(?:already |really |now |all |hand[- ]?|properly |manually |so far )*(?:labell?ed|annotated|tagged"
    r"|categori[sz]ed|adjudicated|with (?:an? |the )?(?:\w+(?:'s)? )?(?:labels?|answers?|annotations?|verdicts?|tags?"
    r"|gold"
    rf"|solution))\b|\s?(?:(?:{NOUNS})\s)?(?:of (?:them|those|these|which|it|the \w+) )?(?:that |which )?(?:already "
    rf"|really"
    r" |now |all |only )*(?:have|has|had|carry|carries|bear|bears|hold|holds|got|get|come with|contain|contains"
    r"|include"
    r"|includes|possess|received|come along with|were given|were assigned)\s(?:already |got )?(?:an? |the |their "
    r"|its |some"
    r" )?(?:[\w-]+(?:'s?)? ){0,2}(?:labels?|answers?|annotations?|verdicts?|tags?|ground truth|solution)\b"
)
"""After a number: that many have a label, whatever the words before counted."""
_NOT_OF_THEM = re.compile(
    r"\s?(?:of (?:them|those|these|which|it) )?(?:are |is |were )?not (?:yet )?(?:labell?ed|annotated|tagged)\b"
)
_CALLS = re.compile(r"\b(?:calls?|requests?|predictions?|queries|invocations?|inferences?|classifications?|api)\b")
_BUDGET = re.compile(
    r"\b(?:budget|(?:can|could|may|willing to|allowed to|happy to|would|want to|will"
    r"|to) (?:only )?spend|spend (?:at most|up to|no more)|to spend|at most)\b"
)
_MEASURED_ON = re.compile(
    r"\b(?:on|over|of|from|with)\s(?:a\s|an\s|the\s|our\s|my\s|about\s|some\s|only\s|test set of\s"
    r"|dev set of\s|set of\s|sample of\s|held[- ]out\s|hold-?out\s)*$"
)

_MEASURED = re.compile(
    r"\b(?:measured|tested|evaluated|scored|checked|validated|accuracy|right|correct|%|percent)\s(?:it\s|this\s"
    r"|them\s)?(?:on|over|with|from)\s(?:\w+\s){0,3}$|%\s(?:on|over)\s(?:\w+\s){0,3}$"
)
"""Before a number: rows a score was measured on."""
_COUNTED: tuple[tuple[FactName, re.Pattern[str]], ...] = (
    ("rows", _UNLABELLED),
    ("labelled_examples", _LABELLED),
    ("classes", _CLASSES),
    ("labelled_examples", _DATA),
)
"""What the words after a number make it a count of; the first that fits decides."""
_ELSEWHERE = re.compile(
    r"\b(?:prompts?|(?:gave|give|show|showed|shown) it|demos?|demonstrations?|in[- ]context"
    r"|few[- ]?shots?|per|each|every)\b"
)
"""In the same clause: examples shown to the model, or so many of each class, not all there are."""
_KEYED = re.compile(
    r"\b(labelled examples|labelled|labeled|annotated|examples|number of classes|classes|categories|labels"
    r"|rows in (?:the )?file"
    r"|rows|usable)(?: ?(?:count|rows|total|number|examples))?"
    r"\s?(?:[:=]|->|is|are|was|count is|stands at|should be|should read|must be|=>|to)\s?(?:now |about |actually "
    r"|really )?$"
)
_ONE_OF = re.compile(r"\b(?:one|1|which|any)\sof\s(?:the\s|our\s|about\s)*\s*$")
"""Before a number: so many there are to choose from."""
_OUT_OF_CLASSES = re.compile(
    r"\b(?:labels?|tags|categor(?:y|ies)|class(?:es)?|codes|topics|queues|themes|keywords|teams|types) (?:out of|from"
    r"|among|of) (?:(?:about|the|our|some|a (?:set|list|pool|menu|total|choice|catalog(?:ue)?) of) )*$"
    r"|\b(?:out of|from|among) (?:a|the|our) (?:list|set|menu|catalog(?:ue)?) of (?:about )?$"
)
_KEYED_AFTER = re.compile(
    r"\s?/?\s(?:on|for|in|as|is|was) (?:the )?(?:number of |count of )?(labelled|labeled|examples|classes|categories"
    r"|rows|usable)"
    r"(?: (?:count|number|total|figure|ones|examples))?(?=\s*(?:$|[,.;!)]))"
)
_KEYED_FACTS: dict[str, FactName] = {
    "labelled": "labelled_examples", "labeled": "labelled_examples", "examples": "labelled_examples",
    "labelled examples": "labelled_examples", "annotated": "labelled_examples", "number of classes": "classes",
    "labels": "classes",
    "classes": "classes", "categories": "classes", "rows": "rows", "usable": "usable_examples",
}  # fmt: skip
_LABELLED_BEFORE = re.compile(
    r"\b(?:labell?ed|annotated|with (?:a )?labels?|having (?:a )?labels?)"
    r"(?: only| are| just| we have| there are)*\s?(?:examples|rows|data)?\s?[:=]?\s?$"
)
_BUDGET_BEFORE = re.compile(r"\bbudget(?: usd)?(?:\s(?:is|of|for \w+ is|would be|=|about|around|at))*:?\s?$")
_BUDGET_AFTER = re.compile(
    r"\s?(?:(?:is |as )?(?:the |our |my |a )?(?:total |whole |training )?(?:budget|limit|cap)\b|to (?:spend"
    r"|play with|burn|invest)|at (?:the )?(?:very )?most|max\b|tops\b|available|in total\b|is (?:all|what) (?:we"
    r"|i) (?:have|got|can))"
)
_SPEND_BEFORE = re.compile(
    r"\b(?:spend(?:ing)?|pay(?:ing)?|bill (?:is|of)|costs? us)\s?(?:about|around|roughly"
    r"|some)?\s?$"
)
_SPENT = re.compile(r"\b(?:spent|cost(?:s|ing)? (?:us|me)|paid|per (?:call|request|token|example|1k|million))\b")
_BILL = re.compile(
    r"\b(?:bills?|charged?|amounts? to|pay(?:ing)?|spend(?:ing)?|cost(?:s|ing)?|invoice|eats?|burn(?:s|ing)?)\b"
)
_MONTHLY = re.compile(r"\b(?:(?:per|a|each|every|in a) month|monthly|/ ?mo(?:nth)?|p\.?m\.?|mthly)\b|/mo\b")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    r"|aug"
    r"|sept?|oct|nov|dec|(?:in|for) may|last month|this month)\b"
)
"""In a reply with a total: it is a month's."""
_HEARD = re.compile(r"\b(?:got|gave|heard|saw|received|met|tried|asked|spent)\b[^,;.]{0,16}$")
"""Before a count of kinds: they are no classes, "I asked around and got three kinds of sigh"."""
_PAID = re.compile(r"\b(?:paid|spent|were charged|were billed|bill was|invoice was|cost us|came to)\b")
_THAT_MONTH = re.compile(
    r"\b(?:(?:last|this|past|previous) month|in (?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december))\b"
)
_FOR_CALLS = re.compile(r"\b(?:api|open ?ai|models?|llm|gpt\S*|tokens?|calls|inference|bill|invoice|provider|azure)\b")
_EACH_CALL = re.compile(
    r"\s?(?:per|a|each|/|for (?:a|one|each|every))\s?(?:call|request|query|ticket|example|label|hour|page"
    r"|document|answer|prediction|conversation|token|1k|1,?000|seat|user)"
)


def counted(said: Said, place: Place) -> Fact | None:
    """Return the count of rows, labelled examples or classes an amount states."""
    amount, after = place.amount, place.after
    if not amount.plain or amount.bound == "under" or (amount.low != int(amount.low) and not amount.numeral.grouped):
        return None
    if amount.per or _CALLS.match(after.strip()) or (_part(said, place) and not _OF_THEM.match(after)):
        return None
    if PERSONS.match(after):
        return None
    if _MEASURED.search(said.low[max(0, amount.start - 40) : amount.start]):
        return None
    if _USABLE.match(after) and amount.out_of is None:
        return told(said, "usable_examples", count(amount), amount.start, amount.end + _end(_USABLE, after))
    if _NOT_OF_THEM.match(after):
        return None
    if _TOTAL.search(said.low[max(0, amount.start - 48) : amount.start]):
        return told(said, "rows", count(amount), amount.start, amount.end)
    if _VERB_BEFORE.search(place.before) and not _CLASSES.match(after):
        return told(said, "labelled_examples", count(amount), clause_start(said, place), amount.end)
    if _OF_THEM.match(after) and not _LABELLED.match(after):
        return told(said, "labelled_examples", count(amount), amount.start, amount.end + _end(_OF_THEM, after))
    for name, pattern in _COUNTED:
        words = pattern.match(after)
        if words and name == "classes" and re.search(r"\b(?:new|more|additional|extra|further)\b", words[0]):
            return None
        if words and name == "classes" and _HEARD.search(place.before):
            return None
        if words and not (name == "classes" and amount.low > MANY_CLASSES):
            if name == "labelled_examples" and _ELSEWHERE.search(place.before + after):
                return None
            return told(said, name, count(amount), amount.start, amount.end + words.end())
    keyed = _KEYED.search(place.before + said.low[amount.start : amount.numeral.start])
    if keyed and SCORE_TAIL.match(after):
        name = _KEYED_FACTS.get(keyed[1], "rows")
        return told(said, name, count(amount), clause_start(said, place), amount.end)
    behind = _KEYED_AFTER.match(after)
    if behind:
        name = _KEYED_FACTS.get(behind[1], "rows")
        return told(said, name, count(amount), amount.start, amount.end + behind.end())
    return _counted_beside(said, place)


def _counted_beside(said: Said, place: Place) -> Fact | None:
    """Return the count that only the words before an amount make it: "one of 7 shelves", "labelled: 300"."""
    amount, after = place.amount, place.after
    if _ONE_OF.search(said.low[: amount.start]) and re.match(r"\s[a-z]", after) and not _DATA.match(after):
        chosen = re.match(r"(?:\s(?!and\b|or\b|in\b|on\b|to\b|for\b)[a-z-]+){1,2}", after)
        return told(said, "classes", count(amount), amount.start, amount.end + chosen.end()) if chosen else None
    if _OUT_OF_CLASSES.search(place.before) and not after.strip() and amount.low <= MANY_CLASSES:
        return told(said, "classes", count(amount), amount.start, amount.end)
    if _LABELLED_BEFORE.search(place.before) and not after.strip():
        return told(said, "labelled_examples", count(amount), place.start, amount.end)
    return None


def _part(said: Said, place: Place) -> bool:
    """Say whether a count is the whole of which only a part is meant: "half of 14"; "one of 14 classes" is none."""
    return PART.search(place.before) is not None and not _ONE_OF.search(said.low[: place.amount.start])


def _end(pattern: re.Pattern[str], after: str) -> int:
    found = pattern.match(after)
    return found.end() if found else 0


def paid(said: Said, place: Place) -> Fact | None:
    """Return the budget, the monthly spend or the price of tokens an amount states."""
    amount, after = place.amount, place.after
    if re.search(r"\b(?:earn\w*|salary|wages?|revenue|turnover|profit|sales)\b", place.clause):
        return None
    if amount.plain and _BUDGET_BEFORE.search(place.before) and SCORE_TAIL.match(after):
        return told(said, "budget_usd", limit(amount), clause_start(said, place), amount.end)
    if amount.plain and amount.per and _SPEND_BEFORE.search(place.before) and not _CALLS.search(place.after):
        return told(said, "spend_per_month_usd", monthly(amount, amount.per)[0], amount.start, amount.end)
    if amount.money != "usd":
        return None
    if _EACH_CALL.match(after):
        return None
    if amount.per:
        spend = amount.bound != "over" and not _BUDGET_BEFORE.search(place.before)
        return (
            told(said, "spend_per_month_usd", monthly(amount, amount.per)[0], amount.start, amount.end)
            if spend
            else None
        )
    if (
        _BUDGET.search(place.before)
        or _BUDGET_AFTER.match(after)
        or (amount.bound == "under" and not _SPENT.search(place.clause))
    ):
        return told(said, "budget_usd", limit(amount), clause_start(said, place), amount.end)
    whole_month = re.search(r"\btotal(?:s|led|ing)?\b", place.before) and _MONTH.search(said.low)
    if whole_month and not _SPENT.search(place.clause):
        return told(said, "spend_per_month_usd", limit(amount), amount.start, amount.end)
    if _PAID.search(place.before) and _THAT_MONTH.search(place.clause) and _FOR_CALLS.search(said.low):
        return told(said, "spend_per_month_usd", limit(amount), amount.start, amount.end)
    if _BILL.search(place.before) and (
        _MONTHLY.search(place.clause) or (_MONTHLY.search(place.previous) and not _SPENT.search(place.before))
    ):
        return told(said, "spend_per_month_usd", limit(amount), amount.start, amount.end)
    return None


def called(said: Said, place: Place) -> Fact | None:
    """Return the calls a month an amount states."""
    amount = place.amount
    if amount.numeral.grouped and amount.numeral.magnitude == 1 and amount.high is None:
        amount = amount._replace(low=amount.low * 1000)
    around = said.low[amount.start : amount.end] + place.after[:24]
    if not amount.plain or amount.out_of is not None:
        return None
    if re.search(r"\b(?:calls|requests)\s?(?:a month |per month )?[:=]\s?$", place.before):
        return told(said, "calls_per_month", monthly(amount, amount.per)[0], clause_start(said, place), amount.end)
    beside = _CALLS.search(around) or _CALLS.search(place.before)
    if amount.per and (beside or _CALLS.search(place.previous)):
        return told(said, "calls_per_month", monthly(amount, amount.per)[0], amount.start, amount.end)
    counts = re.match(
        r"\s?(?:\w+ )?(?:api |llm |model )?(?:calls|requests|predictions|invocations|inferences)\b", place.after
    )
    if counts and not amount.per and _MONTHLY.search(said.low):
        return told(said, "calls_per_month", monthly(amount, "month")[0], amount.start, amount.end + counts.end())
    return None


def measured_on(place: Place) -> bool:
    """Say whether an amount after a score is the number of rows it was measured on."""
    rows = re.match(rf"\s?-?{ADJECTIVES}(?:{NOUNS})\b|\s*$", place.after)
    return place.amount.plain and bool(rows) and _MEASURED_ON.search(place.before) is not None
