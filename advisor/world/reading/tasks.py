"""Words for what a program does."""

from __future__ import annotations

from advisor.world.reading.jobs import MORE_TASKS
from advisor.world.reading.term import term

_TEXTS = (
    r"(?:(?:the|our|all|each|every|incoming|customer|user|support|legal|medical|product|online|news|short|long"
    r"|free|their|these)\s)*"
    r"(?:tickets?|e-?mails?|mails?|messages?|texts?|reviews?|comments?|documents?|docs|posts?|tweets?|complaints?"
    r"|letters?|requests?"
    r"|articles?|calls?|invoices?|contracts?|transactions?|claims?|reports?|queries|questions?|cvs?|resumes?"
    r"|pages|notes?|chats?)"
)
_ITEMS = (
    r"(?:names?|dates?|amounts?|fields?|entit(?:y|ies)|items?|address(?:es)?|skills?|prices?|numbers?|terms?"
    r"|clauses?|totals?"
    r"|parties|persons?|people|compan(?:y|ies)|products?|diagnos[ei]s|drugs?|symptoms?|keywords?|phone numbers?"
    r"|ingredients?)"
)
_WRITES = (
    r"(?:repl(?:y|ies)|e-?mails?|text|texts|descriptions?|answers?|letters?|reports?|posts?|articles?|cop(?:y"
    r"|ies)|summar(?:y|ies)"
    r"|stories|headlines?|titles?|responses?|essays?|blurbs?|newsletters?|minutes)"
)

