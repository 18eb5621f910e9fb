"""A user who goes against the advice, or back to it, in their own words."""

from __future__ import annotations

import re
from typing import Literal

from advisor.domain.advice import route_for, training_route
from advisor.domain.facts import Believed
from advisor.domain.rules import TRAINING_ROUTES, Route

Wanted = Route | Literal["fine_tuning"]
"""A route, or fine-tuning whichever way."""

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

_OWN_ANSWERS = re.compile(r"bootstrap|\bown (?:right )?answers\b")
"""With one of these, of the ways to fine-tune the one on the program's own answers is meant."""
_JUST = (
    r"(?:(?:ok|okay|no|yes|please|just|rather|then|well|let's|let us|do|but|and|better|instead|now|can we"
    r"|could we|i'd like"
    r" to|i would like to|i'd rather|i would rather|(?:i|we) (?:want|prefer|choose|wish)(?: to)?)\W+)*"
)
_INSTEAD = r"(?:\W+(?:instead|then|please|now|rather|after all|for me))*\W*"
_BARE = re.compile(
    rf"\W*{_JUST}(?:(?:fine[ -]?tun(?:e|ing)|train(?:ing)?|tune)(?: (?:it|a model|the model"
    rf"|the student))?(?P<how> (?:on|with)"
    r" (?:(?:my|our|the) (?:gold |own )?labels|gold labels|(?:its|the program's) own (?:right )?answers))?"
    rf"|distil\w*(?: (?:it|a model|a student))?|better ?together|prompts and weights together"
    rf"|gold fine-?tun\w+){_INSTEAD}"
)
"""A reply of nothing but a way to go: "fine-tune on my labels"."""
_ONLY_PROMPTS = re.compile(
    rf"\W*(?:(?:no|without|skip the|forget the|(?:don't|dont|do not)) (?:fine-?tun\w+|train\w*)\W+)?{_JUST}(?:only\W+)?"
    r"(?:(?:optimi[sz]e|improve|tune|work on) (?:just |only )?(?:the |my |our )?prompts?"
    r"|(?<!no )(?:the )?prompts?"
    rf"|(?:the )?prompt[ -]?optimi[sz](?:ation|ing))(?:\W+(?:only|alone))?{_INSTEAD}"
)
"""A reply of nothing but the wish to leave the weights alone."""
_CHOOSES = re.compile(r"\b(?:just|only|alone|instead|rather|prefer|please)\b")
"""Without one of these it may say what was done."""
_BACK = re.compile(
    r"\b(?:take|follow|use|accept|go (?:back )?(?:to|with|by)|back to|return to|stick (?:to|with)|prefer|want"
    r"|do)\b.{0,12}"
    r"\b(?:your|the|that|original|first)\b.{0,12}\b(?:advice|recommendation|suggestion|proposal)\b"
    r"|\b(?:take|follow|accept) (?:advice|your word)\b|\b(?:do|go with) (?:what|as|the way) you (?:said"
    r"|advised?|recommend\w*"
    r"|suggest\w*|would)\b|^\W*(?:your (?:advice|way|recommendation)|as you advised?)\b.{0,20}$"
    r"|\b(?:you were|you are|you're) right\b.{0,40}\b(?:advice|recommend\w*|not (?:fine-?tune|train))\b"
)

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


def chosen_against_advice(reply: str) -> Wanted | None:
    """Return the route a reply insists on; None where it asks, makes a condition, or insists on not taking it."""
    if len(reply) > 300 or not re.search(AGAINST, reply, re.IGNORECASE):
        return None
    insisted = _insisted(_plain(reply))
    return _route_in(insisted) if re.search(AGAINST, insisted) else None


def chosen_outright(reply: str, *, labels_only: bool = False) -> Wanted | None:
    """Return the route that is all a reply says; `labels_only` where fewer words may be an answer to a question."""
    if len(reply) > 300 or "?" in reply:
        return None
    if not labels_only and _CHOOSES.search(_plain(reply)) and _ONLY_PROMPTS.fullmatch(_plain(reply)):
        return "prompt_optimization"
    found = _BARE.fullmatch(_plain(reply))
    if found is None or (labels_only and not found["how"] and "gold" not in found[0]):
        return None
    return _route_in(found[0])


def goes_back(reply: str) -> bool:
    """Say whether a reply takes the advice after all."""
    return len(reply) <= 300 and _BACK.search(_insisted(_plain(reply))) is not None


def meant(wanted: Wanted, facts: Believed) -> Route:
    """Return the route that is wanted; of the ways to fine-tune the one to be advised if nothing stood before it."""
    if wanted != "fine_tuning":
        return wanted
    here = route_for(facts)
    return here if here in TRAINING_ROUTES else training_route(facts)


def _route_in(words: str) -> Wanted | None:
    found = next((route for pattern, route in ROUTE_WORDS if re.search(pattern, words)), None)
    return "fine_tuning" if found == "bootstrap_finetune" and not _OWN_ANSWERS.search(words) else found


def _plain(reply: str) -> str:
    return reply.lower().replace("’", "'")


def _insisted(low: str) -> str:
    """Return the clauses of a reply that state something."""
    kept = []
    for sentence in _SENTENCE.findall(low):
        if "?" in sentence or _CONDITION.search(sentence):
            continue
        plain = _UNMOVED.sub(" ", _ASIDE.sub(lambda found: f" {found[1] or ''} ", sentence))
        kept += [clause for clause in _CLAUSE.split(plain) if not (_NEGATED.search(clause) or _ASKING.search(clause))]
    return " , ".join(kept)
