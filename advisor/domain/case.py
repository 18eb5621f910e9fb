"""The numbers the decision table looks at, worked out once from the facts."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain import figures
from advisor.domain.checklist import Checklist, best_score, examples
from advisor.domain.dataset import split_sizes
from advisor.domain.facts import Facts

ANSWER_IS_LABEL = ("classification", "multi_label")
"""Tasks whose label is the whole answer, so that it can be trained on as it stands."""


class Case(NamedTuple):
    """One user's situation."""

    facts: Facts
    checklist: Checklist
    examples: int | None
    score: float | None
    """Of the best prompts so far."""
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
        tuned = self.facts.number("tuned_score")
        if told == "none" or tuned is None or self.target is None:
            return told
        return "reached" if tuned >= self.target else "below_target"

    @property
    def label_is_answer(self) -> bool:
        """Whether the labels can be trained on as they are."""
        return self.facts.text("task") in ANSWER_IS_LABEL


def case_of(facts: Facts, checklist: Checklist) -> Case:
    """Work out a case."""
    fact = examples(facts)
    count = int(facts.number(fact.name) or 0) if fact else None
    scored = best_score(facts)
    score = facts.number(scored.name) if scored else None
    return Case(
        facts=facts,
        checklist=checklist,
        examples=count,
        score=score,
        optimized=_optimized(facts),
        target=facts.number("target_score"),
        goal=facts.text("goal") or "unknown",
        chance=_chance(facts),
        traces=None if count is None or score is None else int(score * split_sizes(count).train),
    )


def _optimized(facts: Facts) -> bool | None:
    if facts.has("optimized_score"):
        return True
    effort = facts.text("prompt_optimization")
    return None if effort is None else effort in ("few_shot", "optimized")


def _chance(facts: Facts) -> float | None:
    classes = facts.number("classes")
    majority = facts.number("majority_share")
    random = 1 / classes if classes else None
    return max((share for share in (majority, random) if share is not None), default=None)


def well_above_chance(case: Case) -> bool:
    """Whether a weak score is still real skill: with 77 labels 45% is far from guessing."""
    if case.chance is None or case.score is None or case.traces is None:
        return False
    return case.score > 2 * case.chance and case.traces >= figures.ENOUGH_TRACES.value
