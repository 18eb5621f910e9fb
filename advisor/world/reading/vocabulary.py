"""Words that name a value of a fact.

A sure term means its fact whatever was asked; the others only when their fact was asked, because outside of it they
are everyday words.
"""

from __future__ import annotations

import re

from advisor.world.reading.circumstances import CIRCUMSTANCES, GOAL
from advisor.world.reading.term import Term, term

_TASK = (
    term(
        "task",
        "classification",
        r"(?:text |ticket |intent |binary |multi-?class )?classif(?:ication|y|ying|ies|ier|ied)"
        r"|categori[sz](?:e|es|ing|ation)"
        r"|sentiment(?: analysis)?|spam (?:detection|filter(?:ing)?)|intent detection"
        r"|ticket (?:sorting|triage|routing)",
        True,
    ),
    term(
        "task",
        "classification",
        r"sort(?:s|ing)?|triag(?:e|es|ing)|rout(?:e|es|ing)|moderation|categor(?:y|ies)|class(?:es)?"
        r"|label(?:s|ling|ing)?|tag(?:s|ging)?"
        r"|into (?:one of )?(?:a )?few classes|which (?:team|queue|category)|detect(?:s|ion|ing)?|spam",
    ),
    term(
        "task",
        "multi_label",
        r"multi[- _]?label(?: classification)?|several labels|multiple (?:labels|tags)"
        r"|more than one label",
        True,
    ),
    term(
        "task",
        "extraction",
        r"(?:entity |information )?extract(?:ion|s|ing|or)?|named entit(?:y|ies)(?: recognition)?|ner",
        True,
    ),
    term(
        "task",
        "extraction",
        r"entit(?:y|ies)|pulls? (?:out )?\w+|pull(?:s|ing)? items|find(?:s|ing)? (?:all )?(?:names"
        r"|entities|items|fields)",
    ),
    term("task", "question_answering", r"question[- _]answering|q ?& ?a|rag", True),
    term(
        "task",
        "question_answering",
        r"qa|(?:answers?|answering) (?:customer |user )?(?:questions?|queries)|questions|faq"
        r"|multi-?hop",
    ),
    term(
        "task",
        "numeric",
        r"math(?:s|ematics)? (?:word )?problems|word problems|gives? a number|predicts? (?:a "
        r"|the )?(?:number|price|score|value)",
    ),
    term("task", "numeric", r"numeric(?:al)?|math(?:s)?|regression|numbers?|arithmetic"),
    term(
        "task",
        "structured",
        r"structured(?: output| data)?|json(?: output| objects?)?|fills? (?:in )?(?:a )?(?:form"
        r"|schema)|sql|several fields|schema",
    ),
    term("task", "free_text", r"summari[sz](?:e|es|ation|ing)|translat(?:e|es|ion|ing)|free[- _]text", True),
    term(
        "task",
        "free_text",
        r"writ(?:e|es|ing)(?: text| replies| emails?| answers)?|drafts?|repl(?:y|ies)|generat(?:e|es"
        r"|ion|ing)(?: text)?|rewrit(?:e|es|ing)|summar(?:y|ies)"
        r"|copywriting|descriptions",
    ),
    term("task", "chat", r"(?:chat|support) ?bot|bot|chat|conversational|assistant|dialogue system|multi-?turn"),
)

_OPTIMIZER = r"mipro(?:[- ]?v?[- ]?\d)?|gepa|simba|copro|infer ?rules|textgrad"
r"|bootstrap ?few ?shot ?with ?(?:random ?search|optuna)"

_PROMPTS = (
    term(
        "prompt_optimization",
        "optimized",
        rf"{_OPTIMIZER}|optimi[sz]ed (?:the |our )?prompts?|prompts? (?:are |were "
        r"|have been )?(?:already )?optimi[sz]ed|prompt optimi[sz](?:ation|er)s?|dspy optimi[sz]ers?",
        True,
    ),
    term(
        "prompt_optimization",
        "optimized",
        r"optimi[sz](?:ed|er|ers|ation)|another optimi[sz]er|compiled|tele ?prompters?",
    ),
    term(
        "prompt_optimization",
        "few_shot",
        r"(?:bootstrap|labell?ed)[- ]?few[- ]?shot|few[- _]?shots?(?: examples| prompt(?:s|ing)?)?",
        True,
    ),
    term(
        "prompt_optimization",
        "few_shot",
        r"(?:some |a few |a couple of )?(?:examples|demos|demonstrations)(?: in the prompts?)?"
        r"|bootstrap(?:ped)?|fewshot",
    ),
    term(
        "prompt_optimization",
        "by_hand",
        r"(?:prompts? )?(?:only |just |tuned |written |tweaked |optimi[sz]ed )*by[- _]hand"
        r"|hand[- ](?:tuned|written|crafted|tweaked|optimi[sz]ed)|handcrafted"
        r"|manual(?:ly)?(?: prompts?| tuned| prompting)?"
        r"|prompt[- ]engineer(?:ing|ed)|tweak(?:ed|ing)(?: (?:the|our) prompts?)?|trial and error"
        r"|my ?self|wrote (?:it|them|the prompts?)|(?:edited|rewrote|iterated on) (?:the|our) prompts?"
        r"|ourselves",
    ),
    term(
        "prompt_optimization",
        "none",
        r"(?:no|without(?: any)?) (?:prompt )?optimi[sz](?:ation|er|ing)"
        r"|un-?optimi[sz]ed(?: prompts?)?",
        True,
    ),
    term(
        "prompt_optimization",
        "none",
        r"none|nothing|no|nope|not? yet|never|zero[- ]?shot|plain|untried|not (?:at all|really)"
        r"|neither|default|out of the box|off the shelf|haven't (?:tried|done|started"
        r"|optimi[sz]ed)?.{0,12}|nah|0[- ]shot",
    ),
)

