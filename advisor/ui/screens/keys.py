"""What every key does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from inspect import cleandoc
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from advisor.ui.screens.pane import Pane

FUNCTION_KEY = re.compile(r"f\d")


class Keys(Pane[None]):
    """The keys of the screen below and of what has the focus there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1,question_mark", "leave", "close", show=False)]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self.rows = tuple(_rows(below))
        self.help = tuple(_help(below))

    def compose(self) -> ComposeResult:
        """What can be done in words, then one line a key."""
        width = max((len(key) for key, _ in self.rows), default=0)
        lines = [Content.assemble((f"{key:<{width}}", "bold $text-accent"), f"  {what}") for key, what in self.rows]
        with Vertical(), VerticalScroll():
            yield Static(Content("\n\n").join([*map(_worded, self.help), Content("\n").join(lines)]), markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        pane = self.query_one(Vertical)
        pane.border_title = "keys"
        pane.border_subtitle = "Esc closes"
        self.query_one(VerticalScroll).focus()


def _rows(below: Screen[Any]) -> Iterable[tuple[str, str]]:
    """Return each action once with all its keys; those of a text field are what they are everywhere."""
    bindings = [active.binding for active in below.active_bindings.values() if _ours(active)]
    longest: dict[str, str] = {}
    for binding in bindings:
        longest[binding.action] = max(longest.get(binding.action, ""), binding.description, key=len)
    keys: dict[tuple[str, str], dict[str, None]] = {}
    for binding in bindings:
        row = keys.setdefault((binding.action.split("(")[0], longest[binding.action]), {})
        row[below.app.get_key_display(binding)] = None
    rows = ((" ".join(shown), description) for (_, description), shown in keys.items())
    yield from sorted(rows, key=lambda row: (not FUNCTION_KEY.match(row[0]), row))


def _help(below: Screen[Any]) -> Iterable[str]:
    for widget in (below, below.focused):
        if widget is not None and widget.HELP:
            yield cleandoc(widget.HELP)


def _worded(told: str) -> Content:
    """Return a text with what can be typed set apart, as its backticks say."""
    parts = told.split("`")
    return Content.assemble(*((part, "bold $text-accent" if place % 2 else "") for place, part in enumerate(parts)))


def _ours(active: ActiveBinding) -> bool:
    binding = active.binding
    return bool(binding.description) and active.enabled and not binding.description[0].isupper()
