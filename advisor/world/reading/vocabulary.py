"""Every wording, and the words that turn one round."""

from __future__ import annotations

import re

from advisor.world.reading.anecdotes import ATTITUDES, STORIES, WRITERS
from advisor.world.reading.circumstances import HOST
from advisor.world.reading.goals import GOAL
from advisor.world.reading.metrics import METRIC
from advisor.world.reading.prompting import PROMPTS, RESULTS
from advisor.world.reading.scorers import MORE_METRICS
from advisor.world.reading.stability import STABILITY
from advisor.world.reading.tasks import TASK
from advisor.world.reading.term import Term

TERMS: tuple[Term, ...] = (
    TASK + WRITERS + PROMPTS + METRIC + MORE_METRICS + ATTITUDES + GOAL + STORIES + STABILITY + RESULTS + HOST
)

NEGATION = re.compile(
    r"(?:\b(?:not|never|without|cannot|neither|nor|nothing|nobody|no one|no-one|none of us|hardly|isnt|dont|doesnt"
    r"|wasnt|instead of|rather than"
    r"|anything but|anyone but|all but|except|other than|everything but|anywhere but)|n't)\s(?:(?!by\b|but\b"
    r"|only\b|just\b)[\w']+\s){0,3}$"
    r"|\b(?:nothing|none|nobody|no one)\s(?:(?!but\b)[\w']+\s){4,6}$"
    r"|(?<!or )\bno\s(?:(?!by\b|but\b|it\b|we\b|they\b|i\b|only\b|just\b)[\w']+\s){0,3}$"
)
"""Before a term: it is said not to be so."""
EARLIER = re.compile(
    r"\b(?:earlier|first (?:i|we)|i (?:first )?thought|i said|you (?:had|have|wrote|noted)|before that|used to"
    r"|originally|initially|previously"
    r"|at first|in the past|last year|formerly|was wrong|(?:was|were|used to) [^,;]{0,30}\buntil)\b"
)
"""In the same clause: how it was, or what was said, before."""
