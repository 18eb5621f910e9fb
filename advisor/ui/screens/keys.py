"""What every key does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from advisor.ui.screens.pane import Pane
from advisor.ui.widgets.prompt import Prompt

FUNCTION_KEY = re.compile(r"f\d")

WRITING = (
    ("answer", "in your own words, or the number of an answer"),
    ("?", "why the question is asked"),
    ("back, skip", "take the last answer back, leave the question out"),
    ("show", "everything known, with its source"),
)
"""What can be typed in the conversation."""


class Keys(Pane[None]):
    """The keys of the screen below and of what has the focus there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1,question_mark", "leave", "close", show=False)]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self.rows = tuple(_rows(below))
        self.writing = bool(below.query(Prompt))

    def compose(self) -> ComposeResult:
        """One line a key."""
        rows = [*self.rows, *((("", ""), *WRITING) if self.writing else ())]
        width = max((len(key) for key, _ in rows), default=0)
        lines = [Content.assemble((f"{key:<{width}}", "bold $text-accent"), f"  {what}") for key, what in rows]
        with Vertical(), VerticalScroll():
            yield Static(Content("\n").join(lines), markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        pane = self.query_one(Vertical)
        pane.border_title = "keys"
        pane.border_subtitle = "Esc closes"
        self.query_one(VerticalScroll).focus()


def _rows(below: Screen[object]) -> Iterable[tuple[str, str]]:
    """Return each action once with all its keys; those of a text field are what they are everywhere."""
    keys: dict[tuple[str, str], list[str]] = {}
    for active in below.active_bindings.values():
        if _ours(active):
            display = below.app.get_key_display(active.binding)
            keys.setdefault((active.binding.action.split("(")[0], active.binding.description), []).append(display)
    rows = ((" ".join(dict.fromkeys(displays)), description) for (_, description), displays in keys.items())
    yield from sorted(rows, key=lambda row: (not FUNCTION_KEY.match(row[0]), row))


def _ours(active: ActiveBinding) -> bool:
    binding = active.binding
    return bool(binding.description) and active.enabled and not binding.description[0].isupper()
