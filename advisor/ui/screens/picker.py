"""A file, found by typing the beginning of its path."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from advisor.domain.browsing import PathChoice, completed
from advisor.ui.screens.pane import Pane
from advisor.ui.text import line, visible

KEYS = "Tab completes, arrows choose, Enter opens, Esc closes."
NOTHING = "Nothing there begins like that."
UNTYPABLE = "That name has characters that cannot be typed. Rename the file, then choose it."


class FilePicker(Pane[str]):
    """A path to complete over what goes on from it; returns the path as typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "complete", priority=True),
        Binding("up", "move(-1)", "choose", show=False, priority=True),
        Binding("down", "move(1)", "choose", show=False, priority=True),
    ]

    def __init__(self, paths_like: Callable[[str], tuple[PathChoice, ...]]) -> None:
        super().__init__()
        self.paths_like = paths_like
        self.choices: tuple[PathChoice, ...] = ()

    def compose(self) -> ComposeResult:
        """The path, the names, what can be done."""
        with Vertical():
            yield Input(placeholder="path of a file with examples", compact=True, select_on_focus=False)
            names = OptionList(markup=False, compact=True)
            names.can_focus = False
            yield names
            yield Static(KEYS, markup=False, classes="-note")

    def on_mount(self) -> None:
        """Begin where the advisor was started."""
        self.query_one(Vertical).border_title = "open a dataset"
        self._list("")

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._list(message.value)

    @work(exclusive=True, group="listing")
    async def _list(self, text: str) -> None:
        # A folder on a network may take its time; the typing does not wait for it.
        self._show(await asyncio.to_thread(self.paths_like, text))

    def _show(self, choices: tuple[PathChoice, ...]) -> None:
        self.choices = choices
        names = self.query_one(OptionList)
        names.clear_options()
        names.add_options(Option(_named(choice)) for choice in choices)
        names.highlighted = 0 if choices else None
        self.query_one(".-note", Static).update(KEYS if choices else NOTHING)

    def action_move(self, names: int) -> None:
        """Choose another name while the path keeps the focus."""
        listed = self.query_one(OptionList)
        if names < 0:
            listed.action_cursor_up()
        else:
            listed.action_cursor_down()

    def action_complete(self) -> None:
        """Write what all names have in common, or the chosen one when that is nothing more."""
        path = self.query_one(Input)
        text = completed(path.value, self.choices)
        highlighted = self.query_one(OptionList).highlighted
        if text == path.value and highlighted is not None:
            text = self.choices[highlighted].text
        self._write(text)

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        highlighted = self.query_one(OptionList).highlighted
        chosen = self.choices[highlighted : highlighted + 1] if highlighted is not None else ()
        exact = tuple(choice for choice in self.choices if choice.text == message.value)
        # What is listed may still belong to what was typed before.
        for choice in (exact or chosen)[:1]:
            if choice.text.lower().startswith(message.value.lower()):
                self._take(choice)

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._take(self.choices[message.option_index])

    def _take(self, choice: PathChoice) -> None:
        if visible(choice.text) != choice.text or "\n" in choice.text:
            self.query_one(".-note", Static).update(UNTYPABLE)
        elif choice.folder:
            self._write(choice.text)
        else:
            self.dismiss(choice.text)

    def _write(self, text: str) -> None:
        path = self.query_one(Input)
        path.value = text
        path.cursor_position = len(text)
        path.focus()


def _named(choice: PathChoice) -> Content:
    style = "bold" if choice.dataset else "" if choice.folder else "$foreground-muted"
    return Content.styled(line(choice.name, 120), style)
