"""One question with a few answers, each on a key."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from advisor.ui.screens.leaving import LeftOnce


class Way(NamedTuple):
    """An answer and the key that gives it."""

    key: str
    label: str


class Choice(ModalScreen[str], LeftOnce[str]):
    """Ask before something that cannot be taken back; Escape changes nothing."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stay", "stay")]

    def __init__(self, question: str, *ways: Way) -> None:
        super().__init__()
        self.question = question
        self.ways = ways

    def compose(self) -> ComposeResult:
        """The question over its answers; the harmless one comes first."""
        with Vertical():
            yield Static(self.question, markup=False)
            yield OptionList(
                *(Option(Content.assemble((way.key, "bold $text-accent"), f"  {way.label}")) for way in self.ways),
                markup=False,
                compact=True,
            )

    def on_key(self, event: events.Key) -> None:
        """Take the key of an answer."""
        if event.key in {way.key for way in self.ways}:
            event.stop()
            self.dismiss(event.key)

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self.ways[message.option_index].key)

    def action_stay(self) -> None:
        """Change nothing."""
        self.dismiss("")
