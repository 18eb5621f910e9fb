"""More words for what fine-tuning is for: aims told indirectly, complaints, figures of speech."""

from __future__ import annotations

from advisor.world.reading.term import term

_BILL = (
    r"(?:bills?|invoices?|costs?|spend(?:ing)?|expenses?|expenditures?|outlays?|charges|api costs?|price tag"
    r"|token costs?"
    r"|cost per (?:call|ticket|request|answer|document)|unit costs?|opex|run(?:ning)? costs?)"
)
_DOWN = (
    r"(?:down|lower(?:ed)?|smaller|reduced|cut|halved|slashed|trimmed|shrunk|less|under control|decreased"
    r"|minimi[sz]ed|lowered)"
)
_ANSWERS = (
    r"(?:answers?|results?|outputs?|replies|responses?|predictions?|labels?|classification|it|they|quality|accuracy"
    r"|summaries"
    r"|extractions?)"
)
_BETTER = (
    r"(?:better|more (?:accurate|precise|correct|reliable|exact|consistent|trustworthy|useful)|smarter|sharper"
    r"|less wrong)"
)

_HURTS = (
    r"(?:keeps? (?:me|us) (?:up|awake)|hurts?|kills?|is killing|worr(?:y|ies)|bothers?|scares?|annoys?|bugs?|pains?"
    r"|stings?"
    r"|bites?|drives? (?:me|us) \w+|breaks? (?:us|the bank|my heart)|matters|counts|gets? (?:me|us)|sinks?|stinks?"
    r"|sucks"
    r"|is the (?:pain|trouble|problem|issue|thing)|makes (?:me|us|users|everybody|people) \w+)"
)


_BAD = (
    r"(?:(?:\w+ ){0,2}?(?:too (?:\w+ )?\w+|bad|awful|terrible|horrible|poor|low|high|long|slow|insane|crazy"
    r"|ridiculous|unbearable"
    r"|unacceptable|painful|killing \w+|eating \w+.{0,12}|out of (?:control|hand)|through the roof|exploding|growing"
    r"|rising|climbing|going (?:up|through.{0,12})"
    r"|an? (?:\w+ )?(?:problem|issue|pain|nightmare|disaster|joke|mess|concern|worry)|the (?:\w+ )?(?:problem|issue"
    r"|pain|trouble|point)|not (?:good|acceptable|ok|enough|there).{0,12}"
    r"|unsustainable|skyrocketing|doubl\w+|tripl\w+|up again|hurting.{0,12}|what (?:hurts|matters|counts)))"
)


def _is_bad(words: str) -> str:
    """Return a pattern for a complaint: the words, a verb, and something bad."""
    verbs = r"(?:is|are|was|has been|have been|gets?|got|keeps?|kept|has|have|looks?|feels?|just|went|goes|runs?)"
    return rf"(?:{words}) {verbs} {_BAD}"


def _is_it(words: str) -> str:
    """Return a pattern for words that a sentence makes its point: "it's the X that hurts", "X is what kills us"."""
    return (
        rf"(?:it'?s|it is|that'?s|what \w+ (?:us|me) is|mainly|mostly) (?:really |just |mostly |mainly |only |all "
        rf"|about )*(?:the |our |that )?(?:\w+ )?"
        rf"(?:{words})(?: (?:that|which|what)(?:'s| is)? .{{0,30}})?|(?:{words}) (?:that |which |is what |are what "
        rf"|really |simply |just )*{_HURTS}(?: .{{0,20}})?"
    )


_SLOWNESS = r"(?:latency|speed|waiting|wait|delays?|response times?|slowness|lag)"
_RIGHTNESS = r"(?:accuracy|quality|errors|mistakes|wrong \w+|hit rate|correctness)"

