"""The columns a reply names, and what they are for."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from advisor.domain.facts import Fact, FactName
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_WORD = r"[\"'`]?([a-z_][\w.-]{0,63})[\"'`]?"
_LABEL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:label|answer|target|gold|output|class|right answer|correct answer)s?(?: (?:field|column|key|header"
        rf"|col))(?: is| are|:| =| would be)? (?:called |named |in )?(?:the )?{_WORD}",
        rf"\b(?:label|answer|target|gold label|right answer|correct answer)s? (?:is|are|:|=|sits"
        rf"|lives)? ?(?:called|named|in(?: the)? (?:field|column)|under) (?:the )?(?:field |column )?{_WORD}",
        rf"{_WORD}(?: (?:column|field))? (?:is|has|holds|contains|would be) (?:the |our )?(?:right |correct |gold "
        rf"|true )?(?:label|answer|target|ground truth)s?\b(?! (?:field|column))",
        rf"\b(?:the )?(?:column|field) (?:is |should be |would be )?(?:called|named) (?:the )?{_WORD}",
        rf"\b(?:label|target)(?: is|:| =) (?:the )?(?:field |column )?{_WORD}(?=\s*(?:$|[,.;!?]|\band\b))",
        rf"\b(?:look (?:at|in|into|under)|see|check|read|it'?s|use|take) (?:the )?{_WORD} (?:column|field|header)",
        rf"\b(?:reads?|takes?|sees?|gets?|uses?|looks at) [^.;]{{2,40}}? and (?:then |it )?(?:predicts?|fills? in"
        rf"|guesses|infers) (?:the )?{_WORD}(?=\s*(?:$|[.;!]))",
        rf"\b(?:predict|fill in) (?:the )?{_WORD} (?:column|field)",
        rf"\b(?:predicts?|infers?|guess(?:es)?|determines?|derives?|fills? in) (?:the )?{_WORD} (?:from|based on"
        rf"|given|out of|using)\b",
        rf"{_WORD}(?: (?:column|field))? (?:is|would be|should be|has to be) (?:the )?(?:right|correct|true|proper"
        rf"|final) (?:one|field"
        rf"|column|thing)\b",
        rf"\b(?:label|answer|truth|solution|decision|verdict|result|annotation|gold|target)s? (?:is|are|sits?|lives?"
        rf"|stands?|comes?|goes"
        rf"|can be found|(?:is|are|gets?) (?:stored|kept|saved|found|held|written|recorded|located"
        rf"|put))(?: down)? (?:in|into|under|at|as)"
        rf"(?: the)?(?: column| field)? {_WORD}(?!\w)(?=\s*(?:$|[,.;!)]|\band\b|\bcolumn\b|\bfield\b))",
        rf"\b(?:write|put|store|save|record|keep)s? (?:the |our )?(?:\w+ ){{0,2}}?(?:label|answer|decision|verdict"
        rf"|result|truth|solution|code"
        rf"|category)s? (?:in|into|to|under) (?:the )?(?:column |field )?{_WORD}",
        rf"\b(?:use|take) (?:the )?{_WORD} (?:column |field )?(?:as|for) (?:the |our )?(?:label|answer|target"
        rf"|ground truth|gold)",
        rf"\b(?:label|target|answer|gold|output)(?: ?field| ?column)? ?(?:=|:=|->|=>|:) ?{_WORD}",
    )
)
_BARE_LABEL = re.compile(
    rf"^\W*(?:(?:the|it's|it is|use|take|my|our|in|column|field|that would be|its|is|i think|probably"
    rf"|should be|called|named|it)\s)*{_WORD}(?:\s(?:column|field|key|one|please|i think|of course"
    rf"|obviously))*\s*(?:$|[,.;!](?=\s"
    rf"|$))"
)
_INPUTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:inputs?|features?|input (?:fields?|columns?))(?: (?:fields?|columns?))?(?: (?:to|of|for) (?:the "
        rf"|our )?[\w' ]{{2,30}}?)? ?(?:is|are|:"
        rf"|=|->|=>|being|consists? of) ?(?:the |both )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*)",
        rf"{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*) (?:is|are) (?:the )?(?:inputs?|features?"
        rf"|input (?:fields?|columns?))\b",
        rf"\b(?:predicts?|infers?|guess(?:es)?|determines?|derives?|fills? in) (?:the )?\w+ (?:from|based on|given"
        rf"|out of|using) (?:the )?{_WORD}"
        rf"((?:(?:, and |, | and | & | \+ ){_WORD})*)",
        rf"\b(?:use|take|with|and) (?:the )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*) (?:columns? "
        rf"|fields? )?(?:as|for) (?:the |an |our"
        rf" )?(?:inputs?|features?)\b",
        rf"\b(?:program|model|it|which|module|pipeline|prompt|system|signature) (?:only |just |then )?(?:reads|takes"
        rf"|sees|gets to see|gets|receives|is"
        rf" (?:given|fed|shown)|uses|consumes|is based on|looks at) (?:the |both )?(?:fields? "
        rf"|columns? )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*)"
        r"(?=\s*(?:$|[,.;!])|\s(?:and|but|while) (?:then )?(?:the|our|its|it|a|predicts?|outputs?|returns?) )",
    )
)
_INPUTS_BRIEFLY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[,.;:!–—]\s?|\b(?:but|and|with|use|the|only|just|yes|ok)\s)(?:only |just )*inputs?"
        r"(?: fields?| columns?)?"
        rf"(?:(?: is| are|'s| should be| must be| would be| has to be| shall be|:| ?=))? ?(?:only |just |the |both )*"
        rf"{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*)(?: only| alone)?"
        r"(?=\s*(?:$|[,.;!)])|\s(?:and|but|not|please)\b)",
        rf"(?:^|\b(?:only|just|use|take|with|but|yes)\b,?\s)(?:the )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*)"
        rf"(?: alone| only)? (?:(?:as|for)(?: the| an?| our)?(?: only)? inputs?"
        r"|(?:is|are|should be|must be) the only inputs?)\b",
        rf"\b(?:program|model|it|module|pipeline|prompt|system|signature) (?:should |must |shall |may |can |will )?"
        rf"(?:only |just )?(?:reads?|takes?|sees?|gets?|uses?|looks? at) (?:only |just )?(?:the )?{_WORD}"
        rf"((?:(?:, and |, | and | & | \+ ){_WORD})*)(?: only| alone)?(?=\s*(?:$|[,.;!]))",
    )
)
"""Said of columns that are known, or where the columns stand to be confirmed."""
_COMMON = """
    rows row data values value
    earlier before above later already
    stored kept saved found hidden easy hard hand between above below fact place production there zero two three four
    five     six seven eight nine ten eleven twelve itself themselves everything anything

    a an the in on at it its is are was not no yes ok this that these those one ones called named wrong right
    correct incorrect missing usually often always sometimes mostly clear good bad fine simple unknown none
    nothing what which where how why column field label there here i we they you and or but so only just what's
    category's data file first second third last next previous other both
    know sure idea think maybe probably human humans people us me them him her our my your
    text texts field's
