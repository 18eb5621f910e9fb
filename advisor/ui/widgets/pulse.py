"""What a run has used and whether it is alive."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from advisor.domain.events import Meter
from advisor.domain.progress import RunView
from advisor.domain.wording import amount, duration
from advisor.ui.text import clock, line, money

FRESH = 10.0
"""Seconds of silence that mean nothing."""

STUCK = 120.0
"""Seconds of silence after which a model call should have come back or failed."""

STUCK_TRAINING = 900.0
"""Seconds of silence after which a training host should have reported something."""

OUTCOMES = {
    "done": "Done.",
    "stopped_at_gate": "Stopped at a gate.",
    "cancelled": "Cancelled. What was done is kept.",
    "over_budget": "Stopped at the budget.",
    "host_refused": "The training host refused.",
    "failed": "The run failed.",
}


class Pulse(Static):
    """Two lines: the meter, and the last sign of life with the time left."""

    HELP = "● heard lately  ◌ waiting for an answer  ! silent for so long that it may be stuck."

    def show(self, view: RunView, eta: float | None, now: float) -> None:
        """Show what was used, and how the run is at `now`."""
        self.update(Content("\n").join([Content(_meter(view.meter)), _life(view, eta, now)]))


def _meter(meter: Meter) -> str:
    parts = [
        f"{meter.calls:,} calls",
        f"{meter.cache_hits:,} from cache",
        f"{amount(meter.tokens_in)} tokens in, {amount(meter.tokens_out)} out",
        money(meter.dollars) + (" or more" if meter.unpriced_calls else ""),
    ]
    if meter.failed_calls:
        parts.append(f"{meter.failed_calls:,} failed")
    return " · ".join(parts)


def _life(view: RunView, eta: float | None, now: float) -> Content:
    if view.over:
        ended = [OUTCOMES.get(view.state, view.state), line(view.why, 400), line(view.try_this, 400)]
        return Content.assemble((" ".join(part for part in ended if part), "bold"), f"  {clock(view.elapsed())}")
    silent = view.silent(now)
    left = f"about {duration(eta / 60)} left" if eta is not None else "no estimate yet"
    return Content.assemble(_sign(view, silent), f" · {clock(view.elapsed(now))} so far · {left}")


def _sign(view: RunView, silent: float | None) -> tuple[str, str]:
    """Return how the run looks: alive, waiting or stuck are told apart by mark and words."""
    if silent is None:
        return "◌ nothing heard yet", "$text-muted"
    if silent < FRESH:
        return f"● heard {silent:.0f} s ago", "$text-success"
    training = view.current in ("train", "gold", "together")
    if silent < (STUCK_TRAINING if training else STUCK):
        return f"◌ waiting for {'the host' if training else 'an answer'}, {silent:.0f} s", "$text-warning"
    return f"! nothing for {silent:,.0f} s, maybe stuck", "bold $text-error"
