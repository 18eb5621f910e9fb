"""How the candidates of a run differ, two at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from advisor.domain.comparison import Pair
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.widgets.lines import Rows

OUTCOMES = {"better": "better", "worse": "worse", "cannot_tell": "cannot tell"}
STYLES = {"better": "$text-success", "worse": "$text-error", "cannot_tell": "$foreground-muted"}

FIGURES = 44
"""Cells the figures of a pair take beside its name and its interval."""

OUTCOME = 13
SMALLEST_BAR = 9
WIDEST_BAR = 60


class PairList(Rows):
    """Every pair of candidates on the same rows: the difference with its interval, rows fixed and broken."""

    HELP = (
        "Each line takes one candidate from another: the difference in points with its 95% interval, ┆ is no "
        "difference. Enter or a double click shows the rows that changed."
    )
    FITTED = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "changed rows")]

    pairs: reactive[tuple[Pair, ...]] = reactive(())

    @dataclass
    class Fitted(Message):
        """The columns have other widths."""

        head: Content

    def watch_pairs(self) -> None:
        """Draw them."""
        self._draw()

    def on_resize(self) -> None:
        """Draw intervals to the new width."""
        self._draw()

    def _draw(self) -> None:
        self.display = bool(self.pairs)
        if not self.pairs:
            return
        name = max(len(pair.title) for pair in self.pairs)
        room = self.size.width - name - FIGURES
        told = room >= SMALLEST_BAR
        bar = max(SMALLEST_BAR, min(WIDEST_BAR, room if told else room + OUTCOME))
        scale = scale_for([(0.0, 0.0), *((pair.low, pair.high) for pair in self.pairs)], lowest=-1.0)
        self.show(_line(pair, name, bar, scale, told=told) for pair in self.pairs)
        head = f"{'':<{name}}  points  {'':<{bar}}  fixed  broken{'  corrected' if told else ''}"
        self.post_message(self.Fitted(Content.styled(head, "$foreground-muted")))


def _line(pair: Pair, name: int, bar: int, scale: Scale, *, told: bool) -> Content:
    shown = drawn(pair.low, pair.difference, pair.high, scale, bar, 0.0)
    figures = f"{pair.fixed:>5,}  {pair.broken:>6,}"
    text = f"{pair.title:<{name}}  {100 * pair.difference:>+6.1f}  {shown}  {figures}"
    return Content.assemble(text, (f"  {OUTCOMES[pair.outcome]}" if told else "", STYLES[pair.outcome]))