"""
_NO_FIELD = frozenset(_COMMON.split())
"""Words that are no column, unless the columns are known."""


def fields_by_role(heard: Said, asked: FactName | None, fields: tuple[str, ...]) -> list[Fact]:
    """Return the column with the answer and the columns read, where a reply says which they are."""
    facts = []
    known = {field.lower(): field for field in fields}
    label = next((fact for pattern in _LABEL if (fact := _label(heard, pattern, known, asked))), None)
    if label is None and asked == "label_field" and not fields and len(heard.low) < 200:
        label = _label(heard, _BARE_LABEL, known, asked)
    if label and not (asked == "input_fields" and fields):
        facts.append(label)
    if asked != "input_fields" and (inputs := inputs_told(heard, asked, fields)):
        facts.append(inputs.fact)
    return facts


class Inputs(NamedTuple):
    """The columns a reply says are read, and where it names them."""

    fact: Fact
    start: int
    end: int


def inputs_told(heard: Said, asked: FactName | None, fields: tuple[str, ...]) -> Inputs | None:
    """Return the columns a reply says the program reads."""
    known = {field.lower(): field for field in fields}
    patterns = (*_INPUTS, *_INPUTS_BRIEFLY) if fields or asked == "label_field" else _INPUTS
    for pattern in patterns:
        found = pattern.search(heard.low)
        if found is None or (not fields and _GOES_ON.match(heard.low, found.end())):
            continue
        words = re.findall(r"[\w.-]+", re.sub(r"\band\b", " ", heard.text[found.start(1) : found.end(2)]))
        words = list(takewhile(lambda word: word.lower() in known or word.lower() not in _NO_FIELD, words))
        words = [known.get(word.lower(), word).rstrip(".") for word in words]
        if words and not any(word.lower() in _NO_FIELD or (known and word.lower() not in known) for word in words):
            fact = told(heard, "input_fields", tuple(dict.fromkeys(words)), *found.span())
            return Inputs(fact, found.start(), found.end())
    return None


_GOES_ON = re.compile(
    r"\s(?!(?:and|which|that|columns?|fields?|but|while|with|only|in|from|plus|keys?|so|then)\b)[a-z]"
)
"""After what would be a column: it is a phrase, "input is movie review"."""


def _label(heard: Said, pattern: re.Pattern[str], known: dict[str, str], asked: FactName | None) -> Fact | None:
    for found in pattern.finditer(heard.low):
        word = found[1].rstrip(".-")
        if known and word in known:
            return told(heard, "label_field", known[word], *found.span())
        plain = word in _NO_FIELD and not (
            asked == "label_field" and word == "label" and ("field" in found[0] or found[0].strip() == word)
        )
        if known or plain or (asked != "label_field" and word == "label"):
            continue
        return told(heard, "label_field", heard.text[found.start(1) : found.start(1) + len(word)], *found.span())
    return None
