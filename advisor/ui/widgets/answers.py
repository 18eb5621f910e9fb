"""Numbered answers."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from advisor.domain.dialogue import Answer
from advisor.ui.text import line


class Answers(OptionList):
    """Answers that can be clicked or chosen with the arrows; typing the number does the same."""

    HELP = "Choose with the arrows and Enter, click, or type anything: it goes to the prompt."

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

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Chosen(self.answers[message.option_index], self))
