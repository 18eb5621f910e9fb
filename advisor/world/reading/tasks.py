"""Words for what a program does, and for what it is done for."""

from __future__ import annotations

import re

from advisor.world.reading.term import term

_TEXTS = (
    r"(?:(?:the|our|all|each|every|incoming|customer|user|support|legal|medical|product|online|news|short|long|free|their|these)\s)*"
    r"(?:tickets?|e-?mails?|mails?|messages?|texts?|reviews?|comments?|documents?|docs|posts?|tweets?|complaints?|letters?|requests?"
    r"|articles?|calls?|invoices?|contracts?|transactions?|claims?|reports?|queries|questions?|cvs?|resumes?|pages|notes?|chats?)"
)
_ITEMS = (
    r"(?:names?|dates?|amounts?|fields?|entit(?:y|ies)|items?|address(?:es)?|skills?|prices?|numbers?|terms?|clauses?|totals?"
    r"|parties|persons?|people|compan(?:y|ies)|products?|diagnos[ei]s|drugs?|symptoms?|keywords?|phone numbers?|ingredients?)"
)
_WRITES = (
    r"(?:repl(?:y|ies)|e-?mails?|text|texts|descriptions?|answers?|letters?|reports?|posts?|articles?|cop(?:y|ies)|summar(?:y|ies)"
    r"|stories|headlines?|titles?|responses?|essays?|blurbs?|newsletters?|minutes)"
)

