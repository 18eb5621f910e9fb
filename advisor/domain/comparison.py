"""The result of a run: a fold over its events, whether or not the run came to its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from advisor.domain import verdict
from advisor.domain.bill import endpoint_rented
from advisor.domain.cleaning import clean
from advisor.domain.events import Candidate, Compared, Reviewed, RunEvent, Scored, StageSkipped, Started
from advisor.domain.plan import Plan
from advisor.domain.progress import STAGE_OF, RunView
from advisor.domain.reviewed import in_words

TITLES: dict[Candidate, str] = {
    "baseline": "plain program",
    "optimized": "optimized prompts",
    "teacher": "teacher",
    "tuned": "tuned",
    "gold": "tuned on labels",
    "together": "prompts + weights",
}
"""Candidates in a table; in a sentence they have the names of the verdict."""

SHORT: dict[Candidate, str] = {**TITLES, "baseline": "plain", "optimized": "prompts", "together": "both"}
"""Candidates where two of them share a cell."""

PRACTICE = "practice-"
"""How the names of the built-in practice models begin."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Row(_Frozen):
    """A candidate on the test rows."""

    candidate: Candidate
    model: str
    n: int
    correct: int
    failures: int
    """Rows without a usable answer; they count as not right."""
    score: float
    low: float
    """Lower end of the 95% Wilson interval."""
    high: float
    dollars_per_1000: float | None
    """Dollars for 1,000 program calls; None when the price is not known."""
    seconds_per_call: float | None

    @property
    def name(self) -> str:
        """The candidate in words."""
        return verdict.NAMES[self.candidate]

    @property
    def title(self) -> str:
        """The candidate in a table."""
        return TITLES[self.candidate]


class Pair(_Frozen):
    """Two candidates on the same rows."""

    before: Candidate
    after: Candidate
    fixed: int
    """Rows only `after` got right."""
    broken: int
    """Rows only `before` got right."""
    n: int
    difference: float
    low: float
    """Lower end of the 95% bootstrap interval of the difference."""
    high: float
    p: float
    p_corrected: float
    """Corrected for the number of pairs tested (Holm)."""
    outcome: Literal["better", "worse", "cannot_tell"]

    @property
    def title(self) -> str:
        """What came after, minus what was before."""
        return f"{SHORT[self.after]} − {SHORT[self.before]}"


class Retention(_Frozen):
    """The share of the teacher's score that the recommended candidate keeps."""

    share: float
    low: float
    high: float


class Review(_Frozen):
    """What a judge says of the recommended candidate's wrong answers; it changes no score."""

    model: str
    wrong: int
    asked: int
    data: int
    program: int
    neither: int
    unsure: int
    failed: int

    @property
    def told(self) -> str:
        """It in words."""
        return in_words(self.model_dump(), clean(self.model, 60))


class Comparison(_Frozen):
    """What the test rows say."""

    n: int
    rows: tuple[Row, ...]
    pairs: tuple[Pair, ...]
    recommended: Candidate
    verdict: str
    """What can be said of the candidates, in sentences."""
    retention: Retention | None
    break_even_days: float | None
    detectable_difference: float | None
    """The smallest difference this many rows can show; None when they can show none."""
    training_dollars: float | None
    practice: bool
    practice_models: tuple[str, ...] = ()
    complete: bool
    """Whether the run reached its own comparison; otherwise a candidate may still be missing."""
    left_out: tuple[Candidate, ...] = ()
    """Candidates that answered other rows than the baseline, so they cannot be paired with it."""
    review: Review | None = None
    """None where no judge was named, or it has not come to it."""

    @property
    def caveats(self) -> tuple[str, ...]:
        """What has to be said wherever the verdict is shown."""
        told = []
        if self.practice:
            names = " and ".join(self.practice_models) or "the built-in practice model"
            told.append(f"The practice model answered ({names}): these scores say nothing about a real model.")
        if not self.complete:
            told.append("The run did not come to its end: these are the candidates it had scored.")
        if self.left_out:
            names = ", ".join(verdict.NAMES[name] for name in self.left_out)
            told.append(f"Left out because the rows differ from the baseline's: {names}.")
        return tuple(told)

    @property
    def told(self) -> str:
        """The verdict with its caveats."""
        return " ".join((*self.caveats, self.judged))

    @property
    def judged(self) -> str:
        """The verdict, and after it what a judge says of wrong answers."""
        return f"{self.verdict} {self.review.told}" if self.review else self.verdict

    def row(self, candidate: str) -> Row | None:
        """Return the row of a candidate, or None."""
        return next((row for row in self.rows if row.candidate == candidate), None)


