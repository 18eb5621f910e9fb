"""What there is to go on with, before a conversation."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from advisor.domain.dialogue import Offer
from advisor.ui.screens.leaving import LeftOnce
from advisor.ui.text import line
from advisor.ui.widgets.title_bar import TitleBar

MARKS = {"run": "▶", "conversation": "❯", "data": "+", "tour": "→", "finished": "✓"}
"""How the kinds of offers differ without colour."""

WORDS = {"run": "run", "conversation": "conversation", "data": "", "tour": "", "finished": "finished"}

ELSE = Offer(kind="conversation", title="something else", detail="begin a new conversation and type it")


class StartScreen(LeftOnce["tuple[Offer | None, str] | None"]):
    """Live runs and unfinished conversations, newest first; finished ones behind all that is new.

    Returns the offer and what was typed instead of choosing one; no offer is a new conversation, nothing is to stay.
    """

    CSS_PATH = "start.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.keys", "keys"),
        Binding("escape", "leave", "back"),
        *(Binding(str(number), f"choose({number})", "choose by number", show=False) for number in range(1, 10)),
    ]

    def __init__(self, offers: tuple[Offer, ...], *, returning: bool) -> None:
        super().__init__()
        ended = tuple(offer for offer in offers if offer.kind == "finished")
        # What is new comes before what is over, or Enter would go back to that.
        self.offers = (*(offer for offer in offers if offer not in ended), ELSE, *ended)
        self.returning = returning
        """Whether there is a conversation to go back to."""
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The offers."""
        yield TitleBar()
        yield Static("What would you like to go on with?", markup=False, id="question")
        yield OptionList(*(Option(_told(n, offer)) for n, offer in enumerate(self.offers, 1)), markup=False)
        yield Static("The number, the arrows and Enter, or a click. Or just type.", markup=False, classes="-note")
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Nothing is open yet."""
        self.query_one(TitleBar).show((), "")
        self.query_one(OptionList).highlighted = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the way back where there is none."""
        return self.returning if action == "leave" else True

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        self.action_choose(message.option_index + 1)

    def action_choose(self, number: int) -> None:
        """Go on with an offer."""
        if number <= len(self.offers):
            offer = self.offers[number - 1]
            self.dismiss((None if offer is ELSE else offer, ""))

    def action_leave(self) -> None:
        """Go back to the conversation."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Typing words begins a new conversation with them."""
        if event.character and (event.character.isalpha() or (self._typed and event.is_printable)):
            event.stop()
            if not self._typed:
                # Behind the keys that wait here already: they belong to the same words.
                self.call_later(self._begin)
            self._typed += event.character

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words begin one, too."""
        event.stop()
        if not self._typed:
            self.call_later(self._begin)
        self._typed += event.text

    def _begin(self) -> None:
        self.dismiss((None, self._typed))


def _told(number: int, offer: Offer) -> Content:
    kind = "" if offer is ELSE else WORDS[offer.kind]
    mark = "?" if offer is ELSE else MARKS[offer.kind]
    head = Content.assemble((f"{number:>2} ", "bold $text-accent"), f"{mark} ", (line(offer.title, 100), "bold"))
    said = " · ".join(part for part in (kind, line(offer.detail, 200)) if part)
    return Content("\n").join([head, Content.styled(f"     {said}", "$foreground-muted")]) if said else head
