"""Counts, money and calls that an amount states by its own words, whatever was asked."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.places import PART, Place, clause_start, limit, monthly, told, whole
from advisor.world.reading.said import Said
from advisor.world.reading.scores import SCORE_TAIL

MANY_CLASSES = 200
"""More "labels" than this may be labelled examples: nothing is said for sure."""

_NOUNS = (
    r"tickets?|examples?|samples?|conversations?|chats?|dialogu?es?|documents?|docs|e-?mails?"
    r"|messages?|texts?|articles?|reviews?|comments?"
    r"|questions?|pairs?|items?|cases?|sentences?|posts?|tweets?|invoices?|contracts?|instances?"
    r"|data ?points?|entries|entry|reports?|notes?"
    r"|transcripts?|utterances?|queries|records?|rows?|lines?|logs?|answers?|observations?"
    r"|annotations?|pages?|complaints?|letters?"
)
_ADJECTIVES = r"(?:(?!(?:and|but|or|with|in|on|at|of|to|for|from)\b)[a-z'-]{2,24}\s){0,3}?"
_CLASSES = re.compile(
    rf"\s?-?\s?{_ADJECTIVES}(?:categor(?:y|ies)|class(?:es)?|labels|intents|topics|buckets|queues"
    r"|tags)\b(?!\s?(?:examples|data))|\s?-?\s?(?:way|class)\b"
)
_LABELLED = re.compile(
    rf"\s?{_ADJECTIVES}(?:hand[- ]?)?(?:labell?ed|annotated|tagged|categori[sz]ed|classified"
    rf"|gold)(?:\s(?:{_NOUNS}|data|ones))?\b"
    rf"|\s?{_ADJECTIVES}(?:{_NOUNS})\s(?:that\s|which\s)?(?:are\s|is\s|have been\s"
    r"|were\s)?(?:already\s|all\s|hand[- ]?)?(?:labell?ed|annotated|tagged|with (?:a\s"
    r"|the\s)?(?:right\s|correct\s|gold\s)?(?:labels?|answers?))\b"
    r"|\s?(?:have|with|has)\s(?:a\s|the\s)?(?:right\s|correct\s|gold\s)?(?:labels?|answers?)\b"
)
_UNLABELLED = re.compile(
    rf"\s?{_ADJECTIVES}(?:un-?labell?ed|un-?annotated|raw|logged|recorded"
    rf"|historical)(?:\s{_ADJECTIVES}(?:{_NOUNS}|data|ones|calls|requests))?\b|\s?(?:rows?|lines?"
    r"|records?|logs?|log lines)\b(?!\s(?:are\s)?(?:labell?ed|annotated))"
    rf"|\s?{_ADJECTIVES}(?:{_NOUNS})\s(?:are\s)?(?:without|no) labels?\b"
    rf"|\s?{_ADJECTIVES}(?:{_NOUNS})\s(?:un-?labell?ed|not labell?ed)\b"
)
_DATA = re.compile(rf"\s?{_ADJECTIVES}(?:{_NOUNS})\b")
_CALLS = re.compile(r"\b(?:calls?|requests?|predictions?|queries|invocations?|inferences?|classifications?|api)\b")
_BUDGET = re.compile(
    r"\b(?:budget|(?:can|could|may|willing to|allowed to|happy to|would|want to|will"
    r"|to) (?:only )?spend|spend (?:at most|up to|no more)|to spend|at most)\b"
)
_MEASURED_ON = re.compile(
    r"\b(?:on|over|of|from|with)\s(?:a\s|an\s|the\s|our\s|my\s|about\s|some\s|only\s|test set of\s"
    r"|dev set of\s|set of\s|sample of\s|held[- ]out\s|hold-?out\s)*$"
)

_COUNTED: tuple[tuple[FactName, re.Pattern[str]], ...] = (
    ("rows", _UNLABELLED),
    ("labelled_examples", _LABELLED),
    ("classes", _CLASSES),
    ("labelled_examples", _DATA),
)
"""What the words after a number make it a count of; the first that fits decides."""
_ELSEWHERE = re.compile(r"\b(?:prompts?|demos?|demonstrations?|in[- ]context|few[- ]?shots?|per|each|every)\b")
"""In the same clause: examples shown to the model, or so many of each class, not all there are."""
_LABELLED_BEFORE = re.compile(r"\b(?:labell?ed|annotated)\s?(?:examples|rows|data)?\s?[:=]?\s?$")
_BUDGET_BEFORE = re.compile(r"\bbudget(?:\s(?:is|of))?:?\s?$")
_BUDGET_AFTER = re.compile(r"\s?(?:budget|to spend|at most)\b")


def counted(said: Said, place: Place) -> Fact | None:
    """Return the count of rows, labelled examples or classes an amount states."""
    amount, after = place.amount, place.after
    if not amount.plain or amount.bound == "under" or (amount.low != int(amount.low) and not amount.numeral.grouped):
        return None
    if amount.per or _CALLS.match(after.strip()) or PART.search(place.before):
        return None
    for name, pattern in _COUNTED:
        words = pattern.match(after)
        if words and not (name == "classes" and amount.low > MANY_CLASSES):
            if name == "labelled_examples" and _ELSEWHERE.search(place.before + after):
                return None
            return told(said, name, whole(amount), amount.start, amount.end + words.end())
    if _LABELLED_BEFORE.search(place.before) and not after.strip():
        return told(said, "labelled_examples", whole(amount), place.start, amount.end)
    return None


def paid(said: Said, place: Place) -> Fact | None:
    """Return the budget or the monthly spend an amount states."""
    amount = place.amount
    if amount.plain and _BUDGET_BEFORE.search(place.before) and SCORE_TAIL.match(place.after):
        return told(said, "budget_usd", limit(amount), clause_start(said, place), amount.end)
    if amount.money != "usd":
        return None
    if _BUDGET.search(place.before) or _BUDGET_AFTER.match(place.after):
        return told(said, "budget_usd", limit(amount), clause_start(said, place), amount.end)
    if amount.per and amount.bound != "over":
        return told(said, "spend_per_month_usd", monthly(amount, amount.per)[0], amount.start, amount.end)
    return None


def called(said: Said, place: Place) -> Fact | None:
    """Return the calls a month an amount states."""
    amount = place.amount
    around = said.low[amount.start : amount.end] + place.after[:24]
    if not amount.plain or not amount.per or not (_CALLS.search(around) or _CALLS.search(place.before)):
        return None
    return told(said, "calls_per_month", monthly(amount, amount.per)[0], amount.start, amount.end)


def measured_on(place: Place) -> bool:
    """Say whether an amount after a score is the number of rows it was measured on."""
    rows = re.match(rf"\s?-?{_ADJECTIVES}(?:{_NOUNS})\b|\s*$", place.after)
    return place.amount.plain and bool(rows) and _MEASURED_ON.search(place.before) is not None