def compare(events: Iterable[RunEvent], plan: Plan | None = None) -> Comparison | None:
    """Compare what was scored on the test rows; None before the baseline was."""
    view, scored, practice = RunView(), {}, False
    reported: Compared | None = None
    earlier: Compared | None = None
    reviewed: Reviewed | None = None
    for event in events:
        view = view.after(event)
        if isinstance(event, Started):
            practice = practice or event.practice
            earlier, reported = (reported or earlier) if event.resumed else None, None
            reviewed = reviewed if event.resumed else None
        elif isinstance(event, StageSkipped) and event.stage == "compare":
            # The run goes on after its comparison.
            reported = reported or earlier
        elif isinstance(event, Compared):
            reported = event
        elif isinstance(event, Reviewed):
            reviewed = event
        elif isinstance(event, Scored) and event.split == "test":
            scored[event.candidate] = event
    if "baseline" not in scored or not scored["baseline"].outcomes:
        return None
    n = len(scored["baseline"].outcomes)
    paired = [event for event in scored.values() if len(event.outcomes) == n]
    models = tuple(sorted({base for event in paired if (base := _base(event.model)).startswith(PRACTICE)}))
    return Comparison.model_validate(
        {
            **_judged([event.model_dump() for event in paired], view, plan, reported),
            "practice": practice or bool(models),
            "practice_models": models,
            "complete": reported is not None,
            "review": reviewed and reviewed.model_dump(include=set(Review.model_fields)),
            "left_out": tuple(name for name, event in scored.items() if len(event.outcomes) != n),
        }
    )


def _judged(
    scored: list[dict[str, Any]], view: RunView, plan: Plan | None, reported: Compared | None
) -> dict[str, Any]:
    """Judge once more where training was paid for: which training counts depends on what is recommended."""
    target = plan.gates.target_score if plan else None
    result = verdict.compare(scored, target=target)
    assert result is not None
    training = _training_dollars(result["recommended"], view, plan, reported)
    if training is None:
        return result
    calls = plan.calls_per_month if plan else None
    told = verdict.compare(
        scored, target=target, training_dollars=training, calls_per_month=calls, hosting=_hosting(plan)
    )
    return told or result


def _hosting(plan: Plan | None) -> verdict.Hosting | None:
    if plan is None or plan.kept_ready is None:
        return None
    return verdict.Hosting(plan.kept_ready.per_hour, calls_in_it=endpoint_rented(plan))


def _training_dollars(
    candidate: Candidate, view: RunView, plan: Plan | None, reported: Compared | None
) -> float | None:
    """Return what training cost: as the run reported it, else what the meter moved while it trained.

    None where nothing was trained or the price is not known: unknown is not free.
    """
    told = reported.comparison.get("training_dollars") if reported else None
    if isinstance(told, (int, float)):
        return float(told)
    stage = view.stage(STAGE_OF[candidate]) if candidate in verdict.TRAINED else None
    if stage is None or plan is None or not stage.metered or stage.spent.unpriced_calls:
        return None
    priced = plan.host.free or plan.student.train_price is not None
    return stage.spent.dollars if priced else None


def _base(model: str) -> str:
    """Return the model a tuned one was made from: `practice-small` for `openai/ft:practice-small:practice:…`."""
    return model.rpartition("/")[2].removeprefix("ft:").partition(":")[0]
