"""What the words mean."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from advisor.ui.screens.pane import Pane
from advisor.ui.text import line

Terms = tuple[tuple[str, str], ...]

NOTHING = "No term has that in it."


class Glossary(Pane[None]):
    """The terms of the screen below first, then all; typing filters them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7,ctrl+g", "leave", "close", show=False),
        Binding("up", "scroll('up')", "scroll", show=False),
        Binding("down", "scroll('down')", "scroll", show=False),
        Binding("pageup", "scroll('page_up')", "scroll", show=False),
        Binding("pagedown", "scroll('page_down')", "scroll", show=False),
    ]

    def __init__(self, here: Terms, everything: Terms) -> None:
        super().__init__()
        self.here = here
        self.everything = everything

    def compose(self) -> ComposeResult:
        """A filter over the terms."""
        with Vertical():
            yield Input(placeholder="type to find a term", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(markup=False)

    def on_mount(self) -> None:
        """Show what the screen below is about."""
        pane = self.query_one(Vertical)
        pane.border_title = "what the words mean"
        pane.border_subtitle = "arrows scroll, Esc closes"
        self._show("")

    def action_scroll(self, way: str) -> None:
        """Scroll while the filter keeps the focus."""
        terms = self.query_one(VerticalScroll)
        ways = {
            "up": terms.scroll_up,
            "down": terms.scroll_down,
            "page_up": terms.scroll_page_up,
            "page_down": terms.scroll_page_down,
        }
        ways[way](animate=False)

    @on(Input.Changed)
    def _filter(self, message: Input.Changed) -> None:
        self._show(message.value)

    def _show(self, words: str) -> None:
        wanted = words.lower().strip()
        if wanted:
            # Names first: who types a term wants it, not what else mentions it.
            found = sorted(
                (one for one in self.everything if wanted in " ".join(one).lower()),
                key=lambda one: wanted not in one[0].lower(),
            )
            parts = [_entry(*one) for one in found] or [Content(NOTHING)]
        else:
            parts = [_entry(*one) for one in self.here]
            if self.here:
                parts.append(Content.styled("all terms", "$foreground-muted underline"))
            parts += [_entry(*one) for one in self.everything if one not in self.here]
        self.query_one(Static).update(Content("\n\n").join(parts))
        self.query_one(VerticalScroll).scroll_home(animate=False)


def _entry(term: str, meaning: str) -> Content:
    return Content.assemble((line(term, 80), "bold"), f"\n{line(meaning, 1000)}")
