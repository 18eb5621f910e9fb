"""What a run said, and the search in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, overload

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from advisor.domain.run_log import LINES_KEPT, Log, LogLine
from advisor.ui.text import line
from advisor.ui.widgets.lines import Lines, widest

MARKS = {"info": " ", "warning": "!", "error": "✗"}
STYLES = {"warning": "$text-warning", "error": "$text-error"}


MOST_DRAWN = 1000
"""Lines kept as they were drawn."""


class _Written(NamedTuple):
    """A line as it is shown."""

    number: int
    """How many lines were said before it."""
    text: str
    style: str


class RunLog(Lines):
    """Plain lines with their time; only new ones are written, and the newest are kept.

    It stays at the end unless the reader has gone elsewhere, and then at what is being read.
    """

    HELP = "Arrows and page keys scroll. `/` searches, `n` and `N` go from match to match, `f` shows the matches only."

    def __init__(self) -> None:
        super().__init__()
        self.search = ""
        self.only_matches = False
        self.matches: list[int] = []
        """Numbers of the kept lines that hold what is searched for."""
        self._kept: list[_Written] = []
        self._lines: list[_Written] = []
        self._said = 0
        self._at_end = True
        self._drawn: dict[tuple[int, Style], Strip] = {}
        """Lines already drawn, by their numbers."""

    @property
    def as_text(self) -> str:
        """The lines shown."""
        return "\n".join(one.text for one in self._lines)

    def write(self, log: Log) -> None:
        """Write the lines that came since the last call; nothing moves while text is selected."""
        if log.said == self._said or self.text_selection is not None:
            return
        if log.said < self._said:
            self._said, self._kept, self.matches = 0, [], []
            self._drawn.clear()
        fresh = log.since(self._said)
        first = log.said - len(fresh)
        self._said = log.said
        written = [_written(first + index, said) for index, said in enumerate(fresh)]
        self._kept = [*self._kept, *written][-LINES_KEPT:]
        if self.search:
            found = [*self.matches, *self._found_in(written)]
            self.matches = found[bisect_left(found, self._kept[0].number) :]
        at_end = self._at_end and self.cursor is None
        self._show(at_end, widest(one.text for one in written))

    def find(self, search: str) -> None:
        """Mark what is searched for; nothing shows the log as it was."""
        self.search = search.casefold()
        self._drawn.clear()
        self.only_matches = self.only_matches and bool(search)
        self.matches = self._found_in(self._kept) if search else []
        self._show(at_end=not search and self._at_end)
        self.cursor = None
        if search:
            self.go(-1)

    def _found_in(self, lines: Sequence[_Written]) -> list[int]:
        return [one.number for one in lines if self.search in one.text.casefold()]

    def show_only_matches(self, only: bool) -> None:
        """Hide or show the lines without a match."""
        self.only_matches = only and bool(self.search)
        self._show(at_end=False)

    def go(self, by: int) -> None:
        """Mark the next match, or the one before, seen from the marked line or from what is in view."""
        if not self.matches:
            return
        here = self._number(self.scroll_offset.y + self.size.height if self.cursor is None else self.cursor)
        place = bisect_right(self.matches, here) if by > 0 else bisect_left(self.matches, here) - 1
        self.cursor = self._index(self.matches[place % len(self.matches)])
        self.see(self.cursor)

    @property
    def place(self) -> int:
        """Which match is marked, counted from one; 0 for none."""
        number = -1 if self.cursor is None else self._number(self.cursor)
        place = bisect_left(self.matches, number)
        return place + 1 if place < len(self.matches) and self.matches[place] == number else 0

    def on_resize(self) -> None:
        """Keep the newest line in view, unless someone is reading elsewhere."""
        if self._at_end and self.cursor is None:
            self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note whether the reader is at the end; a hidden log has no end to be at."""
        super().watch_scroll_y(old_value, new_value)
        if self.size.height:
            self._at_end = self.is_vertical_scroll_end

    def _show(self, at_end: bool, width: int = 0) -> None:
        top = self._number(self.scroll_offset.y)
        marked = None if self.cursor is None else self._number(self.cursor)
        self._lines = self._kept
        if self.only_matches:
            first = self._kept[0].number if self._kept else 0
            self._lines = [self._kept[number - first] for number in self.matches]
        self.shown = _Contents(self._lines)
        self._scroll_over(Size(max(width, self.virtual_size.width), len(self._lines)))
        self.cursor = None if marked is None or not self._lines else self._index(marked)
        if at_end:
            self.scroll_end(animate=False, immediate=True, x_axis=False)
        elif (index := self._index(top)) != self.scroll_offset.y:
            self.scroll_to(y=index, animate=False)
        self.refresh()

    def _scroll_over(self, size: Size) -> None:
        """Take another size without a layout: the place of a log does not depend on its lines."""
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _number(self, index: int) -> int:
        return self._lines[index].number if index < len(self._lines) else self._said

    def _index(self, number: int) -> int:
        """Return where the first shown line from a number on stands."""
        if self._lines is self._kept:
            index = number - self._kept[0].number if self._kept else 0
        else:
            index = bisect_left(self.matches, number)
        return min(max(0, index), max(0, len(self._lines) - 1))

    def drawn(self, index: int, style: Style) -> Strip:
        """Draw a line once, as long as nothing in it is selected."""
        if self.text_selection is not None:
            return super().drawn(index, style)
        key = (self._lines[index].number, style)
        if (strip := self._drawn.get(key)) is None:
            if len(self._drawn) >= MOST_DRAWN:
                self._drawn.clear()
            strip = self._drawn[key] = super().drawn(index, style)
        return strip

    def content(self, index: int) -> Content:
        """Return a line with its matches marked."""
        content = self.shown[index]
        if self.search:
            text = content.plain.casefold()
            start = text.find(self.search)
            while start >= 0:
                content = content.stylize("reverse", start, start + len(self.search))
                start = text.find(self.search, start + len(self.search))
        return content


class _Contents(Sequence[Content]):
    """Lines made into content when they are drawn."""

    def __init__(self, lines: list[_Written]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Content: ...

    @overload
    def __getitem__(self, index: slice) -> list[Content]: ...

    def __getitem__(self, index: int | slice) -> Content | list[Content]:
        if isinstance(index, slice):
            return [Content.styled(one.text, one.style) for one in self._lines[index]]
        return Content.styled(self._lines[index].text, self._lines[index].style)


def stamped(said: LogLine) -> Content:
    """Return a line of the log with its time."""
    return Content.styled(_text(said), STYLES.get(said.level, ""))


def _written(number: int, said: LogLine) -> _Written:
    return _Written(number, _text(said), STYLES.get(said.level, ""))


def _text(said: LogLine) -> str:
    time = _clock(int(said.t)) if said.t else "        "
    return f"{time} {MARKS[said.level]} {line(said.text, 500)}"


@lru_cache(maxsize=64)
def _clock(second: int) -> str:
    return datetime.fromtimestamp(second).astimezone().strftime("%H:%M:%S")
