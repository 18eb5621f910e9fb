"""Another value for one fact, typed or chosen where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from advisor.domain.dialogue import Known
from advisor.ui.text import line


class FactEditor(Vertical):
    """An input with the value as it may be typed, or the list of what a fact can be."""

    HELP = "Enter keeps the value, Escape leaves it as it was."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave it as it was")]

    @dataclass
    class Given(Message):
        """The user gave a value."""

        text: str

    @dataclass
    class Left(Message):
        """The user wants no other value."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known

    def compose(self) -> ComposeResult:
        """The value over what would do."""
        if self.known.choices:
            yield OptionList(
                *(Option(Content(line(choice.label))) for choice in self.known.choices), markup=False, compact=True
            )
        else:
            yield Input(line(self.known.written, 4096), compact=True)
        expected = "" if self.known.choices else f"{line(self.known.expects)}. "
        yield Static(f"{expected}Enter keeps, Esc leaves.", markup=False, classes="-expects")

    def on_mount(self) -> None:
        """Begin at the value it has."""
        field = self.query_one(OptionList if self.known.choices else Input)
        values = [choice.value for choice in self.known.choices]
        if isinstance(field, OptionList) and self.known.written in values:
            field.highlighted = values.index(self.known.written)
        # The panel may only now be coming into view, and what is hidden takes no focus.
        self.call_after_refresh(field.focus)

    def refuse(self, why: str) -> None:
        """Say why a value does not do; it stays to be corrected."""
        said = self.query_one(".-expects", Static)
        said.update(f"✗ {line(why, 400)}")
        said.add_class("-refused")

    @on(Input.Submitted)
    def _typed(self, message: Input.Submitted) -> None:
        message.stop()
        self.post_message(self.Given(message.value))

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Given(self.known.choices[message.option_index].value))

    def on_click(self, event: events.Click) -> None:
        """A click in here is none on the row."""
        event.stop()

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next choice that begins with it."""
        letter = event.character if event.is_printable else None
        if letter is None or not self.known.choices:
            return
        event.stop()
        choices = self.query_one(OptionList)
        here = -1 if choices.highlighted is None else choices.highlighted
        labels = [choice.label.lower() for choice in self.known.choices]
        places = [place for place, label in enumerate(labels) if label.startswith(letter.lower())]
        if places:
            choices.highlighted = next((place for place in places if place > here), places[0])

    def action_leave(self) -> None:
        """Give no value."""
        self.post_message(self.Left())
