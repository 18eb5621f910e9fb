"""Words for how settled a task is and for hosts."""

from __future__ import annotations

from advisor.world.reading.term import term

_OFTEN = (
    r"(?:often|a lot|weekly|monthly|daily|all the time|constantly|frequently|regularly|too much|quite a bit"
    r"|quarterly|again and again|every now and then|from time to time"
    r"|(?:every|each) (?:few |couple of |other |single |two |three )?(?:weeks?|months?|days?|quarters?|sprints?"
    r"|releases?|year)|(?:once|twice|two times|several times) (?:a|per|each|every) \w+"
    r"|with (?:every|each) \w+|week (?:by|to|after) week)"
)
_THINGS = (
    r"(?:the |our |these |all |those |its )?(?:\w+ )?(?:task|spec(?:ification)?s?|labels?|label set|categories"
    r"|category list|classes|requirements?|taxonomy|scope|definitions?|schema|use case|problem|intents"
    r"|guidelines?|rules|polic(?:y|ies)|format|list|topics|codes|output|queues|what (?:we|they) (?:want|need"
    r"|ask)(?: for)?|business|product owner|stakeholders?)"
)
_BE = (
    r"(?:is|are|was|were|has been|have been|looks?|seems?|stays?|it's|remains?)(?: now| already| all| pretty"
    r"| very| quite| fairly| mostly| totally| completely| really| basically| more or less)*"
)
_FIXED = (
    r"(?:stable|settled|fixed|frozen|final|finali[sz]ed|set in stone|established|locked(?: down| in)?"
    r"|well[- ]defined|agreed(?: on| upon)?|decided|nailed down|clear|constant|done|signed off)"
)

