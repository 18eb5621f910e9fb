"""Shares that are no score: of the most frequent label, and the most any model can reach."""

from __future__ import annotations

import re

from advisor.domain.facts import Fact, Range
from advisor.world.reading.places import Place, clause_start, told
from advisor.world.reading.said import Said

_LABEL = r"(?:class|label|category|queue|topic|answer|one|value|bucket|intent|tag|group|type|kind)"
_BIGGEST = (
    r"(?:biggest|largest|most (?:frequent|common|popular|prevalent)|majority|main|dominant|dominating|top|commonest"
    r"|predominant|default|prevailing)"
)
_ROWS = (
    r"(?:of (?:them|it|all|everything|these|those|(?:(?:the|our|all|these|my|its|teh) )*(?:\w+ )?(?:data(?:set)?"
    r"|rows?|tickets?"
    r"|examples?|texts?|e-?mails?|messages?|samples?|cases?|records?|documents?|answers|labels|reviews?|comments?"
    r"|items?"
    r"|calls?|entries|traffic|volume|requests?|queries|instances?|claims?|transcripts?|posts?|(?!users|people"
    r"|customers|clients|testers|agents|colleagues|times|us\b)\w+s)))"
)
_MAJORITY = re.compile(
    rf"\b{_BIGGEST} (?:single )?{_LABEL}\b[^,;]{{0,36}}$|\bmajority(?: share| vote| baseline| guess(?:er"
    rf"|ing)?)?\s?(?:is|:|="
    rf"|of|at|about|has|gets|gives|would (?:be|get|give|score))?\s?$"
    rf"|\b(?:just |only |simply )?(?:always |constantly |blindly )(?:saying|guessing|answering|predicting|picking"
    rf"|choosing"
    rf"|say|guess|answer|predict|pick|choose)\b[^,;]{{0,40}}$|\b{_LABEL}s? [\"'][\w /&-]{{1,40}}[\"'] (?:alone "
    rf"|by itself )?"
    rf"(?:is|has|covers|makes up|accounts for|takes|holds|contains|gets|with|at|makes|represents)\b[^,;]{{0,20}}$"
    rf"|^\W*(?:the )?{_BIGGEST} (?:is |has |with |holds |takes )[^,;]{{0,16}}$"
)
_IN = r"(?:in |in ?to |to |under |within |on |of |as |at )?"
_ARE = (
    r"(?:are|is|were|was|r|belong|belongs|go|goes|fall|falls|land|lands|have|has|carry|carries|end up|sit|sits|share"
    r"|bear|get"
    r"|gets|got|come|comes|coming|are coming|are falling|falling|going|landing|being|consist|show|shows)"
)
_QUOTED = r"[\"'][\w /&-]{1,40}[\"']"
_MAJORITY_AFTER = re.compile(
    rf",?\s?(?:{_ROWS} )?(?:{_ARE}\s){{1,2}}(?:all |just |only |simply |labell?ed |tagged |marked |classified "
    rf"|annotated |the "
    rf"|of |as |coming |falling |going |put )*{_IN}(?:just |only )?(?:(?:the |a |in )*(?:same|one|single"
    rf"|{_BIGGEST})(?: \w+)?"
    rf"|(?:the |a |called |named |label |class |category )*(?:{_LABEL}\b|{_QUOTED}))"
    rf"|\s?(?:is|are) (?:the )?{_BIGGEST} {_LABEL}|\s?{_ROWS} (?:is|are|r|were|was) (?:labell?ed|tagged|marked"
    rf"|annotated"
    rf"|classified)(?: as)? (?!by|yet|so|now|already|with|manually|correctly|wrong|and|or|only|in|at|for"
    rf"|usable)[\w'\"/-]{{2,30}}"
    rf"(?=\s*(?:$|[.,;!?]))|\s?{_ROWS} (?:is|are|r|were) (?!right|correct|wrong|ok|okay|fine|good|bad|labell?ed"
    rf"|usable|empty"
    rf"|done|missing|duplicates?|accurate|annotated|unlabell?ed|false|tagged|sure|broken|spam)(?:just |only "
    rf"|plain )?[\"']?[\w-]"
    rf"{{2,24}}[\"']?(?=\s*(?:$|[.,;!?]))"
)
_MOST_NAMED = re.compile(rf"\b{_BIGGEST} (?:single )?{_LABEL}\b")
_THAT_IS = re.compile(
    r"\W*(?:(?:that|this|it|which|and|with|about|around|roughly|is|are|s|has|makes?|up|at|covers?|some|comes?|to"
    r"|accounts?"
    r"|for|takes?|there|of|approximately|nearly|almost|over|circa|ca)\b\W*)*"
)
_MAJORITY_OF = re.compile(rf"\s?{_ROWS}\b")
_MAKES_UP = re.compile(
    r"\b(?:class|label|category|intent|queue|topic)\s(?:called |named )?[\"']?[\w-]{2,24}[\"']? (?:alone"
    r" )?(?:makes up"
    r"|accounts for|covers|is|has|takes up|represents)\b[^,;]{0,12}$"
)
_CANNOT = (
    r"(?:can't|cannot|can not|could not|couldn't|never|nobody (?:can|could|will)|(?:no|not even an?"
    r"|no single) (?:\w+ )?(?:model"
    r"|human|person|system|one|classifier|llm)s? (?:can|could|will|would|is able to|ever)|nothing (?:can|could|will)"
    r"|impossible to|unable to|won't)"
)
_CEILING = re.compile(
    rf"\b(?:ceiling|upper (?:bound|limit)|theoretical (?:max\w*|limit|best)|best (?:possible|reachable|achievable"
    rf"|attainable|any"
    rf"|score (?:any|a|possible|that))\b|max(?:imum)? (?:possible|reachable|achievable|attainable|score"
    rf"|accuracy) (?:any|is|a)?"
    rf"|(?:at best|at most|no more than|not more than|only up to|max(?:imum)?)(?= (?:\S+ )?\S+ (?:is|are"
    rf"|can be) (?:reach|attain"
    rf"|achiev|possible|feasible))|{_CANNOT} (?:ever )?(?:get |go |be |do |reach |score |exceed |beat |surpass "
    rf"|achieve |hit "
    rf"|attain |come |climb |rise )*(?:above|over|higher than|better than|more than|beyond|past|exceed|beat)?"
    rf"|(?:noise|errors?|disagreements?|ambiguity|labels?) (?:caps?|limits?|bounds?|restricts?|puts?)\b(?: (?:us|it"
    rf"|you|any|the"
    rf"|every|model|models|score|accuracy|a|cap|limit|everything|things|anybody))*(?: at| to)?)\b[^,;]{{0,24}}$"
    rf"|\b(?:annotators?|humans?|people|labell?ers|raters|experts?|reviewers|two (?:people|of us"
    rf"|colleagues))(?: themselves)?"
    rf" (?:only |just |already |also )*(?:agree|agreed|agreeing|reach|reached)(?: with (?:each other|one another"
    rf"|themselves))?"
    rf"(?: only| just)?(?: on| in| at| for| about)?(?: only| just)?[^,;\d]{{0,14}}$"
    rf"|\b(?:(?:inter-?)?(?:annotator|rater|coder|human|labell?er)s?[- ])+agreement\b[^,;\d]{{0,20}}$"
    rf"|\bagreement (?:between|among"
    rf"|of) [^,;\d]{{3,40}}$|\bcapped at\b[^,;\d]{{0,12}}$"
)
CEILING_AFTER = re.compile(
    r"\s?(?:,\s)?(?:is|would be|'s|was) (?:about |probably |simply |therefore |then |already )?(?:the )?(?:absolute "
    r"|theoretical"
    r" |practical |natural |hard )?(?:most|best|max(?:imum)?|ceiling|cap\b(?! on the budget)|upper (?:bound|limit)"
    r"|highest|as (?:good"
    r"|high|far) as|what (?:any|a perfect|the best))\b(?! (?:we need|of our needs))(?: (?:any|a|the|it|we|you"
    r"|anybody))?"
    r"|\s?(?:no|not even an?) (?:\w+ )?(?:model|system|human|one)s? (?:can|could|will|would)|\s?(?:is|are|as"
    r"|would be) (?:for |by |with )?(?:no|any) (?:\w+ )?(?:model|system|human|one)s? (?:reachable"
    r"|attainable"
    r"|possible|achievable|to reach)|\s?(?:is|are|would be|seems) (?:simply |just |physically )?(?:impossible"
    r"|not (?:possible"
    r"|reachable|attainable|achievable|feasible)|unreachable|unattainable|out of reach)|\s?(?:is"
    r"|are) (?:the )?(?:attainable"
    r"|reachable|achievable)\b|\s?(?:at best|at the (?:very )?best) (?:because|since|for|is|can)"
)


