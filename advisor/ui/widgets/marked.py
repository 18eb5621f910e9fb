"""Text with a mark in the margin."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from advisor.ui.text import visible


class Marked(Static):
    """A paragraph of plain text; its mark hangs in the margin and is not copied with it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"marked--mark"}
    DEFAULT_CSS = """
    Marked { padding-left: 2; height: auto; }
    """

    def __init__(self, text: str | Content, mark: str = "", *, classes: str | None = None) -> None:
        self.mark = mark
        self.plain = ""
        super().__init__(self._content(text), markup=False, classes=classes)

    def show(self, text: str | Content, mark: str) -> None:
        """Replace text and mark."""
        self.mark = mark
        self.update(self._content(text))

    def _content(self, text: str | Content) -> Content:
        content = text if isinstance(text, Content) else Content(visible(text))
        self.plain = content.plain
        return content

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the mark over the padding of the first line."""
        strips = super().render_lines(crop)
        if self.mark and strips and crop.x == 0 and crop.y == 0:
            mark = Strip([Segment(self.mark, self.get_component_rich_style("marked--mark"))])
            # What is drawn here is past the filters that take colours out.
            for each in self.get_line_filters():
                mark = mark.apply_filter(each, self.background_colors[1])
            strips[0] = Strip.join([mark, strips[0].crop(mark.cell_length)])
        return strips
