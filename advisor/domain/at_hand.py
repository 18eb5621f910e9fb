"""What an answer to a question asked back may draw on."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain.advice import Recommendation
from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import Facts
from advisor.domain.forecast import Forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.places import Place
from advisor.domain.plan import Plan
from advisor.domain.route_words import TO_DO, joined


class AtHand(NamedTuple):
    """A case as it stands, with whatever of it is there."""

    facts: Facts
    advice: Recommendation
    plan: Plan | None = None
    forecast: Forecast | None = None
    report: DatasetReport | None = None
    places: tuple[Place, ...] = ()
    """The places to train as they are judged, where the question is about them."""

    @property
    def host_in_words(self) -> str:
        """Where the plan runs."""
        name = self.plan.host.name if self.plan else ""
        return HOSTS[name].title if name in HOSTS else name


def wanting(hand: AtHand) -> str:
    """Say why there is no forecast: nothing would run, or what is not known yet."""
    if not hand.advice.runs:
        return f"As it stands I would {TO_DO[hand.advice.route]}: nothing runs, so nothing is spent."
    host = hand.facts.text("host")
    missing = [] if hand.report else ["the file with the examples"]
    missing += [] if host else ["where it may run"]
    if host not in (None, "practice") and not hand.facts.has("student_model"):
        missing.append("which model is to be improved")
    if not missing:
        return "There is no forecast: a price of the student or something else of the plan is not known."
    return f"I can say once I know {joined(missing, 'and')}. Nothing is spent before you have seen it and said yes."
