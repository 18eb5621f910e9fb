"""What a plan will take before anything is spent: calls, tokens, dollars, minutes; each as low, likely, high."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from advisor.domain import figures, pace, reviewed
from advisor.domain.bill import (
    MACHINE_APART,
    Asked,
    billed,
    endpoint_rented,
    price_factor,
    sum_known,
    training_bill,
    tuned_price_factor,
)
from advisor.domain.calls import TUNED_PRICE_FACTOR, optimizing
from advisor.domain.dataset import Tokens
from advisor.domain.events import StageName
from advisor.domain.facts import Range
from advisor.domain.kept_ready import ready_bill, ready_minutes, ready_note, waiting_minutes
from advisor.domain.plan import Plan
from advisor.domain.span import NOTHING, Span

PROMPT_OVERHEAD = 140
"""Tokens of DSPy's chat format around one classification call, labels apart (measured)."""

LABEL_TOKENS = 5
"""Tokens a label takes in the prompt's list of allowed answers."""

USUAL_INPUT = 60.0
"""Tokens of a text, until the file is read."""

ANSWER_OVERHEAD = 20
"""Output tokens of the field markers, the answer itself apart (measured: 25 with a short label)."""

DEMOS_SHOWN = 4
"""Demonstrations MIPROv2 puts into a prompt."""

PROPOSER_TOKENS = 2500
"""Input tokens of one call of MIPROv2's instruction proposer (measured)."""

PROPOSAL_TOKENS = 400
"""Output tokens of one such call."""

JUDGED_TOKENS = 60
"""Input tokens of the question to a judge, beside those of the text."""

CALLS_PER_SECOND = 120.0
"""DSPy's own speed with eight threads against a server that answers at once, two cores (measured)."""

LATENCY_SECONDS = 1.0
"""Assumed time of one call to a host, until the run has measured it."""

TRAINING_MINUTES = (5.0, 20.0, 90.0)
"""Assumed time of a training job at a host; hosts promise nothing."""

EPOCHS = 3
"""Epochs a host takes by default."""


UNCACHED = (1 - figures.CACHED_SHARE.value, 1 - figures.CACHED_SHARE.value / 2, 1.0)
"""Shares of the calls that are not answered from the cache: low, likely, high."""


class StageForecast(BaseModel):
    """What one stage will take."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    stage: StageName
    calls: Span
    tokens_in: Span
    tokens_out: Span
    trained_tokens: Span = NOTHING
    dollars: Span | None
    """None when a price is not known."""
    minutes: Span
    ready_minutes: Span = NOTHING
    """How long a tuned model is kept ready, where that is billed by the hour."""


class Forecast(BaseModel):
    """What the whole plan will take."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    stages: tuple[StageForecast, ...]
    calls: Span
    tokens_in: Span
    tokens_out: Span
    dollars: Span | None
    minutes: Span
    prices_checked: str = ""
    """Where the prices come from, with the day; empty where that is not known any more."""
    ready_note: str = ""
    """What of it is a tuned model being kept ready; empty where that is not billed by the hour."""
    apart: str = ""
    """What is billed and is not in the dollars; empty where they are all that is known of."""

    @property
    def prices_note(self) -> str:
        """All three, as sentences."""
        apart = f"{self.apart[:1].upper()}{self.apart[1:]}." if self.apart else ""
        checked = f"Prices from {self.prices_checked}." if self.prices_checked else ""
        return " ".join(note for note in (apart, self.ready_note, checked) if note)


class _Work(NamedTuple):
    """Logical calls of a stage by kind; the ends differ only through the pass rate."""

    plain: float
    """Calls with the plain prompt."""
    with_demos: float = 0
    """Calls whose prompt carries demonstrations."""
    proposals: float = 0
    trained_rows: float = 0
    taught: float = 0
    """Calls the teacher answers."""
    judged: float = 0

    @property
    def calls(self) -> float:
        """All of them."""
        return self.plain + self.with_demos + self.proposals + self.taught + self.judged


def forecast(plan: Plan) -> Forecast:
    """Return the forecast of a plan, the same for one that is read back from its project."""
    pass_rate = plan.reckoned.pass_rate if plan.reckoned else figures.DEFAULT_PASS.value
    rates = (min(0.98, pass_rate + 0.15), pass_rate, max(0.05, pass_rate - 0.2))
    stages = tuple(
        _priced(plan, stage, [_work(plan, stage, rate) for rate in rates]) for stage in plan.stages if stage != "split"
    )
    return Forecast(
        stages=stages,
        calls=_total([stage.calls for stage in stages]),
        tokens_in=_total([stage.tokens_in for stage in stages]),
        tokens_out=_total([stage.tokens_out for stage in stages]),
        dollars=sum_known([stage.dollars for stage in stages]),
        minutes=_total([stage.minutes for stage in stages]),
        prices_checked=plan.reckoned.prices_checked if plan.reckoned else "",
        ready_note=ready_note(plan, _total([stage.ready_minutes for stage in stages])),
        apart=MACHINE_APART if plan.rented and plan.billed_beside else "",
    )


def _work(plan: Plan, stage: StageName, rate: float) -> _Work:
    train, dev, test = plan.split
    runs, proposals = optimizing(plan.optimizer, train, dev, rate)
    improved = sum(other in plan.stages for other in ("optimize", "train", "gold", "together"))
    taught = plan.teacher is not None
    works: dict[str, _Work] = {
        "baseline": _Work(dev),
        "optimize": _Work(dev, runs, proposals),
        "teacher": _Work(0, 0, proposals, taught=dev + runs),
        "traces": _Work(0, 0, taught=train) if taught else _Work(0, train),
        "train": _Work(0, dev, trained_rows=train * rate),
        "gold": _Work(0, dev, trained_rows=train),
        "together": _Work(dev, 2 * runs + 4 * dev + train, 2 * proposals, trained_rows=train * rate),
        "compare": _Work(test, improved * test, taught=test if taught else 0),
        "review": _Work(0, judged=min(reviewed.MOST, test * (1 - rate)) * reviewed.CALLS),
    }
    return works[stage]


