"""What a run has used and whether it is alive."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from advisor.domain.events import Meter
from advisor.domain.forecast import Forecast
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.standing import TRAINING
from advisor.domain.wording import amount, duration
from advisor.ui.text import clock, line, money

BAR = 20
"""Cells of the bar of the budget."""

STYLES = {
    "unheard": "$foreground-muted",
    "heard": "$text-success",
    "waiting": "$text-warning",
    "stuck": "bold $text-error",
}

OVER = ("succeeded", "failed", "cancelled")
"""States of a training job that has ended."""


class Purse(NamedTuple):
    """What a run may cost."""

    budget: float | None = None
    """Where it stops, in dollars."""
    likely: float | None = None
    """What it will likely cost, in dollars."""
    free: bool = False

    @classmethod
    def of(cls, plan: Plan | None, forecast: Forecast | None) -> Purse:
        """Return what a run of this plan may cost."""
        likely = forecast.dollars.likely if forecast and forecast.dollars else None
        return cls(plan.budget_usd, likely, plan.free) if plan else cls()


class Pulse(Static):
    """The money, the meter, and the last sign of life with the time left."""

    HELP = "● heard lately  ◌ waiting for an answer  ! silent for so long that it may be stuck."

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._lines = 0

    def show(self, view: RunView, purse: Purse, eta: float | None, now: float) -> None:
        """Show what was used, and how the run is at `now`."""
        meter = Content(_meter(view.meter))
        bill = [meter + " · nothing is billed"] if purse.free else [meter, _spent(view.meter, purse)]
        told = Content("\n").join([*bill, _life(view, eta, now)])
        # A layout for every figure that moves would cost more than all the rest of a frame.
        lines = sum(-(-line.cell_length // max(1, self.size.width)) for line in told.split("\n"))
        self.update(told, layout=lines != self._lines)
        self._lines = lines


def _meter(meter: Meter) -> str:
    parts = [
        f"{meter.calls:,} calls",
        f"{meter.cache_hits:,} from cache",
        f"{amount(meter.tokens_in)} tokens in, {amount(meter.tokens_out)} out",
    ]
    if meter.failed_calls:
        parts.append(f"{meter.failed_calls:,} failed")
    return " · ".join(parts)


def _spent(meter: Meter, purse: Purse) -> Content:
    told = money(meter.dollars) + (" or more" if meter.unpriced_calls else "")
    told += f" of {money(purse.budget)}" if purse.budget is not None else " spent"
    told += f", likely {money(purse.likely)} in all" if purse.likely is not None else ""
    if purse.budget is None:
        return Content(f"{told}, no limit set")
    share = meter.dollars / purse.budget if purse.budget > 0 else 1.0
    style = "$text-error" if share >= 0.8 else "$text-warning" if share >= 0.5 else "$text-success"
    return Content.assemble((_bar(share, purse), style), f"  {told}, {min(share, 9.99):.0%}")


def _bar(share: float, purse: Purse) -> str:
    """Draw what is spent of the budget; a tick marks what is likely."""
    filled = min(BAR, round(share * BAR))
    bar = list("━" * filled + "─" * (BAR - filled))
    if purse.likely is not None and purse.budget and purse.likely <= purse.budget:
        bar[min(BAR - 1, round(purse.likely / purse.budget * BAR))] = "┼"
    return "".join(bar)


def _life(view: RunView, eta: float | None, now: float) -> Content:
    if view.over:
        more = "  e shows the details" if view.state != "done" else ""
        return Content.assemble((line(view.ended, 800), "bold"), f"  {clock(view.elapsed())}", (more, "$text-accent"))
    left = f"about {duration(eta / 60)} left" if eta is not None else "no estimate yet"
    return Content.assemble(_sign(view, now), f" · {clock(view.elapsed(now))} so far · {left}")


def _trains(view: RunView) -> bool:
    """Whether a training is what is waited for: before it and after it the same stage asks models."""
    if view.current not in TRAINING:
        return False
    heard = view.last_host_event
    if heard is None or heard.t < (view.stage_began or 0.0):
        return view.current != "together"
    return heard.status not in OVER


def _sign(view: RunView, now: float) -> tuple[str, str]:
    """Return how the run looks: alive, waiting or stuck are told apart by mark and words."""
    life, silent = view.life(now), view.silent(now) or 0.0
    told = {
        "unheard": "◌ nothing heard yet",
        "heard": f"● heard {silent:.0f} s ago",
        "waiting": f"◌ waiting for {'the training' if _trains(view) else 'an answer'}, {silent:.0f} s",
        "stuck": f"! nothing for {silent:,.0f} s, maybe stuck",
    }
    return told[life], STYLES[life]
