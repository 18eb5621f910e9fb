"""Replies that are no answer but a wish: why, back, skip, help; and yes and no in their many words."""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal["answer", "why", "back", "skip", "dont_know", "show", "help", "quit", "restart", "unclear"]

_POLITE = re.compile(
    r"^(?:please|pls|hm+|um+|uh+|er+|well|ok so|okay so|so|hey|hi|and|but|oh|ah)\b[\s,.]*"
    r"|[\s,]*\b(?:please|pls|thanks|thank you|for now|mate|sorry)$"
)
_EDGES = " \t.,;:!*_`'\"…"

COMMANDS: tuple[tuple[Intent, str], ...] = (
    (
        "why",
        r"why|\?+|why\s?\?|why (?:do|would|are|should|is) (?:you|i|that|this|it)\b.{0,40}|why (?:this"
        r"|that)(?: question)?"
        r"|what for|how come|what(?:'s| is) (?:that|this|it) for|what(?:'s| is) the (?:reason|point)"
        r"|explain(?: that| this| it)?"
        r"|what (?:do you|does (?:that|this|it)|d'you) mean.{0,40}|what(?:'s| is) (?:that|this)"
        r"|(?:and )?why not|meaning"
        r"|reason|what\s?\??|huh|i don't (?:understand|get it|follow).{0,30}|why does (?:that|this|it) matter",
    ),
    (
        "back",
        r"back|undo|(?:go|step|take me) back(?: one| a step| please)?|previous(?: question)?"
        r"|wait,? (?:go )?back|scratch that"
        r"|strike that|forget that|oops|revert|let me (?:change|redo|correct) (?:that|it"
        r"|my (?:last )?answer)|one back|b"
        r"|(?:that was|my) (?:a )?mistake|take that back",
    ),
    (
        "skip",
        r"skip(?: it| this| that| this one| question| this question)?|next(?: one| question| please)?"
        r"|pass|move on|go on"
        r"|later|let's move on|ask me later|not now|n/?a|not applicable|doesn't apply|irrelevant",
    ),
    (
        "show",
        r"show(?: me| it| facts| the facts| what you have| me the facts| me what you (?:know|have)"
        r"| everything| all)?|facts|status"
        r"|summary|list|where are we|what do you (?:know|have)(?: so far| about me)?|what have (?:you"
        r"|i) (?:got|said)(?: so far)?"
        r"|overview|checklist|recap|so far",
    ),
    (
        "help",
        r"help(?: me)?|h|commands?|usage|what can i (?:say|do|type|answer|write)|options|keys|how does this work"
        r"|what (?:are my|are the) (?:options|choices)|i need help|man|info|examples? please|give me an example",
    ),
    (
        "quit",
        r"q|quit|exit|bye|goodbye|leave|stop|close|i'm done|done|that's all|abort|get me out|wq|q!|end"
        r"|see you|i want to (?:quit|leave|stop)",
    ),
    (
        "restart",
        r"restart|start (?:over|again|afresh|from scratch)|begin again|reset|from the (?:top|beginning"
        r"|start)|from scratch|new conversation"
        r"|let's start (?:over|again)|clear|start anew",
    ),
)
_COMMANDS = tuple((intent, re.compile(pattern)) for intent, pattern in COMMANDS)

_DONT_KNOW = re.compile(
    r"(?:^|\b(?:i|we|honestly|really|just|actually|sorry|well)\s?,?\s|[,.;]\s?)(?:(?:really"
    r"|honestly|just|still|simply)\s)?"
    r"(?:do\s?n['o]?t|do not|dont|wouldn't|cannot|can't|couldn't|didn't) (?:really |actually "
    r"|even )?(?:know|say|tell|remember|recall)\b"
    r"|\b(?:no (?:real |good )?(?:idea|clue|estimate)|not (?:entirely |really |so |at all |quite "
    r"|too )?(?:sure|certain)|unsure|idk|i dunno|dunno"
    r"|(?:has|have)(?:n't| not) (?:really )?(?:measured|checked|counted|looked|decided)"
    r"|never (?:measured|counted|checked|looked)"
    r"|not (?:measured|checked|counted|known|decided)|who knows|beats me|hard to (?:say|tell)"
    r"|no way to (?:tell|know)|god knows|can't say"
    r"|you tell me|unknown|don't (?:really )?have (?:a|any) (?:clue|idea)|you (?:choose|decide)"
    r"|whatever you think)\b|^¯"
)
_YES = re.compile(
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
_NO = re.compile(
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
    r"|not yet,? no|👎|❌|nein|non|not a chance|disagree)"
)
_YES_FIRST = re.compile(
    r"(?:yes|yeah|yep|yup|yea|y|sure|ok|okay|right|correct|exactly)(?=[\s]*[,.;:!—–-]|\s(?:we|i|it"
    r"|that|they|but|about|around|with|and|please|the|by|\d))"
)
_NO_FIRST = re.compile(
    r"(?:no+|nope|nah|n)(?=\s*[,.;:!—–]|\s-|\s(?:it|it's|we|we've|i|i've|i'm|that|that's|this|they"
    r"|not|never|way|only|just|actually|there|\d))|not yet\b"
)
_BOTH = re.compile(
    r"\byes and no\b|\bno and yes\b|\byes (?:or|/) no\b|\by/n\b|\bmaybe\b(?! \d)|\bit depends\b"
    r"|\bdepends\b|\bsort of\b|\bkind of\b"
)


def trimmed(low: str) -> str:
    """Return a reply in lower case without politeness and punctuation at its ends."""
    text = low.strip(_EDGES) or low.strip()
    for _ in range(3):
        text = _POLITE.sub("", text).strip(_EDGES) or text
    return text


def command(low: str) -> Intent | None:
    """Return what a reply asks the advisor to do, if it is nothing but that."""
    text = low.strip()
    if re.fullmatch(r"[/:][a-z!]{1,12}", text):
        text = text[1:]
    if re.fullmatch(r"[?¿\s]+", text):
        return "why"
    text = trimmed(text).rstrip("?").strip()
    if len(text) > 80:
        return None
    return next((intent for intent, pattern in _COMMANDS if pattern.fullmatch(text)), None)


def says_unknown(low: str) -> bool:
    """Say whether the user does not know."""
    return _DONT_KNOW.search(trimmed(low)) is not None


def without_unknown(low: str) -> str:
    """Return a text with "I don't know" and its like made blank."""
    return _DONT_KNOW.sub(lambda found: " " * len(found[0]), low)


def yes_or_no(low: str) -> bool | None:
    """Return whether a reply is, or begins with, a yes or a no."""
    text = trimmed(low)
    if _BOTH.search(text[:80]):
        return None
    if _YES.fullmatch(text):
        return True
    if _NO.fullmatch(text):
        return False
    if _YES_FIRST.match(text):
        return True
    return False if _NO_FIRST.match(text) else None
