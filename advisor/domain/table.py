"""The comparison as a table of text for 80 columns, with every interval drawn to one scale."""

from __future__ import annotations

from advisor.domain.comparison import Comparison, Row
from advisor.domain.statistics import percent, span

SCALE = 14
"""Characters from 0% to 100%."""

HEADINGS = ("", "score", "95% interval", "0%" + " " * (SCALE - 6) + "100%", "n", "failed", "$/1k", "s/call")
LEFT = (0, 1, 2, 3)
"""Columns of words; the others are numbers."""

SHORT = {"gold": "tuned on your labels", "together": "prompts and weights"}


def comparison_table(comparison: Comparison) -> str:
    """Return the table; the recommended candidate is marked with `>`."""
    rows = [HEADINGS, *(_cells(row, comparison.recommended) for row in comparison.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(_line(row, widths) for row in rows)


def interval_bar(low: float, score: float, high: float, width: int = SCALE) -> str:
    """Draw an interval on a scale from 0 to 1."""
    places = [min(width - 1, max(0, round(share * (width - 1)))) for share in (low, score, high)]
    bar = [" "] * width
    bar[places[0] : places[2] + 1] = "─" * (places[2] - places[0] + 1)
    bar[places[0]], bar[places[2]] = "├", "┤"
    bar[places[1]] = "●"
    return "".join(bar)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (
        cell.ljust(width) if column in LEFT else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return " ".join(cells).rstrip()


def _cells(row: Row, recommended: str) -> tuple[str, ...]:
    name = SHORT.get(row.candidate, row.name.removeprefix("the "))
    return (
        f"{'>' if row.candidate == recommended else ' '} {name}",
        percent(row.score),
        span(row.low, row.high),
        interval_bar(row.low, row.score, row.high),
        f"{row.n:,}",
        f"{row.failures:,}",
        "?" if row.dollars_per_1000 is None else f"{row.dollars_per_1000:,.2f}",
        "-" if row.seconds_per_call is None else f"{row.seconds_per_call:.2f}",
    )
