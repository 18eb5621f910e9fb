"""Questions back and requests, in whatever words: what a term means, why not, what if, just the code."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain.overruling import ROUTE_WORDS
from advisor.world.reading.commands import Intent, trimmed
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


_START = (
    r"(?:^|(?<=[.!?,;:)–—]\s)|(?<=\s[-–—]\s)|(?<=\bso\s)|(?<=\bbut\s)|(?<=\band\s)|(?<=\bok\s)|(?<=\bwait\s)"
    r"|(?<=\bw8\s)"
    r"|(?<=\bokay\s)|(?<=\bhm\s)|(?<=\bhmm\s)|(?<=\bwell\s)|(?<=\bsorry\s)|(?<=\buh\s)|(?<=\bum\s)|(?<=\bthen\s)"
    r"|(?<=\beh\s)"
    r"|(?<=\bplease\s)|(?<=\bpls\s)|(?<=\bhey\s)|(?<=\bfirst\s))"
)
_END = r"(?=\s*(?:[?!.;](?!\w)|$)|,\s|\s[-–—]\s)"
_REST = r"[^?!;\n]{0,120}?(?:\.(?!\d)|[?!;]|$)"

_KNOWN = (
    r"mipro\w{0,3}|gepa|simba|copro|dspy|q?lora|sft|dpo|rlhf|rag|peft|gguf|json ?l|parquet|f1(?:[- ]score)?"
    r"|(?:token|set|field) f1"
    r"|(?:labell?ed[- ])?few[- ]?shots?|zero[- ]?shot|bootstrap\w*(?: few[- ]?shot)?|distil\w*|fine[- ]?tun\w+"
    r"|better ?together"
    r"|(?:prompt )?optimi[sz]\w+|base ?line(?: score)?|metrics?|exact match|traces?|tokens?|students?(?: model)?"
    r"|teachers?(?: model)?|retrieval|epochs?|(?:dev|test|train(?:ing)?|hold-?out|held-out) (?:set|split|part"
    r"|data)|judge"
    r"|(?:accuracy )?ceiling|overfit\w*|target(?: score)?|(?:usable|labell?ed) (?:examples?|data|rows?)"
    r"|label(?: field| column)?"
    r"|(?:lm|llm|gpt)[- ]?(?:as[- ]a[- ])?judge|practice model|training host|host|confidence interval"
    r"|gold labels?|accuracy"
    r"|embeddings?|hallucinat\w+|gradient|adapter|quanti[sz]ation|inference|latency|majority class"
    r"|structured output|checkpoint"
)
_NO_TERM = re.compile(
    r"\b(?:it|that|this|those|these|you|your|my|our|we|i|me|there|next|new|up|wrong|going|happening|point|reason"
    r"|time|date"
    r"|good|best|better|normal|typical|reasonable|realistic|fair|enough|acceptable|right|recommend\w*|advice"
    r"|status|price"
    r"|cheap\w*|cost|deal|problem|name|difference|plan|progress|missing|needed|required|likely|possible|option|options"
    r"|choices?|answers?|first|last|safe|wait|for|to|if|not|left|known)\b"
)
_TERM = r"[\w&/+.-]+(?:\s[\w&/+.-]+){0,3}?"
_TAIL = (
    r"(?:\s(?:exactly|again|anyway|here|even|now|please|pls|in this context|supposed to be|then|actually|for you"
    r"|to you|in dspy))*"
)

_DEFINES = tuple(
    re.compile(_START + pattern)
    for pattern in (
        rf"(?:and\s)?what(?:'s|s| is| are|re)?\s(?:(?:the hell|on earth|exactly|again)\s)?(?:is\s|are\s)?(?:a\s"
        rf"|an\s|the\s)?"
        rf"(?P<known>{_KNOWN}){_TAIL}{_END}",
        rf"(?:what|wat|wut)\s(?:is\s(?:it\s)?meant\s(?:by|with)|(?:do\s|d'|did\s)?(?:you|u|ya)\smean\s(?:by|with|w/)"
        rf"|(?:is|does)\sthe\smeaning\sof|counts?\sas|qualifies\sas|is\sconsidered)\s(?:a\s|an\s|the\s|the\sword\s)?"
        rf"[\"']?(?P<meant>{_TERM})[\"']?{_TAIL}{_END}",
        rf"what\s(?:do(?:es)?|would|did)\s(?:a\s|an\s|the\s)?[\"']?(?P<does>{_TERM})[\"']?\s"
        rf"(?:mean|stand for|refer to|do)\b{_TAIL}{_END}",
        rf"(?:can you |could you |would you )?(?:please )?(?:explain|define|describe)\s(?:to me |me "
        rf"|us )?(?:what )?(?:a |an |the )?"
        rf"(?P<explain>{_TERM})(?:\s(?:is|are|means|to me|does))?{_TAIL}{_END}",
        rf"(?:the )?(?:meaning|definition)\sof\s(?:a |the )?(?P<of>{_TERM}){_TAIL}{_END}",
        rf"(?:i(?:'ve| have)?\s|we(?:'ve| have)?\s)?never heard of\s(?:a |the )?(?P<heard>{_KNOWN}){_END}",
        rf"(?:i |we |sorry,? )*(?:do(?:n't| not|nt) (?:even )?know|no idea|not sure|idk|dunno)\swhat\s(?:a |an |the )?"
        rf"(?P<unknown>{_TERM})\s(?:is|are|means?|does|do)\b{_TAIL}{_END}",
        rf"(?:who|what)(?:'s|s| is| are)\s(?P<host>open ?ai|nebius(?: token factory)?|together(?: ai)?"
        rf"|(?:microsoft |azure )?(?:ai )?foundry|fireworks(?: ai)?|litellm|hugging ?face){_TAIL}{_END}",
        rf"what(?:'s|s| is)\s(?:a|an)\s(?P<term>{_TERM}){_TAIL}{_END}",
        rf"what(?:'s|s| is| are)\s(?P<bare>[a-z][\w-]{{2,20}}){_TAIL}\?",
        r"(?:what(?:'s|s| is) the difference between|how is|how are)\s(?:a |an |the )?"
        rf"(?P<differs>{_TERM})\s(?:and|different from|vs\.?)\s[^?.!,]{{2,40}}",
    )
)
_DEFINES += tuple(
    re.compile(_START + pattern)
    for pattern in (
        rf"how\s(?:do|would|did|should)\s(?:you|we|i|they|one)\s(?:define|understand|interpret|measure|count)\s(?:a\s|an\s|the\s|the (?:term|word)"
        rf"\s)?[\"']?(?P<how>{_TERM})[\"']?{_TAIL}{_END}",
        rf"how\s(?:is|are)\s(?:a\s|an\s|the\s|the (?:term|word)\s)?[\"']?(?P<isdef>{_TERM})[\"']?\s(?:defined|understood|meant|to be understood)"
        rf"{_TAIL}{_END}",
        rf"(?:(?:can|could|would|will)\s(?:you|someone|somebody)\s|i(?:'d| would)\s(?:like|love|need)\s(?:to (?:know|understand|hear)\s|you to\s)"
        rf"|i (?:want|need) to (?:know|understand)\s|please\s|kindly\s)*(?:please\s|kindly\s|maybe\s|briefly\s|quickly\s|just\s)*(?:tell|explain|clarify"
        rf"|elaborate|define|describe|spell out|enlighten|remind)?(?:\s(?:to\s)?(?:me|us))?(?:\s(?:on|about|for me))?(?:\s(?:the\s)?(?:meaning|definition"
        rf"|term|word|concept|notion)\s(?:of\s)?)?\s?(?:what\s)?(?:exactly\s)?(?:is\s)?(?:exactly\s)?(?:meant\sby\s|you\smean\s(?:by|with)\s)"
        rf"(?:a\s|an\s|the\s)?[\"']?(?P<asked>{_TERM})[\"']?{_TAIL}{_END}",
        rf"(?:(?:can|could|would|will)\s(?:you|someone)\s|please\s|kindly\s)*(?:please\s|kindly\s)?(?:tell|explain|clarify|elaborate|define|describe"
        rf"|remind)(?:\s(?:to\s)?(?:me|us))?(?:\s(?:on|about))?\s(?:the\s(?:meaning|definition|term|word|concept|notion)\s(?:of\s)?|what\s|what's\s)"
        rf"(?:a\s|an\s|the\s)?[\"']?(?P<told>{_TERM})[\"']?(?:\s(?:is|are|means?|stands for|refers to))?{_TAIL}{_END}",
        rf"(?:i(?:'m| am)|we(?:'re| are))\s(?:not|un)\s?(?:so |really |very )?(?:familiar|acquainted)\swith\s(?:the (?:term|word|concept)\s|a\s|the\s)?"
        rf"[\"']?(?P<strange>{_TERM})[\"']?{_TAIL}{_END}",
        rf"(?:what's|what is|what are)\s(?:that|this|it|those),?\s[\"']?(?P<that>{_KNOWN}(?:\s\w+)?)[\"']?{_TAIL}{_END}",
        rf"(?:the\s)?[\"']?(?P<first>{_KNOWN})[\"']?,?\s(?:what(?:'s| is| are| does)\s(?:it|that|this|those|they)\b(?: mean)?|meaning what|as in)"
        rf"{_TAIL}{_END}",
        rf"(?:what|which)\s(?:exactly\s)?(?:is|are)\s(?:exactly\s|actually\s)?meant\s(?:exactly\s)?(?:by|with)\s(?:a\s|an\s|the\s)?[\"']?(?P<meantby>{_TERM})"
        rf"[\"']?{_TAIL}{_END}",
        rf"(?:does|do|would|is)\s[\"']?(?P<does2>{_KNOWN})[\"']?\s(?:mean|refer to|include|the same as|count)\b[^?]{{0,60}}\?",
        rf"what\s(?:does|do|would)\s(?:it mean to\s|it mean that\s|it mean for\s)?(?:a\s|an\s|the\s)?[\"']?(?P<gerund>(?:{_KNOWN})(?:\s\w+){{0,3}}?)[\"']?\s?"
        rf"(?:mean\b|actually mean|even mean|entail|involve)?{_TAIL}(?:,\s[^?]{{0,40}})?\?",
    )
)
_ALONE = re.compile(rf"(?:what,?\s)?[\"']?(?P<term>{_KNOWN})[\"']?\s?(?:\?+|\?*\swhat(?:'s| is) (?:that|this|it)\?*)")
_ITSELF = re.compile(r"(?:that|this|it|you|they|those|these)$")

_WHY_NOT = re.compile(
    _START
    + r"(?:why\s(?:(?:do|ca|should|wo|would|could|did|are|is)(?:n't|nt)|can not|cannot|not|(?:do|can|should|would"
    r"|did|are)\s"
    r"(?:we|i|you|they)\snot|no)\b|what\s(?:speaks|is|would be)\sagainst\b|what(?:'s|s| is)\s(?:so )?(?:wrong|bad"
    r"|the problem)\swith\b"
    r"|how come\s(?:no|not|we (?:can't|don't|shouldn't))\b|(?:any |what )?(?:arguments?|reasons?)\s(?:against"
    r"|not to|for not)\b"
    r"|why\s(?:are|were)\syou\sagainst\b|what\sdo\syou\shave\sagainst\b"
    r"|why\s(?:is|was|are|were)\s[^?.!,]{2,40}\s(?:not|no|ruled out|out of the question)\b"
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
    _START + r"(?:what\s(?:else\s)?(?:would|will|could|might|does|has|have|needs?|must|should)\s(?:it\s(?:take|need)"
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
    r"(?:convince|persuade|get\s(?:to\s)?(?:a\s)?(?:yes|you to|there|approved)|change\syour)|what\sam\si\smissing"
    r"|(?:what|anything)\s(?:could|can|would)\s(?:i|we)\sdo\s(?:to|so)\b|what\swould\sit\stake)" + _REST
)

_YOUR_MIND = (
    r"(?:your (?:mind|advice|opinion|recommendation|verdict|view|answer|judge?ment|decision|assessment|suggestion|conclusion)|the (?:advice"
    r"|recommendation|verdict|decision|outcome|result|answer|conclusion)|you)"
)
_SWAYED = re.compile(
    rf"\b(?:(?:is|are|would) there (?:be )?(?:anything|something|any \w+|a \w+|circumstances|conditions?|one \w+|a single \w+)|what|which|anything|what kind"
    rf" of \w+)\b[^?.!]{{0,50}}\b(?:flip|alter|sway|tip|reverse|overturn|turn (?:it|that|this) (?:a)?round|chang(?:e|ing)|convince|persuade|move you|make you"
    rf"|lead you|get you|budge|shift|influence|affect|swing|revise)\b[^?.!]{{0,20}}\b(?:{_YOUR_MIND}|it|that|this|things|come down|reconsider|say|recommend|decide)"
    rf"\b[^?.!]{{0,60}}|\b(?:which|what)\b[^?.!]{{0,40}}\b(?:matters?|counts?|weighs?|decides?|decisive|sensitive|critical|crucial|important|tips?)\b[^?.!]{{0,30}}\b"
    rf"(?:{_YOUR_MIND}|most|here)\b[^?.!]{{0,40}}|\b(?:when|under (?:what|which) \w+|in (?:what|which) \w+|at (?:what|which) \w+) (?:would|could|might|will) (?:you"
    rf"|{_YOUR_MIND}) (?:\w+ )?(?:recommend|advise|suggest|say|change|differ|be different|reconsider|decide|come)\b[^?.!]{{0,50}}|\bwhat (?:would|will|does|must"
    rf"|should|needs?|has|have|had) (?:\w+ )?(?:have |need |has )?(?:to )?(?:happen|change|be different|be true|improve|be in place|be fulfilled|be met|take)\b[^?.!]{{0,50}}"
    rf"|\bhow (?:could|can|might|would|do) (?:i|we) (?:change|flip|sway|alter|turn|influence) {_YOUR_MIND}\b[^?.!]{{0,30}}|\bwhat would (?:flip|sway|tip|alter|reverse)\b[^?.!]{{0,30}}"
)
_AGAINST = re.compile(
    _START + r"(?:(?:is|are|wouldn't|would|couldn't|could|shouldn't|can't|isn't|aren't|won't|don't|doesn't) (?:not )?(?:we|i|it|fine-?tun\w+|training|distill?\w*"
    r"|retrieval|rag|you|that|this)\b[^?.!]{0,24}\b(?:better|instead|just|simply|rather|straight away|right away|directly|skip|quicker|fine-?tun\w+|train|distil\w*)"
    r"\b[^?.!]{0,40}\?|what(?:'s| is| are| would be| speaks| speak| stops| stopping| keeps| prevents)(?: the| your| a| an)? ?(?:arguments?|case|reasons?|objections?|downsides?|drawbacks?"
    r"|catch|problem|stopping|stops|keeping|keeps|preventing|speaking|us|you|me)? ?(?:us |you |me )?(?:against|to|with|of|from|not to|about)\s[^?.!]{0,20}(?:fine-?tun\w+|train\w*|distil\w*"
    r"|retrieval|rag|prompt\w*|optimi[sz]\w+|better ?together|going ahead|doing it)\b|why (?:do|would|are|did) you (?:advise|recommend|speak|argue|warn|decide|rule)\w*"
    r" (?:against|out|not)\b|(?:you|so you) (?:don't|do not|won't) recommend\b[^?.!]{0,40}\bwhy\b|what do you (?:dislike|not like) about\b)"
    + _REST
)

_CODE = (
    r"(?:(?:dspy|python|training|fine-?tun\w+|optimi[sz]\w+|ready|finished|final|actual|whole|full|complete|python|damn|bloody"
    r"|fucking|freaking|generated|right|working|sample)\s)*(?:code|scripts?|program|project|notebook|(?:python|py) file|\.?py file"
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
    r"|as (?:before|above|usual|(?:i )?(?:already )?(?:said|told you|mentioned|stated|wrote)(?: before| above"
    r"| already| earlier)?)"
    r"|like (?:before|i (?:already )?(?:said|told you|wrote)(?: before| already| earlier| above)?)"
    r"|(?:i(?:'ve| have)? )?(?:just |already )+(?:said|told you|answered|mentioned|gave you|gave)(?: (?:that|this"
    r"|it|you))*(?: already| before)?"
    r"|i (?:said|told you|answered)(?: (?:that|this|it|so))?(?: already| before| above| earlier)+|see (?:above"
    r"|earlier)|ditto|idem"
    r"|(?:we )?(?:had|did|covered) (?:that|this) already|you (?:already )?(?:know|have) (?:that|this|it)(?: already)?"
    r"|(?:(?:just |please |simply |let's )*(?:use|take|keep|put|with|go with|reuse|stick (?:with|to)) )?(?:the |my |our )?(?:same|one|answer|value|number|thing)"
    r"(?: (?:one|model|thing|answer|value|number|as|that|we))*(?: (?:as|from|like|used|i|we|had|gave|said|took|in))* (?:last time|before|the last (?:time|run|session|project)|previously"
    r"|earlier|yesterday|last week|last month|the previous (?:time|run|session|one))"
    r"|unchanged|no changes?|nothing(?:'s| has)? (?:changed|new)|asked and answered)"
)
_STANDS = re.compile(
    r"unchanged|no changes?|nothing(?:'s| has)? (?:changed|new)|(?:still )?(?:the )?same(?: as (?:always|usual))?"
)
"""To the question whether the task is settled, an answer."""

_WHY = re.compile(
    _START + r"(?:why\s(?:do|would|are|should|is|does|did|must)\s(?:you|i|we|that|this|it|they|the)\b|what\s(?:do|would"
    r"|will)\s(?:you|u)\s"
    r"(?:need|want|use|do with)\s(?:it|that|this|them)\b|what(?:'s| is)\s(?:that|this|it)\sto\syou\b"
    r"|what\sdoes\s(?:that|this|it)\s"
    r"(?:have to do|matter)|why\sdoes\s(?:that|this|it)\smatter|how\sis\s(?:that|this|it)\s(?:relevant|important)"
    r"|what(?:'s| is)\s(?:the (?:point|reason|use)|that (?:needed|used)|this (?:needed|used))\b"
    rf"|what\sdifference\s(?:does|would)\s(?:that|this|it)\smake|who\scares\b|why\?){_REST}"
)


def wish(heard: Said, asked: str | None) -> Wish | None:
    """Return what a reply asks for besides, or instead of, giving facts."""
    heard = heard._replace(low=heard.low[:ASKED_WITHIN])
    low = heard.low
    text = trimmed(low).rstrip("?").strip()
    if _SAME.fullmatch(text) and not (asked == "task_stability" and _STANDS.fullmatch(text)):
        return Wish("same", "", 0, len(low))
    found = _SCRIPT.search(low)
    if found and not _NO_SCRIPT.search(low[: found.start()]):
        return Wish("script", "", 0 if "." not in low[: found.start()] else found.start(), found.end())
    found = _CHANGE.search(low) or _swayed(low)
    if found:
        return Wish("change_mind", "", *found.span())
    found = _WHY_NOT.search(low) or _AGAINST.search(low)
    if found and re.search(r"\w{3}", low[found.start() :].removeprefix("why not")):
        return Wish("why_not", _route(found[0]), *found.span())
    return _define(heard) or _why(low)


def _swayed(low: str) -> re.Match[str] | None:
    """Return where a reply asks what would turn the advice; "what matters most is cost" asks nothing."""
    found = _SWAYED.search(low)
    return found if found and ("?" in low or re.search(r"\byou(?:r)?\b|\bflip\b|\bsway\b", found[0])) else None


def _define(heard: Said) -> Wish | None:
    """Return the term whose meaning is asked for, as it was typed."""
    low = heard.low
    whole = _ALONE.fullmatch(low.strip())
    if whole:
        start = low.index(whole["term"])
        return Wish("define", heard.text[start : start + len(whole["term"])], 0, len(low))
    for pattern in _DEFINES:
        for found in pattern.finditer(low):
            kind, term = next((name, words) for name, words in found.groupdict().items() if words)
            sure = kind in ("known", "heard", "host") or re.fullmatch(_KNOWN, term)
            if _ITSELF.search(term) or (not sure and (_NO_TERM.search(term) or not re.search("[a-z]", term))):
                continue
            return Wish("define", heard.text[slice(*found.span(kind))].strip(".,\"' "), *found.span())
    return None


def _why(low: str) -> Wish | None:
    found = _WHY.search(low)
    return Wish("why", "", *found.span()) if found else None


def _route(words: str) -> str:
    instead = _INSTEAD.search(words)
    named = instead[1] if instead else words
    return next((route for pattern, route in _ROUTES if re.search(pattern, named)), "")
