"""What it takes to keep a tuned model ready where that is billed by the hour, asked or not."""

from __future__ import annotations

from advisor.domain.calls import optimizing
from advisor.domain.events import StageName
from advisor.domain.plan import Plan
from advisor.domain.span import NOTHING, Span
from advisor.domain.verdict import HOURS_A_MONTH

STARTS_MINUTES = (2.0, 8.0, 30.0)
"""Assumed until an endpoint answers; the run waits no longer than the last."""


def waiting_minutes(plan: Plan, stage: StageName) -> Span:
    """Return how long a stage waits for tuned models to be started."""
    if plan.kept_ready is None:
        return NOTHING
    starts = {"train": 1, "gold": 1, "together": 1, "compare": _tuned(plan)}.get(stage, 0)
    low, likely, high = (starts * minutes for minutes in STARTS_MINUTES)
    return Span(low=low, likely=likely, high=high)


def ready_minutes(plan: Plan, stage: StageName, call_minutes: float) -> Span:
    """Return how long tuned models are kept ready for a stage, given the time of one call."""
    if plan.kept_ready is None:
        return NOTHING
    asked = _asked(plan, stage) / plan.threads * call_minutes
    return waiting_minutes(plan, stage) + Span(low=asked * 0.5, likely=asked, high=asked * 4)


def _tuned(plan: Plan) -> int:
    return sum(stage in plan.stages for stage in ("train", "gold", "together"))


def _asked(plan: Plan, stage: StageName) -> float:
    """Return the calls that tuned models answer; prompts are optimized a second time on the weights."""
    train, dev, test = plan.split
    if stage == "together":
        return optimizing(plan.optimizer, train, dev, 1.0).runs + 2 * dev
    asked: dict[str, float] = {"train": dev, "gold": dev, "compare": _tuned(plan) * test}
    return asked.get(stage, 0.0)


def ready_bill(plan: Plan, minutes: Span) -> Span | None:
    """Return what that costs; None when the price of an hour is not known."""
    if plan.kept_ready is None or not minutes.high:
        return NOTHING
    per_hour = plan.kept_ready.per_hour
    return None if per_hour is None else minutes.times(per_hour / 60)


def month_bill(plan: Plan) -> float | None:
    """Return what a month of being ready costs; None where it is not billed by the hour, or the price is not known."""
    per_hour = plan.kept_ready.per_hour if plan.kept_ready else None
    return None if per_hour is None else per_hour * HOURS_A_MONTH


def ready_note(plan: Plan, minutes: Span) -> str:
    """Say what of a forecast is the tuned model being kept ready; nothing where that is not billed."""
    if plan.kept_ready is None or not minutes.high:
        return ""
    about = f"about {minutes.likely:,.0f} minutes ({minutes.low:,.0f} to {minutes.high:,.0f})"
    month = month_bill(plan)
    if month is None:
        return (
            f"The tuned model is billed by the hour while it is kept ready, {about} in the run, at a price I do not "
            "know: look it up before you say yes."
        )
    if not month:
        return ""
    return (
        f"In it is keeping the tuned model ready, {about} at ${plan.kept_ready.per_hour:,.2f} an hour, asked or not; "
        f"kept after the run that is about ${month:,.0f} a month."
    )
