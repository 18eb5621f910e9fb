"""The sections of the report in one line, where there is no room for a list beside them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from advisor.domain.report_text import shortened, width

LESS, MORE = "‹ ", " ›"
BETWEEN = "  "


class SectionStrip(Widget):
    """Titles beside each other, one of them marked; ‹ and › say that there are more on that side."""

    DEFAULT_CSS = "SectionStrip { height: 1; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self._at = 0

    def show(self, titles: Sequence[str], at: int) -> None:
        """Show these titles with one of them marked."""
        self._titles, self._at = tuple(titles), at
        self.refresh()

    def render(self) -> Content:
        """Draw as many as there is room for around the marked one."""
        room = self.size.width
        if not self._titles or room < 1:
            return Content()
        shown = fitting(self._titles, self._at, room)
        parts = [
            Content.styled(
                shortened(self._titles[place], max(1, room - len(LESS + MORE))),
                ("bold reverse " if place == self._at else "")
                + ("$text-accent" if place == self._at else "$text-muted"),
            ).stylize(Style.from_meta({"@click": f"screen.turn_to({place})"}))
            for place in shown
        ]
        less = _turning(LESS, -1) if shown.start else Content(" " * len(LESS))
        more = _turning(MORE, 1) if shown.stop < len(self._titles) else Content()
        return Content.assemble(less, Content(BETWEEN).join(parts), more)


def fitting(titles: Sequence[str], at: int, room: int) -> range:
    """Return the places around `at` whose titles fit, with the marks on both sides."""
    room -= len(LESS + MORE)
    start, stop, used = at, at + 1, width(titles[at])
    while True:
        # The side with fewer comes first, so that there is one on either side wherever there can be.
        both = (stop, start - 1) if stop - at <= at - start + 1 else (start - 1, stop)
        sides = [place for place in both if 0 <= place < len(titles)]
        fits = [place for place in sides if used + len(BETWEEN) + width(titles[place]) <= room]
        if not fits:
            return range(start, stop)
        used += len(BETWEEN) + width(titles[fits[0]])
        start, stop = min(start, fits[0]), max(stop, fits[0] + 1)


def _turning(mark: str, by: int) -> Content:
    return Content.styled(mark, "bold $text-accent").stylize(Style.from_meta({"@click": f"screen.turn({by})"}))
