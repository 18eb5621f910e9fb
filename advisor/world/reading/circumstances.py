"""Words for goals, for how settled a task is, for results and for hosts."""

from __future__ import annotations

import re

from advisor.world.reading.term import term

GOAL = (
    term(
        "goal",
        "cost",
        r"too expensive|cheaper(?: calls| model)?|cut(?:ting)? (?:the |our )?(?:costs?|bill"
        r"|spend(?:ing)?)|sav(?:e|ing) money|(?:reduce|lower|bring down|halve) (?:the |our )?(?:costs?"
        r"|bill|spend(?:ing)?)",
        True,
    ),
    term(
        "goal",
        "cost",
        r"cost(?:s)?(?: reduction)?|price|money|expensive|expense|bill|budget|spend(?:ing)? less"
        r"|less expensive|economi[sz]e|savings?|dollars|costing (?:us )?too much",
    ),
    term(
        "goal",
        "speed",
        r"too slow|takes? (?:far |way |much )?too long|reduce (?:the )?latency|lower latency|(?:faster"
        r"|quicker)(?: calls| answers"
        r"| responses| inference)?",
        True,
    ),
    term(
        "goal",
        "speed",
        r"speed(?: up)?|snapp(?:y|ier)|latency|fast|slow|quick(?:ly)?|throughput|response times?|real[- ]?time",
    ),
    term(
        "goal",
        "knowledge",
        r"(?:does(?:n't| not)|didn't|don't) know (?:about )?(?:our|the|my) (?:products?|facts|docs"
        r"|documents|company|domain|policies|prices|data)|hallucinat(?:es?|ing|ion"
        r"|ions)(?: .{0,20}(?:facts|products?|prices|policies))?|makes? (?:things|stuff|facts"
        r"|up facts)(?: up)?",
        True,
    ),
    term(
        "goal",
        "knowledge",
        r"knowledge|facts|does(?:n't| not) know.{0,24}|our (?:docs|documents|products|policies)"
        r"|up to date|new information|look(?:s|ing)? things up|retrieval",
    ),
    term(
        "goal",
        "quality",
        r"more accurate|(?:better|higher|improve(?:d)?|increase) (?:the |our )?(?:accuracy|quality"
        r"|scores?|answers?|results?|performance)",
        True,
    ),
    term(
        "goal",
        "quality",
        r"quality|better|accura(?:cy|te)|improv(?:e|ed|ement|ing)|(?:fewer|less) (?:errors|mistakes"
        r"|(?:wrong|bad) answers)"
        r"|correct(?:ness)?|higher scores?|right more often|reliab(?:le|ility)|precision|performance"
        r"|good answers",
    ),
    term("goal", "unknown", r"unknown|open|undecided"),
)
KEEPS = re.compile(
    r"(?:without (?:losing|hurting|giving up|sacrificing|dropping|any loss (?:of|in))"
    r"|(?:keep(?:ing)?|hold(?:ing)?|retain(?:ing)?|maintain(?:ing)?)(?: the| our)?(?: same)?"
    r"|same|no loss (?:of|in)|not (?:so much|really|just)|at (?:the )?(?:same|equal))\s(?:much )?(?:the |in )?\w+"
)
"""Words after these say what must not get worse, not what the goal is."""

_THERE = (
    r"(?:use|using|try|switch to|go (?:to|with)|move to|(?:train|run|tune)(?:ing)?(?: it| this)? (?:on|at|with)"
    r"|host(?: is)?) "
)
"""Words that make the name of a company the host, whatever was asked."""

