"""Questions back that ask what a term means."""

from __future__ import annotations

import re

from advisor.world.reading.said import Said

START = (
    r"(?:^|(?<=[.!?,;:)–—]\s)|(?<=\s[-–—]\s)|(?<=\bso\s)|(?<=\bbut\s)|(?<=\band\s)|(?<=\bok\s)|(?<=\bwait\s)"
    r"|(?<=\bw8\s)"
    r"|(?<=\bokay\s)|(?<=\bhm\s)|(?<=\bhmm\s)|(?<=\bwell\s)|(?<=\bsorry\s)|(?<=\buh\s)|(?<=\bum\s)|(?<=\bthen\s)"
    r"|(?<=\beh\s)"
    r"|(?<=\bplease\s)|(?<=\bpls\s)|(?<=\bhey\s)|(?<=\bfirst\s))"
)
_END = r"(?=\s*(?:[?!.;](?!\w)|$)|,\s|\s[-–—]\s)"

KNOWN = (
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
    re.compile(START + pattern)
    for pattern in (
        rf"(?:and\s)?what(?:'s|s| is| are|re)?\s(?:(?:the hell|on earth|exactly|again)\s)?(?:is\s|are\s)?(?:a\s"
        rf"|an\s|the\s)?"
        rf"(?P<known>{KNOWN}){_TAIL}{_END}",
        rf"(?:what|wat|wut)\s(?:is\s(?:it\s)?meant\s(?:by|with)|(?:do\s|d'|did\s)?(?:you|u|ya)\smean\s(?:by|with|w/)"
        rf"|(?:is|does)\sthe\smeaning\sof|counts?\sas|qualifies\sas|is\sconsidered)\s(?:a\s|an\s|the\s|the\sword\s)?"
        rf"[\"']?(?P<meant>{_TERM})[\"']?{_TAIL}{_END}",
        rf"what\s(?:do(?:es)?|would|did)\s(?:a\s|an\s|the\s)?[\"']?(?P<does>{_TERM})[\"']?\s"
        rf"(?:mean|stand for|refer to|do)\b{_TAIL}{_END}",
        rf"(?:can you |could you |would you )?(?:please )?(?:explain|define|describe)\s(?:to me |me "
        rf"|us )?(?:what )?(?:a |an |the )?"
        rf"(?P<explain>{_TERM})(?:\s(?:is|are|means|to me|does))?{_TAIL}{_END}",
        rf"(?:the )?(?:meaning|definition)\sof\s(?:a |the )?(?P<of>{_TERM}){_TAIL}{_END}",
        rf"(?:i(?:'ve| have)?\s|we(?:'ve| have)?\s)?never heard of\s(?:a |the )?(?P<heard>{KNOWN}){_END}",
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
    re.compile(START + pattern)
    for pattern in (
        rf"(?:what|wat)\s(?:does|do|is)\s(?:it|that|this|they)\smean(?:ing)?,?\s(?:by )?(?:the |a |an )?"
        rf"[\"']?(?P<meaning>{_TERM})[\"']?{_TAIL}{_END}",
        rf"(?:the )?[\"']?(?P<before>{_TERM})[\"']?,?\s(?:what|wat)\s(?:does|do|is)\s(?:it|that|this"
        rf"|they)\s(?:mean|stand for){_TAIL}{_END}",
        rf"how\s(?:do|would|did|should)\s(?:you|we|i|they|one)\s(?:define|understand|interpret|measure|count)\s(?:a\s"
        rf"|an\s|the\s|the (?:term|word)"
        rf"\s)?[\"']?(?P<how>{_TERM})[\"']?{_TAIL}{_END}",
        rf"how\s(?:is|are)\s(?:a\s|an\s|the\s|the (?:term|word)\s)?[\"']?(?P<isdef>{_TERM})[\"']?\s(?:defined"
        rf"|understood|meant|to be understood)"
        rf"{_TAIL}{_END}",
        rf"(?:(?:can|could|would|will)\s(?:you|someone|somebody)\s|i(?:'d| would)\s(?:like|love|need)\s(?:to (?:know"
        rf"|understand|hear)\s|you to\s)"
        rf"|i (?:want|need) to (?:know|understand)\s|please\s|kindly\s)*(?:please\s|kindly\s|maybe\s|briefly\s"
        rf"|quickly\s|just\s)*(?:tell|explain|clarify"
        rf"|elaborate|define|describe|spell out|enlighten|remind)?(?:\s(?:to\s)?(?:me|us))?(?:\s(?:on|about"
        rf"|for me))?(?:\s(?:the\s)?(?:meaning|definition"
        rf"|term|word|concept|notion)\s(?:of\s)?)?\s?(?:what\s)?(?:exactly\s)?(?:is\s)?(?:exactly\s)?(?:meant\sby\s"
        rf"|you\smean\s(?:by|with)\s)"
        rf"(?:a\s|an\s|the\s)?[\"']?(?P<asked>{_TERM})[\"']?{_TAIL}{_END}",
        rf"(?:(?:can|could|would|will)\s(?:you|someone)\s|please\s|kindly\s)*(?:please\s|kindly\s)?(?:tell|explain"
        rf"|clarify|elaborate|define|describe"
        rf"|remind)(?:\s(?:to\s)?(?:me|us))?(?:\s(?:on|about))?\s(?:the\s(?:meaning|definition|term|word|concept"
        rf"|notion)\s(?:of\s)?|what\s|what's\s)"
        rf"(?:a\s|an\s|the\s)?[\"']?(?P<told>{_TERM})[\"']?(?:\s(?:is|are|means?|stands for|refers to))?{_TAIL}{_END}",
        rf"(?:i(?:'m| am)|we(?:'re| are))\s(?:not|un)\s?(?:so |really |very )?(?:familiar"
        rf"|acquainted)\swith\s(?:the (?:term|word|concept)\s|a\s|the\s)?"
        rf"[\"']?(?P<strange>{_TERM})[\"']?{_TAIL}{_END}",
        rf"(?:what's|what is|what are)\s(?:that|this|it"
        rf"|those),?\s[\"']?(?P<that>{KNOWN}(?:\s\w+)?)[\"']?{_TAIL}{_END}",
        rf"what\s(?:do|would)\s(?:you|we|i)\s(?:understand|mean|count|consider|call|regard|see)\s?(?:by|under|as"
        rf"|with)?\s(?:a\s|an\s|the\s)?[\"']?(?P<under>{_TERM})"
        rf"[\"']?{_TAIL}{_END}",
        rf"[\"']?(?P<sense>{KNOWN})[\"']?\s?(?:in what (?:sense|way|respect)|how exactly|in which sense"
        rf"|by what (?:measure|standard)|according to what|=|:|meaning)\s?\?",
        rf"(?:please\s)?(?:explain|describe|define)\s(?P<plainly>{KNOWN})\b[^?.!]{{0,40}}",
        rf"(?:i(?:'ve| have)?\s|we(?:'ve| have)?\s)?(?:have\s|got\s)?(?:no|not the (?:faintest|slightest))\s(?:clue"
        rf"|idea|notion)\swhat\s(?:a\s|an\s|the\s)?[\"']?"
        rf"(?P<clueless>{_TERM})[\"']?\s(?:is|are|means?|does|do)\b{_TAIL}{_END}",
        rf"(?:i |we )?(?:do not|don't|did not|didn't|cannot|can't) (?:understand|know|get|follow"
        rf"|grasp) (?:the )?(?:word|term|expression|concept|notion|phrase)s? (?:of )?[\"']?(?P<word>{_TERM})[\"']?"
        rf"(?:,\s[^.!]{{0,40}})?{_END}",
        rf"who\sor\swhat\s(?:is|are)\s(?:a\s|an\s|the\s)?(?P<who>{KNOWN}){_TAIL}{_END}",
        rf"(?:by|with|under)\s(?:a\s|an\s|the\s)?[\"']?(?P<by>{KNOWN})[\"']?,?\s(?:you|u)\smean\b[^?]{{0,20}}\?",
        rf"(?:a\s|the\s)?[\"']?(?P<islike>{KNOWN})[\"']?,\s(?:is|are|isn't)\s(?:it|that|this|those"
        rf"|they)\b[^?]{{0,50}}\?",
        rf"when\s(?:you|u)\s(?:say|write|speak of|talk about)\s[\"']?(?P<yousay>{_TERM})[\"']?,?\s(?:do|what|does"
        rf"|is)\b[^?]{{0,60}}\?",
        rf"(?:what|wat)(?:'s|s| is| are)\s(?:a\s|an\s|the\s)?(?P<lol>{KNOWN})(?:\s(?:lol|bro|man|dude|sir|pls|tbh"
        rf"|mate|though|tho))+{_END}",
        rf"(?:please\s|kindly\s)?remind\s(?:me|us)\swhat\s(?:a\s|an\s|the\s)?(?P<remind>{_TERM})\s(?:is|are|means?"
        rf"|was){_TAIL}{_END}",
        rf"(?:what)(?:'s| is| are)\s(?:exactly\s)?(?:a\s|an\s|the\s)?(?P<simply>{KNOWN}(?:\s(?:examples?|rows?|field"
        rf"|column|score))?),\s[^?]{{3,40}}\?",
        rf"(?:what|wat)(?:'s|s| is| are)\s(?:it\s)?meant\s(?:with|by|as)\s(?:a\s|an\s"
        rf"|the\s)?(?P<with>{_TERM}){_TAIL}{_END}",
        rf"(?:the\s)?[\"']?(?P<first>{KNOWN})[\"']?,?\s(?:what(?:'s| is| are| does)\s(?:it|that|this|those"
        rf"|they)\b(?: mean)?|meaning what|as in)"
        rf"{_TAIL}{_END}",
        rf"(?:what|which)\s(?:exactly\s)?(?:is|are)\s(?:exactly\s|actually\s)?meant\s(?:exactly\s)?(?:by"
        rf"|with)\s(?:a\s|an\s|the\s)?[\"']?(?P<meantby>{_TERM})"
        rf"[\"']?{_TAIL}{_END}",
        rf"(?:does|do|would|is)\s[\"']?(?P<does2>{KNOWN})[\"']?\s(?:mean|refer to|include|the same as"
        rf"|count)\b[^?]{{0,60}}\?",
        rf"what\s(?:does|do|would)\s(?:it mean to\s|it mean that\s|it mean for\s)?(?:a\s|an\s"
        rf"|the\s)?[\"']?(?P<gerund>(?:{KNOWN})(?:\s\w+){{0,3}}?)[\"']?\s?"
        rf"(?:mean\b|actually mean|even mean|entail|involve)?{_TAIL}(?:,\s[^?]{{0,40}})?\?",
    )
)
_ALONE = re.compile(rf"(?:what,?\s)?[\"']?(?P<term>{KNOWN})[\"']?\s?(?:\?+|\?*\swhat(?:'s| is) (?:that|this|it)\?*)")
_ITSELF = re.compile(r"(?:that|this|it|you|they|those|these)$")


def term_asked(heard: Said) -> tuple[str, int, int] | None:
    """Return the term whose meaning is asked for, as it was typed."""
    low = heard.low
    whole = _ALONE.fullmatch(low.strip())
    if whole:
        start = low.index(whole["term"])
        return heard.text[start : start + len(whole["term"])], 0, len(low)
    for pattern in _DEFINES:
        for found in pattern.finditer(low):
            kind, term = next((name, words) for name, words in found.groupdict().items() if words)
            sure = kind in ("known", "heard", "host") or re.fullmatch(KNOWN, term)
            if _ITSELF.search(term) or (not sure and (_NO_TERM.search(term) or not re.search("[a-z]", term))):
                continue
            return heard.text[slice(*found.span(kind))].strip(".,\"' "), *found.span()
    return None