TASK = (
    term(
        "task",
        "classification",
        r"(?:text |ticket |intent |binary |multi-?class |document |email |topic )?classif(?:ication|y|ying|ies|ier|iers|ied)"
        r"|categori[sz](?:e|es|ing|ation)|sentiment(?: analysis| detection)?|spam (?:detection|filter(?:ing)?|or not)"
        r"|intent (?:detection|recognition)|(?:ticket|email|mail|support) (?:sorting|triage|routing|tagging)"
        rf"|(?:sort|rout|tag|triag|assign|label|mov|put|dispatch)(?:s|es|e|ing) {_TEXTS} (?:in|in ?to|to|by|with|under) .{{0,24}}?"
        r"(?:categor(?:y|ies)|class(?:es)?|queues?|teams?|departments?|topics?|buckets?|folders?|labels?|groups?|bins|types?|kinds?)"
        rf"|(?:triag|rout)(?:e|es|ing) {_TEXTS}|(?:tags?|labels?) {_TEXTS} with an? (?:category|label|class|tag|topic)"
        r"|(?:decid|predict|pick|choos|guess|tell|determin|assign|find)(?:e|es|s|ing)? (?:which|the|a|one of (?:the )?\w+) (?:right |best |correct )?"
        r"(?:team|queue|category|class|label|department|topic|intent|sentiment|folder|priority)"
        r"|(?:decid|predict|tell|check|determin|detect)(?:e|es|s|ing)? (?:whether|if) .{3,40}",
        "sure",
    ),
    term(
        "task",
        "classification",
        r"sort(?:s|ing)?|triag(?:e|es|ing)|rout(?:e|es|ing)|moderat(?:ion|es?|ing)|flag(?:s|ging)|(?:spam|fraud|toxicity|bot) detection"
        r"|one of (?:a )?(?:few|several|\w+) (?:classes|categories|labels|buckets|topics|queues)|into (?:one of )?(?:a )?few classes"
        r"|positive or negative",
        "topic",
    ),
    term(
        "task",
        "classification",
        r"categor(?:y|ies)|class(?:es)?|label(?:s|ling|ing)?|tag(?:s|ging)?|which (?:team|queue|category)|detect(?:s|ion|ing)?|spam|buckets",
    ),
    term(
        "task",
        "multi_label",
        r"multi[- _]?label(?: classification)?|(?:several|multiple|many|all|any number of|one or more|some|two or three|up to \w+) (?:the )?"
        r"(?:labels|tags|topics|categories|classes|codes)(?: (?:per|a|an|each|for each|for every|at once|at the same time|to|that apply|"
        r"can apply|may apply|possible|on one|of the same)(?: \w+)?| each| apply)"
        r"|more than one (?:label|tag|category|topic|class|code)|several labels|multiple (?:labels|tags|categories|topics)|each (?:one |of them |text |item )?(?:can |may |could )?(?:have|has|get|gets) (?:several|many|multiple|more than one|one or more|any number of) \w+"
        rf"|{_TEXTS} (?:can|may|could) (?:have|get|carry) (?:several|many|multiple|more than one|two)(?: \w+)?",
        "sure",
    ),
    term(
        "task",
        "multi_label",
        r"(?:several|many|multiple|more than one|one or more) (?:of them )?(?:per|for each|for every|each|at once) ?\w*",
    ),
    term(
        "task",
        "extraction",
        r"(?:entity |information |field |data |key |invoice )?extract(?:ion|s|ing|or)?|named entit(?:y|ies)(?: recognition)?|ner"
        rf"|(?:pull|get|tak|grab|pick|find|fish|lift|spot|collect|read)(?:s|e|es|ing)? (?:out )?(?:all )?(?:the |their )?(?:\w+ )?{_ITEMS}"
        rf"(?:(?:,| and|, and|,? or) (?:the )?(?:\w+ )?{_ITEMS})* (?:out of|from|off|out|in)\b"
        rf"|(?:giv|return|list|find|identif|spot|captur|output|produc)(?:e|es|s|y|ies|ing) (?:me |us |back |all |out )*(?:the )?(?:\w+ )?{_ITEMS}(?:,|,? and) (?:the )?(?:\w+ )?{_ITEMS}",
        "sure",
    ),
    term(
        "task",
        "extraction",
        r"entit(?:y|ies)|pulls? (?:out )?\w+|pull(?:s|ing)? items|find(?:s|ing)? (?:all )?(?:names|entities|items|fields)"
        r"|pulls? .{3,40} (?:out of|from)",
    ),
    term(
        "task",
        "question_answering",
        r"question[- _]answering|q ?& ?a|rag|(?:document|doc|open-domain|multi-?hop) qa|qa (?:system|bot|over|on)"
        r"|answers? (?:\w+ )?(?:\w+ )?(?:questions?|queries)|answering (?:\w+ )?(?:\w+ )?(?:questions?|queries)|answers to (?:\w+ )?(?:questions|queries)",
        "sure",
    ),
    term("task", "question_answering", r"qa|faqs?|multi-?hop(?: questions)?", "topic"),
    term("task", "question_answering", r"questions|questions? about .{3,40}|queries|queries about"),
    term(
        "task",
        "numeric",
        r"(?:math(?:s|ematics|ematical)?|arithmetic|word) (?:word )?problems|(?:predict|estimat|forecast|comput|calculat|return|output|giv|guess)"
        r"(?:s|e|es|ing)? (?:a |the |an? \w+ |the \w+ |how many )?"
        r"(?:numbers?|prices?|values?|amounts?|durations?|quantit(?:y|ies)|ages?|costs?|minutes|hours|days|percentages?|salary|salaries|demand"
        r"|ratings?|weights?)|solves? (?:math|equations|sums)\b|regression(?: task| problem)?",
        "sure",
    ),
    term("task", "numeric", r"numeric(?:al)?|math(?:s)?|numbers?|arithmetic|predicts? (?:a |the )?score"),
    term(
        "task",
        "structured",
        r"structured (?:output|data|records?|json)|(?:json|xml|yaml) (?:output|objects?|records?|documents?)|text[- ]?(?:to|2)[- ]?sql"
        r"|(?:writ|return|output|produc|generat|giv|emit|mak|creat|turn)(?:s|e|es|ing)? .{0,40}?(?:json|sql|xml|yaml)\b"
        r"|fill(?:s|ing)? (?:in |out )?(?:a |the |our |an )?(?:\w+ )?(?:form|schema|template|record)s?"
        r"|match(?:es|ing)? (?:a |our |the )(?:json )?schema",
        "sure",
    ),
    term("task", "structured", r"structured|json|sql|several fields|schema"),
    term(
        "task",
        "free_text",
        r"summari[sz](?:e|es|ation|ing|er|ers)|translat(?:e|es|ion|ions|ing)|free[- _]text|paraphras(?:e|es|ing)|copy ?writing"
        rf"|(?:writ|draft|compos|generat|produc|creat|rewrit)(?:e|es|s|ing) (?!(?:the |our )?training)(?:\w+ ){{0,3}}?{_WRITES}|(?:product|job|meta) descriptions"
        r"|rewrit(?:e|es|ing) .{3,30}|(?:writ|creat|mak)(?:e|es|ing)? summaries",
        "sure",
    ),
    term(
        "task",
        "free_text",
        r"writ(?:e|es|ing)(?: text| replies| emails?| answers)?|drafts?|drafting|repl(?:y|ies)|generat(?:e|es|ion|ing)(?: text)?"
        r"|summar(?:y|ies)|descriptions|text generation",
    ),
    term(
        "task",
        "chat",
        r"(?:multi-?turn|chat) (?:assistant|conversations?|dialogue)|conversational (?:agent|assistant|ai)",
        "sure",
    ),
    term(
        "task",
        "chat",
        r"(?:chat|support|customer service)[- ]?bots?|chat assistant|dialogue system|multi-?turn|voice ?bot",
        "topic",
    ),
    term("task", "chat", r"bot|chat|chats|chatting|conversational|assistant|conversations?|dialogues?"),
)

