"""Corrections within a sentence: "not A but B", "A -> B", "A, er, B"; only B is meant."""

from __future__ import annotations

import re

from advisor.domain.facts import HELPERS, FactName

_NUMBER = r"(?:us)?[$€£]?(?:\d(?:[\d,.]*\d)?|\.\d+)(?![.,]?\d)(?:\s?(?:k|m|%|percent|dollars|usd|bucks))?(?!\w)"
_NAME = r"(?<![\w./-])(?=[\w./:-]*[\d/])[a-z][\w./:-]*\w(?![\w/-])"
"""A model or a file: letters with a digit or a slash among them."""
_WORDED = (
    r"(?:open ?ai|nebius|together(?: ai|\.ai)?|foundry|azure|fireworks|bedrock|vertex|locally|local|our own \w+"
    r"|classification|extraction"
    r"|question answering|qa|(?:a )?(?:multi-turn )?chat(?:bot)?|summari[sz]ation|translation|structured output"
    r"|free text|multi-?label"
    r"|exact match|(?:an? |the )?(?:llm |lm )?judge|token f1|field f1|set f1|cost|costs|speed|quality|accuracy"
    r"|latency|knowledge"
    r"|mipro\w*|gepa|by hand|few-?shot)(?![\w-])"
)
"""Words that are a value of their own."""
_VALUE = rf"(?:{_NUMBER}|{_NAME}|(?<![\w-]){_WORDED})"
_SMALL = r"(?:(?:the|a|an|about|around|our|my|at|in|on|some|maybe|only|just|actually|really|exactly)\s)*"
_ITS = (
    r"(?:(?:it|that|this|he|she|they|we|i|the (?:right|real|correct|true|new) \w+)(?:'s|'re|s|\sis|\sare|\shave|\suse"
    r"|\swas|\smeans?|\smeant|\sshould be|\sshould read|\smust be|\shas to be)|but|rather|should(?:'ve| have)? "
    r"(?:be|been|read)|make (?:it|that)|use|take|put|instead|correct(?:ly)? is|is)"
)
_NEGATED = re.compile(
    rf"(?P<out>(?:n't|\bnot|\bno longer|\bnever)\s{_SMALL}(?P<old>{_VALUE})(?:\s(?:any ?more|any longer|as i (?:said"
    rf"|wrote)"
    rf"|like i (?:said|wrote)))?\s?(?:[,;:.–—-]+\s?)?(?:(?:and|so|well|sorry|no)\s)?(?:{_ITS}\s)?(?:it\s(?:is\s)?)?)"
    rf"(?P<new>{_SMALL}{_VALUE})"
)
"""A value said not to be, and the value that is: "isn't gpt-4o, it's gpt-4.1"."""
_ARROW = re.compile(rf"(?P<out>(?P<old>{_VALUE})\s?(?:-+>|=+>|→|➜|~>|>>)\s?)(?P<new>{_VALUE})")
_FROM = re.compile(
    rf"(?P<out>\bfrom\s{_SMALL}(?P<old>{_VALUE})\s(?:over |up |down )?(?=(?:in)?to\s))"
    rf"(?P<new>(?:in)?to\s{_SMALL}{_VALUE})"
)
_SLIP = re.compile(
    rf"(?P<out>(?P<old>{_VALUE})(?:[\s,.…;:?()*!–—/-]|\b(?:sorry|wait|no+|nope|nah|oops|er+|eh+m?|um+|uh+m?|hm+|well"
    rf"|err?|"
    r"hold on|hang on|my old one|not (?:that|this)(?: one)?|the|one|i mean|i meant|meant|rather|or rather|actually"
    r"|typo|wrong|my bad|my mistake|mistake|correction|make (?:it|that)|"
    r"should (?:be|read|have been)|should've been|that(?:'s| is| was)|it(?:'s| is| was)|was|is|scratch that"
    r"|strike that)"
    rf"\b){{2,12}})(?P<new>{_VALUE})"
)
_SURE = re.compile(
    r"\b(?:sorry|wait|no+|nope|nah|oops|er+|eh+m|ehm?|um+|uh+m?|i mean|i meant|meant|or rather|typo|wrong|my bad"
    r"|hold on|hang on"
    r"|not (?:that|this)|my mistake|mistake|correction|make (?:it|that)|should (?:be|read|have been)|should've been"
    r"|scratch|strike)\b|\*"
)
"""Between two values: the first was a slip."""
_SAID = re.compile(
    rf"\b(?P<out>i\s(?:said|wrote|typed|put|gave|told you|answered|entered)\s{_SMALL}(?P<old>{_VALUE}))"
    rf"(?P<new>\s?(?:for|as|is)?\s?{_SMALL}(?:\w+\s?){{0,2}}[,;.–—-]?\s?(?:\w+\s){{0,2}}?(?:{_ITS})\s{_SMALL}{_VALUE})"
)
_LINK = re.compile(rf"(?:\s?[,;–—-]+\s?|\s)(?:(?:but|and|so|sorry)\s)?{_ITS}\s{_SMALL}$")
_CHANGES = re.compile(
    r"\b(?:chang\w+|correct\w*|updat\w+|amend\w*|fix\w*|adjust\w*|edit\w*|replac\w+|set|swap\w*|switch\w*|rais\w+"
    r"|lower\w*|increas\w+|reduc\w+|bump\w*|cut|mov\w+|goes|went|grew|grown|rose)\b[^.;!?]{0,30}$"
)
_COUNTED = re.compile(
    r"\b(?:label\w*|annotated|examples?|rows?|tickets|usable|class(?:es)?|categor\w+|budget|calls?|requests|spend\w*"
    r"|bill|target|teacher|student|count|number|epochs?|file|path|limit|cap|goal|host|metric)\b[^.;!?]{0,24}$"
)
_CLAIMED = re.compile(
    rf"\bi\s(?:said|wrote|typed|put|gave|told you|answered"
    rf"|entered)\s(?:that\s)?[^.;!?\d]{{2,40}}?(?P<out>(?P<old>{_VALUE})"
    rf"\s?[,;.–—-]*\s?(?:(?:but|and|so|sorry)\s)?{_ITS}\s{_SMALL})(?P<new>{_VALUE})"
)
_MISTAKEN = re.compile(
    rf"(?P<out>[(,;]?\s?(?:the\s|that\s)?(?P<old>{_VALUE})\s(?:i (?:said|wrote|gave|typed) )?(?:was|is)\s(?:just\s"
    rf"|only\s)?"
    r"(?:an?\s|my\s|the\s)?(?:typo|mistake|error|wrong|slip|nonsense|mistyped)(?: one| number| value)?\)?)"
)
"""A value that is said to be a mistake; another stands beside it."""
_SUM = re.compile(
    r"[$~]?\d[\d,.]{0,12}[km%]?(?:\s[a-z]{1,14}){0,4}?(?:\s?[*x×·]\s?[$~]?\d[\d,.]{0,12}[km%]?(?:\s[a-z]{1,14}){0,5}?){1,4}"
    r"\s?=\s?(?=[$~]?\d)"
)
"""How a figure was reckoned: "40 agents * 50 calls a day = 2,000 a day"; only the outcome is stated."""
_WAS_WRONG = re.compile(
    r"(?: (?:i|we) (?:gave|said|named|told you|mentioned|wrote|typed))?\s(?:was|is|were) (?:\w+ )?(?:wrong|incorrect"
    r"|an? (?:\w+ )?(?:mistake|error|typo|slip)|not right|not correct|outdated|false|the wrong one)\W{1,3}"
    r"(?:(?:sorry|please|and|so|actually|but|now)\W{1,2})*(?:(?:it|that|this|the (?:right|correct|real|true|new) one)"
    r"(?:'s| is| was| should be| must be| has to be)|should (?:be|read|have been)|make it|must be)\s"
)
"""What was said of something is taken back, without the old value: "the budget was wrong, it is $300"."""
LONGEST = 400
"""Characters; a longer reply is read as it stands."""
_MAY_REPLACE = re.compile(r"\d|n't|\bnot\b|\bsaid\b|\bsorry\b|\bno\b|\bwait\b|\brather\b|\bmean|\bfrom\b")
_SCORE_CHANGED = re.compile(
    r"\b(?:baseline|optimi[sz]ed|score|accuracy)(?: score| one| number| value)?(?: i gave| i said)? (?:(?:is|was|has"
    r"|have|been|to be|must|should|be)\s)*chang(?:es?|ed)\s$|\b(?:change|correct|update|amend|edit) (?:the |my |our )?"
    r"(?:baseline|optimi[sz]ed|score|accuracy)(?: score| number| value)?\s$"
)
"""What was said of a score is changed; the score itself did not rise."""
_SCORE_QUESTIONS: frozenset[FactName] = frozenset(("baseline_score", "optimized_score", "prompt_optimization"))
_MODELS = re.compile(r"\b(?:teacher|student|(?:current|production|prompt|reflection) model|judge)\b[^.;!?]{0,24}$")