CIRCUMSTANCES = (
    term("host", "openai", _THERE + r"open ?ai(?: instead)?", True),
    term("host", "nebius", _THERE + r"(?:nebius(?: token factory)?|token factory)(?: instead)?", True),
    term("host", "together", _THERE + r"together(?:\.ai| ai|ai)(?: instead)?", True),
    term("host", "foundry", _THERE + r"(?:microsoft|azure) ?(?:ai )?foundry(?: instead)?", True),
    term("host", "practice", _THERE + r"(?:the )?practice(?: model)?(?: instead)?", True),
    term(
        "task_stability",
        "changing",
        r"(?:keeps? |still |always |constantly )?chang(?:es|ing)(?: often| (?:a lot|weekly|monthly"
        r"|daily|all the time|every \w+))?|evolv(?:es|ing)|unstable|not (?:really )?(?:stable|settled"
        r"|fixed)|isn't (?:stable|settled|fixed)|new (?:categories|labels|classes|tasks) (?:every|each"
        r"|all|keep).{0,16}|shifts?|moving(?: target)?|drifts?|changed (?:last|this|recently).{0,12}"
        r"|often|frequently|every (?:few |couple of )?(?:weeks?|months?|days?)|adds? (?:a "
        r"|new )?(?:categor(?:y|ies)|labels?|class(?:es)?)",
    ),
    term(
        "task_stability",
        "defining",
        r"(?:still |being |yet to be |not yet |not )*(?:defin(?:ed|ing)|decid(?:ed|ing)|figur(?:ed"
        r"|ing) (?:it |that |things )?out)|(?:still )?(?:exploring|experimenting|prototyp(?:e|ing))"
        r"|early(?: days| stage)?|draft|in flux|undecided|work in progress|wip|poc|proof of concept",
    ),
    term(
        "task_stability",
        "stable",
        r"(?:very |pretty |quite |mostly |fairly )?(?:stable|settled|fixed|frozen|constant|steady"
        r"|established|locked)|(?:does|has|will|do|is)(?:n't| not) (?:really )?chang(?:e|ed"
        r"|ing)(?: (?:much|at all|any ?more|often|in \w+))?|won't change|(?:the )?same (?:for|since"
        r"|as).{0,20}|yes|yep|yeah|it stands|never changes?|hasn't changed|unchanged|no changes?"
        r"|rarely changes",
    ),
    term(
        "fine_tuning_result",
        "below_target",
        r"(?:fell|falls|came up) short|not (?:good )?enough|below(?: target)?|(?:did|has)(?:n't"
        r"| not) (?:reach(?:ed)?|help(?:ed)?|work(?:ed)?)(?: .{0,12})?|no better|disappoint(?:ing|ed)"
        r"|failed|worse|short of.{0,16}|under(?: the)? target",
    ),
    term(
        "fine_tuning_result",
        "reached",
        r"reached(?: (?:it|the target))?|(?:hit|met|beat) (?:it|the target)|good enough|worked"
        r"|success(?:ful)?|above(?: target)?|done",
    ),
    term("fine_tuning_result", "none", r"none|no|never|nope|not (?:yet|tried)|nothing|haven't.{0,16}|untried"),
    term("host", "practice", r"practice(?: model)?|built[- ]?in|for free|to learn(?: with)?|tour|the free one"),
    term(
        "host",
        "local",
        r"local(?:ly)?|(?:my|our|the) own (?:gpu|gpus|machine|server|hardware|computer)|own gpu"
        r"|on[- ]prem(?:ises)?|here|this (?:machine|computer|laptop)|my (?:gpu|machine|laptop|computer"
        r"|server)|self[- ]hosted|ollama|vllm|in[- ]house",
    ),
    term("host", "openai", r"open ?ai"),
    term("host", "nebius", r"nebius(?: token factory)?|token factory"),
    term("host", "foundry", r"foundry|(?:microsoft|azure)(?: (?:ai )?foundry| openai)?|azure ai"),
    term("host", "together", r"together(?:\.ai| ai|ai)?"),
    term(
        "host",
        "other",
        r"other|another(?: (?:openai-compatible )?host)?|somewhere else|else|fireworks(?: ai)?"
        r"|databricks|bedrock|vertex|predibase|openpipe|modal|runpod|lambda",
    ),
)
