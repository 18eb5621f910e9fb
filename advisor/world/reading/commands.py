"""Replies that are no answer but a wish: why, back, skip, help."""

from __future__ import annotations

import re
from typing import Literal

from advisor.world.reading.loose_requests import request
from advisor.world.reading.requests import MORE_COMMANDS
from advisor.world.reading.unknowing import UNKNOWN

Intent = Literal[
    "answer", "why", "back", "skip", "dont_know", "show", "help", "quit", "restart", "define", "why_not", "change_mind",
    "what_if", "script", "same", "section", "deep", "no_limit", "unclear",
]  # fmt: skip
"""What a reply wants: `define` and those after it ask about terms, routes, suppositions or the data, or for the script
at once."""

_POLITE = re.compile(
    r"^(?:please|pls|kindly|sir|madam|(?:can|could|would|will) you(?: just)?(?: please)?|can you|hm+|um+|uh+|er+|well"
    r"|ok so"
    r"|okay so|so|hey|hi|and|but|oh|ah)\b[\s,.]*"
    r"|[\s,]{0,8}\b(?:please|pls|thanks|thank you|for now|mate|sorry)$"
)
EDGES = " \t.,;:!*_`'\"…"

COMMANDS: tuple[tuple[Intent, str], ...] = (
    (
        "no_limit",
        r"(?:(?:there is|there's|(?:i|we) have|set|put|with|i want|we want) )?(?:no|without(?: a| any)?) (?:upper "
        r"|spending |budget |cost |price |dollar |money )?(?:limit|cap)(?: (?:on|to) (?:the )?(?:costs?|money|spending"
        r"|budget|price))?(?: at all| whatsoever)?|no budget|(?:(?:an? )?(?:budget(?: is|:)? ?)?)?unlimited(?: budget)?"
        r"|(?:the )?(?:money|cost|price|budget) is no (?:issue|object|problem)|whatever it costs",
    ),
    (
        "why",
        r"why|\?+|why\s?\?|why (?:do|would|are|should|is) (?:you|i|that|this|it)\b(?! (?:so )?against).{0,40}"
        r"|why (?:this"
        r"|that)(?: question)?"
        r"|what for|how come|what(?:'s| is) (?:that|this|it) for|what(?:'s| is) the (?:reason|point)"
        r"|explain(?: that| this| it)?"
        r"|what (?:do you|does (?:that|this|it)|d'you) mean(?: (?:by|with) (?:that|this|it))?(?: exactly| here)?"
        r"|what(?:'s| is) (?:that|this)"
        r"|(?:and )?why not|meaning"
        r"|(?:and |but |so )?why (?:is|does|do|would|should|must) .{1,40}|what (?:do|would|will) (?:you"
        r"|u) (?:need|want|use) (?:it|that|this) for"
        r"|what(?:'s| is) (?:it|that|this) to you|none of (?:your|ur) business\?|what (?:does|has) (?:that|this"
        r"|it) (?:have )?to do with .{1,30}|do (?:you|i|we) (?:really )?(?:need|want) (?:this|that|it)|is (?:that"
        r"|this|it) (?:really )?(?:needed|necessary|important|relevant)"
        r"|do (?:you|i|we) (?:really )?(?:need|have) to (?:know|answer|say|tell) .{0,20}|reason|what\s?\??|huh"
        r"|i don't (?:understand|get it|follow).{0,30}|why does (?:that|this|it) matter",
    ),
    (
        "back",
        r"back|undo|(?:go|step|take me) back(?: one| a step| please)?|previous(?: question)?"
        r"|wait,? (?:go )?back|scratch that"
        r"|strike that|forget that|oops|revert|let me (?:change|redo|correct) (?:that|it"
        r"|my (?:last )?answer)|one back|b"
        r"|(?:that was|my) (?:a )?mistake|take (?:that|it) back|(?:that|it|my (?:last )?answer) was wrong"
        r"|let me (?:go|step) back|(?:return|go) to the (?:last|previous) question"
        r"|(?:i |can i |may i |let me )?(?:want to |need to |would like to )?(?:change|correct|redo|fix) (?:my"
        r"|the) (?:last |previous )?answer|i made a mistake|cancel that|undo (?:that|it|(?:the|my) (?:last"
        r"|previous)(?: one| answer| step)?)",
    ),
    (
        "skip",
        r"skip(?: it| this| that| this one| question| this question)?|next(?: one| question| please)?"
        r"|pass|move on|go on"
        r"|(?:i(?:'d| would)? ?)?(?:rather|prefer|would prefer) not (?:to )?(?:say|answer|tell|share"
        r"|disclose)(?: .{1,20})?|(?:that(?:'s| is) )?(?:none of your business|confidential|secret|private"
        r"|a secret|classified|nothing for you|not for you)"
        r"|no comment|(?:i |we )?(?:can't|cannot|can not|won't|will not|am not allowed to|are not allowed to"
        r"|may not|must not|don't want to|do not want to|refuse to)(?: be)? (?:share|disclose|tell(?: you)?|say"
        r"|answer|reveal|talk about)(?: (?:that|this|it|you|about it))*"
        r"|(?:let's |please |can we |could we |just )*(?:skip|pass|leave)(?: (?:it|this|that))?(?: (?:one"
        r"|question|out|for now|please|on))*|(?:the )?next(?: (?:question|one|topic))?(?: please)?"
        r"|not telling(?: you)?|ask (?:me )?(?:something else|another question)"
        r"|i (?:don't|do not) want to (?:answer|say)(?: .{1,16})?|later|let's move on|ask me later|not now|n/?a"
        r"|not applicable|doesn't apply|irrelevant",
    ),
    (
        "show",
        r"show(?: me| it| facts| the facts| what you have| me the facts| me what you (?:know|have)"
        r"| everything| all)?|facts|status"
        r"|summary|list|where are we|what do you (?:know|have)(?: so far| about me)?|what have (?:you"
        r"|i) (?:got|said)(?: so far)?"
        r"|overview|checklist|recap|so far|(?:show|list|give|tell|print)(?: me)? (?:all )?(?:the |my |your |what "
        r"|everything )+(?:(?:facts|answers|notes|summary|status|you|so far|have|know|noted|got|understood|i|said"
        r"|told|until now|you|till now)(?:$| ))+(?:.{0,24})?"
        r"|what (?:did|have) (?:you|i) (?:understand|understood|note|noted|say|said|tell|told|write down"
        r"|written down|got|gotten|learned|collected)(?: (?:you|so far|already|of me|about us))*|what (?:are"
        r"|is) (?:my|the) (?:answers|facts)(?: so far)?|where (?:do we stand|were we|am i)",
    ),
    (
        "help",
        r"(?:please )?help(?: me)?(?: out)?|i(?:'m| am) (?:lost|stuck|confused)|i need (?:some )?help|h|commands?"
        r"|usage|what (?:can|do|should|am|could|shall|must|may) i (?:supposed to |meant to )?(?:say|do|type"
        r"|answer|write|enter|put)(?: here| now| in)*|options|keys|how (?:does|do) (?:this|it|i|that)(?: thing"
        r"| tool| program)? (?:work|use(?: (?:this|it))?)"
        r"|what (?:are my|are the) (?:options|choices)|i need help|man|info|examples? please|give me an example",
    ),
    (
        "quit",
        r"q|quit|exit|(?:good )?bye(?: bye| now| then)?|goodbye|leave|stop|close|i'm done|done|that's all|abort"
        r"|get me out|wq|q!|end"
        r"|see you(?: later)?|let me out(?: of here)?|i(?:'m| am) (?:out|leaving|off|finished"
        r"|through)(?: of here)?|get me out of (?:here|this)|(?:i )?give up|enough of this|(?:i )?have to (?:go"
        r"|leave)|good night|ciao|cya|(?:please )?(?:close|end|leave|quit|exit|stop) (?:this|it|the \w+|now)"
        r"|i(?:'ve| have) had enough|i(?:'d| would) like to (?:quit|leave|stop)|i want to (?:quit|leave|stop)",
    ),
    (
        "restart",
        r"restart|start (?:all )?(?:over|again|afresh|from scratch)(?: again)?|begin again|reset|from the (?:top"
        r"|beginning"
        r"|start)|from scratch|new conversation"
        r"|let's (?:start|begin) (?:over|again|afresh|anew|from scratch|new)(?: from (?:the )?(?:beginning|start"
        r"|top|scratch|zero))?|(?:can|could) (?:we|i) (?:start|begin) (?:over|again)(?: .{0,24})?|(?:start"
        r"|begin) (?:over|again|anew|from) (?:from )?(?:the )?(?:beginning|start|top|scratch|zero|new|all over)"
        r"|forget everything(?: (?:i|we) said)?|all over again|wipe (?:everything|it all)|i want to start (?:over"
        r"|again)(?: .{0,24})?|clear|start anew",
    ),
)
_COMMANDS = tuple((intent, re.compile(pattern)) for intent, pattern in (*COMMANDS, *MORE_COMMANDS))

