"""Somebody at the newcomer's side: every step explained, every answer suggested."""

from __future__ import annotations

from advisor import telling
from advisor.domain.advice import Recommendation
from advisor.domain.open_now import FactAsked, OpenNow, RunOffered
from advisor.domain.plan import Plan
from advisor.tour import script
from advisor.voice import Guide


class TourGuide(Guide):
    """Tells the story of the tour; whoever takes it may answer otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._explained: set[str] = set()

    def opening(self) -> str:
        """Say that this is the tour."""
        return telling.opening(tour=True)

    def comment(self, moment: str) -> str:
        """Explain a moment the first time it comes."""
        comment = script.comment(moment)
        if comment in self._explained:
            return ""
        self._explained.add(comment)
        return comment

    def after_practice(self, advice: Recommendation, practised: Recommendation) -> str:
        """Bring the story to its end: its advice was the story's, not that of whoever takes the tour."""
        return telling.end_of_tour(practised)

    def suggestion(self, open_now: OpenNow, plan: Plan | None) -> str:
        """Return what the story answers; an empty reply must never agree to another host, nor settle anything."""
        match open_now:
            case FactAsked(fact=fact):
                return script.ANSWERS.get(fact, "")
            case RunOffered() if plan is not None and plan.practice:
                return script.CONSENT
        return ""