STABILITY = (
    term(
        "task_stability",
        "changing",
        rf"keeps? (?:on )?(?:adding|renaming|merging|splitting|inventing) (?:\w+ ){{0,2}}?(?:categor(?:y|ies)"
        rf"|labels?|class(?:es)?|intents?|codes?|topics?|rules|tags?|queues?)|(?:{_THINGS} )?(?:(?:still |always "
        rf"|constantly |keeps? |keep )*(?:chang|evolv|shift|mov|drift)(?:es|s|e"
        rf"|ing)) {_OFTEN}|keeps? (?:on )?(?:changing|evolving|shifting|moving|growing)"
        rf"|(?:always|constantly|permanently|continually|forever) (?:changing|evolving|shifting|moving|in flux)"
        rf"|{_THINGS} (?:still )?(?:changes|change|evolves?|shifts?|moves?|drifts?|(?:is"
        rf"|are) (?:still )?(?:changing|evolving|shifting|moving))"
        r"|new (?:categories|labels|classes|tasks|intents|topics|codes|requirements|rules|queues|tags) (?:every"
        r"|each|all|keep|come|appear|are added|get added|arrive|pop)(?: .{0,20})?"
        rf"|(?:add|adds|adding|get|rename|merge|change|changes|renames|redefine|rewrite)s? (?:a |new |the "
        rf"|our )*(?:new )?(?:categor(?:y|ies)|labels?|class(?:es)?|intents?|codes?|rules|spec|topics?"
        rf"|queues?) (?:{_OFTEN}|all|as we go)"
        rf"|{_THINGS} (?:is|are|isn't|aren't)(?: not)? (?:very |really |that |so )?(?:unstable|volatile"
        rf"|(?<=not )stable|(?<=n't )stable|a moving target)|moving target|(?:not|n't) (?:really |very "
        rf"|that )?stable (?:at all|yet)?",
        "sure",
    ),
    term(
        "task_stability",
        "changing",
        r"chang(?:es|ing)(?: .{0,14})?|evolv(?:es|ing)|unstable|volatile|not (?:really |very |that "
        r"|so )?(?:stable|settled|fixed)|isn't (?:really )?(?:stable|settled|fixed)|shifts?|drifts?"
        r"|changed (?:\w+ )?(?:last|this|recently|yesterday|again|twice|three times|several times).{0,12}|moving",
        "topic",
    ),
    term(
        "task_stability",
        "changing",
        rf"{_OFTEN}|it changes|adds? (?:a |new )?(?:categor(?:y|ies)|labels?|class(?:es)?)|unpredictable|in motion",
    ),
    term(
        "task_stability",
        "defining",
        rf"{_THINGS} (?:is|are)(?:n't| not)? (?:still |yet |being |not |only |currently )*(?:being )?(?:defined"
        rf"|written|drafted|decided|worked out|figured out|discussed|negotiated|designed|specified|finali[sz]ed"
        rf"|open|unclear|vague|a draft|in draft|undecided|in flux|tbd|to be (?:defined|decided))"
        r"|(?:still|currently|now|busy) (?:being )?(?:defin|decid|figur|discuss|work|debat|writ|argu|explor"
        r"|experiment|prototyp|design|draft|finali[sz]|negotiat|think|shap)(?:ed|ing|en|ten|ting)? ?(?:out |on "
        r"|about |over |it |that |things |what |how )*"
        r"(?:(?:the )?(?:task|spec|labels?|categories|classes|requirements|what|scope|it|that|out|definition"
        r"|taxonomy|schema))?|(?:spec|task|definition|requirements) (?:is |are )?(?:not (?:yet )?(?:done|finished"
        r"|final|finali[sz]ed|settled|there|clear)|unfinished|wip|half done|missing)"
        r"|work in progress|proof of concept|(?:don't|do not|haven't|have not) (?:know|decided|defined"
        r"|agreed)(?: on)? (?:yet )?(?:exactly )?(?:what|which|how) (?:it|we|the|to|categories|labels"
        r"|classes)\b.{0,20}|not (?:yet )?(?:fully |really |quite )?defined(?: yet)?|to be defined",
        "sure",
    ),
    term(
        "task_stability",
        "defining",
        r"(?:still |being |yet to be |not yet |not )*(?:defin(?:ed|ing)|decid(?:ed|ing)|figur(?:ed|ing) (?:it "
        r"|that |things )?out)|(?:still )?(?:exploring|experimenting|prototyp(?:e|ing))|early(?: days| stage)"
        r"|in flux|undecided|wip|poc|not (?:yet )?settled|still open|tbd",
        "topic",
    ),
    term(
        "task_stability",
        "defining",
        r"draft|prototype|exploring|unclear|open|not sure what it should do|unfinished"
        r"|not final(?:i[sz]ed)?(?: yet)?|discussing(?: it)?",
    ),
    term(
        "task_stability",
        "stable",
        rf"{_THINGS} {_BE} {_FIXED}|{_THINGS} (?:(?:does|do|has|have|will|did|is|are)(?:n't|nt| not)|won't|never"
        rf"|rarely|hardly(?: ever)?|seldom) (?:really |ever |going to |be )?chang(?:es|e|ed|ing)(?: .{{0,16}})?"
        rf"|nothing (?:ever |really )?changes(?: .{{0,14}})?|(?:it|this|that|nothing) (?:will not|won't|will"
        rf"|does(?:n't| not)|has(?:n't| not)|never|is not going to|isn't going to|hasn't|rarely|hardly)(?: ever"
        rf"| really| going to)? chang(?:es|e|ed|ing)(?: .{{0,14}})?"
        rf"|{_THINGS} (?:has been|have been|are|is|were|stayed|stays|remained|remain|been) (?:the )?(?:same"
        rf"|unchanged)(?: .{{0,20}})?|no changes? (?:to|in) {_THINGS}.{{0,16}}|set in stone"
        rf"|(?:stable|settled|fixed|frozen|well-defined) (?:task|spec|labels?|label set|categories|taxonomy|schema"
        rf"|requirements|classes|scope|definition)|(?:has|have)(?:n't| not) changed (?:for|since|in|over) .{{0,20}}",
        "sure",
    ),
    term(
        "task_stability",
        "stable",
        rf"(?:very |pretty |quite |mostly |fairly |now |totally |completely |rock |all )*(?:{_FIXED}|steady|solid)"
        rf"|(?:does|has|will|do|is)(?:n't|nt| not) (?:really )?chang(?:e|ed|ing)(?: (?:much|at all|any ?more|often"
        rf"|in \w+))?"
        r"|won't change|never changes?|hasn't changed|unchanged|rarely changes|(?:the )?same (?:for|since) .{0,20}"
        r"|doesn't move",
        "topic",
    ),
    term(
        "task_stability",
        "stable",
        r"(?:the )?same (?:for|since|as).{0,20}|(?:it|that|this) stands|no changes?(?: .{0,16})?|not (?:going to"
        r"|gonna) change|not changing|hardly ever|rarely|never|same",
    ),
    term("task_stability", "stable", r"yes|yep|yeah|sure|of course|absolutely", "weak"),
    term(
        "task_stability", "defining", r"no(?=\s*(?:$|[,.;:!–—-])|\s(?:we|i|it|not)\b)|not? yet|not really|nope", "weak"
    ),
)