_OURS = r"(?:our|the|my|their|company|internal|its)"
_FACTS = (
    r"(?:products?|facts?|docs?|documents?|documentation|company|domain|polic(?:y|ies)|prices?|price list|data|catalog(?:ue)?|handbook"
    r"|manuals?|wiki|knowledge|terms|rules|customers?|processes|portfolio|names?|jargon|internals?|procedures?|contracts?|projects?)"
)

GOAL = (
    term(
        "goal",
        "cost",
        r"too (?:damn |bloody |fucking )?(?:expensive|costly|pricey)|cheaper(?: calls| model| to run| inference)?|cost(?:s|ing)? (?:us |me )?"
        r"(?:too much|a fortune|an arm and a leg|way too much|a lot of money)|(?:cut|cutting|reduc(?:e|ing)|lower(?:ing)?|bring(?:ing)? down"
        r"|halv(?:e|ing)|slash(?:ing)?|shrink(?:ing)?|get(?:ting)? down|drop(?:ping)?|decreas(?:e|ing)|minimi[sz](?:e|ing)|trim(?:ming)?)"
        r" (?:on |down )?(?:the |our |my )?(?:\w+ )?(?:costs?|bills?|spend(?:ing)?|expenses?|invoice)|sav(?:e|ing) (?:some |us |a few |a lot of |lots of |a bit of )*(?:money|costs?|cash|bucks|dollars)"
        r"|(?:cost|money) (?:saving|savings|reduction)|spend(?:ing)? less|less expensive|less money|can(?:'t|not) afford"
        r"|(?:bill|invoice|costs?|price|expenses?) (?:is|are|gets?|got|keeps?|has been|of \S+ (?:is|are)) (?:\w+ )?(?:killing|eating|hurting|insane|crazy"
        r"|ridiculous|too (?:high|much|big)|through the roof|out of (?:control|hand)|exploding|going up|growing|painful|burning|an issue|a problem"
        r"|the (?:problem|issue|goal|reason|point))|pay(?:ing)? (?:an arm and a leg|a fortune|too much|way too much|through the nose)|burn(?:s|ing)? (?:money|cash|through)|bleeding money|costs? (?:explode|went through)",
        "sure",
    ),
    term(
        "goal",
        "cost",
        r"costs?(?: reduction)?|money|expensive|economi[sz]e|savings?|(?:the )?bill|(?:the )?price(?: per call)?|costing (?:us )?too much"
        r"|costly|pricey",
        "topic",
    ),
    term("goal", "cost", r"expense|budget|dollars|cheap|pay(?:ing)? less|financial|roi|finance"),
    term(
        "goal",
        "speed",
        r"(?:too|so|very|terribly|painfully|really) (?:damn )?slow(?:ly)?|takes? (?:far |way |much )?(?:too long|forever|ages)|faster(?: calls| answers"
        r"| responses| inference| replies)?|quicker|speed(?:ing)? (?:it |things |this |them )?up|(?:reduc(?:e|ing)|lower(?:ing)?|cut(?:ting)?|improv(?:e|ing)"
        r"|bring(?:ing)? down|decreas(?:e|ing)) (?:the |our )?(?:\w+ )?(?:latency|response times?|waiting times?|delay)"
        r"|latency (?:is|has been|gets?) (?:\w+ )?(?:too (?:high|much|long|bad)|killing|bad|awful|terrible|horrible|a problem|an issue|the (?:problem|issue|goal|point))"
        r"|(?:latency|speed) (?:problem|issue|reasons?)s?|low(?:er)? latency|snappier|wait(?:s|ing)? (?:too|so) long|wait(?:s|ing)? (?:for )?(?:\S+ ){1,3}?(?:seconds|minutes|secs?)|(?:that(?:'s| is)|it(?:'s| is)|which is|is|are) (?:way |far |just |much )?too long|(?:\d+|several|many|ten|five) ?(?:seconds|secs|s|minutes) (?:per|a|for (?:a|an|one|each|every)) (?:call|answer|request|reply|response|ticket|query)|lag(?:s|gy|ging)"
        r"|(?:answers?|responses?|calls?|it|which) (?:is|are|come|comes) (?:too )?late|slow answers|response times? (?:is|are) too \w+",
        "sure",
    ),
    term(
        "goal",
        "speed",
        r"speed|latency|slow|response times?|real[- ]?time|throughput|snappy|quick(?:er)? (?:answers|responses)",
        "topic",
    ),
    term("goal", "speed", r"fast|quick(?:ly)?|instant|milliseconds|slowness|slowly"),
    term(
        "goal",
        "knowledge",
        rf"(?:does(?:n't|nt| not)|did(?:n't| not)|do(?:n't|nt| not)|can(?:'t|not)) (?:really |even )?(?:know|have a clue|understand) (?:about |of |what |who |anything )"
        rf"*(?:(?:that is |that's )?(?:in |about |of )?{_OURS} )(?:\w+ )?{_FACTS}|(?<!i )(?<!we )(?:do(?:es)?(?:n't|nt| not)|did(?:n't| not)) know (?:our|my) \w+"
        rf"|hallucinat(?:es?|ing|ion|ions|ed)(?: .{{0,20}}{_FACTS})?"
        r"|(?<!i )(?<!we )(?<!they )(?<!and )mak(?:es|ing) (?:up )?(?:things|stuff|facts|answers|names|prices|numbers|details|it|them|sources|citations|\w+ \w+|\w+) up"
        r"|(?<!i )(?<!we )(?<!they )mak(?:es|ing) up \w+(?: \w+)?|(?:facts|answers|names|prices|sources|citations|details) (?:are|is) (?:all )?(?:made up|invented)"
        r"|(?<!i )(?<!we )(?<!they )(?:invents|inventing|fabricates|fabricating|confabulates)(?: \w+)?|(?:is|are|be|being|gets?) (?:just |all |simply )?(?:invented|fabricated|made up)"
        rf"|(?:has |have |had |it )?never heard of {_OURS}(?: \w+)? \w+|(?:has|have|having) no (?:idea|clue|knowledge) (?:about|of|what) {_OURS}(?: \w+)? \w+"
        r"|(?:knowledge|training data) (?:cut-?off|is (?:outdated|old|too old))|outdated (?:facts|information|info|knowledge|answers|prices|data)"
        rf"|(?:teach|train|feed|put|get|inject|bake|add|upload|push) (?:it |the model )?(?:with |on |in )?{_OURS} (?:\w+ )?{_FACTS} (?:into|in to) (?:it|the model|its \w+)"
        rf"|teach (?:it|the model|him) (?:about )?{_OURS} (?:\w+ )?{_FACTS}|(?:know|knows|learn|learns|memori[sz]e|memori[sz]es|remember) (?:about )?(?:all )?(?:of )?(?:our|my) (?:\w+ ){{0,2}}?{_FACTS}"
        rf"|(?:lacks?|missing|needs?) (?:the )?(?:domain |company |product |background )?knowledge|(?:gets?|getting|quotes?|quoting|cites?|citing) "
        rf"{_OURS} (?:\w+ )?{_FACTS} wrong|(?:quotes?|cites?|mentions?|recommends?|names?) \w+(?: \w+)? (?:that|which) (?:do(?:es)?(?:n't|nt| not)|did(?:n't| not)) exist"
        r"|knows? nothing (?:about|of) .{3,40}",
        "sure",
    ),
    term(
        "goal",
        "knowledge",
        r"knowledge|facts|does(?:n't| not) know.{0,24}|our (?:docs|documents|products|policies|facts)|up to date|new information"
        r"|look(?:s|ing)? things up|retrieval|(?:wrong|missing|false) facts|outdated|it does not know our facts",
    ),
    term(
        "goal",
        "quality",
        r"more (?:accurate|correct|precise|reliable)(?: answers)?|(?:better|higher) (?:\w+ )?(?:accuracy|quality|scores?|answers?|results?|performance|outputs?"
        r"|precision|predictions?|labels|classification|summaries|extraction|hit rate)|(?:improv(?:e|ing)|increas(?:e|ing)|rais(?:e|ing)|boost(?:ing)?"
        r"|push(?:ing)?(?: up)?|rais(?:e|ing)|lift(?:ing)?) (?:on )?(?:the |our |its |my )?(?:\w+ )?(?:accuracy|quality|scores?|answers?|results?|performance|outputs?|correctness)"
        r"|(?:fewer|less) (?:\w+ )?(?:errors|mistakes|(?:wrong|bad|false) \w+|misclassifications|failures|complaints)|too many (?:errors|mistakes|(?:wrong|bad|false) \w+|misclassifications)"
        r"|(?:accuracy|quality) (?:is|was|are) (?:\w+ )?(?:too low|not (?:good )?enough|not there|bad|poor|terrible|awful|insufficient|lacking|the (?:problem|issue|goal|point))"
        r"|(?:gets?|getting) (?:it|things|them|too many) (?:\w+ )?wrong (?:too )?often|wrong too often|not accurate enough|best possible (?:quality|accuracy|answers?)"
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
        r"(?:answers?|it|results?|outputs?|predictions?|labels?|model) (?:is|are|gets?|comes? out) (?:\w+ )?(?:wrong|bad|incorrect|inaccurate|poor|useless|unreliable|nonsense|rubbish|garbage)"
        r"|better|accurate|improv(?:e|ed|ement|ements|ing)|correct|right more often|reliable|right answers|be right|smarter|not good enough",
    ),
    term("goal", "unknown", r"unknown|open|undecided"),
)