TASK = (
    term(
        "task",
        "classification",
        r"(?:text |ticket |intent |binary |multi-?class |document |email |topic )?classif(?:ication|y|ying|ies"
        r"|ier|iers|ied)"
        r"|categori[sz](?:e|es|ing|ation)|sentiment(?: analysis| detection)?|spam (?:detection|filter(?:ing)?|or not)"
        r"|intent (?:detection|recognition)|(?:ticket|email|mail|support) (?:sorting|triage|routing|tagging)"
        rf"|(?:sort|rout|tag|triag|assign|label|mov|put|dispatch)(?:s|es|e|ing) {_TEXTS} (?:in|in ?to|to|by|with"
        rf"|under) .{{0,24}}?"
        r"(?:categor(?:y|ies)|class(?:es)?|queues?|teams?|departments?|topics?|buckets?|folders?|labels?|groups?"
        r"|bins|types?|kinds?)"
        rf"|(?:triag|rout)(?:e|es|ing) {_TEXTS}(?! (?:to|through|via|on) \S*[a-z]\S*\d)|(?:tags?"
        rf"|labels?) {_TEXTS} with an? (?:category|label|class|tag|topic)"
        r"|(?:decid|predict|pick|choos|guess|tell|determin|assign|find)(?:e|es|s|ing)? (?:which|the|a"
        r"|one of (?:the )?\w+) (?:right |best |correct )?"
        r"(?:team|queue|category|class|label|department|topic|intent|sentiment|folder|priority)"
        r"|(?:decid|predict|tell|check|determin|detect)(?:e|es|s|ing)? (?:whether|if) (?!(?:the |its |an "
        r"|our )?(?:output|answer|result|prediction)s?\b).{3,40}",
        "sure",
    ),
    term(
        "task",
        "classification",
        r"sort(?:s|ing)?(?! of)|triag(?:e|es|ing)|rout(?:e|es|ing)|moderat(?:ion|es?|ing)|flag(?:s|ging)|(?:spam|fraud"
        r"|toxicity|bot) detection"
        r"|one of (?:a )?(?:few|several|\w+) (?:classes|categories|labels|buckets|topics|queues)"
        r"|into (?:one of )?(?:a )?few classes"
        r"|positive or negative",
        "topic",
    ),
    term(
        "task",
        "classification",
        r"categor(?:y|ies)|class(?:es)?|label(?:s|ling|ing)?|tag(?:s|ging)?|which (?:team|queue|category)"
        r"|detect(?:s|ion|ing)?|spam|buckets",
    ),
    term(
        "task",
        "multi_label",
        r"multi[- _]?label(?: classification)?|(?:several|multiple|many|all|any number of|one or more|some"
        r"|two or three|up to \w+) (?:the )?"
        r"(?:labels|tags|topics|categories|classes|codes)(?: (?:per|a|an|each|for each|for every|at once"
        r"|at the same time|to|that apply|"
        r"can apply|may apply|possible|on one|of the same)(?: \w+)?| each| apply)"
        r"|more than one (?:label|tag|category|topic|class|code)|several labels|multiple (?:labels|tags"
        r"|categories|topics)|each (?:one |of them |text |item )?(?:can |may |could )?(?:have|has|get"
        r"|gets) (?:several|many|multiple|more than one|one or more|any number of) \w+"
        rf"|{_TEXTS} (?:can|may|could) (?:have|get|carry) (?:several|many|multiple|more than one|two)(?: \w+)?",
        "sure",
    ),
    term(
        "task",
        "multi_label",
        r"(?:several|many|multiple|more than one|one or more) (?:of them )?(?:per|for each|for every|each"
        r"|at once) ?\w*",
    ),
    term(
        "task",
        "extraction",
        r"(?:entity |information |field |data |key |invoice )?extract(?:ion|s|ing|or|(?! (?:is|was|are|were|can|has"
        r"|lives|sits|of|file|from (?:last|the|our) (?:db|database|week|month|system|crm|warehouse))))(?![\\w]*[./_])"
        r"|named entit(?:y"
        r"|ies)(?: recognition)?|ner"
        rf"|(?:pull|get|tak|grab|pick|find|fish|lift|spot|collect|read)(?:s|e|es|ing)? (?:out )?(?:all )?(?:the "
        rf"|their )?(?:\w+ )?{_ITEMS}"
        rf"(?:(?:,| and|, and|,? or) (?:the )?(?:\w+ )?{_ITEMS})* (?:out of|from|off|out|in)\b"
        rf"|(?:giv|return|list|find|identif|spot|captur|output|produc)(?:e|es|s|y|ies|ing) (?:me |us |back |all "
        rf"|out )*(?:the )?(?:\w+ )?{_ITEMS}(?:,|,? and) (?:the )?(?:\w+ )?{_ITEMS}",
        "sure",
    ),
    term(
        "task",
        "extraction",
        r"entit(?:y|ies)|pulls? (?:out )?\w+|pull(?:s|ing)? items|find(?:s|ing)? (?:all )?(?:names|entities|items"
        r"|fields)"
        r"|pulls? .{3,40} (?:out of|from)",
    ),
    term(
        "task",
        "question_answering",
        r"question[- _]answering|q ?& ?a|rag|(?:document|doc|open-domain|multi-?hop) qa|qa (?:system|bot|over|on)"
        r"|(?<!right )(?<!correct )(?<!gold )(?<!true )answers? (?!to \d)(?:\w+ )?(?:\w+ )?(?:questions?|queries)"
        r"|answering (?:\w+ )?(?:\w+ )?(?:questions?|queries)"
        r"|(?<!right )(?<!correct )(?<!gold )(?<!true )answers to (?!\d)(?:\w+ )?(?:questions|queries)",
        "sure",
    ),
    term("task", "question_answering", r"qa|faqs?|multi-?hop(?: questions)?", "topic"),
    term("task", "question_answering", r"questions|questions? about .{3,40}|queries|queries about"),
    term(
        "task",
        "numeric",
        r"(?:math(?:s|ematics|ematical)?|arithmetic|word) (?:word )?problems|(?:predict|estimat|forecast|comput"
        r"|calculat|return|output|giv|guess)"
        r"(?:s|e|es|ing)? (?:a |the |an? \w+ |the \w+ |how many )?"
        r"(?:numbers?|prices?|values?|amounts?|durations?|quantit(?:y|ies)|ages?|costs?|minutes|hours|days"
        r"|percentages?|salary|salaries|demand"
        r"|ratings?|weights?)|solves? (?:math|equations|sums)\b|regression(?: task| problem)?",
        "sure",
    ),
    term("task", "numeric", r"numeric(?:al)?|math(?:s)?|numbers?|arithmetic|predicts? (?:a |the )?score"),
    term(
        "task",
        "structured",
        r"structured (?:output|data|records?|json)|(?:json|xml|yaml) (?:output|objects?|records?|documents?)"
        r"|text[- ]?(?:to|2)[- ]?sql"
        r"|(?:writ|return|output|produc|generat|giv|emit|mak|creat|turn)(?:s|e|es|ing)? .{0,40}?(?:json|sql|xml"
        r"|yaml)\b"
        r"|fill(?:s|ing)? (?:in |out )?(?:a |the |our |an )?(?:\w+ )?(?:form|schema|template|record)s?"
        r"|match(?:es|ing)? (?:a |our |the )(?:json )?schema",
        "sure",
    ),
    term("task", "structured", r"structured|json|sql|several fields|schema"),
    term(
        "task",
        "free_text",
        r"summari[sz](?:e|es|ation|ing|er|ers)|translat(?:e|es|ion|ions|ing)|free[- _]text|paraphras(?:e|es|ing)"
        r"|copy ?writing"
        rf"|(?:writ|draft|compos|generat|produc|creat|rewrit)(?:e|es|s|ing) (?!(?:the "
        rf"|our )?training)(?:\w+ ){{0,3}}?{_WRITES}|(?:product|job|meta) descriptions"
        r"|rewrit(?:e|es|ing) .{3,30}|(?:writ|creat|mak)(?:e|es|ing)? summaries",
        "sure",
    ),
    term(
        "task",
        "free_text",
        r"writ(?:e|es|ing)(?: text| replies| emails?| answers)?|drafts?|drafting|repl(?:y|ies)|generat(?:e|es|ion"
        r"|ing)(?: text)?"
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
    *MORE_TASKS,
)