def call_dollars(plan: Plan) -> float | None:
    """Return what one answer of the tuned student costs, being ready apart; None when a price is not known."""
    if endpoint_rented(plan):
        return 0.0
    if plan.student.price_in is None or plan.student.price_out is None:
        return None
    _, prompt, answer = _lengths(plan)
    return TUNED_PRICE_FACTOR * (prompt * plan.student.price_in + answer * plan.student.price_out) / 1e6


def row_tokens(tokens: Tokens, labels: int) -> Range:
    """Return the tokens of a training row with its prompt: of the usual one and of the longest."""
    around = PROMPT_OVERHEAD + LABEL_TOKENS * labels + ANSWER_OVERHEAD
    usual = around + tokens.input_mean + tokens.label_mean
    return Range(low=round(usual), high=round(max(usual, around + tokens.longest)))


def _lengths(plan: Plan) -> tuple[float, float, float]:
    """Return the tokens of a text, of a plain prompt with it, and of an answer."""
    text, label = (plan.reckoned.input_tokens, plan.reckoned.label_tokens) if plan.reckoned else (None, None)
    text = USUAL_INPUT if text is None else text
    answer = ANSWER_OVERHEAD + (LABEL_TOKENS if label is None else label)
    return text, PROMPT_OVERHEAD + LABEL_TOKENS * len(plan.task.labels) + text, answer


def _priced(plan: Plan, stage: StageName, works: list[_Work]) -> StageForecast:
    _, prompt, answer = _lengths(plan)
    trained = _span([work.trained_rows * (prompt + answer) * (plan.epochs or EPOCHS) for work in works])
    ready = ready_minutes(plan, stage, LATENCY_SECONDS / 60)
    asked = _asked(plan, works, tuned_price_factor(plan, stage, trains=trained.high > 0))
    return StageForecast(
        stage=stage,
        calls=_span([work.calls * share for work, share in zip(works, UNCACHED, strict=True)]),
        tokens_in=_total([each.read for each in asked]),
        tokens_out=_total([each.wrote for each in asked]),
        trained_tokens=trained,
        dollars=billed(plan, [*(each.bill() for each in asked), training_bill(plan, trained), ready_bill(plan, ready)]),
        minutes=_minutes(plan, works, asked, trained) + waiting_minutes(plan, stage),
        ready_minutes=ready,
    )


def _asked(plan: Plan, works: list[_Work], tuned: float) -> tuple[Asked, ...]:
    """Return what student, teacher, writer of the prompts and judge read and write; `tuned` is the student's factor."""
    text, prompt, answer = _lengths(plan)
    with_demos = prompt + (text + 60) * DEMOS_SHOWN
    shares = list(zip(works, UNCACHED, strict=True))
    teacher, judge = plan.teacher or plan.student, plan.judge or plan.student
    return (
        Asked(
            plan.student, tuned,
            _span([(work.plain * prompt + work.with_demos * with_demos) * share for work, share in shares]),
            _span([(work.plain + work.with_demos) * answer for work in works]),
        ),
        Asked(
            teacher, price_factor(plan, teacher),
            _span([work.taught * with_demos * share for work, share in shares]),
            _span([work.taught * answer for work in works]),
        ),
        Asked(
            plan.prompt_model, price_factor(plan, plan.prompt_model),
            _span([work.proposals * PROPOSER_TOKENS for work in works]),
            _span([work.proposals * PROPOSAL_TOKENS for work in works]),
        ),
        Asked(
            judge, price_factor(plan, judge),
            _span([work.judged * (prompt + JUDGED_TOKENS) for work in works]),
            _span([work.judged * ANSWER_OVERHEAD for work in works]),
        ),
    )  # fmt: skip


def _minutes(plan: Plan, works: list[_Work], asked: tuple[Asked, ...], trained: Span) -> Span:
    if plan.practice:
        seconds = _span([work.calls / CALLS_PER_SECOND for work in works])
        return Span(low=seconds.low / 60 * 0.5, likely=seconds.likely / 60, high=seconds.high / 60 * 3)
    if plan.pace:
        likely = pace.minutes(plan.pace, pace.Load(0, 0, trained.likely))
        for each in (one for one in asked if not one.role.elsewhere):
            theirs = (
                plan.pace if each.role.model == plan.student.model else pace.pace_beside(plan.pace, each.role.model)
            )
            likely += pace.minutes(theirs, pace.Load(each.read.likely, each.wrote.likely, 0))
        return Span(low=likely / pace.SLOWER, likely=likely, high=likely * pace.SLOWER)
    parallel = _span([
        ((work.calls - _in_turn(work)) / plan.threads + _in_turn(work)) * LATENCY_SECONDS / 60 for work in works
    ])  # fmt: skip
    spread = Span(low=parallel.low * 0.5, likely=parallel.likely, high=parallel.high * 4)
    low, likely, high = TRAINING_MINUTES
    return spread + Span(low=low, likely=likely, high=high) if trained.high else spread


def _in_turn(work: _Work) -> float:
    """Return the calls that are made one after another."""
    return work.proposals + work.judged


def _span(ends: list[float]) -> Span:
    """Order three estimates; a high pass rate makes some stages cheaper and others dearer."""
    low, likely, high = sorted(ends)
    return Span(low=low, likely=likely, high=high)


def _total(spans: list[Span]) -> Span:
    return sum(spans, NOTHING)
