"""A section of a dataset's report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content

from advisor.domain.report_parts import (
    MARKS,
    Bar,
    Bars,
    FieldRow,
    Fields,
    Pair,
    Part,
    Plot,
    Remark,
    Severity,
    Table,
    Title,
    Words,
)
from advisor.domain.report_text import aligned, padded, width
from advisor.ui.plot import Point, score_curve
from advisor.ui.widgets.lines import Rows

STYLES: dict[Severity, str] = {"blocks": "bold $text-error", "warns": "bold $text-warning", "notes": "$text-muted"}
ROLE_STYLES = {"label": "$text-success", "input": "$text-primary", "ignored": "$foreground-muted"}

PAIR = 14
"""Cells of a figure's name."""
CURVE_HEIGHT = 10
FIGURES = 19
"""Cells of a label's mark, rows and share, with the space between them."""
SMALLEST_BAR = 6
MUTED = "$foreground-muted"


class Stop(NamedTuple):
    """A field and the lines it takes."""

    line: int
    until: int
    field: FieldRow


class SectionList(Rows):
    """The sections of the report, each with a mark for the worst found in it."""

    HELP = "Arrows or the mouse choose a section, ← and → do so from anywhere; Enter goes into it."
    FITTED = True


class ReportBody(Rows):
    """The lines of a section; where it has fields, one of them is marked, elsewhere the arrows scroll."""

    HELP = "Arrows and page keys scroll, or go from field to field; Enter or a double click gives a field another role."
    FITTED = True

    def __init__(self) -> None:
        super().__init__()
        self.parts: Sequence[Part] = ()
        self.stops: list[Stop] = []

    @property
    def marked(self) -> FieldRow | None:
        """The field that is marked."""
        return next((stop.field for stop in self.stops if stop.line == self.cursor), None)

    def show_parts(self, parts: Sequence[Part], *, anew: bool) -> None:
        """Show a section; the place of the reader stays unless it is read `anew`."""
        name = None if anew or self.marked is None else self.marked.name
        self.parts = parts
        if anew:
            self.cursor = None
        self._draw()
        if anew:
            self.scroll_home(animate=False)
        if self.stops:
            self.cursor = next((stop.line for stop in self.stops if stop.field.name == name), self.stops[0].line)
            if anew:
                self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Draw to the new width."""
        marked = self.marked
        self._draw()
        if marked is not None:
            self.cursor = next((stop.line for stop in self.stops if stop.field == marked), None)

    def _draw(self) -> None:
        if not self.size.width:
            return
        # The last cell keeps the text clear of the scrollbar.
        lines, self.stops = drawn(self.parts, max(20, self.size.width - 1))
        self.show(lines)

    def action_move(self, by: int) -> None:
        """Mark the next field, or scroll where there is none."""
        ahead = [stop.line for stop in self.stops if (stop.line - (self.cursor or 0)) * by > 0]
        if ahead:
            self.cursor = min(ahead) if by > 0 else max(ahead)
        else:
            self.scroll_relative(y=by, animate=False)

    def action_move_to(self, index: int) -> None:
        """Go to the beginning or to the end."""
        if self.stops:
            self.cursor = self.stops[index].line
        if index == 0:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a page; with the marked field where there is one."""
        self.scroll_relative(y=pages * max(1, self.size.height - 1), animate=False)

    def action_choose(self) -> None:
        """Choose the marked field."""
        if self.marked is not None:
            super().action_choose()

    def on_click(self, event: events.Click) -> None:
        """Mark the field under the mouse, choose it on a double click."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        stop = next((stop for stop in self.stops if stop.line <= index < stop.until), None)
        if stop is not None:
            self.cursor = stop.line
            if event.chain == 2:
                self.action_choose()


def drawn(parts: Sequence[Part], room: int) -> tuple[list[Content], list[Stop]]:
    """Return parts as lines of at most `room` cells, and where the fields stand among them."""
    lines: list[Content] = []
    stops: list[Stop] = []
    for part, before in zip(parts, (None, *parts), strict=False):
        if before is not None and (isinstance(part, Title | Remark) or type(part) is not type(before)):
            lines += [] if isinstance(before, Title) else [Content()]
        if isinstance(part, Fields):
            _fields(part, room, lines, stops)
        else:
            lines += _part(part, room)
    return lines, stops


def _part(part: Part, room: int) -> list[Content]:
    match part:
        case Title(text):
            return Content.styled(text, "bold $text-accent").wrap(room)
        case Words(text):
            return _worded(text).wrap(room)
        case Pair(name, value):
            return _hanging(Content.styled(f"{name:<{PAIR}}", MUTED), Content(value), room)
        case Remark():
            return _remark(part, room)
        case Table(header, rows, left):
            first, *rest = aligned((header, *rows), left, room)
            return [Content.styled(first, MUTED), *map(Content, rest)]
        case Bars(bars):
            return _bars(bars, room)
        case Plot():
            return _plot(part, room)
    return []


def _worded(text: str) -> Content:
    """Return a text with the names in backticks set apart."""
    parts = text.split("`")
    return Content.assemble(*((part, "bold" if place % 2 else "") for place, part in enumerate(parts)))


def _hanging(head: Content, text: Content, room: int) -> list[Content]:
    first, *rest = text.wrap(max(10, room - head.cell_length)) or [Content()]
    return [head + first, *(Content(" " * head.cell_length) + more for more in rest)]


def _remark(remark: Remark, room: int) -> list[Content]:
    head = Content.styled(f"{MARKS[remark.severity]} ", STYLES[remark.severity])
    blank = Content("  ")
    lines = _hanging(head, Content.styled(remark.what, "bold" if remark.severity != "notes" else ""), room)
    lines += _hanging(blank, Content(remark.means), room)
    for example in remark.examples:
        lines += _hanging(Content("    "), Content.styled(example, MUTED), room)
    return lines


def _bars(bars: Sequence[Bar], room: int) -> list[Content]:
    name = min(max((width(bar.name) for bar in bars), default=0), max(12, room * 2 // 5))
    longest = max(SMALLEST_BAR, room - name - FIGURES)
    return [_bar(bar, name, longest) for bar in bars]


def _bar(bar: Bar, name: int, longest: int) -> Content:
    filled = max(1, round(longest * bar.size))
    return Content.assemble(
        ("! " if bar.rare else "  ", STYLES["warns"]),
        padded(bar.name, name),
        f" {bar.rows:>7,} {bar.share:>6.1%} ",
        ("━" * filled, STYLES["warns"] if bar.rare else "$text-primary"),
    )


def _plot(plot: Plot, room: int) -> list[Content]:
    points = [
        Point(point.rows, (point.low + point.high) / 2, point.low, point.high, None, "●" if point.measured else "○")
        for point in plot.points
    ]
    return [*score_curve(points, room, CURVE_HEIGHT), *Content.styled(plot.key, MUTED).wrap(room)]


def _fields(fields: Fields, room: int, lines: list[Content], stops: list[Stop]) -> None:
    """Add the fields, each over values of its first rows."""
    header = ("field", "role", "filled", "different", "kind")
    cells = [(row.shown, row.said, row.filled, row.distinct, row.kind) for row in fields.rows]
    first, *rest = aligned((header, *cells), frozenset({0, 1, 4}), room)
    lines.append(Content.styled(first, MUTED))
    for row, told in zip(fields.rows, rest, strict=True):
        stops.append(Stop(len(lines), len(lines) + 2, row))
        lines.append(Content.styled(told, ROLE_STYLES[row.role]))
        each = max(8, (room - 2) // max(1, len(row.samples)) - 3)
        shown = " │ ".join(padded(sample or "(empty)", each).rstrip() for sample in row.samples)
        lines.append(Content.styled(f"  {shown}", MUTED))
