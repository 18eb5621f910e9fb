"""Replies that are no answer but a wish: why, back, skip, help."""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal[
    "answer", "why", "back", "skip", "dont_know", "show", "help", "quit", "restart", "define", "why_not", "change_mind",
    "what_if", "script", "same", "unclear",
]  # fmt: skip
"""What a reply wants: the last before `unclear` ask about terms, routes and suppositions, or for the script at once."""

_POLITE = re.compile(
    r"^(?:please|pls|hm+|um+|uh+|er+|well|ok so|okay so|so|hey|hi|and|but|oh|ah)\b[\s,.]*"
    r"|[\s,]*\b(?:please|pls|thanks|thank you|for now|mate|sorry)$"
)
EDGES = " \t.,;:!*_`'\"…"

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


def trimmed(low: str) -> str:
    """Return a reply in lower case without politeness and punctuation at its ends."""
    text = low.strip(EDGES) or low.strip()
    for _ in range(3):
        text = _POLITE.sub("", text).strip(EDGES) or text
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
