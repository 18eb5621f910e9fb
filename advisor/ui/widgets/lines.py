"""Lines of text, drawn only where they are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style


class Lines(ScrollView):
    """Any number of lines that scroll both ways and can be selected with the mouse; one of them may be marked."""

    HELP = "Arrows and page keys scroll. Select with the mouse, `ctrl+c` copies."
    ALLOW_SELECT = True
    FITTED: ClassVar[bool] = False
    """Whether the lines are made to fit, so that they never scroll across."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--gutter"}
    DEFAULT_CSS = """
    Lines {
        scrollbar-size: 1 1;
        & > .lines--cursor { background: $foreground 10%; }
        &:focus > .lines--cursor { background: $block-cursor-blurred-background; text-style: bold; }
        & > .lines--gutter { color: $foreground-muted; }
    }
    """

    cursor: reactive[int | None] = reactive(None)
    """Index of the marked line."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.shown: Sequence[Content] = ()
        self.lead = 0
        """Cells before each line that are not part of its text."""

    @property
    def as_text(self) -> str:
        """All lines, without their gutter."""
        return "\n".join(line.plain for line in self.shown)

    def show(self, lines: Iterable[Content]) -> None:
        """Show other lines; the place of the reader and the marked line stay where they are."""
        self.shown = list(lines)
        self._fit()
        if self.cursor is not None:
            self.cursor = min(self.cursor, len(self.shown) - 1) if self.shown else None
        self.refresh()

    def _fit(self) -> None:
        self.virtual_size = Size(self._width(), len(self.shown))

    def _width(self) -> int:
        return self.size.width if self.FITTED else max((one.cell_length for one in self.shown), default=0) + self.lead

    def see(self, index: int) -> None:
        """Scroll as little as possible until a line is in view."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= index < top + height:
            self.scroll_to(y=index if index < top else index - height + 1, animate=False)

    def content(self, index: int) -> Content:
        """Return a line as it is drawn."""
        return self.shown[index]

    def before(self, index: int) -> str:
        """Return what stands in the gutter of a line."""
        return ""

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view."""
        across, down = self.scroll_offset
        index, width, style = down + y, self.size.width, self.visual_style
        if index >= len(self.shown):
            return Strip.blank(width, style.rich_style)
        if index == self.cursor:
            style = self.get_visual_style("lines--cursor")
        text = self.drawn(index, style)
        text = text.crop_extend(across, across + width - self.lead, style.rich_style).apply_offsets(across, index)
        if not self.lead:
            return text
        beside = style + self.get_visual_style("lines--gutter", partial=True)
        return Strip.join([Strip([Segment(self.before(index), beside.rich_style)], self.lead), text])

    def drawn(self, index: int, style: Style) -> Strip:
        """Draw the whole of a line."""
        parts = self._selected(index).render(style, end="")
        return Strip([Segment(text, (style + part).rich_style) for text, part in parts])

    def _selected(self, index: int) -> Content:
        content, selection = self.content(index), self.text_selection
        if selection is None or (span := selection.get_span(index)) is None:
            return content
        style = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        return content.stylize(style, span[0], len(content) if span[1] == -1 else span[1])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text."""
        return selection.extract(self.as_text), "\n"

    def on_click(self, event: events.Click) -> None:
        """Leave the text alone: a double click would select all of it."""
        event.prevent_default()


class Rows(Lines):
    """Lines one of which can be chosen, with the arrows and Enter or with the mouse."""

    HELP = "Choose with the arrows and Enter, or click; a double click is an Enter. Select with the mouse."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("home", "move_to(0)", "first", show=False),
        Binding("end", "move_to(-1)", "last", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("enter", "choose", "open", show=False),
    ]

    @dataclass
    class Moved(Message):
        """Another line is marked."""

        index: int
        rows: Rows

        @property
        def control(self) -> Rows:
            """The rows, for `@on` selectors."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        index: int
        rows: Rows

        @property
        def control(self) -> Rows:
            """The rows, for `@on` selectors."""
            return self.rows

    @property
    def first(self) -> int:
        """Where marking begins."""
        return 0

    def watch_cursor(self, before: int | None, cursor: int | None) -> None:
        """Keep the marked line in view and tell of it."""
        if cursor is not None and cursor != before:
            self.see(cursor)
            self.post_message(self.Moved(cursor, self))

    def on_click(self, event: events.Click) -> None:
        """Mark the line, choose it on a double click."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        if 0 <= index < len(self.shown):
            self.cursor = index
            if event.chain == 2:
                self.action_choose()

    def action_move(self, by: int) -> None:
        """Mark the line above or below; at either end the key goes on to what is around."""
        index = self.first if self.cursor is None else self.cursor + by
        if not 0 <= index < len(self.shown):
            raise SkipAction
        self.cursor = index

    def action_move_to(self, index: int) -> None:
        """Mark the first or the last line."""
        if not self.shown:
            raise SkipAction
        self.cursor = index % len(self.shown)

    def action_page(self, pages: int) -> None:
        """Mark the line a page further; what fits on one page leaves the key to what is around."""
        if len(self.shown) <= self.size.height:
            raise SkipAction
        cursor = (self.cursor or 0) + pages * max(1, self.size.height - 1)
        self.cursor = min(max(cursor, 0), len(self.shown) - 1)

    def action_choose(self) -> None:
        """Choose the marked line."""
        if self.cursor is None and self.shown:
            self.cursor = self.first
        if self.cursor is not None:
            self.post_message(self.Chosen(self.cursor, self))


def widest(lines: Iterable[str]) -> int:
    """Return the cells of the longest line."""
    return max(map(cell_len, lines), default=0)
