"""Something to be read at length: details, rows, what is inside a stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer

from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.text import visible
from advisor.ui.widgets.lines import Lines
from advisor.ui.widgets.title_bar import TitleBar

Written = Callable[[int], Sequence[Content]]
"""Writes what is to be read into a width."""


class ReadingScreen(AdvisorScreen[None]):
    """Lines under a title; Escape goes back."""

    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = "Lines"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back"), Binding("f5", "copy_all", "copy")]

    def __init__(self, session: SessionPort, title: str, written: Written) -> None:
        super().__init__(session)
        self.named = title
        self.written = written

    def compose(self) -> ComposeResult:
        """The title, the lines, the keys."""
        yield TitleBar()
        yield Lines()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Write the lines once there is a width to write them into."""
        self.show_title(self.session.title, self.named)
        self.call_after_refresh(self.write)

    def on_resize(self) -> None:
        """Write them into the new width."""
        self.call_after_refresh(self.write)

    def write(self) -> None:
        """Write the lines anew; the reader stays where they are."""
        lines = self.query_one(Lines)
        if lines.size.width:
            # The last cell keeps the text clear of the scrollbar.
            lines.show(self.written(max(1, lines.size.width - 1)))

    def all_text(self) -> str:
        """Return the lines."""
        return self.query_one(Lines).as_text

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


def paragraphs(text: str, width: int, style: str = "", indent: int = 0) -> list[Content]:
    """Return foreign text as lines that fit."""
    room = max(10, width - indent)
    wrapped = (Content.styled(one, style).wrap(room) if one else [Content()] for one in visible(text).split("\n"))
    return [Content(" " * indent) + line for lines in wrapped for line in lines]