_METRIC = (
    term("metric", "exact_match", r"exact[- _]?match(?:es|ing)?", True),
    term(
        "metric",
        "exact_match",
        r"accuracy|exact(?:ly)?|equal(?:s|ity)?(?: to the (?:right )?answer)?|same (?:label|answer"
        r"|class)|compar(?:e|es|ing) (?:with |to |it with |against )?(?:the )?(?:gold |right "
        r"|true )?(?:labels?|answers?|classes)|string (?:match|equality"
        r"|comparison)|right or wrong|correct or not|matches the label|em",
    ),
    term("metric", "token_f1", r"token[- _]?(?:level )?f1|squad(?:[- ]style)? f1", True),
    term(
        "metric",
        "token_f1",
        r"words? in common|(?:word|token) overlap|f1 (?:over|on|of) (?:the )?(?:words|tokens)"
        r"|overlap of words",
    ),
    term("metric", "set_f1", r"set[- _]?f1|entity[- _]f1", True),
    term(
        "metric",
        "set_f1",
        r"items? in common|f1 (?:over|on|of) (?:the )?(?:extracted )?(?:sets?|items|entities|lists?)|set overlap"
        r"|jaccard",
    ),
    term("metric", "field_f1", r"field[- _]?f1|field[- ]level f1", True),
    term("metric", "field_f1", r"per[- ]field(?: f1)?|each field|field by field|f1 (?:over|on|of) (?:the )?fields"),
    term(
        "metric",
        "numeric",
        r"(?:equal )?within (?:a |some )?(?:tolerance|margin|\d+ ?(?:%|percent))"
        r"|numeric(?:al)?(?: equality| match| tolerance)?|(?:absolute|relative|squared) error|mae|rmse"
        r"|close enough to the number|tolerance",
    ),
    term(
        "metric",
        "judge",
        r"(?:llm|lm|gpt|model|ai)[- ](?:as[- ]an?[- ]|as[- ])?(?:the[- ])?judg(?:e|es|ed|ing)"
        r"|llm[- ]?as[- ]?(?:a[- ])?judge",
        True,
    ),
    term(
        "metric",
        "judge",
        r"judg(?:e|es|ed)|(?:a |another |the )?(?:model|llm|gpt(?:-\S{1,12})?|claude) (?:judges|grades"
        r"|scores|rates|checks)(?: it)?|graded by (?:a |an )?(?:model|llm)|rubric|g-?eval",
    ),
    term(
        "metric",
        "own",
        r"(?:my|our|your)? ?own(?: (?:metric|function|script|scorer|code))?|custom(?: (?:metric"
        r"|function|code|scorer))?|a (?:python )?(?:function|script)(?: of (?:ours|mine))?|we (?:wrote"
        r"|have) (?:a|our|one).{0,20}|home-?made|in-?house|unit tests?|bespoke",
    ),
    term(
        "metric",
        "none",
        r"(?:no|without(?: an?| any)?) (?:automat(?:ed|ic) |real |good |formal )?(?:metrics?|scoring"
        r"|eval(?:s|uation)?)|don't have (?:a |any )?metrics?|do not have (?:a |any )?metrics?"
        r"|metric:? none",
        True,
    ),
    term(
        "metric",
        "none",
        r"none|nothing|no|nope|it(?:'s| is) not|not (?:yet|at all|scored|measured)|by eye"
        r"|eye-?ball(?:s|ed|ing)?(?: it)?|gut(?: feeling)?|vibes?|(?:people|humans|we|i"
        r"|users) (?:just |only )?(?:look|read|check|review|complain)(?: at)?.{0,20}"
        r"|manual(?:ly)?(?: review)?|by hand|don't have (?:one|any)|there (?:is|isn't) (?:none|one"
        r"|any)|human (?:review|judg(?:e)?ment)|neither",
    ),
)

TERMS: tuple[Term, ...] = _TASK + _PROMPTS + _METRIC + GOAL + CIRCUMSTANCES

NEGATION = re.compile(
    r"(?:\b(?:not|never|without|cannot|neither|nor|nothing)|n't)\s(?:(?!by\b|but\b)[\w']+\s){0,3}$"
    r"|\bno\s(?:(?!by\b|but\b|it\b|we\b|they\b|i\b)[\w']+\s){0,3}$"
)
"""Before a term: it is said not to be so."""
HYPOTHETICAL = re.compile(
    r"\b(?:should|could|would|might|may|plan(?:s|ning)?|thinking|consider(?:ing)?|want to"
    r"|wants? to|going to|gonna|will|shall|can i|can we|what about|how about"
    r"|try(?:ing)? (?:to|out)|to try|intend|hope to|maybe later|next|if|wonder(?:ing)?|heard"
    r"|read about|considered|looking (?:at|into)|never|untried)\b"
)
"""In the same clause: something that may be done, not something that was."""
FAILED = re.compile(
    r"\b(?:crash(?:ed|es)|gave up|(?:never|didn't|did not) finish(?:ed)?|couldn't get it|aborted"
    r"|errored)\b"
)
"""Whatever was tried was not brought to its end."""
OPTIMIZER = re.compile(
    rf"(?<![\w-])(?:{_OPTIMIZER}|optimi[sz](?:ed|er|ers|ation|ing)|few[- ]?shot"
    r"|bootstrap ?few ?shot)(?![\w-])"
)
