"""Words for what fine-tuning is for, and for what only must not get worse."""

from __future__ import annotations

import re

from advisor.world.reading.aims import MORE_GOALS
from advisor.world.reading.term import term

_OURS = r"(?:our|the|my|their|company|internal|its)"
_FACTS = (
    r"(?:products?|facts?|docs?|documents?|documentation|company|domain|polic(?:y|ies)|prices?|price list|data"
    r"|catalog(?:ue)?|handbook"
    r"|manuals?|wiki|knowledge|terms|rules|customers?|processes|portfolio|names?|jargon|internals?|procedures?"
    r"|contracts?|projects?)"
)

GOAL = (
    term(
        "goal",
        "cost",
        r"(?:same|as good|equal|similar)\b[^,.;!?]{0,40}?\b(?:at|for) (?:(?:an?|one) )?(?:half|third|quarter|fifth"
        r"|sixth|eighth|tenth|fraction|\d+(?:st|nd|rd|th|%|/\d+)) ?(?:of )?"
        r"(?:the |our |that )?(?:price|costs?|bill|money|spend)",
        "sure",
    ),
    term(
        "goal",
        "cost",
        r"too (?:damn |bloody |fucking )?(?:expensive|costly|pricey)|cheaper(?: calls| model| to run| inference)?"
        r"|cost(?:s|ing)? (?:us |me )?"
        r"(?:too much|a fortune|an arm and a leg|way too much|a lot of money)|(?:cut|cutting|reduc(?:e|ing)"
        r"|lower(?:ing)?|bring(?:ing)? down"
        r"|halv(?:e|ing)|slash(?:ing)?|shrink(?:ing)?|get(?:ting)? down|drop(?:ping)?|decreas(?:e|ing)"
        r"|minimi[sz](?:e|ing)|trim(?:ming)?)"
        r" (?:on |down )?(?:the |our |my )?(?:\w+ )?(?:costs?|bills?|spend(?:ing)?|expenses?|invoice)|sav(?:e"
        r"|ing) (?:some |us |a few |a lot of |lots of |a bit of )*(?:money|costs?|cash|bucks|dollars)"
        r"|(?:cost|money) (?:saving|savings|reduction)|spend(?:ing)? less|less expensive|less money|can(?:'t"
        r"|not) afford"
        r"|(?:bill|invoice|costs?|price|expenses?)(?: (?:from|for|at|by) [\w-]+(?: [\w-]+)?)? (?:is|are|gets?|got"
        r"|keeps?|has been|of \S+ (?:is"
        r"|are)) (?:\w+ )?(?:killing|eating|hurting|insane|crazy"
        r"|ridiculous|too (?:high|much|big)|through the roof|out of (?:control|hand)|exploding|going up|growing"
        r"|painful|burning|an issue|a problem"
        r"|the (?:problem|issue|goal|reason|point))|pay(?:ing)? (?:an arm and a leg|a fortune|too much"
        r"|way too much|through the nose)|burn(?:s|ing)? (?:money|cash|through)|bleeding money|costs? (?:explode"
        r"|went through)",
        "sure",
    ),
    term(
        "goal",
        "cost",
        r"costs?(?: reduction)?|money|expensive|economi[sz]e|savings?|(?:the )?bill|(?:the )?price(?: per call)?"
        r"|costing (?:us )?too much"
        r"|costly|pricey",
        "topic",
    ),
    term(
        "goal",
        "cost",
        r"expense|budget(?! (?:is|was|should|of|would|for|to)\b)|(?<!\d )dollars|cheap|pay(?:ing)? less|financial|roi"
        r"|finance",
    ),
    term(
        "goal",
        "speed",
        r"(?:too|so|very|terribly|painfully|really) (?:damn )?slow(?:ly)?|takes? (?:far |way |much )?(?:too long"
        r"|forever|ages)|faster(?: calls| answers"
        r"| responses| inference| replies)?|quicker|speed(?:ing)? (?:it |things |this |them )?up|(?:reduc(?:e"
        r"|ing)|lower(?:ing)?|cut(?:ting)?|improv(?:e|ing)"
        r"|bring(?:ing)? down|decreas(?:e|ing)) (?:the |our )?(?:\w+ )?(?:latency|response times?|waiting times?"
        r"|delay)"
        r"|latency (?:is|has been|gets?) (?:\w+ )?(?:too (?:high|much|long|bad)|killing|bad|awful|terrible"
        r"|horrible|a problem|an issue|the (?:problem|issue|goal|point))"
        r"|(?:latency|speed) (?:problem|issue|reasons?)s?|low(?:er)? latency|snappier|wait(?:s|ing)? (?:too"
        r"|so) long|wait(?:s|ing)? (?:for )?(?:\S+ ){1,3}?(?:seconds|minutes|secs?)|(?:that(?:'s| is)|it(?:'s"
        r"| is)|which is|is|are) (?:way |far |just |much )?too long|lag(?:s|gy|ging)"
        r"|(?:answers?|responses?|calls?|which) (?:is|are|come|comes) (?:too )?late|it comes? (?:too )?late"
        r"|slow answers"
        r"|response times? (?:is|are) too \w+",
        "sure",
    ),
    term(
        "goal",
        "speed",
        r"speed|latency|slow|response times?|real[- ]?time|throughput|snappy|quick(?:er)? (?:answers|responses)",
        "topic",
    ),
    term(
        "goal",
        "speed",
        r"(?:\d+|several|many|ten|five) ?(?:seconds|secs|s|minutes) (?:per|a|for (?:a|an|one|each|every)) (?:call"
        r"|answer|request|reply|response|ticket|query)",
    ),
    term("goal", "speed", r"fast|quick(?:ly)?|instant|milliseconds|slowness|slowly"),
    term(
        "goal",
        "knowledge",
        rf"(?:does(?:n't|nt| not)|did(?:n't| not)|do(?:n't|nt| not)|can(?:'t|not)) (?:really |even )?(?:know"
        rf"|have a clue|understand) (?:about |of |what |who |anything )"
        rf"*(?:(?:that is |that's )?(?:in |about |of )?{_OURS} )(?:\w+ )?{_FACTS}"
        rf"|(?<!i )(?<!we )(?:do(?:es)?(?:n't|nt| not)|did(?:n't| not)) know (?:our|my) \w+"
        rf"|hallucinat(?:es?|ing|ion|ions|ed)(?: .{{0,20}}{_FACTS})?"
        r"|(?<!i )(?<!we )(?<!they )(?<!and )mak(?:es|ing) (?:up )?(?:things|stuff|facts|answers|names|prices"
        r"|numbers|details|it|them|sources|citations|\w+ \w+|\w+) up"
        r"|(?<!i )(?<!we )(?<!they )mak(?:es|ing) up (?!(?:about |around |roughly |some |over |more than |almost "
        r"|nearly |only |just )?(?:\d|half\b|most\b|the "
        r"(?:majority|bulk|biggest)|an? (?:third|quarter|fifth|tenth)))\w+(?: \w+)?|(?:facts|answers|names|prices"
        r"|sources|citations"
        r"|details) (?:are|is) (?:all )?(?:made up|invented)"
        r"|(?<!i )(?<!we )(?<!they )(?:invents|inventing|fabricates|fabricating|confabulates)(?: \w+)?|(?:is|are"
        r"|be|being|gets?) (?:just |all |simply )?(?:invented|fabricated|made up)"
        rf"|(?:has |have |had |it )?never heard of {_OURS}(?: \w+)? \w+|(?:has|have|having) no (?:idea|clue"
        rf"|knowledge) (?:about|of|what) {_OURS}(?: \w+)? \w+"
        r"|(?:knowledge|training data) (?:cut-?off|is (?:outdated|old|too old))|outdated (?:facts|information"
        r"|info|knowledge|answers|prices|data)"
        rf"|(?:teach|train|feed|put|get|inject|bake|add|upload|push) (?:it |the model )?(?:with |on "
        rf"|in )?{_OURS} (?:\w+ )?{_FACTS} (?:into|in to) (?:it|the model|its \w+)"
        rf"|teach (?:it|the model|him) (?:about )?{_OURS} (?:\w+ )?{_FACTS}|(?:know|knows|learn|learns|memori[sz]e"
        rf"|memori[sz]es|remember) (?:about )?(?:all )?(?:of )?(?:our|my) (?:\w+ ){{0,2}}?{_FACTS}"
        rf"|(?:lacks?|missing|needs?) (?:the )?(?:domain |company |product |background )?knowledge|(?:gets?"
        rf"|getting|quotes?|quoting|cites?|citing) "
        rf"{_OURS} (?:\w+ )?{_FACTS} wrong|(?:quotes?|cites?|mentions?|recommends?|names?) \w+(?: \w+)? (?:that"
        rf"|which) (?:do(?:es)?(?:n't|nt| not)|did(?:n't| not)) exist"
        r"|knows? nothing (?:about|of) .{3,40}",
        "sure",
    ),
    term(
        "goal",
        "knowledge",
        r"knowledge|facts|does(?:n't| not) know.{0,24}|our (?:docs|documents|products|policies|facts)|up to date"
        r"|new information"
        r"|look(?:s|ing)? things up|retrieval|(?:wrong|missing|false) facts|outdated|it does not know our facts",
    ),
    term(
        "goal",
        "quality",
        r"more (?:accurate|correct|precise|reliable)(?: answers)?|(?:better|higher) (?:\w+ )?(?:accuracy|quality"
        r"|scores?|answers?|results?|performance|outputs?"
        r"|precision|predictions?|labels|classification|summaries|extraction|hit rate)|(?:improv(?:e|ing)"
        r"|increas(?:e|ing)|rais(?:e|ing)|boost(?:ing)?"
        r"|push(?:ing)?(?: up)?|rais(?:e|ing)|lift(?:ing)?) (?:on )?(?:the |our |its |my )?(?:\w+ )?(?:accuracy"
        r"|quality|scores?|answers?|results?|performance|outputs?|correctness)"
        r"|(?:fewer|less) (?:\w+ )?(?:errors|mistakes|(?:wrong|bad|false) \w+|misclassifications|failures"
        r"|complaints)|too many (?:errors|mistakes|(?:wrong|bad|false) \w+|misclassifications)"
        r"|(?:accuracy|quality) (?:is|was|are) (?:\w+ )?(?:too low|not (?:good )?enough|not there|bad|poor"
        r"|terrible|awful|insufficient|lacking|the (?:problem|issue|goal|point))"
        r"|(?:gets?|getting) (?:it|things|them|too many) (?:\w+ )?wrong (?:too )?often|wrong too often"
        r"|not accurate enough|best possible (?:quality|accuracy|answers?)"
        r"|(?:quality|accuracy) problems?|be right more often|more right answers",
        "sure",
    ),
    term(
        "goal",
        "quality",
        r"quality|accuracy|correctness|reliability|good answers|higher scores?|performance|precision",
        "topic",
    ),
    term(
        "goal",
        "quality",
        r"(?:answers?|it|results?|outputs?|predictions?|labels?|model) (?:is|are|gets?"
        r"|comes? out) (?:\w+ )?(?:wrong|bad|incorrect|inaccurate|poor|useless|unreliable|nonsense|rubbish"
        r"|garbage)"
        r"|better|accurate|improv(?:e|ed|ement|ements|ing)|correct(?! (?:figure|number|value|count|one|path|file"
        r"|model|spelling|total)\b)|right more often|reliable|right answers"
        r"|be right|smarter|not good enough",
    ),
    term("goal", "unknown", r"unknown|open|undecided"),
    *MORE_GOALS,
)

