"""Yes and no in their many words, and whether a reply is nothing but that."""

from __future__ import annotations

import re

from advisor.world.reading.commands import EDGES, trimmed
from advisor.world.reading.scorn import HALF_MEANT, scorned

_YES = (
    r"(?:(?:oh |hell |why )?(?:yes|yeah|yep|yup|yea|ya|aye)(?:[ ,]+(?:please|sir|exactly|indeed"
    r"|of course|sure|yes|it is|it does|we (?:do|have|did|are)"
    r"|i (?:do|have|did|am)|they (?:do|are)|that's right|correct|right|definitely|absolutely))?|y"
    r"|ye|k|ok|okay|okey|kk|sure(?: thing)?|go(?: ahead| for it)?"
    r"|please do|do it|do so|of course|certainly|definitely|absolutely|indeed|affirmative|correct"
    r"|that's (?:right|correct|it)|that is (?:right|correct)"
    r"|right|exactly|true|agreed|sounds (?:good|right|fine)|looks (?:good|right|fine)"
    r"|fine(?: by me| with me)?|good|perfect|great|why not|no problem"
    r"|it is|it does|we (?:do|have|did|are)|i (?:do|have|did|am)|confirmed?|proceed|continue"
    r"|run(?: it)?|let's go|let's do it|by all means|👍|✅|✓|si|oui|ja)"
)
_NO = (
    r"(?:(?:no+|nope|nah|naw|nay)(?:[ ,]+(?:thanks?|thank you|sir|way|not (?:yet|really|at all)"
    r"|never|it (?:is|does)(?:n't| not)|we (?:don't|haven't|didn't|aren't)"
    r"|i (?:don't|haven't|didn't|am not)|not that i know|sorry|please|no|wrong|incorrect|none))?|n"
    r"|not (?:yet|really|at all|so far|exactly|quite|any more|anymore)"
    r"|never|negative|false|wrong|incorrect|that's (?:wrong|not right|incorrect|not it)"
    r"|that is (?:wrong|not right|incorrect)|not right|not correct|don't"
    r"|do not|stop it|certainly not|of course not|absolutely not|definitely not|no way"
    r"|i'd rather not|rather not|better not|hell no"
    r"|it (?:is|does)(?:n't| not)|we (?:don't|haven't|didn't|do not|have not|did not|aren't)"
    r"|i (?:don't|haven't|didn't|do not|have not|did not)"
    r"|no need(?: to)?|it (?:does(?:n't| not)) (?:have|need) to|not necessarily|not needed|not yet,? no|👎|❌|nein|non"
    r"|not a chance|disagree)"
)
_YES_FIRST = re.compile(
    r"(?:yes|yeah|yep|yup|yea|ya|y|sure|ok|okay|right|correct|exactly|of course|absolutely|definitely|certainly"
    r"|affirmative)(?=[\s]*[,.;:!—–-]|\s(?:we|i|it"
    r"|that|they|but|about|around|with|and|please|the|by|\d|last|this|yesterday|since|every|just|recently|today"
    r"|until|in|on|for"
    r"|because|all|our|my|twice|once|several|some|only|definitely|always|nothing|no))"
)
_NO_FIRST = re.compile(
    r"(?:no+|nope|nah|n)(?=\s*[,.;:!—–]|\s-|\s(?:it|it's|we|we've|i|i've|i'm|that|that's|this|they"
    r"|not|never|way|only|just|actually|there|\d))|not yet\b"
)
_HEDGED = re.compile(
    r"(?:i|we) (?:(?:do not|don't) )?(?:believe|think|guess|suppose|reckon|would say|'d say|fear|hope) (?:so"
    r"|not)[\s,.–—-]+"
    r"(yes|yeah|no|nope)\b(?!\s\w)"
)
"""A yes or a no after a guess: "I believe not, no"."""
_BOTH = re.compile(
    r"\byes and no\b|\bno and yes\b|\byes (?:or|/) no\b|\by/n\b|\bmaybe\b(?! \d)|\bit depends\b"
    r"|\bdepends\b|\bsort of\b|\bkind of\b"
)
_WHOLE_YES, _WHOLE_NO = re.compile(_YES), re.compile(_NO)

_BETWEEN = r"[\s,.;:!–—-]+"
_BEFORE = r"please|pls|thanks|thank you|hm+|um+|uh+|er+|well|oh|ah|hey|hi|so"
_AFTER = r"please|pls|thanks|thank you|thx|cheers|then|now|mate|sir"
_MORE_YES = (
    r"(?:i )?(?:agree|consent|accept|approve)|approved|accepted|start(?: it)?|run (?:this|that)|let's run it"
    r"|let's start|you (?:can|may)(?: (?:run it|go ahead|start(?: it)?|proceed))?"
    r"|(?:go ahead|go on) and (?:run|start) it|that's fine"
)
_MORE_NO = (
    r"not (?:now|today)|later|cancel(?: it| that)?|(?:do not|don't) (?:run|start|do|send) (?:it|that|this|anything)"
    r"|never ?mind|forget it|leave it|sorry|not for now|i (?:refuse|decline|disagree)"
)
"""Plain as the whole of a reply; as the beginning of one they say too little."""


def _only(words: str, more: str) -> re.Pattern[str]:
    said = rf"(?:{words}|{more})"
    return re.compile(rf"(?:(?:{_BEFORE}){_BETWEEN})*{said}(?:{_BETWEEN}(?:and{_BETWEEN})?(?:{said}|{_AFTER}))*")


