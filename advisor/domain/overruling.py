"""A user who goes against the advice, in their own words."""

from __future__ import annotations

import re

from advisor.domain.rules import Route

AGAINST = r"\b(anyway|anyhow|regardless|overrule|insist|still want)\b"
"""Words that say a choice is made against the advice."""

ROUTE_WORDS: tuple[tuple[str, Route], ...] = (
    (r"better[ _-]?together|prompts and weights", "better_together"),
    (r"distil", "distillation"),
    (r"gold|(on|with) (my|our|the) labels", "gold_finetune"),
    (r"fine[ _-]?tun|bootstrap[ _-]?finetune|\btrain(ing)?\b(?! (data|set|examples|rows))", "bootstrap_finetune"),
    (r"optimi[sz]e|prompt[ _-]?optimi[sz]ation|mipro|gepa", "prompt_optimization"),
)
"""The first that matches names the route; only routes that run can be chosen against the advice."""

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_CLAUSE = re.compile(r"[,:()]|\s[-–—]+\s|—|\b(?:but|however|though|(?:and|so)(?= (?:i|we) (?:still|want|insist)))\b")
_ASIDE = re.compile(r"^\s*(?:well,?\s+)?any(?:way|how)\s*,|,\s*(anyway|anyhow|regardless)\s*,")
"""An "anyway" between commas or at the beginning, which only goes on with the talk."""
_UNMOVED = re.compile(
    r"\b(?:do not|don't|dont) (?:care|mind|agree)\b(?! (?:to|for|about)\b)"
    r"|\bno matter\b(?: (?:what|how) \w+ (?:\w+\b)?)?|\bnevertheless\b"
)
_NEGATED = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nothing|nobody|without|cannot|hardly|against|refus\w*|declin\w*|avoid\w*|stop"
    r"|skip|cancel|forget|instead of|rather than|less than|far from|unwilling|reluctant|hate|dislike|afraid"
    r"|(?:do|does|did|wo|ca|should|would|could|is|are|was|must|have|had)nt)\b|n't\b"
)
_CONDITION = re.compile(r"(?<!even )\b(?:if|unless|once|until|in case|suppos(?:e|ing)|assuming|provided|whether)\b")
_ASKING = re.compile(
    r"^\W*(?:(?:and|so|or|then|ok|okay|well|hm+|please)\W+)*"
    r"(?:(?:what|why|how|when|which|who|whom|where)\b|what's"
    r"|(?:is|are|am|does|did|can|could|should|would|will|may|shall|might|must|has|have)\s+"
    r"(?:i|we|you|it|they|he|she|one|that|this|there|the|my|our|a|an|any\w*|people|fine|training|distil\w*)\b"
    r"|do (?:i|we|you|they|people)\b)"
    r"|\b(?:wonder\w*|curious|tell me|explain|asking|(?:know|understand|see|hear|learn|ask|read|discuss|compare)"
    r" (?:what|how|why|whether|more|about))\b"
)


def chosen_against_advice(reply: str) -> Route | None:
    """Return the route a reply insists on; None where it asks, makes a condition, or insists on not taking it."""
    if len(reply) > 300 or not re.search(AGAINST, reply, re.IGNORECASE):
        return None
    insisted = _insisted(reply.lower().replace("’", "'"))
    if not re.search(AGAINST, insisted):
        return None
    return next((route for words, route in ROUTE_WORDS if re.search(words, insisted)), None)


def _insisted(low: str) -> str:
    """Return the clauses of a reply that state something."""
    kept = []
    for sentence in _SENTENCE.findall(low):
        if "?" in sentence or _CONDITION.search(sentence):
            continue
        plain = _UNMOVED.sub(" ", _ASIDE.sub(lambda found: f" {found[1] or ''} ", sentence))
        kept += [clause for clause in _CLAUSE.split(plain) if not (_NEGATED.search(clause) or _ASKING.search(clause))]
    return " , ".join(kept)
