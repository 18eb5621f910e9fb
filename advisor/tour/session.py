"""The conversation with somebody at one's side: every step explained, every answer suggested."""

from __future__ import annotations

from pathlib import Path

from advisor import telling
from advisor.domain.dialogue import Message, Step
from advisor.domain.facts import Facts
from advisor.session import Session
from advisor.tour import script


class TourSession(Session):
    """A conversation that tells a story; whoever takes the tour may answer otherwise."""

    def __init__(self, data: Path, *, told: Facts, kept_in: Path | None = None) -> None:
        super().__init__(data, told=told, kept_in=kept_in)
        self._explained: set[str] = set()

    def opening(self) -> str:
        """Say that this is the tour."""
        return telling.opening(tour=True)

    async def open(self) -> Step:
        """Begin."""
        return self._guided(await super().open())

    async def reply(self, text: str) -> Step:
        """Take in one reply."""
        return self._guided(await super().reply(text))

    async def after_run(self) -> Step:
        """Say what the run brought, and how to read it."""
        step = await super().after_run()
        return step if self.comparison is None else _explained(step, script.RESULT, 1)

    def _guided(self, step: Step) -> Step:
        """Explain a step the first time it comes, before its question, and suggest an answer."""
        comment = script.comment(step.phase, step.asked)
        if comment and comment not in self._explained:
            self._explained.add(comment)
            step = _explained(step, comment, len(step.messages) - 1)
        return step.model_copy(update={"suggestion": script.suggestion(step.phase, step.asked)})


def _explained(step: Step, comment: str, place: int) -> Step:
    messages = (*step.messages[:place], Message(kind="noted", text=comment), *step.messages[place:])
    return step.model_copy(update={"messages": messages})
