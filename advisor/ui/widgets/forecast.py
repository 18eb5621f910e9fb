"""What the plan will take, stage by stage."""

from __future__ import annotations

from collections.abc import Callable

from advisor.domain.forecast import Forecast, Span
from advisor.domain.wording import duration
from advisor.ui.text import count, money
from advisor.ui.widgets.plain_table import PlainTable

HEADER = ("stage", "calls", "tokens", "dollars", "time")


class ForecastTable(PlainTable):
    """Calls, tokens, dollars and time: the likely figure with both ends."""

    HELP = "Each figure is the likely one; its two ends stand in brackets where they differ."

    def forecast(self, forecast: Forecast) -> None:
        """Show a forecast, the sum last."""
        rows = [
            _row(stage.stage, stage.calls, stage.tokens_in + stage.tokens_out, stage.dollars, stage.minutes)
            for stage in forecast.stages
        ]
        total = _row(
            "in all", forecast.calls, forecast.tokens_in + forecast.tokens_out, forecast.dollars, forecast.minutes
        )
        self.show(HEADER, [*rows, total], left=frozenset({0}))


def _row(name: str, calls: Span, tokens: Span, dollars: Span | None, minutes: Span) -> tuple[str, ...]:
    price = "not known" if dollars is None else _span(dollars, money)
    return (name, _span(calls, count), _span(tokens, count), price, _span(minutes, duration))


def _span(span: Span, written: Callable[[float], str]) -> str:
    low, likely, high = written(span.low), written(span.likely), written(span.high)
    return likely if low == likely == high else f"{likely} ({_short(low, high)})"


def _short(low: str, high: str) -> str:
    """Write a unit once where both ends have it."""
    number, _, unit = low.rpartition(" ")
    return f"{number}–{high}" if number and high.endswith(f" {unit}") else f"{low}–{high}"
