"""More words for what fine-tuning is for: aims told indirectly, complaints, figures of speech."""

from __future__ import annotations

from advisor.world.reading.term import term

_BILL = (
    r"(?:bills?|invoices?|costs?|spend(?:ing)?|expenses?|expenditures?|outlays?|charges|api costs?|price tag|token costs?"
    r"|cost per (?:call|ticket|request|answer|document)|unit costs?|opex|run(?:ning)? costs?)"
)
_DOWN = (
    r"(?:down|lower(?:ed)?|smaller|reduced|cut|halved|slashed|trimmed|shrunk|less|under control|decreased|minimi[sz]ed|lowered)"
)
_ANSWERS = (
    r"(?:answers?|results?|outputs?|replies|responses?|predictions?|labels?|classification|it|they|quality|accuracy|summaries"
    r"|extractions?)"
)
_BETTER = r"(?:better|more (?:accurate|precise|correct|reliable|exact|consistent|trustworthy|useful)|smarter|sharper|less wrong)"

MORE_GOALS = (
    term(
        "goal",
        "cost",
        rf"(?:want|need|get|bring|have|like|would like|keep|push|drive|see)(?:s|ing)? (?:\w+ )?(?:the |our |that |this |my )?"
        rf"(?:\w+ ){{0,2}}?{_BILL} (?:to (?:be |go |come |get )?)?{_DOWN}|{_BILL} (?:must|has to|have to|needs? to|should|shall"
        rf"|should be|to) (?:\w+ )?(?:come |go |be |get |drop|fall|shrink|sink)?\s?(?:{_DOWN})?(?= *(?:$|[,.;!]|significantly"
        rf"|drastically|a lot|by|soon|now|this|next))|cost[- ](?:out|cutting|saving|down|reduction|optimi[sz]ation|efficien\w+)"
        rf"(?: (?:play|exercise|project|thing|measure|move))?|(?:h(?:a)?emorrhag|bleed|burn|wast|shovel|throw|pour|los)ing (?:\w+ )?"
        rf"(?:money|cash|dollars|budget)|(?:too much|so much|a lot of|way too much) money|{_BILL} (?:is|are) (?:eating|killing"
        rf"|crushing|ruining|hurting|destroying|exploding|unsustainable|prohibitive|unbearable|insane|excessive)(?: .{{0,20}})?"
        r"|unit economics|(?:more|be) cheap(?:er)?(?= *(?:$|[,.;!]|to run|to operate))|(?:arriving|getting|gets|become|became|becoming"
        r"|is|are|very|really|so) (?:very |really |so |too )*(?:expensive|costly|pricey)(?! (?:model|one|to (?:label|build)))"
        r"|(?:gross )?margins?(?: .{0,12})?|(?:charges?|charging) us (?:too much|a fortune|an arm)|can(?:'t|not) (?:afford|pay)"
        r" (?:it|this|that|what|the|so)\b.{0,30}|(?:price|cost)[- ]performance|same (?:quality|accuracy|thing) for less"
        r"|cheap(?:en|ify)\w*|on a (?:tight )?budget",
        "asked",
    ),
    term(
        "goal",
        "cost",
        rf"(?:want|need) (?:it|this|that|the \w+|our \w+|\w+ bill) (?:to (?:go|come|be) )?(?:{_DOWN})(?= *(?:$|[,.;!]))|has to come"
        r" down|must (?:come|go) down|needs to (?:come|go) down",
        "weak",
    ),
    term(
        "goal",
        "quality",
        rf"{_ANSWERS} (?:should|shall|must|has to|have to|needs? to|ought to|to) (?:become |be |get |turn )?{_BETTER}|(?:shall|should"
        rf"|must|to) (?:become|be|get) {_BETTER}|(?:too many|so many|lots of|full of|makes?|making) (?:too many |stupid |silly |many"
        rf" |more )?(?:errors?|mistakes|blunders|slips)|(?:rais|increas|lift|improv|boost|up)(?:e|es|ing)? (?:the |our )?(?:hit rate"
        rf"|success rate|share of (?:right|correct)|correctness|precision|recall|f1|rate)|(?:complain\w*|complaints?|angry|annoyed"
        rf"|tickets) (?:about|over|because of) (?:the )?(?:wrong|bad|poor|incorrect|false|weird|quality)(?: \w+)?|correctness"
        r"|(?:wrong|bad|poor|incorrect) (?:answers|results|labels|outputs|routing)|(?:make|get|have) (?:it|them|the \w+)"
        rf" (?:\w+ )?{_BETTER}|(?:gets?|getting|routed|classified|answered) (?:\w+ )?(?:wrong|incorrectly)(?: .{{0,16}})?"
        r"|(?:right|correct) (?:more|most) (?:often|of the time)|(?:higher|better) (?:hit|success) rates?|trust(?:worthy)?"
        r"|(?:not|n't) (?:good|accurate|reliable|precise) enough|as (?:good|accurate|precise) as (?:possible|it gets|we can)"
        r"|best (?:possible )?(?:quality|answers|results|accuracy)|excellence|squeez\w+ (?:out )?(?:more|the last|a few).{0,24}",
        "asked",
    ),
    term(
        "goal",
        "speed",
        r"(?:users?|customers?|people|agents?|they|we|everybody|clients?|callers?) (?:\w+ )?(?:have to |must |need to )?wait(?:s|ing)?"
        r"(?: .{0,24})?|(?:latency|response time|p\d\d(?: latency)?|turnaround|delay|lag) ?(?:is|must|has to|needs? to|should|of|at"
        r"|above|over|:|$).{0,30}|p(?:50|90|95|99)(?:\.9)?\b.{0,30}|(?:answer|respond|reply|finish|be done|be back|return) (?:with)?in"
        r" (?:under |less than |below )?(?:a |one |two |\d+ ?)?(?:second|sec|s|ms|millisecond|minute)s?|under (?:a|one|two|\d+) ?(?:s"
        r"|ms|seconds?|milliseconds?)|(?:arrive|come|comes|arrives|get|returned) (?:far |way |much )?(?:too )?late|sluggish|slugg?\w+"
        r"|(?:too|so|awfully|dead|painfully|terribly|unbearably) (?:long|slow)|(?:more|be) (?:quick|fast|rapid|responsive)(?:er|ly)?"
        r"|takes (?:\w+ )?(?:too long|forever|ages|\d+ seconds|\d+ ?s|minutes)|time[- ]?outs?|timing out|(?:real|near)[- ]?time"
        r"|drags?(?: on)?|snail\w*|crawl(?:s|ing)?",
        "asked",
    ),
    term(
        "goal",
        "knowledge",
        r"(?:is|are)(?:n't| not) (?:\w+ )?(?:familiar|acquainted) with .{3,40}|(?:lacks?|missing|without|short of|needs?|no) (?:\w+ )?"
        r"(?:knowledge|context|background|information|understanding)(?: .{0,24})?|(?:keeps? |always |often |just )*(?:invent(?:s|ing)"
        r"|fabricat(?:es|ing)|dream(?:s|ing) up|making up|makes up|imagin(?:es|ing)) .{3,40}|(?:has|have|got) (?:no|zero|little|not the"
        r" (?:slightest|faintest)) (?:idea|clue|knowledge|notion) (?:about|of|what|how|who) .{3,40}|(?:never|n't|not) (?:seen|heard of"
        r"|read|been told about) (?:our|my|the company|internal) .{3,40}|(?:teach|give|tell|learn|know|knows|learns)(?:ing)? (?:it |the"
        r" model )?(?:about )?(?:our|my|company|internal|in-house) .{3,40}|ignorant (?:of|about) .{3,30}|clueless about .{3,30}"
        r"|(?:out[- ]?dated|stale|old) (?:knowledge|information|facts|prices|data)(?: .{0,12})?|doesn't know (?:about )?(?:the|our|what|who).{0,30}",
        "asked",
    ),
)