_ONLY_YES, _ONLY_NO = _only(_YES, _MORE_YES), _only(_NO, _MORE_NO)
PLAIN_LENGTH = 80
"""A longer reply says more than yes or no; the bound also keeps the patterns quick."""

_TAKEN_BACK = re.compile(
    r"\?|^\W*(?:(?:well|so|and|but|hm+|er+|um+)\b\W*)*"
    r"(?:no|nope|nah|not (?:yet|now|really)|wait|hold|hang on|stop|cancel|what|how|why|who|where)\b"
)
"""After a yes: it is none."""
_TURN = re.compile(
    r"\b(?:but|wait(?:ing)?|hold|hang on|once|before|after(?:wards)?|until|till|unless|if|when|while|except|excluding"
    r"|however|al?though|though|only|first|later|tomorrow|yet|not|no|nope|nah|never|dont|cannot|cant|without|stop"
    r"|cancel|pause|change|changed|instead|rather|actually|maybe|perhaps|possibly|provid(?:ed|ing)|assuming"
    r"|suppos(?:e|ing)"
    r"|as (?:long|soon) as|subject to|on condition|in case|depend(?:s|ing)|otherwise|next (?:week|month|year)"
    r"|what|how|why|who|where|which|whether|(?:can|could|would|will|should|may) (?:you|we|i|it|they)"
    r"|(?<!that )(?<!it )(?<!this )(?:is|does|do|are) (?:it|that|this|there|you|they|the)|let me|let us"
    r"|i(?:'d| would)? (?:need|want|have|must|like)"
    r"|we (?:need|must|should) to|a (?:moment|minute|second|sec)"
    r"|(?:one|just a|two) (?:moment|min|minutes?|seconds?|secs?)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|n't\b"
)
"""After a yes: what follows may take it back or put a condition on it."""
_YES_AGAIN = re.compile(r"\b(?:yes|yeah|yep|yup|sure|ok|okay|go ahead|do it|run it|proceed)\b")

_PICK = re.compile(
    r"(?:(?:i'd say|i would say|let's say|go with|i(?:'ll| will) (?:take|go with)|take|it's|the)\s)*"
    r"(?:(?:option|number|no\.?|nr\.?|choice|answer)\s?)?#?(?:\d{1,2}(?:st|nd|rd|th)?|one|two|three|first|second"
    r"|third|last)"
    r"(?:\s(?:one|option|choice|answer))?"
)


def plainly(low: str) -> bool | None:
    """Return the yes or no that a reply is the whole of; None where it says anything besides."""
    text = low.strip(EDGES) or low.strip()
    if len(text) > PLAIN_LENGTH or HALF_MEANT.search(text):
        return None
    if _ONLY_YES.fullmatch(text):
        return True
    return False if _ONLY_NO.fullmatch(text) else None


def picks(low: str) -> bool:
    """Say whether a reply is nothing but the number or the place of an option."""
    return _PICK.fullmatch(trimmed(low.strip(EDGES + "()[]#"))) is not None


def begins(low: str) -> bool | None:
    """Return whether a reply is, or begins with, a yes or a no that it does not take back at once."""
    text = trimmed(low)
    if _BOTH.search(text[:80]) or (scorned(low) and not _ONLY_NO.fullmatch(text[:PLAIN_LENGTH])):
        return None
    if _WHOLE_YES.fullmatch(text):
        return True
    if _WHOLE_NO.fullmatch(text):
        return False
    hedged = _HEDGED.match(text)
    if hedged:
        return hedged[1].startswith("y")
    yes = _YES_FIRST.match(text)
    if yes:
        return None if _TAKEN_BACK.search(text[yes.end() :]) else True
    return False if _NO_FIRST.match(text) else None


def yes_or_no(low: str) -> bool | None:
    """Return whether a reply is, or begins with, a yes or a no; None where it turns afterwards."""
    plain = plainly(low)
    if plain is not None:
        return plain
    found, text = begins(low), trimmed(low)
    opening = (_YES_FIRST if found else _NO_FIRST).match(text)
    if found is None or opening is None or _WHOLE_YES.fullmatch(text) or _WHOLE_NO.fullmatch(text):
        return found
    return None if (_TURN if found else _YES_AGAIN).search(text[opening.end() :]) else found


_CONDITION = re.compile(
    r"\?|\b(?:but|wait|hold|hang on|once|until|till|unless|if|except|excluding|however|although|though|instead|rather"
    r"|actually|maybe|perhaps|wrong|cancel|stop|change)\b|^\W*(?:no|nope|nah|not|don't|never)\W*(?:$|[,.;!])"
    r"|^\W*not (?:yet|now|really|quite|that|this|the)\b|\b(?:label|column|field)\b"
)


def yes_beside(low: str) -> bool:
    """Say whether a reply is a plain yes and then other sentences that put no condition on it."""
    first = re.match(r"\W*([a-z' ]{1,30}?)\s?[.,;:!–—-]+\s", low)
    if first is None or plainly(first[1]) is not True:
        return False
    return _CONDITION.search(low[first.end() :]) is None


def turned(low: str) -> bool:
    """Say whether a reply begins with a yes or a no and then says something else."""
    text = trimmed(low)
    return yes_or_no(low) is None and (_YES_FIRST.match(text) or _NO_FIRST.match(text)) is not None
