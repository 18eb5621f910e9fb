"""The conversation with somebody at one's side: every step explained, every answer suggested."""

from __future__ import annotations

from pathlib import Path

from advisor import telling
from advisor.domain.dialogue import Step
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

    def guide(self, moment: str) -> str:
        """Explain a moment the first time it comes."""
        comment = script.comment(moment)
        if comment in self._explained:
            return ""
        self._explained.add(comment)
        return comment

    def step(self) -> Step:
        """End the turn with the answer the story gives."""
        step = super().step()
        practice = self.plan is not None and self.plan.practice
        if self.story.settling is not None or (step.phase == "offering" and not practice):
            # An empty reply stands for the suggestion: it must never agree to another host, nor settle anything.
            return step
        return step.model_copy(update={"suggestion": script.suggestion(step.phase, step.asked)})
