"""What the models, columns and cards that a reply names are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from advisor.domain.facts import Fact, FactName
from advisor.world.reading import graphics
from advisor.world.reading.names import Name, exact, models
from advisor.world.reading.places import told
from advisor.world.reading.said import Said

_REACH = 56

_STUDENT_BEFORE = re.compile(
    r"(?:\b(?:student|learner|pupil|apprentice|candidate|base)(?: model)?(?: is| would be| will be| should be|:| =)?|\bmodel (?:to (?:tune|train|improve"
    r"|fine-?tune|teach|run)|we (?:want to |would like to |'d like to )?(?:tune|train|fine-?tune))(?: is"
    r"| would be|:)?"
    r"|\b(?:small(?:er)?|cheap(?:er)?|target|tiny|little) model(?: is| would be| like|:| such as)?|\b(?:tune"
    r"|fine-?tune|train|teach|improve|shrink to|tuning|fine-?tuning|training)"
    r"|\b(?:mov(?:e|ing)|switch(?:ing)?|migrat(?:e|ing)|go(?:ing)? (?:down)?|distil(?:l|ling|led)?(?: \w+)?"
    r"|get) (?:\w+ )?(?:on)?(?:in)?to|\breplac(?:e|ing) (?:it|that|them) (?:with|by)|\b(?:end up|land) (?:with|on)"
    r"|(?<!we )(?<!i )(?<!they )(?<!currently )\brun (?:it |this )?on|\b(?:train|tun|fine-?tun)\w* [^,.;]{0,30}\bwith)\s(?:the\s|a\s|an\s"
    r"|something like\s|maybe\s)*$"
)
_STUDENT_AFTER = re.compile(
    r"\s+(?:for|as) (?:the |our |a )?student\b|\s(?:is|as|would be|will be|should be|shall be|can be)\s(?:the\s|our\s|a\s|my\s)*(?:student|pupil|learner|model to (?:tune|train"
    r"|improve)|one to (?:tune|train|improve)|small(?:er)? (?:one|model))\b"
)
_TEACHER_BEFORE = re.compile(
    r"\b(?:teacher(?: model)?(?: is| would be| will be| should be|:| =)?|(?:big(?:ger)?"
    r"|strong(?:er)?) model(?: is|:| would be)?|(?:answers?|labels?|traces?|training data|outputs?) (?:come "
    r"|made |written )?(?:from|by)"
    r"|(?:teach|teaching|instruct|label|annotate|bootstrap|demonstrate)(?:ing)? (?:it |them |the student |everything |data )?"
    r"(?:with|using|by|via)|(?:have|let|put|make)(?= \S+ (?:\w+ )?(?:teach|the teach|do the teach|to be the (?:prof|teach)))"
    r"|(?:professor|tutor|expert model|oracle|instructor|mentor)(?: model)?(?: is| would be| will be| should be|:| =)?"
    r"|learn(?:s|ing)? from|distil(?:l|ling|led)?(?: (?:it|this|down))*(?: from)?|taught by)\s(?:the\s|a\s|our\s)*$"
)
_TEACHER_AFTER = re.compile(
    r"\s+(?:for|as) (?:the |our |a )?teacher\b|\s(?:(?:is|as|would be|will be|should be|can be|could be|to be)\s(?:the\s|our\s|a\s|my\s)*"
    r"(?:teacher|professor|tutor|oracle|expert|instructor)\b|(?:to )?do the (?:teaching|labell?ing|writing)|(?:should |shall"
    r" |can |could |may |would |will )?(?:the )?(?:teach(?:es|ing)?|instructs?)\b|(?:can|could|would"
    r"|should|will|may|might|to)\s(?:write|make|generate|produce|label|give|create|do|teach"
    r"|annotate)\b(?:\s(?:the|it|training)\b)?|teaches\b)"
)
_CURRENT_BEFORE = re.compile(
    r"\b(?:(?:we|i)(?:'re| are| am|'m)?\s(?:now\s|currently\s|just\s|still\s|all\s)?(?:use|using|run|running|on"
    r"|call|calling|pay for|have|paying for|pay)|(?:^|[,.;:]\s)using|(?:^|[,.;:]\s)(?:running|runs) (?:\w+ )?on"
    r"|(?:we|i) run (?:\w+ ){1,4}on|running(?: it| this| everything| that)? on"
    r"|current ?[:=]|model ?[:=]|currently|today(?: it is| it's|:)?|based on|powered by|uses|runs on|built on"
    r"|(?:current |production |our "
    r"|today's )model(?: is|:| today is)?|replac(?:e|ing)|right now(?: it's| it is|:)?|pay(?:ing)? (?:\S+ )?for|(?:we|i|it|they|all|everything|that|which|service|product|app|system|program|bot|pipeline|stack)"
    r" (?:\w+ )?(?:uses?|runs? (?:\w+ )?on|rel(?:y|ies) on|goes through|sits? on|calls|employs?|depends? on|works? with"
    r"|is on|is served by|is based on|talks? to|hits)|(?:rel(?:y|ies|ying) on|employ(?:ing|s)?|operat(?:e|es|ing) (?:on"
    r"|with)|served by|backed by|live(?: is| on|:)|in (?:production|prod|use)(?: is| it's| we have|:)?"
    r"|(?:prod|production|status quo|incumbent|present|presently|model in use|used model|current)(?: is| it's|:| =| ->)?"
    r"|at present(?: we \w+)?|for now|as of (?:now|today)|these days)"
    r"|spend(?:ing)? (?:\S+ ){1,4}on|bill for|the same|(?:\d+|%|percent|pct|correct|accuracy|score) (?:on|with"
    r"|using)|(?:a|per|every|each|in the|by|by the|the|in a) month (?:on|for|to|with|using)|monthly (?:on|for|to|with)|at the moment)\s(?:the\s|a\s|with\s|on\s|good old\s"
    r"|plain\s)*$"
)
_CURRENT_AFTER = re.compile(
    r"(?:,)?\s(?:(?:is |are |which is |that's |that is |it is |it's )?(?:what|the one|the model) (?:we|i) (?:now "
    r"|currently )?(?:run|use|have|pay|call|are on)\b|(?:today|right now|now|currently|at the moment|at present|presently|these days"
    r"|(?:(?:is )?(?:running |used |live |deployed )?in (?:prod\b|production|use\b|service\b))|under the hood|is live\b"
    r"|(?:is |was )?(?:behind|powering|serving|doing) (?:it|this|that|everything|the \w+|all \w+)|(?:is |,? which is )?"
    r"(?:also |currently )?(?:what(?:'s| is)|the (?:one|model)) (?:(?:we have )?(?:running|live|deployed) )?in (?:prod\b"
    r"|production|use\b)|handles|in production|for now|at present|so far|as of today)\b|(?:we|i|that we|which we) (?:pay for|use|run|have"
    r"|call)\b(?: (?:today|now|already))?"
    r"|is (?:too|so|way too) (?:expensive|slow|costly|pricey)|costs (?:us|me)|(?:is )?in production|is (?:our"
    r"|the) (?:current|production|present)\b|bill\b)"
)
_ALSO_CURRENT = re.compile(
    r"[^?!]{0,60}?\b(?:that(?:'s| is)|which is|and is|it(?:'s| is)|and) (?:also |already |at the same time )+(?:what|the"
    r" (?:one|model)|our (?:current|production|present))\b(?! (?:we|i) (?:want|would))"
)
_SAME_AS_NOW = re.compile(
    r"\b(?:same|one|model) (?:one |model )?(?:as |that |which )?(?:we|i) (?:now |currently |already )?"
    r"(?:use|run|have|pay for)(?: (?:now|today|currently|already))?[,:]?(?: is| namely)?\s$"
)
_NOT = re.compile(r"\b(?:not|no longer|never|n't|instead of|rather than|without)\s(?:\w+\s){0,2}$")
_MOVE = re.compile(r"\bfrom\s(?:the\s)?$")
_INTO = re.compile(r"\s(?:down )?(?:in)?to\s(?:an?\s|the\s)?")
_WITH = re.compile(r"\s(?:with|by)\s(?:an?\s|the\s)?")


def models_by_role(heard: Said) -> list[Fact]:
    """Return the models a reply names together with what they are for."""
    found = [name for name in models(heard) if exact(name)]
    facts: dict[FactName, list[Fact]] = {}
    for place, model in enumerate(found):
        for role in _roles(heard.low, found, place):
            facts.setdefault(role, []).append(told(heard, role, model.value, model.start, model.end))
    return [given[0] for given in facts.values() if len({str(fact.value).lower() for fact in given}) == 1]


def _roles(low: str, found: Sequence[Name], place: int) -> list[FactName]:
    """Return what the words beside a model make of it."""
    model = found[place]
    floor = found[place - 1].end if place else 0
    before = low[max(floor, model.start - _REACH) : model.start]
    after = low[model.end : found[place + 1].start if place + 1 < len(found) else model.end + _REACH]
    last = low[max(0, found[place - 1].start - 24) : found[place - 1].start] if place else ""
    if _NOT.search(before):
        return []
    pair = _pair(low, found, place)
    if pair:
        return [pair]
    roles: list[FactName] = []
    if _TEACHER_BEFORE.search(before) or _TEACHER_AFTER.match(after):
        roles.append("teacher_model")
    elif (
        _STUDENT_BEFORE.search(before)
        or _STUDENT_AFTER.match(after)
        or (last and _MOVE.search(last) and _INTO.fullmatch(before))
    ):
        roles.append("student_model")
    if _ALSO_CURRENT.match(after):
        return [*roles, "current_model"]
    current = _CURRENT_BEFORE.search(before) or _CURRENT_AFTER.match(after) or _alone(low, found)
    if _SAME_AS_NOW.search(before) or (not roles and current):
        roles.append("current_model")
    return roles


def _alone(low: str, found: Sequence[Name]) -> bool:
    """Say whether the only model of a reply stands in a list beside today's figures: "68% right, gpt-4o"."""
    if len(found) != 1 or _OTHER_USE.search(low) or not _TODAY.search(low):
        return False
    before, after = low[: found[0].start], low[found[0].end :]
    return re.search(r"[,;|\n]\s?$", before) is not None and re.match(r"\s?(?:[,;|\n]|\.\s|\.?$)", after) is not None


