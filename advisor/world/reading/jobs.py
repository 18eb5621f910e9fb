"""More words for what a program does, as people tell it who never read a paper."""

from __future__ import annotations

from advisor.world.reading.term import term

_THING = (
    r"(?:tickets?|e-?mails?|mails?|messages?|texts?|reviews?|comments?|documents?|docs|posts?|tweets?|complaints?"
    r"|letters?"
    r"|requests?|articles?|calls?|invoices?|contracts?|transactions?|claims?|reports?|queries|questions?|cvs?"
    r"|resumes?|pages"
    r"|notes?|chats?|abstracts?|papers?|products?|items?|alerts?|logs?|records?|sentences?|paragraphs?|patients?"
    r"|cases?|books?"
    r"|songs?|recipes?|it|them|each|every one|one)"
)
_BINS = (
    r"(?:categor(?:y|ies)|class(?:es)?|queues?|teams?|departments?|topics?|buckets?|folders?|labels?|groups?|bins"
    r"|types?|kinds?"
    r"|intents?|codes?|tags?|headings?|sections?|levels?|priorit(?:y|ies)|sentiments?|severit(?:y|ies)|drawers?|piles?)"
)
_MANY = (
    r"(?:any (?:subset|number|combination)|several|multiple|more than one|one or more|a (?:set|list|subset|bunch)"
    r"|many|various)"
)

_ASPECT = (
    r"(?:language|sentiment|intent|topic|categor(?:y|ies)|type|kind|sort|urgency|severity|emotions?|tone|genre"
    r"|subject|priority"
    r"|class|mood|risk|stance|spam|toxicity|department|team|queue|code|status|polarity|relevance|difficulty)"
)
_EACH = r"(?:each|every|an?|all|any|incoming|the|our|new)"
_UNITS = (
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|euros?|dollars?|kilos?|kg|grams?|met(?:er|re)s?|km|miles"
    r"|percent|calories)"
)

