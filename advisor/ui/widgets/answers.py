"""Numbered answers."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from advisor.domain.dialogue import Answer
from advisor.ui.text import line


class Answers(OptionList):
    """Answers that can be clicked or chosen with the arrows; typing the number does the same."""

    HELP = "Choose with the arrows and Enter, click, or type anything: it goes to the prompt."
    ALLOW_SELECT = True

    @dataclass
    class Chosen(Message):
        """The user chose an answer."""

        answer: Answer
        answers: Answers

        @property
        def control(self) -> Answers:
            """The list, for `@on` selectors."""
            return self.answers

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        self.answers = answers
        width = len(str(len(answers)))
        super().__init__(
            *(
                Option(Content.assemble((f"{number:>{width}}", "bold $text-accent"), f"  {line(answer.label)}"))
                for number, answer in enumerate(answers, 1)
            ),
            markup=False,
            compact=True,
        )
        self.highlighted = None

    def as_text(self) -> str:
        """Return the answers, one a line."""
        return "\n".join(f"{number}  {line(answer.label)}" for number, answer in enumerate(self.answers, 1))

    def render_line(self, y: int) -> Strip:
        """Draw a line, what is selected of it marked."""
        strip, number = super().render_line(y), self.scroll_offset.y + y
        if self.text_selection is not None and (span := self.text_selection.get_span(number)) is not None:
            start = cell_len(strip.text[: span[0]])
            end = strip.cell_length if span[1] == -1 else cell_len(strip.text[: span[1]])
            style = self.screen.get_component_rich_style("screen--selection")
            strip = Strip.join([strip.crop(0, start), strip.crop(start, end).apply_style(style), strip.crop(end)])
        return strip.apply_offsets(0, number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text."""
        above = self.scroll_offset.y
        lines = [super(Answers, self).render_line(y - above).text.rstrip() for y in range(self.virtual_size.height)]
        return selection.extract("\n".join(lines)), "\n"

    def on_click(self, event: events.Click) -> None:
        """Choose nothing where the mouse was drawn over text to select it."""
        if self.text_selection is not None:
            event.prevent_default()

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Chosen(self.answers[message.option_index], self))
