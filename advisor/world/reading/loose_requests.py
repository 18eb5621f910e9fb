"""Requests in loose English, read word by word: back, start over, leave, what was noted, the next question."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

MOST_WORDS = 14
"""A longer sentence says more than a request."""

Request = Literal["back", "restart", "quit", "show", "skip"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ASKING = _set("""
    please pls kindly can could may might shall want wanna wish like let let's lets need would i'd how abeg must how's
    possible prefer ask asking better i'll
""")
"""One of these makes a request of a sentence that does not begin with its verb."""
_SMALL = _ASKING | _set("""
    i i'm im we we'd we're you u me us my our your the a an this that it is am are be to of for from in at on into and
    or but so then now have has just only simply do does did way one second moment minute sec hold hang wait sorry
    excuse hey hi ok okay well um uh hm hmm sir madam friend mate dude man bro right think make there here very much
    really actually already too yes no oh ah not thanks thank time bit little quick quickly once more somehow listen
    look guys folks dear boss maybe perhaps back again who what which all
""")
_TURNED = _set("question questions screen page step point answer prompt item thing place part menu stage one topic")
_BACK = _set("back backward backwards previous last prior before earlier preceding former")
_MOVE = _set("go going turn return jump step rewind revert scroll head hop backtrack move navigate come roll walk")
_BRING = _set("take bring put get send carry pull switch let drive")
_FIX = _set("""
    change correct redo fix edit undo amend modify revise retype rewrite adjust repair replace retract withdraw delete
    remove cancel erase reenter re-enter alter rectify reverse modifying changing correcting
""")
_SAID = _set("answer reply response statement input entry said wrote typed told entered gave")
_WRONG = _set("wrong mistake error incorrect mistyped misread wrongly misclicked mistaken incorrectly errors badly")
_BEGIN = _set("begin start restart commence go do try run resume launch beginning starting recommence")
_ANEW = _set("over again anew afresh fresh scratch zero beginning start top first new newly")
_WIPE = _set("""
    nuke wipe reset scrap discard forget erase delete clear trash drop burn throw clean dump ditch purge bin flush
    remove cancel abandon undo restart
""")
_ALL = _set("everything all whole conversation session slate board memory answers chat entire lot lots discussion")
_GO = _set("go get leave log sign want walk head let step exit")
_OUT = _set("out off home away")
_END = _set("stop end close finish exit quit leave terminate abort conclude interrupt halt cease shut kill")
_SCENE = _set("""
    here now this session program conversation chat app application thing today interview dialog dialogue tool advisor
    down talking process it everything discussion
""")
_SHOW = _set("""
    show list tell give display print summarise summarize recap repeat read see review provide remind present view
    dump output
    check sum recall know what which hear
""")
_KNOWN = _set("""
    facts summary overview recap recorded noted known understood collected gathered saved stored answered said told
    written status notes wrote learned learnt registered captured gave given
""")
_SO_FAR = _set("current far until till up everything what about list state all answers it information")
_SKIP = _set("skip pass omit bypass leave jump drop ignore avoid")
_NEXT = _set("next another different other following forward")
_TO_NEXT = _set("go move proceed continue jump ask switch pass advance take change give try turn skip get come")
_QUESTION = _set("question questions one topic point this that item thing out over")


class _Grammar(NamedTuple):
    """What a sentence needs: a word of each set, at different places, and nothing but these and small words."""

    intent: Request
    needs: tuple[frozenset[str], ...]
    beside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    told: bool = False
    """Whether a sentence that neither begins with its verb nor asks means it too."""


_GRAMMARS = (
    _Grammar("back", (_MOVE, _BACK), _TURNED | _BACK | _BRING | _SAID | _set("answered"), _set("with by")),
    _Grammar("back", (_BRING, _TURNED, _BACK), _TURNED | _BACK | _set("answered"), _set("with by")),
    _Grammar("back", (_set("rewind backtrack undo"), _TURNED | _set("it that")), _TURNED | _BACK),
    _Grammar("back", (_BRING, _set("back backward backwards")), _TURNED | _BACK),
    _Grammar("back", (_FIX, _SAID | _BACK), _TURNED | _BACK | _SAID),
    _Grammar(
        "back",
        (_set("i my"), _WRONG, _SAID | _BACK),
        _TURNED | _BACK | _SAID | _set("made was gave did answered"),
        told=True,
    ),
    _Grammar("restart", (_BEGIN, _ANEW), _ALL | _ANEW | _BEGIN | _set("completely question square"), _set("with by")),
    _Grammar("restart", (_BEGIN, _set("again anew over afresh"), _set("zero scratch beginning top")), _ALL, told=True),
    _Grammar("restart", (_WIPE, _ALL), _ALL | _ANEW | _BEGIN | _set("away out said told so far until")),
    _Grammar("skip", (_TO_NEXT, _NEXT), _QUESTION | _TURNED | _set("with"), _set("back how")),
    _Grammar("skip", (_SKIP, _QUESTION), _QUESTION | _set("other later another next ask"), _set("back how")),
    _Grammar("quit", (_GO, _OUT), _SCENE),
    _Grammar("quit", (_END, _SCENE), _OUT | _set("talk rest"), _set("all question one out")),
    _Grammar(
        "show",
        (_SHOW, _KNOWN, _set("me us you i we my far already now the current all")),
        _SO_FAR | _SHOW | _KNOWN | _TURNED,
    ),
)
_WORD = re.compile(r"[\w'-]+")


def request(text: str) -> Request | None:
    """Return what a sentence of nothing but a request asks for: "can we turn back to previous one"."""
    words = _WORD.findall(text)
    if not 2 <= len(words) <= MOST_WORDS:
        return None
    return next((grammar.intent for grammar in _GRAMMARS if _fits(words, grammar)), None)


def _fits(words: list[str], grammar: _Grammar) -> bool:
    needed = frozenset().union(*grammar.needs)
    if not all(word in needed or word in grammar.beside or word in _SMALL for word in words):
        return False
    if grammar.never & set(words) or not _each_has_its_word(words, grammar.needs):
        return False
    if words[0] in _OTHERS and "possible" not in words:
        return False
    if grammar.told:
        return True
    verbs = grammar.needs[0]
    first = next((word for word in words if word in verbs or word not in _POLITE), "")
    return first in verbs or "i'm" in words or not _ASKING.isdisjoint(words)


_OTHERS = _set("it it's they these those he she there")
"""A sentence about one of these asks us for nothing."""
_POLITE = _set("ok okay well so now then hey hi sorry oh ah wait um uh hm hmm sir madam no yes and but just right i my")


def _each_has_its_word(words: list[str], needs: tuple[frozenset[str], ...]) -> bool:
    """Say whether every set has a word of its own in the sentence: "start" alone is no "start again"."""
    if not needs:
        return True
    return any(
        word in needs[0] and _each_has_its_word([*words[:at], *words[at + 1 :]], needs[1:])
        for at, word in enumerate(words)
    )