KEEPS = re.compile(
    r"(?:without (?:losing|hurting|giving up|sacrificing|dropping|reducing|lowering|any loss (?:of|in)|(?:a |any )?(?:drop|loss|change) in)"
    r"|(?:keep(?:ing|s)?(?! \w+ing\b)|hold(?:ing|s)?|retain(?:ing|s)?|maintain(?:ing|s)?|preserv(?:e|ing|es))(?: up)?(?: the| our)?(?: same)?"
    r"|same|no (?:loss|drop) (?:of|in)|not (?:so much|really|just|only)|at (?:the )?(?:same|equal)|happy with|fine with|satisfied with|as much as|regardless of"
    r"|instead of|rather than)\s(?:much )?(?:the |our |this |in )?(?:\w+ )?\w+"
)
"""Words after these say what must not get worse, not what the goal is."""
KEPT = re.compile(
    r"\s(?:(?:itself|part|side|level|\w+ wise)\s)?(?:(?:is|are|was|were|seems?|looks?|must|should|has to|can|may)(?:n't| not)?\s(?:already\s|just\s|all\s|quite\s"
    r"|really\s|so\s|pretty\s|totally\s|that\s|stay\s|remain\s|be\s|not\s|the\s|an?\s|no\s|our\s|my\s)*"
    r"(?:fine|ok|okay|good|great|alright|acceptable|sufficient|there|same|issue|problem|concern|matter|object|priority|point|secondary|irrelevant"
    r"|important|as it is|negotiable|goal|excellent|perfect|drop|suffer|worse|like (?:it|today|now)|what it is|unchanged)\b"
    r"|does(?:n't| not) matter|comes second|can wait|stays?\b|as (?:it is|today|now)\b|we (?:have|can live))"
)
"""After a word for a goal: that is as it should be, or no matter."""
COMPLAINT = re.compile(
    r"\b(?:too|the (?:problem|issue|goal|point|reason|priority)|is (?:an? )?(?:problem|issue|priority))\b|\bnot (?:good|accurate|fast|cheap) enough"
)
"""Beside a word for a goal: it is meant after all."""
