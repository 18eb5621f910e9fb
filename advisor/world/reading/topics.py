"""What a clause is about when no question says so: "the metric is …", "training would be on …"."""

from __future__ import annotations

import re
from functools import cache

from advisor.domain.facts import FactName

_TOPICS: dict[FactName, str] = {
    "metric": (
        r"\bmetrics?(?: is| are| would be|:| =)|\b(?:scored?|scoring|graded?|evaluated?|measured?|checked?"
        r"|compared?|eval)\s"
        r"(?:(?:it|them|answers?|results?|outputs?|each|everything|is|that|the (?:answers?|outputs?|results?))\s){0,2}"
        r"(?:by|with|using|as|via|against|on exact|through)\b|\bhow (?:we|it's|it is) (?:score|measure)"
        r"|\bwe (?:score|grade|compare|check)\b"
        r"|\bas (?:a |our |the )?metric\b|\bmetric\b(?=\s?$)|\bscoring (?:is|uses|by)\b|\b(?:evals?|evaluation"
        r"|scorer) (?:is|are|uses?|by|via|with)\b"
    ),
    "task_stability": (
        r"\b(?:task|spec(?:ification)?s?|labels?|label set|categories|classes|requirements?|taxonomy|scope"
        r"|definitions?|schema"
        r"|use case|problem|intents|guidelines?|rules|policy|policies|format|topics|codes|what we (?:want|need"
        r"|ask))\b|\b(?:it|this|that|everything|things)(?:'s|\s(?:is|are|has been|will be|stays?|now|still|keeps?"
        r"|has|will|does))*\s*$"
    ),
    "host": r"\b(?:train(?:ing|ed)?|tun(?:e|ed|ing)|fine-?tun\w+|host(?:ed|ing)?|so)\b",
    "goal": (
        r"\b(?:goal|aim|purpose|point|reason|motivation|objective|priority|trouble|problem|issue|pain"
        r"|what (?:matters|counts|hurts)"
        r"|matters|main thing|it(?:'s| is| was| were) (?:all |mostly |mainly |just |really |only )?(?:for|about)"
        r"|need it|want it"
        r"|make it|has to (?:be|get)|must (?:be|get)|needs? to (?:be|get)|want (?:\w+ )?to|we (?:need|want)"
        r"|i (?:need|want)"
        r"|looking for|hope|mainly|mostly|because|too|for (?:the )?(?:cost|speed|quality|money))\b|\b(?:it|that"
        r"|this)(?:'s|\s(?:is|was|were|would be))\s*$"
    ),
    "prompt_optimization": r"\b(?:prompts?|prompting|prompted|optimi[sz]\w*|dspy|tuned by|instructions)\b",
    "task": (
        r"\b(?:task|program|app|application|pipeline|system|tool|job|use case|project)\b|\b(?:it|that|which)(?:'s"
        r"| is)?\s*(?:an?\s)?$|^\s*(?:it|we)\s"
    ),
    "fine_tuning_result": (
        r"\bfine-?tun\w+|\btun(?:ed|ing)\b|\btrained (?:a|an|one|our|the|it|model)\b|\bbootstrap ?finetune\b|\bsft\b"
        r"|\blora\b"
    ),
}
"""Beside one of these, everyday words name the value of the fact."""

_FIGURE = re.compile(r"\d")
_TARGET_WORDS = re.compile(r"^accuracy$")
"""With a figure beside it, a goal is a target."""

SUBJECTS: tuple[tuple[FactName, str], ...] = (
    ("target_score", r"\btarget|\bgood enough\b|\bneeded\b|\bbar\b"),
    ("baseline_score", r"\bbase ?line|\bscore(?:s|d)?\b|\baccuracy\b|\bit (?:was|were) (?:at|right)"),
    ("budget_usd", r"\bbudget|\b(?:could|can) (?:only )?(?:spend|pay)|\bdollars?\b|\$"),
    ("calls_per_month", r"\bcalls?\b|\brequests?\b|\btraffic\b|\bvolume\b"),
    ("labelled_examples", r"\bexamples?\b|\brows?\b|\blabell?ed\b|\bdata\b|\btickets?\b|\bsamples?\b|\blabels\b"),
    ("metric", r"\bmetric\b|\bscored? (?:by|with)|\bjudge\b|\bexact match\b"),
    ("task_stability", r"\btask\b|\bstable\b|\bsettled\b|\bchang(?:es|ed|ing)\b"),
    ("data_must_stay", r"\bdata (?:must|can|could|may|had to|has to)\b"),
    ("host", r"\b(?:train(?:ed|ing)?|tun(?:ed?|ing)|host(?:ed)?|ran|run|went|go) (?:\w+ )?(?:on|at|with|to|it)\b"
        r"|\bhost\b|\bgpu\b"),
    ("prompt_optimization", r"\bprompts?\b|\boptimi[sz]\w*|\bmipro|\bgepa\b"),
    ("goal", r"\bgoal\b|\bfor (?:the )?(?:cost|speed|quality|money|latency|price)|\b(?:about|was|were) (?:the )?"
             r"(?:cost|speed|quality|money|latency|price)|\bcheaper\b|\bfaster\b|\bmatter"),
    ("student_model", r"\bstudent\b|\bsmaller model\b"),
)  # fmt: skip
"""What a supposition is about, first match first."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


WHOLE: frozenset[FactName] = frozenset(("fine_tuning_result",))
"""Facts whose topic may stand in another clause."""


def about(fact: FactName, rest: str, words: str) -> bool:
    """Say whether the rest of a clause is about the fact that these words may name."""
    pattern = _TOPICS.get(fact)
    if pattern is None or not _compiled(pattern).search(rest):
        return False
    return fact != "goal" or (not _FIGURE.search(rest) and not _TARGET_WORDS.search(words))


def subject(clause: str) -> FactName | None:
    """Return the fact a supposition is about, or None."""
    return next((fact for fact, pattern in SUBJECTS if _compiled(pattern).search(clause)), None)
