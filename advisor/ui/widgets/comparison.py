"""The result of a run."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import Vertical

from advisor.domain.comparison import Comparison, Row
from advisor.domain.events import Candidate
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.text import money, percent
from advisor.ui.widgets.marked import Marked
from advisor.ui.widgets.plain_table import PlainTable

NAMES: dict[Candidate, str] = {
    "baseline": "plain program",
    "optimized": "optimized prompts",
    "teacher": "teacher",
    "tuned": "tuned",
    "gold": "tuned on labels",
    "together": "prompts + weights",
}

_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
"""Where the verdict goes on with another sentence; each gets its own line."""

OTHER_COLUMNS = 62
"""Cells the table takes beside the drawn interval."""


class ComparisonPanel(Vertical):
    """Candidates on the test rows, intervals on one scale, and the verdict in words."""

    HELP = "Bars are 95% intervals on one scale. → marks the simplest candidate nothing dearer is shown to beat."

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.display = False
        self.border_title = "comparison on the test rows"

    def compose(self) -> ComposeResult:
        """Caveats first, the verdict, then the table it rests on."""
        yield Marked("", "!", classes="-caveat")
        yield Marked("", "→", classes="-verdict")
        yield PlainTable(markup=False)

    def show(self, comparison: Comparison | None) -> None:
        """Show a comparison; nothing takes no room."""
        self.comparison = comparison
        self.display = comparison is not None
        if comparison is None:
            return
        caveat = self.query_one(".-caveat", Marked)
        caveat.show(" ".join(comparison.caveats), "!")
        caveat.display = bool(comparison.caveats)
        self.query_one(".-verdict", Marked).show(_SENTENCE.sub("\n", comparison.verdict), "→")
        self._draw(comparison)

    def on_resize(self) -> None:
        """Draw intervals to the new width."""
        if self.comparison is not None:
            self._draw(self.comparison)

    def as_text(self) -> str:
        """Return table and verdict."""
        if self.comparison is None:
            return ""
        return f"{self.query_one(PlainTable).content}\n\n{self.comparison.told}"

    def _draw(self, comparison: Comparison) -> None:
        scale = scale_for((row.low, row.high) for row in comparison.rows)
        width = min(40, max(10, self.size.width - 4 - OTHER_COLUMNS))
        header = ("", "candidate", "score", scale.axis(width), "n", "failed", "per 1,000", "a call")
        rows = [_cells(row, scale, width, row.candidate == comparison.recommended) for row in comparison.rows]
        self.query_one(PlainTable).show(header, rows, left=frozenset({0, 1, 3}))


def _cells(row: Row, scale: Scale, width: int, recommended: bool) -> tuple[str, ...]:
    return (
        "→" if recommended else "",
        NAMES[row.candidate],
        percent(row.score),
        drawn(row.low, row.score, row.high, scale, width),
        f"{row.n:,}",
        f"{row.failures:,}",
        "not known" if row.dollars_per_1000 is None else money(row.dollars_per_1000),
        "–" if row.seconds_per_call is None else _seconds(row.seconds_per_call),
    )


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