def without_slips(low: str, asked: FactName | None) -> str:
    """Return a text in which of a value and its correction only the correction is left; places stay what they were."""
    if len(low) > LONGEST:
        return low
    if "=" in low:
        low = _SUM.sub(lambda found: " " * len(found[0]), low)
    low = _WAS_WRONG.sub(lambda found: f"{' ' * (len(found[0]) - 3)}is ", low)
    if not _MAY_REPLACE.search(low):
        return low
    for found in _MISTAKEN.finditer(low):
        others = [other[0] for other in re.finditer(_VALUE, low) if not found.start() <= other.start() < found.end()]
        if any(_kind(other) == _kind(found["old"]) for other in others):
            low = low[: found.start()] + " " * len(found[0]) + low[found.end() :]
    for pattern in (_CLAIMED, _NEGATED, _ARROW, _FROM, _SLIP, _SAID):
        for found in list(pattern.finditer(low)):
            if _meant(pattern, found, low, asked):
                if pattern is _SAID:
                    low = _joined(low, found.end() - len(_new(found)))
                low = low[: found.start("out")] + " " * len(found["out"]) + low[found.end("out") :]
    return low


def _meant(pattern: re.Pattern[str], found: re.Match[str], low: str, asked: FactName | None) -> bool:
    """Say whether the second value replaces the first where they stand."""
    new = _new(found)
    if not new or _kind(found["old"]) != _kind(new):
        return False
    before = low[: found.start()]
    if pattern is _SLIP:
        return _SURE.search(found["out"][len(found["old"]) :]) is not None
    if pattern is _FROM:
        if _SCORE_CHANGED.search(before):
            return True
        named = _COUNTED.search(before) or _MODELS.search(before)
        return bool(named and (_CHANGES.search(before) or _kind(new) == "number"))
    if pattern is _ARROW:
        return _replaces(found["old"], new, before, asked)
    return True


def _replaces(old: str, new: str, before: str, asked: FactName | None) -> bool:
    """Say whether an arrow replaces the first value, rather than telling two scores."""
    if _kind(old) == "name":
        return bool(_MODELS.search(before)) or asked in ("student_model", "current_model", "data_path", *HELPERS)
    if _COUNTED.search(before) or any("$" in end for end in (old, new)):
        return True
    large = any(re.fullmatch(r"\d{3,}|\d[\d,.]*k", end.strip()) for end in (old, new))
    return large or (asked is not None and asked not in _SCORE_QUESTIONS)


def _kind(value: str) -> str:
    if re.fullmatch(_WORDED, value):
        return "words"
    return "number" if re.match(r"(?:us)?[$€£]?\d", value) else "name"


def _new(found: re.Match[str]) -> str:
    last = re.search(rf"{_VALUE}$", found["new"])
    return last[0] if last else ""


def _joined(low: str, place: int) -> str:
    """Return a text without the words that lead to the right value: "2600 labelled, it's 2006"."""
    link = _LINK.search(low, max(0, place - 40), place)
    return low[: link.start()] + " " * len(link[0]) + low[place:] if link else low
