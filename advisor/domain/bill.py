"""What the models of a stage and its training cost by the token; one that the run serves itself costs nothing."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.calls import TUNED_PRICE_FACTOR
from advisor.domain.events import StageName
from advisor.domain.plan import Plan, Role
from advisor.domain.span import NOTHING, Span

MACHINE_APART = "the machine apart: its price is shown by SkyPilot"


class Asked(NamedTuple):
    """Tokens one model reads and writes in a stage."""

    role: Role
    factor: float
    """How many times its base price the model costs there."""
    read: Span
    wrote: Span

    def bill(self) -> Span | None:
        """What that costs; None when a price is not known."""
        if not self.factor or (not self.read.high and not self.wrote.high):
            return NOTHING
        if self.role.price_in is None or self.role.price_out is None:
            return None
        scale = self.factor / 1e6
        return self.read.times(self.role.price_in * scale) + self.wrote.times(self.role.price_out * scale)


def price_factor(plan: Plan, role: Role) -> float:
    """Return how many times its base price a model costs: nothing by the token where the run serves it itself."""
    return 0.0 if _own(plan, role) else 1.0


def tuned_price_factor(plan: Plan, stage: StageName, *, trains: bool) -> float:
    """Return how many times its base price the student costs in a stage; a rented one is not paid by the token."""
    if _own(plan, plan.student):
        return 0.0
    if endpoint_rented(plan):
        return 0.0 if stage in ("train", "gold") else 1.0
    return TUNED_PRICE_FACTOR if trains or stage == "compare" else 1.0


def endpoint_rented(plan: Plan) -> bool:
    """Whether the tuned model runs on hardware of its own, which is all that is billed."""
    return plan.kept_ready is not None and plan.host.driver == "together"


def training_bill(plan: Plan, trained: Span) -> Span | None:
    """Return what training on so many tokens costs; None when the price is not known."""
    if not trained.high or _own(plan, plan.student):
        return NOTHING
    price = plan.student.train_price
    return None if price is None else trained.times(price / 1e6)


def billed(plan: Plan, parts: list[Span | None]) -> Span | None:
    """Return the sum of what is billed beside a rented machine; of a machine alone nothing is known."""
    if plan.free:
        return NOTHING
    return None if plan.rented and not plan.billed_beside else sum_known(parts)


def sum_known(spans: list[Span | None]) -> Span | None:
    """One unknown price makes the sum unknown, never zero."""
    known = [span for span in spans if span is not None]
    return sum(known, NOTHING) if len(known) == len(spans) else None


def _own(plan: Plan, role: Role) -> bool:
    return plan.host.driver == "local" and not role.elsewhere