MORE_GOALS = (
    term("goal", "cost", _is_it(rf"{_BILL}|money|price") + "|" + _is_bad(rf"{_BILL}|prices?"), "asked"),
    term("goal", "speed", _is_it(_SLOWNESS) + "|" + _is_bad(_SLOWNESS), "asked"),
    term(
        "goal",
        "speed",
        r"before (?:the |an |any )?(?:answers?|repl(?:y|ies)|responses?|results?|it|they) (?:\w+ )?(?:arrives?"
        r"|comes?|answers?|is there|responds?|finish\w*|is done|shows? up|appears?)",
        "asked",
    ),
    term(
        "goal",
        "quality",
        r"(?:gets?|getting|got|has|does) "
        r"(?:(?:the|a|most|half|some|many|our|too|so|all|hard|simple)\s)(?:\w+ ){0,3}wrong(?: .{0,16})?",
        "asked",
    ),
    term("goal", "quality", _is_it(_RIGHTNESS) + "|" + _is_bad(_RIGHTNESS), "asked"),
    term(
        "goal",
        "cost",
        rf"(?:want|need|get|bring|have|like|would like|keep|push|drive|see)(?:s|ing)? (?:\w+ )?(?:the |our |that "
        rf"|this |my )?"
        rf"(?:\w+ ){{0,2}}?{_BILL} (?:to (?:be |go |come |get )?)?{_DOWN}|{_BILL} (?:must|has to|have to|needs? to"
        rf"|should|shall"
        rf"|should be|to) (?:\w+ )?(?:come |go |be |get |drop|fall|shrink|sink)?\s?(?:{_DOWN})?(?= *(?:$|[,.;!]"
        rf"|significantly"
        rf"|drastically|a lot|by|soon|now|this|next))|cost[- ](?:out|cutting|saving|down|reduction|optimi[sz]ation"
        rf"|efficien\w+)"
        rf"(?: (?:play|exercise|project|thing|measure|move))?|(?:h(?:a)?emorrhag|bleed|burn|wast|shovel|throw|pour"
        rf"|los)ing (?:\w+ )?"
        rf"(?:money|cash|dollars|budget)|(?:too much|so much|a lot of|way too much) money|{_BILL} (?:is"
        rf"|are) (?:eating|killing"
        rf"|crushing|ruining|hurting|destroying|exploding|unsustainable|prohibitive|unbearable|insane"
        rf"|excessive)(?: .{{0,20}})?"
        rf"|(?:less|lower|reduced|fewer|smaller) (?:\w+ )?{_BILL}(?: .{{0,16}})?|(?:reduc|lower|cut|halv|slash|shrink"
        rf"|decreas|trim|curb|contain)(?:e|es|ing|ting|"
        rf"ming)? (?:that|this|it|the|our|these)(?: \w+)?(?= *(?:$|[,.;!]))|(?:price|cost|bill)s? (?:is|are)(?:n't"
        rf"| not)(?= *(?:$|[,.;!]))|unit economics|(?:more|be) cheap(?:er)?(?= *(?:$|[,.;!]|to run|to operate))"
        rf"|(?:arriving|getting|gets|become|became|becoming"
        r"|is|are|very|really|so) (?:very |really |so |too )*(?:expensive|costly|pricey)(?! (?:model|one|to (?:label"
        r"|build)))"
        r"|(?:gross )?margins?(?: .{0,12})?|(?:charges?|charging) us (?:too much|a fortune|an arm)|can(?:'t"
        r"|not) (?:afford|pay)"
        r" (?:it|this|that|what|the|so)\b.{0,30}|(?:price|cost)[- ]performance|same (?:quality|accuracy|thing) for less"
        r"|cheap(?:en|ify)\w*|on a (?:tight )?budget",
        "asked",
    ),
    term(
        "goal",
        "cost",
        rf"(?:want|need) (?:it|this|that|the \w+|our \w+|\w+ bill) (?:to (?:go|come|be) )?(?:{_DOWN})(?= *(?:$"
        rf"|[,.;!]))|has to come"
        r" down|must (?:come|go) down|needs to (?:come|go) down",
        "weak",
    ),
    term(
        "goal",
        "quality",
        rf"{_ANSWERS} (?:should|shall|must|has to|have to|needs? to|ought to|to) (?:become |be |get |turn )?{_BETTER}"
        rf"|(?:shall|should"
        rf"|must|to) (?:become|be|get) {_BETTER}|(?:too many|so many|lots of|full of|makes?|making) (?:too many "
        rf"|stupid |silly |many"
        rf" |more )?(?:errors?|mistakes|blunders|slips)|(?:rais|increas|lift|improv|boost|up)(?:e|es|ing)? (?:the "
        rf"|our )?(?:hit rate"
        rf"|success rate|share of (?:right|correct)|correctness|precision|recall|f1|rate)|(?:complain\w*|complaints?"
        rf"|angry|annoyed"
        rf"|tickets) (?:about|over|because of) (?:the )?(?:wrong|bad|poor|incorrect|false|weird|quality)(?: \w+)?"
        rf"|correctness"
        r"|wrong (?:far |way |much )?too often|(?:wrong|bad|poor|incorrect) (?:answers|results|labels|outputs"
        r"|routing)|(?:make|get|have) (?:it|them|the \w+)"
        rf" (?:\w+ )?{_BETTER}|(?:gets?|getting|routed|classified|answered) (?:\w+ )?(?:wrong"
        rf"|incorrectly)(?: .{{0,16}})?"
        r"|(?:right|correct) (?:more|most) (?:often|of the time)|(?:higher|better) (?:hit|success) rates?"
        r"|trust(?:worthy)?"
        r"|(?:not|n't) (?:good|accurate|reliable|precise) enough|as (?:good|accurate|precise) as (?:possible|it gets"
        r"|we can)"
        r"|(?:accuracy|quality|correctness|precision) (?:is|up|higher|counts|matters|first|above all"
        r"|over \w+)(?= *(?:$|[,.;!]))|best (?:possible )?(?:quality|answers|results|accuracy)|excellence"
        r"|squeez\w+ (?:out )?(?:more|the last|a few).{0,24}",
        "asked",
    ),
    term(
        "goal",
        "speed",
        r"(?:users?|customers?|people|agents?|they|we|everybody|clients?|callers?) (?:\w+ )?(?:have to |must "
        r"|need to )?wait(?:s|ing)?"
        r"(?: .{0,24})?|(?:latency|response time|p\d\d(?: latency)?|turnaround|delay|lag) ?(?:is|must|has to"
        r"|needs? to|should|of|at"
        r"|above|over|:|$).{0,30}|p(?:50|90|95|99)(?:\.9)?\b.{0,30}|(?:answer|respond|reply|finish|be done|be back"
        r"|return) (?:with)?in"
        r" (?:under |less than |below )?(?:a |one |two |\d+ ?)?(?:second|sec|s|ms|millisecond|minute)s?|under (?:a"
        r"|one|two|\d+) ?(?:s"
        r"|ms|seconds?|milliseconds?)|(?:arrive|come|comes|arrives|get|returned) (?:far |way |much )?(?:too )?late"
        r"|sluggish|slugg?\w+"
        r"|(?:too|so|awfully|dead|painfully|terribly|unbearably) (?:long|slow)|(?:more|be) (?:quick|fast|rapid"
        r"|responsive)(?:er|ly)?"
        r"|takes (?:\w+ )?(?:too long|forever|ages|\d+ seconds|\d+ ?s|minutes)|time[- ]?outs?|timing out|(?:real"
        r"|near)[- ]?time"
        r"|drags?(?: on)?|snail\w*|crawl(?:s|ing)?",
        "asked",
    ),
    term(
        "goal",
        "knowledge",
        r"(?:is|are)(?:n't| not) (?:\w+ )?(?:familiar|acquainted) with .{3,40}|(?:lacks?|missing|without|short of"
        r"|needs?|no) (?:\w+ )?"
        r"(?:knowledge|context|background|information|understanding)(?: .{0,24})?|(?:keeps? |always |often "
        r"|just )*(?:invent(?:s|ing)"
        r"|fabricat(?:es|ing)|dream(?:s|ing) up|making up|makes up|imagin(?:es|ing)) .{3,40}|(?:has|have|got) (?:no"
        r"|zero|little|not the"
        r" (?:slightest|faintest)) (?:idea|clue|knowledge|notion) (?:about|of|what|how|who) .{3,40}|(?:never|n't"
        r"|not) (?:seen|heard of"
        r"|read|been told about) (?:our|my|the company|internal) .{3,40}|(?:teach|give|tell|learn|know|knows"
        r"|learns)(?:ing)? (?:it |the"
        r" model )?(?:about )?(?:our|my|company|internal|in-house) .{3,40}|ignorant (?:of|about) .{3,30}"
        r"|clueless about .{3,30}"
        r"|(?:out[- ]?dated|stale|old) (?:knowledge|information|facts|prices|data)(?: .{0,12})?"
        r"|doesn't know (?:about )?(?:the|our|what|who).{0,30}",
        "asked",
    ),
)
