"""The guide's numbers, each with where it comes from; no rule holds a number of its own."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """A number a rule decides by."""

    value: float
    source: str


FEWEST_EXAMPLES = Figure(50, "OpenAI sees gains from 50 to 100 examples; Kiln and Microsoft start at 50")
ENOUGH_EXAMPLES = Figure(500, "the guide: fewer usually overfit; stricter than every host")
BETTER_EXAMPLES = Figure(1000, "the guide; LIMA reached good results with 1,000 curated examples")
WEAK_SCORE = Figure(0.5, "the guide, without a source: a warning, not a gate")
FEWEST_TRACES = Figure(50, "below it a host's own minimum is near and the file teaches little; DSPy enforces none")
ENOUGH_TRACES = Figure(200, "the guide, without a source: a warning")
MANY_CLASSES = Figure(50, "seen on Banking77: of its 77 labels the program's right answers left some out")

LABELLED_BELOW = Figure(20, "the guide: labelled few-shot under 20 examples")
BOOTSTRAP_BELOW = Figure(50, "the guide: BootstrapFewShot from 20 to 50")
LIGHT_BELOW = Figure(200, "the guide: MIPROv2 from 50 to 200, in its light setting")
MEDIUM_BELOW = Figure(500, "the guide: MIPROv2 medium from 200 to 500, heavy above")

DEFAULT_PASS = Figure(0.6, "assumed until a score is known: most programs worth tuning pass on half to two thirds")
CACHED_SHARE = Figure(0.25, "measured: up to a quarter of an optimizer's calls were answered from the cache")

STALE_DAYS = Figure(60, "hosts gave three months' notice of a closing door: what is older may have missed one")
NEEDED_DAYS = Figure(180, "assumed until said: a tuned model that answers for less than half a year seldom pays")

FAR_COUNT = Figure(0.1, "a tenth: nearer counts are the same one, told from memory")

KEPT_ENOUGH = Figure(0.95, "the guide promises 85-95% of the teacher's quality; its upper end is asked for")