KEEPS = re.compile(
    r"(?:without (?:losing|hurting|giving up|sacrificing|dropping|reducing|lowering|any loss (?:of|in)|(?:a "
    r"|any )?(?:drop|loss|change) in)"
    r"|(?:keep(?:ing|s)?(?! \w+ing\b| (?:me|us|everyone|him|her|them|my \w+) (?:up|awake|busy|from))|hold(?:ing|s)?"
    r"|retain(?:ing|s)?|maintain(?:ing|s)?|preserv(?:e|ing"
    r"|es))(?: up)?(?: the| our)?(?: same)?"
    r"|same|no (?:loss|drop) (?:of|in)|not (?:so much|really|just|only)|at (?:the )?(?:same|equal)|happy with"
    r"|fine with|satisfied with|as much as|regardless of"
    r"|instead of|rather than)\s(?:much )?(?:the |our |this |in )?(?:\w+ )?\w+"
)
"""Words after these say what must not get worse, not what the goal is."""
KEPT = re.compile(
    r"\s(?:(?:itself|part|side|level|\w+ wise)\s)?(?:(?:is|are|was|were|seems?|looks?|must|should|has to|can"
    r"|may)(?:n't| not)?\s(?:already\s|just\s|all\s|quite\s"
    r"|really\s|so\s|pretty\s|totally\s|that\s|stay\s|remain\s|be\s|not\s|the\s|an?\s|no\s|our\s|my\s)*"
    r"(?:fine|(?:to|for) us (?:equal|all the same|indifferent|secondary|irrelevant)|equal|indifferent"
    r"|beside the point|ok|okay|good|great|alright|acceptable|sufficient|there|same|issue|problem|concern|matter"
    r"|object"
    r"|priority|point|secondary|irrelevant"
    r"|important|as it is|negotiable|goal|excellent|perfect|drop|suffer|worse|like (?:it|today|now)|what it is"
    r"|unchanged)\b"
    r"|does(?:n't| not) (?:matter|count|play)|plays no|comes second|can wait|stays?\b|as (?:it is|today|now)\b"
    r"|we (?:have|can live))"
)
"""After a word for a goal: that is as it should be, or no matter."""
COMPLAINT = re.compile(
    r"\b(?:too|the (?:problem|issue|goal|point|reason|priority)|is (?:an? )?(?:problem|issue|priority))\b"
    r"|\bnot (?:good|accurate|fast|cheap) enough"
)
"""Beside a word for a goal: it is meant after all."""
