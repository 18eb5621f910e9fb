"""Questions back in loose English: a sentence of nothing but a term, a question word and small words."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.world.reading.definitions import KNOWN
from advisor.world.reading.said import Said

MOST_WORDS = 18
"""A longer sentence says more than a question back."""
MOST_SENTENCES = 12


class Question(NamedTuple):
    """A question back: the term it is about, empty where it asks what the question is for."""

    about: str
    start: int
    end: int


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TERM = re.compile(
    rf"(?<![\w-])(?:token factory|{KNOWN}"
    r"|(?:un)?labell?ed(?: examples?| rows?| data)?|usable|multi-?label|classification|extraction"
    r"|prompt optimi[sz]\w+|(?:token|field|set) f1|free text|settled|student|teacher|ground truth|confidence"
    r"|open ?ai|nebius|token factory|(?:azure )?(?:ai )?foundry|together ai|fireworks|litellm|hugging ?face"
    r"|task stability|current model|held-?out|production model|tuning|training)(?![\w-])"
)
_ASKS = _set("what what's whats wat wats wut which how how's who who's whom")
_MEANS = _set(
    "mean means meaning meant explain explanation define defined definition clarify elaborate difference differ differs"
)
_UNKNOWN = _set("heard understand")
"""With "never", "not" or "don't" before them, a term is asked about."""
_NEVER = _set("never not don't dont didn't doesn't haven't cannot can't no")
_SMALL = _set("""
    a an and are as be been but by can could did do does even exactly for from here i i'd i'm if in into is it
    it's its just kind know like me mean more of ok okay on or please pls precisely really say should so some
    someone somebody sort sorry tell term terms than that that's the them then there these they thing things this
    those though to too u understood us used was well were when will with word words would you your you're actually
    again anyway called call context hell heck earth supposed simple simply short english hm hmm uh um oh ah hey wait
    first before answer answering about wanna want need ought shall sir madam friend mate dude man bro lol tbh guys
    one ones be being sense way kindly briefly quick quickly question ask asking saying said suppose count counts
    considered stand stands prompt prompts example examples field score model home layman's terms idea clue sure
    expression concept phrase name mortal dummies beginner plain normal people human language case at tell counts
    tool kind by when computed calculated measured works work worked between versus vs compared company usable
    now alright tarnation world heaven heaven's god's blazes devil connection regard respect setting relation hold
    forgive pardon excuse ignorance stupid silly sake
""")
_WHY = _set("why why's")
_USE = _set("""
    purpose reason reasons use used usage useful good point end need needs needed needing necessary matter matters
    relevant relevance important importance interest interested interesting difference benefit sake care help helps
    required goal idea do doing serve serves want wants
""")
_STATED = _set("state explain clarify justify provide tell give")
_ABOUT_US = _set("""
    this that it these those you u your question number figure info information detail details answer such ask asking
    asked one thing things data stuff
""")
_SMALL_WHY = (
    _USE
    | _ABOUT_US
    | _set("""
    a an am and any anyway are as at be because been being but can could did do does earth even ever exactly for from
    gonna have has hell here how how's i i'd i'm if in is it's its just kind know like me must my need now of ok okay on
    or please pls really should so sort sorry tell telling than that's the them then there they to too us want was we
    well what what's whats wat which who will with would you'd you're you'll actually all again hm hmm uh um oh ah hey
    wait first before anything something anyhow wanna think say me give answering answered sir madam knowing hear
    having get matter's curious may might wonder wondering understand see state provide clarify explain justify kindly
