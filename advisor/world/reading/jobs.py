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

MORE_TASKS = (
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
