"""Questions back and requests, in whatever words: what a term means, why not, what if, just the code."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain.overruling import ROUTE_WORDS
from advisor.world.reading.asking import meaning_asked, purpose_asked
from advisor.world.reading.commands import Intent, trimmed
from advisor.world.reading.definitions import START, term_asked
from advisor.world.reading.said import Said

ASKED_WITHIN = 600
"""Characters in which a question or a request is looked for; what is longer is told, not asked."""


class Wish(NamedTuple):
    """What a part of a reply asks for."""

    intent: Intent
    about: str
    start: int
    end: int
    """The part of the reply it was read from; no fact is stated there."""


_REST = r"[^?!;\n]{0,120}?(?:\.(?!\d)|[?!;]|$)"

_WHY_NOT = re.compile(
    START + r"(?:why\s(?:(?:do|ca|should|wo|would|could|did|are|is)(?:n't|nt)|can not|cannot|not|(?:do|can|should"
    r"|would"
    r"|did|are)\s"
    r"(?:we|i|you|they)\snot|no)\b|what\s(?:speaks|is|would be)\sagainst\b|what(?:'s|s| is)\s(?:so )?(?:wrong|bad"
    r"|the problem)\swith\b"
    r"|how come\s(?:no|not|we (?:can't|don't|shouldn't))\b|(?:any |what )?(?:arguments?|reasons?)\s(?:against"
    r"|not to|for not)\b"
    r"|why\s(?:exactly\s|then\s|actually\s)(?:no|not)\b|why\s(?:are|were)\syou\s(?:so\s)?against\b"
    r"|what\sdo\syou\shave\sagainst\b"
    r"|why\s(?:is|was|are|were|would)\s[^?.!,]{2,40}\s(?:an? (?:bad|wrong|poor|stupid|terrible|mistake)|bad|wrong"
    r"|useless|overkill|risky|pointless|too \w+"
    r"|not|no|ruled out|out of the question)\b"
    rf"|why\s[^?.!,]{{2,40}}\s(?:instead of|rather than|and not|over|before)\b){_REST}"
)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|and not|over|before)\b(.*)")
_ROUTES = (
    (r"\brag\b|retriev|\bsearch index|look(?:ing|s)? (?:it |things )?up", "retrieval"),
    *ROUTE_WORDS,
    (r"collect|more (?:data|examples|labels)|label more", "collect_data"),
    (r"\bstop\b|leave it|do nothing|ship it", "stop"),
)

_CHANGE = re.compile(
    START + r"(?:what\s(?:else\s)?(?:would|will|could|might|does|has|have|needs?|must|should)\s(?:it\s(?:take|need)"
    r"|change\syour\s(?:mind|advice|opinion)"
    r"|convince\syou|(?:have\s|need\s)?to\s(?:be\s(?:true|different|in place)|happen|change)|be\s(?:needed"
    r"|required|different|necessary)"
    r"|be\sdifferent|make\syou|have\sto\sbe|change\s(?:it|that|this)\b|need\sto|persuade\syou|get\s(?:us|me|you)\sto)"
    r"|what\s(?:do|would|must|should)\s(?:i|we)\s(?:need|have|do|change|be missing"
    r"|bring)\b[^?.!]{0,30}\b(?:to (?:get|be|reach|have|make|qualify)|"
    r"for (?:a yes|fine|you|that)|before|until|so that)|what(?:'s| is|s)\s(?:still )?missing\b|(?:which"
    r"|what)\s\w+\swould\s(?:make|get|let)\syou\b"
    r"|(?:when|at what point)\s(?:would|will|should|can|could|does|do)\s(?:you|we|i|it|fine)\b[^?.!]{0,40}\b"
    r"(?:recommend|say|advise|agree|fine|tun|train|yes|make sense|be worth|pay off|suggest)"
    r"|(?:under|in)\s(?:what|which)\s(?:condition|circumstance|case)s?\b|how\s(?:do|can|could|would)\s(?:i|we)\s"
    r"(?:convince|persuade|get\s(?:to\s)?(?:a\s)?(?:yes|you to|there|approved)|change\syour)|what\s(?:am|are|is"
    r"|do)\s(?:i|we|us)\s(?:still\s)?(?:missing|lacking|lack|miss|short of)"
    r"|(?:what|anything)\s(?:could|can|would)\s(?:i|we)\sdo\s(?:to|so)\b|what\swould\sit\stake)" + _REST
)

_YOUR_MIND = (
    r"(?:your (?:mind|advice|opinion|recommendation|verdict|view|answer|judge?ment|decision|assessment|suggestion"
    r"|conclusion)|the (?:advice"
    r"|recommendation|verdict|decision|outcome|result|answer|conclusion)|you)"
)
_SWAYED = re.compile(
    rf"\b(?:(?:is|are|would) there (?:be )?(?:anything|something|any \w+|a \w+|circumstances|conditions?|one \w+"
    rf"|a single \w+)|what|which|anything|what kind"
    rf" of \w+)\b[^?.!]{{0,50}}\b(?:flip|alter|sway|tip|reverse|overturn|turn (?:it|that|this) (?:a)?round|chang(?:e"
    rf"|ing)|convince|persuade|move you|make you"
    rf"|lead you|get you|budge|shift|influence|affect|swing|revise)\b[^?.!]{{0,20}}\b(?:{_YOUR_MIND}|it|that|this"
    rf"|things|come down|reconsider|say|recommend|decide)"
    rf"\b[^?.!]{{0,60}}|\b(?:which|what)\b[^?.!]{{0,40}}\b(?:matters?|counts?|weighs?|decides?|decisive|sensitive"
    rf"|critical|crucial|important|tips?)\b[^?.!]{{0,30}}\b"
    rf"(?:{_YOUR_MIND}|most|here)\b[^?.!]{{0,40}}|\b(?:when|under (?:what|which) \w+|in (?:what|which) \w+|at (?:what"
    rf"|which) \w+) (?:would|could|might|will) (?:you"
    rf"|{_YOUR_MIND}) (?:\w+ )?(?:recommend|advise|suggest|say|change|differ|be different|reconsider|decide"
    rf"|come)\b[^?.!]{{0,50}}|\bwhat (?:would|will|does|must"
    rf"|should|needs?|has|have|had) (?:\w+ )?(?:have |need |has )?(?:to )?(?:happen|change|be different|be true"
    rf"|improve|be in place|be fulfilled|be met|take)\b[^?.!]{{0,50}}"
    rf"|\bhow (?:could|can|might|would|do) (?:i|we) (?:change|flip|sway|alter|turn"
    rf"|influence) {_YOUR_MIND}\b[^?.!]{{0,30}}|\bwhat (?:\w+ )?(?:would|do|will|must) you (?:\w+ )?(?:need|have|want"
    rf"|require|like) to (?:see|have|know|hear)\b[^?.!]{{0,40}}|\bturn (?:your|the|a|that) no"
    rf" into\b[^?.!]{{0,20}}|\b(?:is|are) (?:your|that|the) (?:\w+ )?(?:advice|verdict|decision"
    rf"|recommendation|answer|opinion|conclusion)s? (?:final|fixed|set in stone|definit\w+|firm|carved"
    rf"|negotiable|open)\b[^?.!]{{0,20}}\?|\bhow (?:many|much)(?: \w+){{0,3}} (?:would|do|must|should|might"
    rf"|could) [^?.!]{{0,30}}(?:change|sway|flip|convince|turn|persuade|for you to|to (?:get|reach)"
    rf" a yes)\b[^?.!]{{0,40}}|\bwhat would (?:flip|sway|tip|alter|reverse)\b[^?.!]{{0,30}}"
)
_AGAINST = re.compile(
    START + r"(?:(?:is|are|wouldn't|would|couldn't|could|shouldn't|can't|isn't|aren't|won't|don't|doesn't) (?:not )?"
    r"(?:we|i|it|fine-?tun\w+|training|distill?\w*|retrieval|rag|you|that|this)\b[^?.!]{0,24}\b(?:better|instead|just"
    r"|simply"
    r"|rather|straight away|right away"
    r"|directly|skip|quicker|fine-?tun\w+|train|distil\w*)"
    r"\b[^?.!]{0,40}\?|what(?:'s| is| are| would be| speaks| speak| stops| stopping| keeps| prevents)(?: the| your| a"
    r"| an)? ?(?:arguments?|case|reasons?|objections?|downsides?|drawbacks?"
    r"|catch|problem|stopping|stops|keeping|keeps|preventing|speaking|us|you|me)? ?(?:us |you |me )?(?:against|to"
    r"|with|of|from|not to|about)\s[^?.!]{0,20}(?:fine-?tun\w+|train\w*|distil\w*"
    r"|retrieval|rag|prompt\w*|optimi[sz]\w+|better ?together|going ahead|doing it)\b|why (?:do|would|are"
    r"|did) you (?:advise|recommend|speak|argue|warn|decide|rule)\w*"
    r" (?:against|out|not)\b|(?:you|so you) (?:don't|do not|won't) recommend\b[^?.!]{0,40}\bwhy\b"
    r"|what do you (?:dislike|not like) about\b)" + _REST
)

_CODE = (
    r"(?:(?:dspy|python|training|fine-?tun\w+|optimi[sz]\w+|ready|finished|final|actual|whole|full|complete|python"
    r"|damn|bloody"
    r"|fucking|freaking|generated|right|working|sample)\s)*(?:code|scripts?|program|project|notebook|(?:python"
    r"|py) file|\.?py file"
    r"|boilerplate)"
)
_SCRIPT = re.compile(
    rf"\b(?:give|show|send|hand|get|spit out|dump)\s(?:(?:me|us)\s)?(?:(?:just|only|already)\s)?(?:the|a|some|my"
    rf"|that|your)\s{_CODE}\b"
    rf"|\b(?:give|show|send|write|generate|make|create|print|build)\s(?:me|us)\s(?:(?:just|only)\s)?(?:(?:the|a"
    rf"|some|that)\s)?{_CODE}\b"
    rf"|\b(?:just|simply|only|and|then|please|now|you|skip)\b[^.?!]{{0,12}}\b(?:write|generate|make|create|print"
    rf"|build|output|produce)"
    rf"\s(?:the|a|that|my)\s{_CODE}\b"
    rf"|^(?:write|generate|make|create|print|build|output|produce)\s(?:the|that|my)\s{_CODE}\b"
    rf"|\b(?:i|we)(?:'d|\swould|\sjust|\sonly|\sreally|\ssimply)*\s(?:want|need|like|came for|am here for"
    rf"|care about)\s(?:to (?:see|have|get)\s)?"
    rf"(?:(?:just|only)\s)?(?:the|a|some|that|your)\s{_CODE}\b|\b(?:can|could|may)\s(?:i|we)\s(?:just\s|please\s"
    rf"|simply\s)*(?:have|get|see)"
    rf"\s(?:the|a|some)\s{_CODE}\b|^(?:just\s|only\s)+(?:the\s)?{_CODE}\b|^(?:the\s)?(?:code|script)(?:\s(?:please"
    rf"|pls|now|only|already))+$"
    rf"|\b(?:skip|no more|enough|stop)\b[^.?!]{{0,40}}\b(?:just\s)?(?:the\s)?(?:code|script)\b|\bwhere(?:'s"
    rf"| is) (?:the|my) (?:code|script)\b"
    rf"|\b(?:code|script) (?:first|now)\b"
)
_REFUSED = re.compile(
    r"\b(?:what|which) (?:are|is|would be|were) (?:the |your )?(?:\w+ )?(?:arguments?|reasons?|points?|objections?"
    r"|case|cons|downsides?|drawbacks?) (?:against|not to|of not)\b[^?.!]{0,60}\??|"
    r"(?:^|[,.:;]\s|\b(?:explain|tell me|say|know|understand|and|so|but)\s)(?:why"
    r"|y|(?:for |on )?(?:which|what) (?:reasons?|causes?|grounds)|how come|what makes you|wherefore)\s"
    r"(?!not\s?\?*$)(?=[^?.!]{0,60}\b(?:fine-?tun|tun|train|distil|retriev|rag\b"
    r"|better ?together|bootstrap|optimi[sz]|recommend|suggest|advis))"
    r"(?:[^?.!]{0,50}\b(?:not|n't|against|no|isnt|arent|dont|doesnt|cant"
    r"|shouldnt|ruled out)\b|[^?.!]{0,50}n't\b)[^?.!]{0,60}\??"
)
_JUST_CODE = re.compile(
    rf"^(?:please |kindly |now |just )*(?:give me|hand (?:me|over)|spit out|produce|generate|deliver|output"
    rf"|write)\s(?:me )?(?:the|a|some|my|that)\s(?:{_CODE})\b|\b(?:enough|no more|stop|skip"
    rf"|forget)\b[^?!]{{0,40}}\b(?:write|generate|make|create|print|build|give|show"
    rf"|produce)\b[^?!]{{0,24}}\b(?:{_CODE})\b"
    r"|\b(?:only|just|simply)\s(?:want|need|give|show|write|generate|print|make)\b[^?!.]{0,24}\b(?:optimize\.py"
    r"|\w+\.py|code|script)\b"
)
_NO_SCRIPT = re.compile(
    r"\b(?:we|i) (?:have|wrote|use|got|already)\b|\bour (?:own )?(?:code|script)\b|\bscores?\b|\bmetric\b"
)

_SAME = re.compile(
    r"(?:(?:it(?:'s| is)|that(?:'s| is)|they(?:'re| are)|still|all|just|exactly|pretty much"
    r"|remains?)\s)*(?:(?:the\s)?same"
    r"(?:\s(?:again|thing|answer|number|one|value|story))?(?:\s(?:as|like|than)\s(?:before|above|last (?:time"
    r"|week|month|run|one)"
    r"|earlier|previously|(?:the )?(?:other|previous|last|first)(?: one| time| answer| question)?|yesterday"
    r"|always|usual"
    r"|(?:what )?i (?:said|told you|wrote|gave you)(?: before| earlier| already| above)?))?"
    r"|as (?:before|above|usual|always|(?:the )?last time|(?:i )?(?:already )?(?:said|told you|mentioned|stated"
    r"|wrote)(?: before| above"
    r"| already| earlier)?)"
    r"|like (?:before|last time|always|the last one|yesterday|i (?:already )?(?:said|told you|wrote)(?: before"
    r"| already| earlier| above)?)"
    r"|(?:i(?:'ve| have)? )?(?:just |already )+(?:said|told you|answered|mentioned|gave you|gave)(?: (?:that|this"
    r"|it|you))*(?: already| before)?"
    r"|i (?:said|told you|answered)(?: (?:that|this|it|so))?(?: already| before| above| earlier)+|see (?:above"
    r"|earlier)|ditto|idem"
    r"|(?:we )?(?:had|did|covered) (?:that|this) already|you (?:already )?(?:know|have) (?:that|this|it)(?: already)?"
    r"|(?:(?:just |please |simply |let's )*(?:use|take|keep|put|with|go with|reuse|stick (?:with|to)) )?(?:the |my "
    r"|our )?(?:same|one|answer|value|number|thing)"
    r"(?: (?:one|model|thing|answer|value|number|as|that|we))*(?: (?:as|from|like|used|i|we|had|gave|said|took"
    r"|in))* (?:last time|before|the last (?:time|run|session|project)|previously"
    r"|earlier|yesterday|last week|last month|the previous (?:time|run|session|one))"
    r"|unchanged(?: (?:from|since|to) .{3,24})?|no changes?|nothing(?:'s| has)? (?:changed|new)|asked and answered)"
)
_STANDS = re.compile(
    r"unchanged|no changes?|nothing(?:'s| has)? (?:changed|new)|(?:still )?(?:the )?same(?: as (?:always|usual))?"
)
"""To the question whether the task is settled, an answer."""

_WHY = re.compile(
    START + r"(?:(?:may|can|could) (?:i|we) (?:know|ask) (?:why|the reason)\b"
    r"|why\s(?:do|would|are|should|is|does|did|must)\s(?:you|i|we|that|this|it|they|the)\b|what\s(?:do|would"
    r"|will)\s(?:you|u)\s"
    r"(?:need|want|use|do with)\s(?:it|that|this|them)\b|what(?:'s| is)\s(?:that|this|it)\sto\syou\b"
    r"|what\sdoes\s(?:that|this|it)\s"
    r"(?:have to do|matter)|why\sdoes\s(?:that|this|it)\smatter|how\sis\s(?:that|this|it)\s(?:relevant|important)"
    r"|what(?:'s| is)\s(?:the (?:point|reason|use)|that (?:needed|used)|this (?:needed|used))\b"
    rf"|what\sdifference\s(?:does|would)\s(?:that|this|it)\smake|who\scares\b|why\?){_REST}"
)


_TO_KNOW_WHY = re.compile(
    r"\b(?:understand|know|hear|learn|see|ask|tell me)\s(?:first )?why\s(?:you|this|that|it)\s(?:need|want|ask|is"
    r"|are|matters?"
    r"|must|has)\b[^?.!]{0,60}"
)
"""In a longer sentence: what the question is for."""


def wish(heard: Said, asked: str | None) -> Wish | None:
    """Return what a reply asks for besides, or instead of, giving facts."""
    heard = heard._replace(low=heard.low[:ASKED_WITHIN])
    low = heard.low
    text = trimmed(low).rstrip("?").strip()
    if _SAME.fullmatch(text) and not (asked == "task_stability" and (_STANDS.fullmatch(text) or "unchanged" in text)):
        return Wish("same", "", 0, len(low))
    if _REFUSED.search(low):
        found = _REFUSED.search(low)
        return Wish("why_not", _route(low), *(found.span() if found else (0, len(low))))
    found = _SCRIPT.search(low) or _JUST_CODE.search(low)
    if found and not _NO_SCRIPT.search(low[: found.start()]):
        return Wish("script", "", 0 if "." not in low[: found.start()] else found.start(), found.end())
    meaning = meaning_asked(heard)
    if meaning:
        return Wish("define", *meaning)
    found = _CHANGE.search(low) or _swayed(low)
    if found:
        return Wish("change_mind", "", *found.span())
    found = _WHY_NOT.search(low) or _AGAINST.search(low)
    if found and re.search(r"\w{3}", low[found.start() :].removeprefix("why not")):
        return Wish("why_not", _route(found[0]), *found.span())
    term = term_asked(heard)
    if term:
        return Wish("define", *term)
    purpose = purpose_asked(low)
    return _why(low) or (Wish("why", *purpose) if purpose else None)


def _swayed(low: str) -> re.Match[str] | None:
    """Return where a reply asks what would turn the advice; "what matters most is cost" asks nothing."""
    found = _SWAYED.search(low)
    return found if found and ("?" in low or re.search(r"\byou(?:r)?\b|\bflip\b|\bsway\b", found[0])) else None


def _why(low: str) -> Wish | None:
    found = _WHY.search(low) or _TO_KNOW_WHY.search(low)
    return Wish("why", "", *found.span()) if found else None


def _route(words: str) -> str:
    instead = _INSTEAD.search(words)
    named = instead[1] if instead else words
    return next((route for pattern, route in _ROUTES if re.search(pattern, named)), "")
