"""The result of a run."""

from __future__ import annotations

import re

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from advisor.domain.comparison import Comparison, Row
from advisor.domain.statistics import percent
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.text import money
from advisor.ui.widgets.marked import Marked
from advisor.ui.widgets.pairs import PairList
from advisor.ui.widgets.plain_table import PlainTable

_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
"""Where the verdict goes on with another sentence; each gets its own line."""

NAME = 20
"""Cells of a candidate's name beside its interval."""

WIDEST = 100
"""Cells of the drawing; wider ones are harder to read off."""

ROOM_FOR_FIGURES = 70
"""Cells the table takes with its intervals in figures; the drawing below has them as well."""


class ComparisonPanel(Vertical):
    """Candidates on the test rows as a table and as a picture, the verdict, and how the candidates differ."""

    HELP = "Bars are 95% intervals on one scale. → marks the simplest candidate nothing dearer is shown to beat."

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.target: float | None = None
        self.display = False
        self.border_title = "comparison on the test rows"

    def compose(self) -> ComposeResult:
        """Caveats first, then what was measured, the verdict, and the pairs it rests on."""
        yield Marked("", "!", classes="-caveat")
        yield PlainTable(markup=False)
        yield Static(markup=False, id="intervals")
        yield Marked("", "→", classes="-verdict")
        yield Static(markup=False, id="pair-head")
        yield PairList()

    def show(self, comparison: Comparison | None, target: float | None = None) -> None:
        """Show a comparison; nothing takes no room. A target is drawn into the picture."""
        self.comparison, self.target = comparison, target
        self.display = comparison is not None
        if comparison is None:
            return
        self.border_title = f"comparison on {comparison.n:,} test rows"
        caveat = self.query_one(".-caveat", Marked)
        caveat.show(" ".join(comparison.caveats), "!")
        caveat.display = bool(comparison.caveats)
        self.query_one(".-verdict", Marked).show(_SENTENCE.sub("\n", comparison.judged), "→")
        self._draw(comparison)

    def on_resize(self) -> None:
        """Draw intervals to the new width."""
        if self.comparison is not None:
            self._draw(self.comparison)

    @on(PairList.Fitted)
    def _pairs_fitted(self, message: PairList.Fitted) -> None:
        message.stop()
        self.query_one("#pair-head", Static).update(message.head)

    def as_text(self) -> str:
        """Return the table, the picture, the verdict and the pairs."""
        if self.comparison is None:
            return ""
        drawing, head = (str(self.query_one(name, Static).content) for name in ("#intervals", "#pair-head"))
        pairs = f"{head}\n{self.query_one(PairList).as_text}" if self.comparison.pairs else ""
        parts = (str(self.query_one(PlainTable).content), drawing, self.comparison.told, pairs)
        return "\n\n".join(part for part in parts if part)

    def _draw(self, comparison: Comparison) -> None:
        width = self.size.width - 2
        best = comparison.recommended
        self.query_one(PlainTable).show(*_table(comparison, figures=width >= ROOM_FOR_FIGURES), left=frozenset({0, 1}))
        target = [(self.target, self.target)] if self.target is not None else []
        scale = scale_for([*((row.low, row.high) for row in comparison.rows), *target])
        cells = max(10, min(WIDEST, width - NAME - 2))
        lines = [_interval(row, scale, cells, self.target, row.candidate == best) for row in comparison.rows]
        below = [] if self.target is None else [_target(self.target, scale, cells)]
        below.append(" " * (NAME + 2) + scale.axis(cells))
        muted = [Content.styled(text, "$foreground-muted") for text in below]
        self.query_one("#intervals", Static).update(Content("\n").join([*lines, *muted]))
        self.query_one("#pair-head", Static).display = bool(comparison.pairs)
        self.query_one(PairList).pairs = comparison.pairs


def _interval(row: Row, scale: Scale, width: int, target: float | None, recommended: bool) -> Content:
    name = f"{'→' if recommended else ' '} {row.title:<{NAME}}"
    return Content.assemble(
        (name, "bold" if recommended else ""), drawn(row.low, row.score, row.high, scale, width, target)
    )


def _target(target: float, scale: Scale, width: int) -> str:
    """Return the foot of the line at the target, its name at the side that has room."""
    column, told = NAME + 2 + scale.column(target, width), f"the target, {percent(target)}"
    if column + len(told) + 2 <= NAME + 2 + width:
        return f"{'':<{column}}┆ {told}"
    return f"{told:>{column - 1}} ┆"


def _table(comparison: Comparison, *, figures: bool) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    header = ("", "candidate", "score", "95% interval", "failed", "per 1,000", "a call")
    rows = [_cells(row, row.candidate == comparison.recommended) for row in comparison.rows]
    if figures:
        return header, rows
    return header[:3] + header[4:], [row[:3] + row[4:] for row in rows]


def _cells(row: Row, recommended: bool) -> tuple[str, ...]:
    return (
        "→" if recommended else "",
        row.title,
        percent(row.score),
        f"{row.low:.0%} to {row.high:.0%}",
        f"{row.failures:,}",
        "not known" if row.dollars_per_1000 is None else money(row.dollars_per_1000),
        "–" if row.seconds_per_call is None else _seconds(row.seconds_per_call),
    )


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
