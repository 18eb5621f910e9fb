"""Words for how settled a task is."""

from __future__ import annotations

import re

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

_CHANGED = (
    r"(?:chang|amend|modif|alter|revis|updat|edit|touch|mov|renam|rework|redefin|extend|adjust|tweak|rewrit|replac"
    r"|swapp"
    r"|reshuffl|overhaul)(?:ed|ied|en)"
)
_ACTS = (
    r"(?:renames?|adds?|invents?|introduces?|rewrites?|changes?|revises?|merges?|splits?|drops?|removes?|redefines?"
    r"|updates?"
    r"|swaps?|replaces?|reshuffles?|reworks?|overhauls?|moves?|tweaks?|renamed|added|invented|introduced|rewrote"
    r"|changed|revised"
    r"|merged|split|dropped|removed|redefined|updated|swapped|replaced|reshuffled|reworked|overhauled|moved|tweaked)"
)

OTHER_SUBJECT = re.compile(
    r"^\W*(?:(?:and|well|but|so|because|since|though|the|our|my|your|his|her|their|this|these|a|all|here"
    r"|everybody's)\W+)*"
    r"(?:\w+ )?(?:weather|sky|climate|seasons?|sun|moon|wind|mood|mind|minds|opinions?|feelings?|taste|fashion"
    r"|politics"
    r"|government|world|life|times|team|staff|people|colleagues|personnel|management|boss(?:es)?|head ?count|office"
    r"|address"
    r"|building|hair\w*|clothes|shirt|passwords?|prices?|rates?|stocks?|market|currency|menu|lunch|coffee|traffic"
    r"|volume|load"
    r"|bill|budget|costs?|models?|providers?|vendors?|apis?|framework|library|dspy|versions?|logo|website|colou?rs?"
    r"|wife"
    r"|husband|girlfriend|boyfriend|kids?|children|cat|dog|neighbou?rs?|phone|laptop|servers?|systems?|network"
    r"|internet|connection|cluster|horses?|app|claims|disputes?|lawsuits?|debts?|payments?|accounts|economy"
    r"|marriage|relationship|shift|schedule|calendar|meeting)\b"
    r"(?! (?:changes?|change|want|keep|rename|add|redefine|rewrite)s? (?:the|our|their) )"
)
"""Where a clause begins with one of these, it tells of no task."""
OURS = re.compile(
    r"\b(?:tasks?|spec\w*|labels?|categor\w+|classes|intents?|codes|topics|queues|tags?|rules?|guidelines?|polic\w+"
    r"|schema|scope"
    r"|requirements?|definitions?|taxonomy|format|what (?:we|they|counts))\b"
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
        r"|(?:got|gets?|getting|added|adds?|adding|have|had|receive[ds]?) (?:\w+ )?(?:\w+ )?(?:new|more|additional"
        r"|extra) (?:categor\w+|labels?|class(?:es)?|intents?|topics|codes|rules|queues|tags)"
        r"(?: (?:last|this|every|each|again|recently|yesterday|in \w+).{0,16})"
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
        r"|experiment|prototyp|design|draft|finali[sz]|negotiat|think(?=ing (?:about|over|what|how|whether"
        r"|through))|shap)(?:ed|ing|en|ten|ting)? ?(?:out |on "
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
        rf"|(?<!\ba )(?<!\ban )(?:stable|settled|fixed|frozen|well-defined) (?:task|spec|labels?|label set"
        rf"|categories|taxonomy|schema"
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
        r"|gonna) change|not changing|(?:hardly ever|rarely|never)(?! (?:the )?(?:sit|stand|stay|rest|settle|final"
        r"|fix|finish"
        r"|stop|same|quite|really|keep|agree|hold)\w*)|same",
    ),
    term("task_stability", "stable", r"yes|yep|yeah|sure|of course|absolutely", "weak"),
    term(
        "task_stability", "defining", r"no(?=\s*(?:$|[,.;:!–—-])|\s(?:we|i|it|not)\b)|not? yet|not really|nope", "weak"
    ),
    term(
        "task_stability",
        "stable",
        rf"(?:has|have|had|was|were|is|are)(?:n't|nt| not| never)(?: ever| yet"
        rf"| really)? (?:been )?{_CHANGED}(?: .{{0,30}})?"
        rf"|(?:un{_CHANGED}|unaltered|untouched|unmodified)(?: .{{0,24}})?|(?:no|zero"
        rf"|without) (?:\w+ )?(?:modifications?"
        r"|amendments?|revisions?|alterations?|changes?|updates?|edits?)(?: (?:since|to|for|in|planned|expected"
        r"|foreseen|at all"
        r"|whatsoever).{0,24})?|(?:carved|set|cast|written|chiselled|etched) in (?:stone|concrete|granite)|(?:haven't"
        r"|have not|never"
        r"|hasn't|has not|didn't) (?:touch|alter|modif|amend|chang|revis|updat|edit|mov|renam)\w*(?: .{0,30})?"
        r"|(?:nothing|nobody"
        r"|no one) (?:has |is |will |ever |plans to |wants to |is going to |dares to )*(?:moved|moves?|touch\w*"
        r"|chang\w*|alter\w*"
        r"|modif\w*|add\w*)(?: .{0,24})?|(?:same|identical) (?:\w+ )?(?:for|since|as|over) .{0,24}|(?:approved"
        r"|signed off|finali[sz]ed"
        r"|frozen|fixed|final|settled|closed|agreed|ratified|adopted) (?:and \w+ )?(?:for|since|in|by|two|three|years"
        r"|last|a) .{0,24}"
        r"|for (?:years|ages|the long run|good)(?: now)?|(?:won't|will not|isn't going to|not going to"
        r"|unlikely to) (?:be )?"
        r"(?:change|changing|changed|move|altered)(?: .{0,16})?|(?:final|fixed|frozen|locked|binding)(?: and \w+)?"
        r"|as good as final",
    ),
    term(
        "task_stability",
        "changing",
        rf"{_ACTS} (?:a |an |the |our |some |half (?:of )?|most of |all |new |up |out |yet another "
        rf"|another )*(?:\w+ )?{_THINGS}"
        rf"(?: .{{0,12}})?(?:{_OFTEN}|again|all the time|last \w+|this \w+)|{_THINGS} (?:is|are|get|gets|was|were"
        rf"|being|keep|keeps"
        rf"|has been|have been|(?:is|are) (?:getting|being)) (?:\w+ )?{_CHANGED} (?:\w+ )?{_OFTEN}|(?:get|gets"
        rf"|getting|being|are|is"
        rf"|was|were) (?:\w+ )?{_CHANGED} {_OFTEN}|{_ACTS} (?:half (?:of )?|some (?:of )?|most (?:of )?"
        rf"|several (?:of )?|a third of"
        r" |two of )?(?:the |our )?(?:\w+ )?(?:labels?|categories|classes|queues?|topics?|intents?|rules|definitions?"
        r"|codes?) (?:only"
        r" |just )?(?:last|this|yesterday|again|twice|recently|\w+ times).{0,12}|(?:never|not"
        r"|n't) (?:the )?same (?:\w+ )?(?:\w+ )?(?:in a row|twice|for long|as)(?: .{0,12})?|(?:permanent|constant"
        r"|continuous"
        r"|perpetual|steady|in a"
        r" state of) (?:flux|change|motion|movement)|(?:move|moves|moving|shift|shifts"
        r"|shifting) the goal ?posts?.{0,24}|moving"
        r" goal ?posts?|come and go|comes and goes|(?:labels?|categories|classes|queues?|intents?|topics?) (?:come"
        r"|appear|disappear"
        r"|vanish|get renamed|are renamed|get merged|keep).{0,24}|every (?:other|second|single|few"
        r"|couple of)? ?(?:\w+day|\w+ \w+day"
        r"|week|month|sprint|release|quarter)s?(?: .{0,50})?|(?:week(?:ly)?|month(?:ly)?|quarter(?:ly)?"
        r"|daily) (?:changes|updates"
        r"|revisions|renamings?|additions)|pivot(?:ed|s|ing)? (?:\w+ )?(?:twice|again|every|last|this|often|all"
        r"|a lot).{0,20}"
        r"|(?:never|hardly ever|rarely|doesn't|does not|won't|don't|do not|can't)"
        r" (?:the )?(?:same|sits?|stands?|stays?|rests?|keeps?|holds?|stops?)(?: still| put| the same| fixed| twice"
        r"| moving| changing| stable"
        r"| for long)(?: .{0,12})?|(?:far|anything but|all but"
        r"|nowhere near) (?:from )?(?:stable|settled|fixed"
        r"|final)(?: .{0,10})?|in (?:permanent|constant) \w+|(?:keep|keeps) (?:add|renam|chang|redefin|revis|mov"
        r"|shift|tweak)\w*"
        r"(?: .{0,20})?|(?:new|another) (?:\w+ )?(?:every|each) .{0,12}",
    ),
    term(
        "task_stability",
        "defining",
        r"(?:nobody|no one|none of us) (?:has |have |really |yet |here )*(?:decided|defined|agreed|knows?|settled"
        r"|fixed)(?: .{0,30})?|"
        rf"(?:haven't|have not|hasn't|has not|didn't|not|don't|do not|can't|cannot) (?:yet |really |even |fully "
        rf"|quite )*(?:agree[d]?"
        rf"|decide[d]?|settle[d]?|define[d]?|finali[sz]ed?|fix(?:ed)?|know)(?: yet)? (?:on "
        rf"|about )?(?:yet )?(?:{_THINGS}|what|which"
        rf"|how|it|that).{{0,24}}|(?:still |currently |now )?(?:arguing|fighting|debating|quarrell?ing|haggling"
        rf"|talking|negotiating"
        r"|brainstorming|working|discussing|deciding|thinking|iterating|disagreeing) (?:about|over|on|out|what|which"
        r"|how|the).{0,30}"
        r"|(?:under|in|open to|subject to) (?:active |heavy |internal )?(?:discussion|debate|review|development"
        r"|construction|negotiation"
        r"|draft|definition|consultation)|(?:at|in) the (?:very )?(?:beginning|start|early \w+|discovery \w+"
        r"|exploration \w+)"
        r"|(?:nothing|not much|hardly anything|little) (?:is|has been|was) (?:yet )?(?:fixed|final|defined|decided"
        r"|settled|agreed)"
        r"(?: yet)?|(?:not|\w+n't|yet to be|still being|being|to be) (?:yet |quite |really |fully "
        r"|currently )*(?:final"
        r"|finali[sz]ed"
        r"|defined|written|drafted|agreed|decided|specified|worked out|ironed out|fleshed out|pinned down|nailed down"
        r"|complete)"
        r"(?: yet| right now| up| down| as we speak)?|(?:as we speak)|half (?:of )?(?:the )?\w+ (?:aren't|are not"
        r"|isn't) (?:\w+ )?defined"
        r".{0,8}|(?:first|rough|early|initial) (?:draft|version|sketch)(?: .{0,12})?|blank (?:sheet|page)",
    ),
)