_AT = (
    r"(?:(?:use|using|try|switch(?:ing)? to|go(?:ing)? (?:to|with|for|via)|mov(?:e|ing) to|choose|pick|prefer"
    r"|take|host(?: is|:)?|trained (?:on|at|with|by|via)"
    r"|(?:train|run|tun|fine-?tun|host)(?:e|s|ing|ed)?(?: it| this| that| there| the model| runs?| would be"
    r"| will be| should be| can be| happens?| must be| has to be| goes| may run)* "
    r"(?:on|at|with|in|via|through|over|by|to)) (?:the |our |my |a )?)"
)
"""Words that make the name of a company the host, whatever was asked."""
_FOR = (
    r" (?:for (?:the )?(?:training|fine-?tuning|tuning|that|this|it)|would (?:train|host|do)|can train|as (?:the "
    r"|our |a )?(?:training )?host|to (?:train|tune|fine-?tune)|trains (?:it|there))"
)
_NAMES = {
    "openai": (
        r"open ?ai(?!['’]?s?[- ]?(?:api|compatible|style|sdk|format|bills?|models?|keys?|accounts?|usage|invoice"
        r"|costs?|is (?:too|so)|calls|prices))"
    ),
    "nebius": r"nebius(?: token factory| ai| studio)?|token factory",
    "together": r"together(?:\.ai| ai|ai)",
    "foundry": r"(?:microsoft|azure)(?: (?:ai )?foundry| openai| ai)?|(?:ai )?foundry|azure ai",
    "other": r"fireworks(?: ai)?|(?:aws )?bedrock|(?:google )?vertex(?: ai)?|predibase|openpipe|runpod|databricks"
    r"|sagemaker|anyscale|replicate|lambda(?: labs)?|groq|mistral(?:'s)? (?:platform|api)"
    r"|hugging ?face|deepinfra|baseten|cohere|lamini"
    r"|another (?:openai-compatible |openai compatible )?(?:host|provider)|some other (?:host|provider)",
}
_OWN = (
    r"(?:(?:my|our|the) (?:own )?(?:\w+ )?|own |a local |an? own )(?:gpus?|machines?|servers?|hardware|cluster"
    r"|computer|laptop|workstation|data ?cent(?:er|re)|metal|rig|desktop|pc|box)|on[- ]?prem(?:ises?)?"
    r"|in[- ]house(?: gpus?| servers?| cluster| hardware)?"
    r"|local(?:ly)?(?: gpus?| machine| hardware| server)?|self[- ]hosted|this (?:machine|computer|laptop|server)"
)

HOST = (
    *(
        term("host", value, rf"{_AT}(?:{names})(?: instead)?|(?:{names}){_FOR}", "sure")
        for value, names in _NAMES.items()
    ),
    term("host", "together", rf"{_AT}together(?: instead)?|together{_FOR}", "sure"),
    term(
        "host",
        "practice",
        rf"{_AT}(?:the )?practice(?: model| server)?(?: instead)?|(?:the |your )?practice (?:model|thing|one"
        rf"|server|mode|host)",
        "sure",
    ),
    term(
        "host",
        "local",
        rf"{_AT}(?:{_OWN})(?: instead)?|(?:{_OWN}){_FOR}|(?:my|our) own (?:\w+ )?(?:a100|h100|h200|a6000|v100"
        rf"|l40s?|4090|3090|t4|a10g?)s?|(?:our|my) own (?:gpus?|hardware|cluster)|(?:gpus?|cards?|a100s?|h100s?"
        rf"|\d{1, 3} ?gi?b) of (?:our|my) own|train(?:ing)?(?: it| this)? (?:locally|on[- ]prem(?:ises)?"
        rf"|in[- ]house|ourselves|here)",
        "sure",
    ),
    term(
        "host",
        "practice",
        r"practice(?: model)?|built[- ]?in(?: model)?|for free|to learn(?: with)?|tour|the free one"
        r"|the toy(?: one| model)?|free",
    ),
    term("host", "local", rf"{_OWN}|ollama|vllm", "topic"),
    term(
        "host",
        "local",
        r"here|ourselves|gpus?|(?:on|under|in|at) (?:site|(?:my|our|the) (?:desk|office|basement|lab|rack|closet"
        r"|server room|home|cellar))|my (?:gpu|machine|laptop|computer|server)|own (?:gpu|iron|stuff)",
    ),
    *(term("host", value, names, "topic") for value, names in _NAMES.items()),
    term("host", "together", r"together(?: is (?:fine|ok|good|best))?", "topic"),
    term("host", "foundry", r"microsoft|azure|foundry"),
    term(
        "host",
        "other",
        r"other|another(?: .{0,30})?|somewhere else|else|modal|elsewhere|(?:an? )?openai[- ]compatible(?: \w+)?",
    ),
)
