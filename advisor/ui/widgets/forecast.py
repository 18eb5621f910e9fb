"""What the plan will take, stage by stage."""

from __future__ import annotations

from collections.abc import Callable

from advisor.domain.forecast import Forecast
from advisor.domain.span import Span
from advisor.domain.wording import duration
from advisor.ui.text import count, money
from advisor.ui.widgets.plain_table import PlainTable, columns

HEADER = ("stage", "calls", "tokens", "dollars", "time")
LEFT = frozenset({0})


class ForecastTable(PlainTable):
    """Calls, tokens, dollars and time: the likely figure with both ends, or without them where room is short."""

    HELP = "Each figure is the likely one; its two ends stand in brackets where they differ and there is room for them."

    def forecast(self, forecast: Forecast, width: int) -> None:
        """Show a forecast in a width, the sum last."""
        rows = [
            _row(stage.stage, stage.calls, stage.tokens_in + stage.tokens_out, stage.dollars, stage.minutes, _span)
            for stage in forecast.stages
        ]
        rows.append(_total("in all", forecast, _span))
        if columns(HEADER, rows, LEFT).get_optimal_width({}, 0) > width:
            rows = [
                _row(
                    stage.stage, stage.calls, stage.tokens_in + stage.tokens_out, stage.dollars, stage.minutes, _likely
                )
                for stage in forecast.stages
            ]
            rows += [_total("likely", forecast, _likely), _total("at most", forecast, _most)]
        self.show(HEADER, rows, LEFT)


Written = Callable[[Span, Callable[[float], str]], str]


def _total(name: str, forecast: Forecast, written: Written) -> tuple[str, ...]:
    tokens = forecast.tokens_in + forecast.tokens_out
    return _row(name, forecast.calls, tokens, forecast.dollars, forecast.minutes, written)


def _row(
    name: str, calls: Span, tokens: Span, dollars: Span | None, minutes: Span, written: Written
) -> tuple[str, ...]:
    price = "not known" if dollars is None else written(dollars, money)
    return (name, written(calls, count), written(tokens, count), price, written(minutes, duration))


def _likely(span: Span, written: Callable[[float], str]) -> str:
    return written(span.likely)


def _most(span: Span, written: Callable[[float], str]) -> str:
    return written(span.high)


def _span(span: Span, written: Callable[[float], str]) -> str:
    low, likely, high = written(span.low), written(span.likely), written(span.high)
    return likely if low == likely == high else f"{likely} ({_short(low, high)})"


def _short(low: str, high: str) -> str:
    """Write a unit once where both ends have it."""
    number, _, unit = low.rpartition(" ")
    return f"{number}–{high}" if number and high.endswith(f" {unit}") else f"{low}–{high}"