def share(said: Said, place: Place, value: float | Range) -> tuple[Fact, ...]:
    """Return a share that is no score: of the most frequent label, or the most any model can reach."""
    lead = said.low[place.amount.start : place.amount.numeral.start]
    before = place.before + lead
    quoted = re.search(
        r"(?:^|\s)[\"'][\w /&-]{1,40}[\"'] (?:alone |by itself )?(?:is|has|makes up|accounts for|covers)(?: \w+)?\s?$",
        said.low[: place.amount.start][-60:] + lead,
    )
    agreed = re.search(r"\bagree", before) is None or place.amount.percent or place.amount.out_of is not None
    if (agreed and _CEILING.search(before)) or CEILING_AFTER.match(place.after):
        return (told(said, "accuracy_ceiling", value, clause_start(said, place), place.amount.end),)
    clause = re.split(r"[,;.!?\n]\s", said.low[max(0, place.amount.start - 60) : place.amount.start])[-1] + lead
    most = (
        _MAJORITY.search(before)
        or _MAJORITY.search(clause)
        or (_MAKES_UP.search(before) and _MAJORITY_OF.match(place.after))
        or (quoted and _MAJORITY_OF.match(place.after))
    )
    after = re.sub(r"^\s?,", "", said.low[place.amount.end : place.amount.end + 80])
    named = not re.search(r"\d", place.previous) and _MOST_NAMED.search(place.previous) and _THAT_IS.fullmatch(before)
    if place.amount.percent and (most or named or _MAJORITY_AFTER.match(after)):
        return (told(said, "majority_share", value, clause_start(said, place), place.amount.end),)
    return ()
