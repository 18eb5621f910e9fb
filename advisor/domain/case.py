"""The numbers the decision table looks at, worked out once from the facts."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain import figures
from advisor.domain.checklist import best_score, examples
from advisor.domain.dataset import split_sizes
from advisor.domain.facts import Believed
from advisor.domain.values import count, percent

ANSWER_IS_LABEL = ("classification", "multi_label")
"""Tasks whose label is the whole answer, so that it can be trained on as it stands."""


class Case(NamedTuple):
    """One user's situation."""

    facts: Believed
    examples: int | None
    """Labelled and usable; the fewest where a range was given."""
    score: float | None
    """Of the best prompts so far; the middle where a range was given."""
    sure_score: float | None
    """The same, the lower end where a range was given: nothing is claimed of the upper one."""
    optimized: bool | None
    """Whether a prompt optimizer was used; None when not known."""
    target: float | None
    goal: str
    chance: float | None
    """What answering the most frequent label, or at random, would score."""
    traces: int | None
    """Answers on the training part expected to pass the metric."""

    @property
    def cheaper(self) -> bool:
        """Whether the point is to spend less money or time on each call."""
        return self.goal in ("cost", "speed")

    @property
    def tuning(self) -> str:
        """What fine-tuning has brought, judged by today's target."""
        told = self.facts.text("fine_tuning_result") or "none"
        tuned = self.facts.lower("tuned_score")
        if told == "none" or tuned is None or self.target is None:
            return told
        return "reached" if tuned >= self.target else "below_target"

    @property
    def score_in_words(self) -> str:
        """The score as it was given: 71%, or 70 to 75%."""
        fact = best_score(self.facts)
        return percent(fact.value) if fact else ""

    @property
    def target_in_words(self) -> str:
        """The target as it was given."""
        fact = self.facts.get("target_score")
        return percent(fact.value) if fact else ""

    @property
    def examples_in_words(self) -> str:
        """The examples as they were counted: 1,200, or 300 to 400."""
        fact = examples(self.facts)
        return count(fact.value) if fact else ""

    @property
    def put_to_use(self) -> str:
        """What the usable rows are for: the training part gets fewer than there are."""
        return f"about {split_sizes(self.examples or 0).train:,} to train on, the rest to choose and test by"

    @property
    def label_is_answer(self) -> bool:
        """Whether the labels can be trained on as they are."""
        return self.facts.text("task") in ANSWER_IS_LABEL


def case_of(facts: Believed) -> Case:
    """Work out a case."""
    counted, scored = examples(facts), best_score(facts)
    fewest = facts.lower(counted.name) if counted else None
    usable = int(fewest) if fewest is not None else None
    sure = facts.lower(scored.name) if scored else None
    return Case(
        facts=facts,
        examples=usable,
        score=facts.number(scored.name) if scored else None,
        sure_score=sure,
        optimized=_optimized(facts),
        target=facts.number("target_score"),
        goal=facts.text("goal") or "unknown",
        chance=_chance(facts),
        traces=None if usable is None or sure is None else int(sure * split_sizes(usable).train),
    )


def _optimized(facts: Believed) -> bool | None:
    effort = facts.text("prompt_optimization")
    if effort is None:
        return True if facts.has("optimized_score") else None
    return effort in ("few_shot", "optimized")


def _chance(facts: Believed) -> float | None:
    classes = facts.number("classes")
    majority = facts.number("majority_share")
    random = 1 / classes if classes else None
    return max((share for share in (majority, random) if share is not None), default=None)


def well_above_chance(case: Case) -> bool:
    """Whether a weak score is still real skill: with 77 labels 45% is far from guessing."""
    if case.chance is None or case.score is None or case.traces is None:
        return False
    return case.score > 2 * case.chance and case.traces >= figures.ENOUGH_TRACES.value