""")
)
_WHETHER = re.compile(
    rf"(?:a |the |this |and |so )*{_TERM.pattern}[\s,–—-]+(?:is|are) (?:it|that|this|they) [^?]{{2,40}}\?+"
)
"""A term and a guess at what it is: "MIPRO - is that a tool?" """
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!;\n]|\?+)?")
_THAT = re.compile(r"\b(?:it|that|this|those|these|they|heard|meaning|means?)\b")
"""In a later sentence: it asks about the one before. "Teacher? What is that?" """
_WORD = re.compile(r"\w[\w'’-]*")


def meaning_asked(heard: Said) -> Question | None:
    """Return the term whose meaning a sentence asks for in words of any order."""
    return next(filter(None, (_meaning(heard, *span) for span in _sentences(heard.low))), None)


def purpose_asked(low: str) -> Question | None:
    """Return the sentence that asks, in words of any order, what the question is for."""
    return next(filter(None, (_purpose(low, *span) for span in _sentences(low))), None)


def _sentences(low: str) -> list[tuple[int, int]]:
    """Return the whole reply and each of its sentences."""
    parts = [found.span() for found in _SENTENCE.finditer(low)][:MOST_SENTENCES]
    whole = [(0, len(low))] if len(parts) == 1 or _THAT.search(low, parts[0][1] if parts else 0) else []
    return [*whole, *parts] if len(parts) > 1 else whole


def _meaning(heard: Said, start: int, end: int) -> Question | None:
    """Return the question what a term means: "bootstrap few shot is meaning?", "what it is this MIPRO?"."""
    part = heard.low[start:end]
    term = _TERM.search(part)
    words = _WORD.findall(_TERM.sub(" ", part))
    if term is None or len(words) > MOST_WORDS or not words:
        return None
    kinds = [word for word in words if word in _ASKS or word in _MEANS or word == "when"]
    if _WHETHER.fullmatch(part.strip()):
        kinds.append("is that")
    unheard = any(word in _UNKNOWN for word in words) and any(word in _NEVER for word in words)
    if not all(word in _SMALL or word in _ASKS or word in _MEANS or word in _UNKNOWN | _NEVER for word in words):
        return None
    if any(word in _NEVER for word in words) and not unheard and not _no_idea(words):
        return None
    if not unheard and not (kinds and _is_asked(part, words)):
        return None
    at = start + term.start()
    return Question(heard.text[at : start + term.end()].strip(), start, end)


def _no_idea(words: list[str]) -> bool:
    """Say whether the words say that something is not known: "no idea", "don't know", "not sure"."""
    return any(word in ("idea", "clue", "know", "sure", "get") for word in words)


def _is_asked(part: str, words: list[str]) -> bool:
    """Say whether a question word really asks: "that is what it is" does not."""
    sense = part.strip().endswith((" sense", " way")) or words[0] == "tell"
    if sense or "?" in part or any(word in _MEANS for word in words):
        return "i" not in words[:1] and not re.search(r"\bi mean\b|\bmeans? (?:that|a|the)\b", part)
    tail = [word for word in words if word not in ("exactly", "please", "pls", "here", "then", "again", "actually")]
    return words[0] in _ASKS or (bool(tail) and tail[-1] in _ASKS) or _no_idea(words)


def _purpose(low: str, start: int, end: int) -> Question | None:
    """Return the question what the question is for: "for what you need it", "and that is good for what?"."""
    part = low[start:end]
    words = _WORD.findall(part)
    if not words or len(words) > MOST_WORDS or not all(word in _SMALL_WHY or word in _WHY for word in words):
        return None
    have = set(words)
    asks = have & _ASKS
    about = have & _ABOUT_US
    use = have & (_USE - {"do", "want", "wants", "idea", "doing"})
    why = have & _WHY and (about or len(words) == 1)
    what_for = asks and "for" in have and about and (use or "?" in part or words[0] in ("for", "what"))
    what_use = asks and use and about and ("?" in part or words[0] in _ASKS or words[-1] in _ASKS or words[0] == "to")
    needed = "?" in part and use and about and not have & {"i'd", "well"}
    told = have & _STATED and use - {"do", "want", "wants"} and about and words[0] != "i"
    because = "?" in part and words[-1] == "because" and about
    if why or what_for or what_use or needed or told or because:
        return Question("", start, end)
    return None