_OTHER_USE = re.compile(
    r"\b(?:student|teacher|distil\w*|switch\w*|mov(?:e|ing)|instead|host|open ?ai|nebius|together|foundry)\b"
)
_TODAY = re.compile(
    r"(?:%|\b(?:percent|accuracy|baseline)) ?(?:right|correct|accura\w+|today|now|\d)|\ba month\b|\bper month\b"
)


def _pair(low: str, found: Sequence[Name], place: int) -> FactName | None:
    """Return the role of one of two models in "from A to B", "distill A into B", "replace A with B"."""
    for first in (place, place - 1):
        if not 0 <= first < len(found) - 1:
            continue
        between = low[found[first].end : found[first + 1].start]
        lead = low[max(0, found[first].start - 40) : found[first].start]
        if _INTO.fullmatch(between) and "distil" in lead:
            return "teacher_model" if first == place else "student_model"
        if (_INTO.fullmatch(between) and _MOVE.search(lead)) or (
            _WITH.fullmatch(between) and re.search(r"\breplac\w+\s(?:the\s)?$", lead)
        ):
            return "current_model" if first == place else "student_model"
    return None


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
        rf"\b(?:predict|fill in) (?:the )?{_WORD} (?:column|field)",
        rf"{_WORD}(?: (?:column|field))? (?:is|would be|should be|has to be) (?:the )?(?:right|correct|true|proper|final) (?:one|field"
        rf"|column|thing)\b",
        rf"\b(?:label|answer|truth|solution|decision|verdict|result|annotation|gold|target)s? (?:is|are|sits?|lives?|stands?|comes?|goes"
        rf"|can be found|(?:is|are|gets?) (?:stored|kept|saved|found|held|written|recorded|located|put))(?: down)? (?:in|into|under|at|as)"
        rf"(?: the)?(?: column| field)? {_WORD}(?!\w)(?=\s*(?:$|[,.;!)]|\band\b|\bcolumn\b|\bfield\b))",
        rf"\b(?:write|put|store|save|record|keep)s? (?:the |our )?(?:\w+ ){{0,2}}?(?:label|answer|decision|verdict|result|truth|solution|code"
        rf"|category)s? (?:in|into|to|under) (?:the )?(?:column |field )?{_WORD}",
        rf"\b(?:use|take) (?:the )?{_WORD} (?:column |field )?(?:as|for) (?:the |our )?(?:label|answer|target|ground truth|gold)",
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
        rf"\b(?:inputs?|features?|input (?:fields?|columns?))(?: (?:fields?|columns?))?(?: (?:to|of|for) (?:the |our )?[\w' ]{{2,30}}?)? ?(?:is|are|:"
        rf"|=|->|being|consists? of) ?(?:the |both )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*)",
        rf"{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*) (?:is|are) (?:the )?(?:inputs?|features?"
        rf"|input (?:fields?|columns?))\b",
        rf"\b(?:use|take|with|and) (?:the )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*) (?:columns? |fields? )?(?:as|for) (?:the |an |our"
        rf" )?(?:inputs?|features?)\b",
        rf"\b(?:program|model|it|which|module|pipeline|prompt|system|signature) (?:only |just |then )?(?:reads|takes|sees|gets|receives|is"
        rf" (?:given|fed|shown)|uses|consumes|is based on|looks at) (?:the |both )?(?:fields? "
        rf"|columns? )?{_WORD}((?:(?:, and |, | and | & | \+ ){_WORD})*)(?=\s*(?:$|[,.;!]))",
    )
)
_COMMON = """
    earlier before above later already
    stored kept saved found hidden easy hard hand between above below fact place production there zero two three four five
    six seven eight nine ten eleven twelve itself themselves everything anything

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
    found = next((match for pattern in _INPUTS if (match := pattern.search(heard.low))), None)
    if found and asked != "input_fields":
        words = re.findall(r"[\w.-]+", re.sub(r"\band\b", " ", heard.text[found.start(1) : found.end(2)]))
        words = list(takewhile(lambda word: word.lower() in known or word.lower() not in _NO_FIELD, words))
        words = [known.get(word.lower(), word).rstrip(".") for word in words]
        if words and not any(word.lower() in _NO_FIELD or (known and word.lower() not in known) for word in words):
            facts.append(told(heard, "input_fields", tuple(dict.fromkeys(words)), *found.span()))
    return facts


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


_HAVE_NOT = re.compile(
    r"\b(?:rent|renting|buy|buying|would|could|cloud|if|wish|order(?:ed)?|like to have|need)\b[^,.;]*$"
)
_CARDS = r"(?:gpus?|graphics? (?:cards?|processors?)|video cards?|accelerators?)"
_NO_CARD = re.compile(
    rf"\b(?:(?:no|zero|without(?: a| any)?|lack(?:s|ing)?(?: an?| any)?|(?:do|does|did|have|has|are|is)(?:n't|nt| not)"
    rf" (?:really |currently |yet )?(?:have |own |got |possess |any |a |there )*|not (?:a|one)(?: single)?|never (?:had"
    rf"|bought)(?: a| any)?)\s(?:own |dedicated |local |suitable |real |nvidia )*{_CARDS})\b"
    rf"|\b(?:we have|i have|there is|there are) none\b(?= of our own)|\bcpu[- ]only\b|\b(?:only|just) (?:a )?cpus?\b"
    rf"|\b{_CARDS}(?: ?:| ?=| ?->)? ?(?:none|no\b|zero)|\bnothing but cpus?\b"
)


def owned_cards(heard: Said) -> Fact | None:
    """Return the graphics processors a reply says are there, or that there are none."""
    named = graphics.cards(heard.low)
    if named.gpus and not named.missing:
        start, end = named.spans[0][0], named.spans[-1][1]
        return (
            None
            if _HAVE_NOT.search(heard.low[max(0, start - 40) : start])
            else told(heard, "gpus", named.gpus, start, end)
        )
    none = _NO_CARD.search(heard.low)
    return told(heard, "gpus", (), *none.span()) if none and not named.spans else None