MORE_TASKS = (
    term(
        "task",
        "classification",
        rf"(?:pick|choos|select|find|decid|determin|guess|suggest|recommend)(?:e|es|s|ing)? (?:on |out )?(?:the "
        rf"|a )?(?:right|best|correct"
        rf"|fitting|appropriate|proper|matching) \w+ (?:for|to) {_EACH}\b.{{0,24}}|(?:determin|detect|identif"
        rf"|recogni[sz]|predict|judg|guess|rat|assess"
        rf"|assign|giv|attach|put|set|add|attribut)(?:e|es|s|ies|y|ing)? (?:the |an? |one |exactly one "
        rf"|its )?(?:\w+ )?{_ASPECT}s?\b(?: (?:of|in|to|on|for|per)"
        rf" .{{0,30}}| level| label| code)?|(?:pick|choos|select|decid)(?:e|es|s|ing)? (?:on |exactly |only )*(?:one"
        rf"|1) of (?:them|those|these|\d+|the \w+)"
        rf"|(?:which|what) \w+ (?:does|do|is|are|it|a|an|the)\b (?!.*\?).{{3,30}}|(?:exactly|only"
        rf"|just) one (?:\w+ )?(?:per|for|to|of) .{{2,24}}|(?:sort|bin|group|split|divid"
        rf"|separat)(?:e|es|s|ing)? (?:the |our |all |incoming |every |each )*\w+"
        rf" (?:by|into|from|in) .{{2,30}}|\w+ (?:or|vs\.?) (?:not|no \w+)(?= *(?:$|[,.;]))",
        "asked",
    ),
    term(
        "task",
        "extraction",
        r"(?:get|tak|pull|read|return|find|giv|list|collect|grab|copy|captur|identif|fetch|output)(?:e|es|s|ies"
        r"|ing)? (?:out |me |us |back )?(?:the |all )?"
        r"\w+(?:, (?:the )?\w+)*,? and (?:the )?\w+ (?:out of|from|off|in|of) (?:an? |the |our |each |every "
        r"|all )?\w+(?: .{0,20})?",
        "asked",
    ),
    term(
        "task",
        "extraction",
        r"\w+(?:, (?:the )?\w+)*,? and (?:the )?\w+ (?:out of|from) (?:an? |the |our |each |every )\w+(?: .{0,12})?",
        "asked",
    ),
    term(
        "task",
        "numeric",
        rf"(?:predict|estimat|forecast|comput|calculat|guess|tell|say|giv|return|output)(?:e|es|s|ing)? (?:back "
        rf"|out )?(?:the |a |an |how )?.{{2,40}} (?:in|as) (?:an? "
        rf"|whole |full )?(?:{_UNITS}|numbers?|figures?)\b(?: .{{0,12}})?",
        "asked",
    ),
    term(
        "task",
        "free_text",
        r"(?:mak|do|creat|produc|prepar|spit|render)(?:e|es|s|ing)? (?:out |up |us |me )?(?:the |a |an |our "
        r"|short |nice |new )*(?:\w+ )?(?:blurbs?|texts?|summar\w+|e-?mails?"
        r"|repl(?:y|ies)|letters?|articles?|posts?|descriptions?|copy|paragraphs?|reports?|stories|poems?"
        r"|translations?|minutes|slogans?|captions?|titles?"
        r"|headlines?|newsletters?)(?: .{0,24})?",
        "asked",
    ),
    term(
        "task",
        "multi_label",
        r"all (?:the |of the )?\w+ (?:that|which) (?:fit|apply|match|are relevant|belong|suit|hold|are true)"
        r"|as many \w+ as .{3,24}",
        "sure",
    ),
    term(
        "task",
        "multi_label",
        rf"(?:{_THING}) (?:\w+ )?(?:can|may|could|might|will|often|usually|sometimes) (?:\w+ )?(?:have|get|carry"
        rf"|receive|belong to"
        rf"|fall (?:in|under)(?:to)?|bear|be (?:assigned|given|tagged with)|take"
        rf"|hold) {_MANY}\b(?: of)?(?: .{{0,24}})?|any subset of .{{0,30}}"
        rf"|(?:assign|give|attach|tag|put|add|apply|predict|pick|choos)(?:e|es|s"
        rf"|ing)? {_MANY} (?:of )?(?:\w+ )?{_BINS}(?: .{{0,20}})?"
        rf"|(?:not|n't) mutually exclusive|all (?:the )?(?:applicable|matching|fitting|relevant) {_BINS}",
        "sure",
    ),
    term(
        "task",
        "classification",
        rf"(?:assign|giv|sort|put|rout|send|mov|fil|forward|dispatch|mark|bin|slot|group|label|divid|distribut"
        rf"|allocat|map)"
        rf"(?:e|es|s|ing)? (?:each |every |an? |all |incoming |the |our |new "
        rf"|customer )*(?:{_THING} )?(?:\w+ )?(?:one of|exactly one of|to one of"
        rf"|into one of|(?:in|on)to|in) (?:the |our )?(?:\w+ )?(?:\w+ )?{_BINS}(?: .{{0,24}})?|one of (?:the "
        rf"|our )?\w+ (?:\w+ )?{_BINS}"
        rf"(?: (?:to|for|per) (?:each|every|an?|the) \w+)?|(?:decid|tell|determin|predict|judg|detect|check|guess"
        rf"|say)(?:e|es|s|ing)?"
        r" (?:whether|if|which|what (?:kind|type|sort|category)|how (?:urgent|severe|serious)|between) .{3,50}|(?:yes"
        r"|true|spam|good|urgent"
        r"|fraud|positive|relevant) (?:or|/) (?:no|false|ham|bad|not|legit|negative|irrelevant)\w*(?: \w+)?|tri(?:age"
        r"|aging)"
        r"|(?:urgency|priority|severity|sentiment|intent|language|topic|emotion|toxicity|spam|churn"
        r"|risk) (?:detection|prediction"
        r"|recognition|tagging|labell?ing|classif\w+|assignment|scoring)|page, ticket or drop",
        "asked",
    ),
    term(
        "task",
        "numeric",
        r"(?:how (?:many|much|long|old|far|high)|number of|amount of|count of) .{3,50}|(?:estimat|predict|forecast"
        r"|comput|calculat|guess"
        r"|rat|scor|count|quantif|apprais|valu)(?:e|es|s|ing|y|ies) (?:how (?:many|much|long|old)|the (?:number"
        r"|amount|price|value|cost"
        r"|duration|length|age|total)|prices?|hours|days|years|minutes).{0,40}|(?:gives?|returns?|outputs?|says?"
        r"|produces?) (?:back )?(?:a"
        r" |the |one )?(?:number|figure|amount|quantity|value|price|score)\b.{0,50}",
        "asked",
    ),
    term(
        "task",
        "free_text",
        r"(?:writes?|drafts?|composes?|words|formulates?|pens?|authors?|prepares?|crafts?) (?:the |a |an |our |up "
        r"|out )*(?:\w+ ){0,3}?(?:answers?"
        r"|replies|reply|response|responses|e-?mails?|mails?|letters?|text|texts|notes?|reports?|posts?|articles?"
        r"|summar\w+|minutes|copy"
        r"|descriptions?|paragraphs?|stories|poems?|proposals?|messages?|comments?|documentation|offers?"
        r"|news)(?: .{0,24})?|(?:condens|shorten"
        r"|abridg|boil|compress|sum|rephras|reword|simplif|polish|translat|paraphras)(?:e|es|s|ing|y"
        r"|ies)\b(?: .{0,40})?|(?:gist|tl;?dr|abstract"
        r"|synopsis|summary) (?:of|for) .{3,30}|release notes|(?:cover|reply|motivation) letters?",
        "asked",
    ),
    term(
        "task",
        "extraction",
        r"(?:find|pull|fish|spot|lift|collect|pick|get|gather|locat|identif|mark|highlight|dig|read|list|grab|tak"
        r"|harvest|captur|recogni[sz])"
        r"(?:e|es|s|ing|y|ies)? (?:out |up |off )?(?:all |every |any |the |each |relevant "
        r"|important )*(?:\w+ ){0,2}?(?:names?|dates?|amounts?"
        r"|entit(?:y|ies)|mentions?|addresses|numbers|ids?|iban|terms|clauses|drugs?|symptoms|skills|prices|keywords"
        r"|parties|companies"
        r"|people|persons|products|places|locations|deadlines|totals|values|fields|references|citations"
        r"|genes)(?: .{0,40})?",
        "asked",
    ),
    term(
        "task",
        "question_answering",
        r"(?:customers?|users?|people|employees|staff|students?|somebody|someone|you|they|clients?|patients?|agents?"
        r"|colleagues) asks?\b.{0,24}"
        r"\b(?:it|and|the \w+|which) (?:\w+ )?(?:answers?|replies|responds|looks|tells|finds)\b.{0,40}"
        r"|answers? (?:what|whatever|them|people"
        r"|users?|customers?|staff|employees)\b.{0,40}|(?:ask|asking) (?:it |our |the )?(?:\w+ )?(?:questions"
        r"|anything|docs|documents|manual)"
        r".{0,24}|(?:help ?desk|faq|knowledge base|manual|handbook) (?:bot|search|answers?|questions?|assistant)",
        "asked",
    ),
    term(
        "task",
        "structured",
        r"(?:turn|convert|transform|pars|map|translat|mak|generat|return|output|writ|produc|emit|creat|fill)(?:e|es|s"
        r"|ing)? .{0,40}?\b(?:json|sql"
        r"|xml|yaml|csv|a (?:form|record|table|schema|data structure)|fields|structured \w+|key[- ]value \w+"
        r"|function calls?|api calls?)\b",
        "asked",
    ),
    term(
        "task",
        "chat",
        r"(?:talks?|chats?|converses?|speaks?|communicates?) (?:with|to) (?:our |the |a )?\w+(?: .{0,24})?"
        r"|(?:conversation|dialogue|chat)(?:al)?"
        r" (?:partner|agent|companion|system|program|tool)(?: .{0,24})?|(?:multi-?turn|back[- ]and[- ]forth"
        r"|several turns|longer) ?(?:chat"
        r"|conversations?|dialogues?|talk)?|(?:virtual|digital|personal) assistant|companion",
        "asked",
    ),
)