_SWAPPED = {"".join(sorted(word)): word for word in ("quit", "exit", "help", "back", "skip", "show", "next", "undo")}
"""Commands by their letters: "qiut" is "quit"."""
_ONE_WORD = re.compile(r"[qehbsnu][a-z]{3}")
_PARTS = re.compile(r"[.!?,;:–—]+\s*|\s-\s|\sand\s")
_FILLER = re.compile(
    r"ok(?:ay)?|wait|hm+|oh|ah|no|yes|well|sorry|please|thanks|thank you|hi|hello|hey|look|oops|ugh|right|so|then"
    r"|that was wrong|wrong|sir|madam|oops|before i answer|honestly|kindly|gosh|goodbye|lol|tbh|bro|dude|man"
    r"|look here|no can do|hm+"
    r"|ok then|fine|all right|alright|just|my bad|(?:just )?(?:one|a|wait a) (?:second|sec|moment|minute|min)"
    r"|(?:hold|hang) on|excuse me|listen|you know|my friend"
)

_DONT_KNOW = re.compile(
    r"(?:^|\b(?:i|we|honestly|really|just|actually|sorry|well)\s?,?\s|[,.;]\s?)(?:(?:really"
    r"|honestly|just|still|simply)\s)?"
    r"(?:do\s?n['o]?t|do not|dont|wouldn't|cannot|can't|couldn't|didn't) (?:really |actually "
    r"|even )?(?:know|say|tell|remember|recall)\b"
    r"|\b(?:(?<!has )(?<!had )(?<!having )(?<!models have )no (?:real |good )?(?:idea|clue|estimate)"
    r"|not (?:entirely |really |so |at all |quite "
    r"|too )?(?:sure|certain)|unsure|idk|i dunno|dunno"
    r"|(?:has|have)(?:n't| not) (?:really )?(?:measured|checked|counted|looked|decided)"
    r"|never (?:measured|counted|checked|looked)"
    r"|not (?:measured|checked|counted|known|decided)|who knows|beats me|hard to (?:say|tell)"
    r"|no way to (?:tell|know)|god knows|can't say"
    r"|you tell me|unknown|not a clue|no (?:numbers?|data|figures?) (?:on|for|about) (?:that|this|it)|(?:has|have"
    r"|had|is|was)(?:n't| not|nt) (?:been )?(?:measured|checked|counted|evaluated|tested|scored)(?: yet)?|we(?:'d"
    r"| would) have to (?:check|measure|count|ask|look)|(?:i(?:'d| would)? |we(?:'d| would)? )?(?:need"
    r"|have) to (?:check|ask|look it up|look that up|count)|(?:can't|cannot|don't|do not) (?:really )?(?:tell"
    r"|remember|recall)|no one knows|nobody knows|not known|forgot|(?:i|we) forget|ask me something else"
    r"|don't (?:really )?have (?:a|any) (?:clue|idea)|you (?:choose|decide)"
    r"|whatever you think)\b|^¯|^🤷|" + UNKNOWN
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
    text = re.sub(r"^(?:\^c|ctrl[- +]c)$", "quit", text)
    text = re.sub(r"^(?:\^c\s|--?(?=[a-z]))", "", text)
    text = _SWAPPED.get("".join(sorted(text)), text) if _ONE_WORD.fullmatch(text) else text
    if re.fullmatch(r"[?¿\s]+", text):
        return "why"
    text = trimmed(text).rstrip("?").strip()
    if len(text) > 120:
        return None
    return _wanted(text) or _in_parts(text) or request(text)


_LEADS_TO = re.compile(
    r"\b(?:if (?:we|i|you) (?:could|can|may|might)|(?:could|can|may|might|shall) (?:we|i|you)|(?:i(?:'d| would)"
    r"|we would)"
    r" (?:really |rather |very much )*(?:like|want|love|prefer|wish) to|i (?:want|wish|need|prefer) to|please|kindly"
    r"|let(?:'s| us| me))\s(?=([^.!?;]{3,90})[.!?\s]*$)"
)
"""Before the wish in which a long sentence ends: "… I would feel better if we could go back to it"."""


def at_the_end(low: str) -> Intent | None:
    """Return what the last words of a long reply ask for."""
    for found in _LEADS_TO.finditer(low):
        text = trimmed(found[1])
        if wanted := _wanted(text) or request(f"please {text}"):
            return wanted
    return None


def _wanted(text: str) -> Intent | None:
    """Return what a reply, or a part of one, asks for in so many words."""
    return next((intent for intent, pattern in _COMMANDS if pattern.fullmatch(text)), None)


def _in_parts(text: str) -> Intent | None:
    """Return what every part of a reply asks for: "I'm done, let me out"."""
    parts = [trimmed(part).rstrip("?").strip() for part in _PARTS.split(text)]
    wanted = {_wanted(part) or request(part) for part in parts if part and not _FILLER.fullmatch(part)}
    return wanted.pop() if len(wanted) == 1 else None


def says_unknown(low: str) -> bool:
    """Say whether the user does not know."""
    return _DONT_KNOW.search(trimmed(low)) is not None


def without_unknown(low: str) -> str:
    """Return a text with "I don't know" and its like made blank."""
    return _DONT_KNOW.sub(lambda found: " " * len(found[0]), low)


_TOO_SLIGHT = frozenset(
    ("oops", "done", "end", "list", "info", "man", "later", "meaning", "reason", "clear", "options")
)
"""Words that ask for something only as the whole of a reply."""


def beside_a_remark(low: str) -> Intent | None:
    """Return what a reply asks for with its last or its first words: "I have a customer, bye", "skip, not my money"."""
    parts = [trimmed(part).rstrip("?").strip() for part in re.split(r"[.!?,;:–—]+\s+|\s-\s", low.strip())]
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        wanted = _wanted(part) or request(part)
        if wanted and len(part) > 2 and part not in _TOO_SLIGHT:
            return wanted
    return None
