"""Parts of the dataset's report a reply asks to see, and deep checks it asks for: "show labels", "what leaks"."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from advisor.world.reading.commands import trimmed


class Shown(NamedTuple):
    """What of the data a reply asks about."""

    intent: Literal["section", "deep"]
    about: str
    """The names of the sections or of the checks, with spaces between them."""


_WANT = r"(?:(?:let me|let's|let us|can i|could i|may i|i want to|i'd like to|i would like to|i need to) )?"
_SHOW = rf"{_WANT}(?:show|list|see|print|display|give|open|view|tell|go to|look at)(?: me| us)?(?: about)? "
_FIND = (
    rf"{_WANT}(?:(?:do|run|make) a (?:check|search|scan) |(?:please )?(?:check|look|search|scan|hunt|test|inspect))"
    r"(?: (?:it|this|that|my data|the data|the file|the (?:rows|labels|texts)))? ?(?:again )?for "
)
_GET = rf"(?:{_FIND}|{_WANT}(?:find|detect|spot|identify|flag)(?: me)? )"
_ANY = r"(?:(?:all|any|some|the|my|our|your|those|these|every|of|possible|potential) )*"
_THERE = r"(?:(?:are|is) there |do (?:i|we) have |does (?:it|the (?:data|file)) have |how many )"
_HERE = (
    r"(?: (?:in|of|from|inside|across)(?: the| my| our| this)? (?:data|file|dataset|data ?set|rows|texts|report|it|here"
    r"|splits?))?(?: are there| do (?:i|we) have| again| now| there| here)?"
)
_DATA = r"(?:(?:the|my|our|this) )?(?:data|file|dataset|data ?set)"
_ROWS = r"(?:rows|inputs|texts|examples|entries|lines|records|questions|tickets)"
_MORE = r"(?:more|additional|extra|further) (?:training |labell?ed |annotated )?(?:data|rows|examples|labels|samples)"

_COPIES = (
    rf"duplicates?|dupes|copies|doubles|repeats|(?:duplicated?|double|repeated|identical|copied) {_ROWS}|conflicts?"
    rf"|contradictions?|(?:conflicting|contradict(?:ory|ing)|inconsistent) (?:labels|answers|{_ROWS})"
    r"|(?:accuracy )?ceiling"
)
_NEAR = (
    rf"near(?:ly)?[- ]?(?:duplicates?(?: {_ROWS})?|dupes|copies|identical {_ROWS})|almost (?:identical|equal|the same)"
    rf" {_ROWS}|fuzzy (?:duplicates|copies|matches)|similar {_ROWS}|paraphrases"
)
_MISLABELLED = (
    r"(?:wrong|incorrect|noisy|suspicious|mistaken|false|bad|faulty) (?:labels|answers)|label(?:l?ing)? (?:noise"
    rf"|errors?|mistakes|issues|problems)|noisy labels|mislabell?ed (?:data|{_ROWS})"
    rf"|(?:wrongly|badly) labell?ed (?:data|{_ROWS})"
)
_NOUNS: tuple[tuple[str, str], ...] = (
    ("overview", rf"(?:(?:whole|full|data(?: ?set)?|data's) )*report(?: (?:on|of|about) {_DATA})?|overview of {_DATA}"
     r"|data ?set|overview|(?:broken|unreadable|unread|damaged|skipped) (?:rows|lines)"),
    ("findings", rf"(?:data )?(?:findings|problems|issues|warnings)(?: with {_DATA})?"),
    ("fields", r"fields|columns|data|rows|lines|(?:sample|example|first|some|three|3|few) (?:rows|examples|lines)"
     r"|samples"),
    ("labels", r"(?:rare(?:st)? |label |class )?(?:labels?|class(?:es)?|categories|intents)(?: (?:distribution|counts?"
     r"|balance))?|distribution(?: of (?:the )?(?:labels|classes))?|rare ones"),
    ("copies", rf"{_COPIES}|{_NEAR}"),
    ("leaks", r"(?:data |label |target )?(?:leaks?|leakage|leaking)|overlaps?(?: between (?:the )?splits)?|giveaways"),
    ("length", r"(?:text |input |row )?lengths?|tokens?(?: counts?)?|longest \w+"),
    ("personal", r"personal (?:data|information|details)|pii|private data|e-?mail addresses|phone numbers"),
    ("noise", _MISLABELLED),
    ("curve", r"learning curve|curve"),
    ("test", r"(?:final )?test (?:part|set|split|rows)|splits?|split sizes|train(?:ing)?(?:/| and | )?test split"),
)  # fmt: skip

_ASKED: tuple[tuple[str, str], ...] = (
    ("findings", rf"what (?:did|have) you (?:find|found|see|seen|notice)(?: (?:in|about|with) {_DATA})?"
     rf"|what(?:'s| is) (?:wrong|the (?:matter|problem)) with {_DATA}|how (?:good|clean|bad) is {_DATA}"),
    ("overview", r"how many (?:rows|lines|examples|records) (?:are there|does (?:it|the (?:data|file)) have)"),
    ("labels", r"how many (?:labels|classes|categories|intents) (?:are there|do (?:i|we) have"
     r"|does (?:it|the (?:data|file)) have)|(?:what|which) (?:labels|classes|categories|intents) (?:are there"
     r"|do (?:i|we) have|does it have"
     r"|are (?:rare|rarest|small|too small|missing))|what are (?:the|my) (?:labels|classes|categories|intents)"
     rf"|how (?:im|un)?balanced (?:is {_DATA}|are (?:the|my) (?:labels|classes))"),
    ("copies", rf"which {_ROWS} (?:are (?:{_COPIES}|duplicated?|copied|conflicting|contradictory|the same|identical)"
     rf"|conflict|contradict(?: each other)?|disagree)|(?:do|does) (?:any|some|the|my) (?:labels|{_ROWS})"
     r" (?:conflict|contradict(?: each other)?|disagree)"),
    ("copies noise", rf"(?:which|what) (?:labels|answers|{_ROWS}) (?:are|look|seem|may be|might be|could be) (?:wrong"
     rf"|incorrect|mislabell?ed|bad|suspicious|noisy|false|broken)|{_SHOW}{_ANY}(?:wrong|incorrect|suspicious|bad)"
     rf" {_ROWS}"),
    ("leaks", r"what(?: is|'s)? (?:leaks|leaking)|what gives the (?:label|answer)s? away|(?:does|do) (?:anything|it"
     r"|something|any (?:field|column)s?|the test \w+) leak|which (?:fields?|columns?|rows) (?:leaks?|(?:is|are)"
     r" leaking|gives? (?:the (?:label|answer)|it) away)"),
    ("length", rf"how long are (?:the|my) (?:labels|{_ROWS})"
     r"|how many tokens(?: (?:is|are|has|have|does|do) .{1,30})?"),
)  # fmt: skip

_DEEP: tuple[tuple[str, str], ...] = (
    ("near", rf"(?:{_GET}|{_THERE}){_ANY}(?:{_NEAR}){_HERE}"),
    ("noise", rf"(?:{_GET}|{_THERE}){_ANY}(?:{_MISLABELLED}){_HERE}|{_WANT}(?:check|verify|review) (?:all )?(?:the"
     r" |my |our )?labels|are (?:any|some|the|my) (?:of (?:the|my) )?labels (?:wrong|right|correct|good|noisy)"),
    ("curve", rf"how (?:much )?(?:would|will|could|can|does|do) {_MORE} (?:help|change|bring|improve)(?: .{{1,30}})?"
     rf"|(?:would|will|does|do|could) {_MORE} (?:still |really |even )?(?:help|be worth it|pay off)(?: .{{1,20}})?"
     rf"|(?:would|will|does) it help to (?:label|collect|have|get|add) (?:more|{_MORE})(?: .{{1,20}})?"
     rf"|is {_MORE} worth it|do (?:i|we) need {_MORE}"
     rf"|(?:{_GET}|(?:draw|make|compute|calculate|measure|fit|plot|estimate) )(?:a|the) learning curve"),
    ("near noise curve", r"(?:(?:do|run|make|start|take) )?(?:(?:all|the|a|your) )*deep(?:er)? (?:checks?|look"
     r"|inspection)|look deeper|(?:inspect|check) (?:it )?(?:more )?(?:deeply|deeper|deep)"),
)  # fmt: skip

_TOO_COMMON = frozenset(("fields", "labels", "test", "overview", "length"))
"""Sections whose names alone may be an answer."""

_SECTIONS = (
    *((about, re.compile(rf"(?:{_SHOW})?(?:{pattern})")) for about, pattern in _ASKED),
    *(
        (name, re.compile(rf"{_SHOW}{_ANY}(?:{noun}){_HERE}|(?:{_THERE}|any ){_ANY}(?:{noun}){_HERE}"))
        for name, noun in _NOUNS
    ),
    *((name, re.compile(noun)) for name, noun in _NOUNS if name not in _TOO_COMMON),
)
_CHECKS = tuple((about, re.compile(pattern)) for about, pattern in _DEEP)
_FACTS = re.compile(
    rf"(?:(?:are|is) there |do (?:i|we) have ){_ANY}(?:rows|data|fields|columns|labels|classes|categories|splits?"
    rf"|lines){_HERE}"
)
"""Whether there are any at all is no question about the report."""

LONGEST = 90
"""A longer reply says more than which part is to be shown."""


def shown(low: str) -> Shown | None:
    """Return what of the data a reply asks about, if it is nothing but that."""
    text = trimmed(low.strip().rstrip("?")).rstrip("?").strip()
    if not text or len(text) > LONGEST:
        return None
    if about := next((about for about, pattern in _CHECKS if pattern.fullmatch(text)), None):
        return Shown("deep", about)
    about = next((about for about, pattern in _SECTIONS if pattern.fullmatch(text)), None)
    return Shown("section", about) if about and not _FACTS.fullmatch(text) else None
