"""A user who goes against the advice, in their own words."""

from __future__ import annotations

import re

from advisor.domain.rules import Route

AGAINST = re.compile(r"\b(anyway|anyhow|regardless|overrule|insist|still want|i want to|let'?s (just )?)\b", re.IGNORECASE)
"""Words that say a choice is made against the advice."""

ROUTES: tuple[tuple[re.Pattern[str], Route], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), route)
    for pattern, route in (
        (r"better[ _-]?together|prompts and weights", "better_together"),
        (r"distil", "distillation"),
        (r"gold|(on|with) (my|our|the) labels", "gold_finetune"),
        (r"fine[ _-]?tun|bootstrap[ _-]?finetune|\btrain\b", "bootstrap_finetune"),
        (r"optimi[sz]e|prompt[ _-]?optimi[sz]ation|mipro|gepa", "prompt_optimization"),
    )
)  # type: ignore[assignment]
"""The first that matches names the route; only routes that run can be chosen against the advice."""


def chosen_against_advice(reply: str) -> Route | None:
    """Return the route a reply insists on, or None."""
    if len(reply) > 300 or not AGAINST.search(reply):
        return None
    return next((route for pattern, route in ROUTES if pattern.search(reply)), None)
