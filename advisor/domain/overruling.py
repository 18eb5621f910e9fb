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
    (r"fine[ _-]?tun|bootstrap[ _-]?finetune|\btrain\b", "bootstrap_finetune"),
    (r"optimi[sz]e|prompt[ _-]?optimi[sz]ation|mipro|gepa", "prompt_optimization"),
)
"""The first that matches names the route; only routes that run can be chosen against the advice."""


def chosen_against_advice(reply: str) -> Route | None:
    """Return the route a reply insists on, or None."""
    if len(reply) > 300 or not re.search(AGAINST, reply, re.IGNORECASE):
        return None
    return next((route for words, route in ROUTE_WORDS if re.search(words, reply, re.IGNORECASE)), None)
