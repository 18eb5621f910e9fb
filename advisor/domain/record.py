"""The decision record: one page for somebody who was not there, made from what is known and what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from advisor.domain.advice import Reason, Recommendation
from advisor.domain.checklist import Checklist, Item
from advisor.domain.comparison import Comparison, Row
from advisor.domain.conversation import Allowed, Consented, ConversationEvent, Ended, Opened, Ran, Said
from advisor.domain.decisions import Choice, earlier_advice, open_points, overrulings, replaced_values
from advisor.domain.facts import Fact, Facts
from advisor.domain.forecast import Forecast
from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Plan
from advisor.domain.record_parts import (
    Advice,
    Argument,
    Candidate,
    CheckedItem,
    Consent,
    KnownFact,
    Objection,
    OpenPoint,
    Overruled,
    Part,
    Planned,
    Replaced,
    Result,
    Text,
)
from advisor.domain.retelling import file_name, moment, route_in_words, value_in_brief
from advisor.domain.statistics import wilson
from advisor.domain.wording import SHORT, STATE_MARKS

VERSION = 1
"""Raised when a reader of older records would misunderstand a new one."""


class DecisionRecord(Part):
    """Everything a colleague needs to judge the decision."""

    version: int = VERSION
    title: Text
    date: str
    """Day in UTC; empty where it is not known."""
    dataset: Text | None
    """Name of the file, without its folder."""
    project: Text | None
    run: Text | None
    advice: Advice
    would_change: Text
    overruled_now: bool
    """Whether the route above was chosen against the advice."""
    risk: Text
    unsettled: tuple[Text, ...]
    first: tuple[Text, ...]
    """What else has to be in place before fine-tuning."""
    next: Text | None
    """What to try when this brings too little."""
    earlier: tuple[Advice, ...]
    overruled: tuple[Overruled, ...]
    checklist: tuple[CheckedItem, ...]
    facts: tuple[KnownFact, ...]
    replaced: tuple[Replaced, ...]
    against: tuple[Objection, ...]
    planned: Planned | None
    consents: tuple[Consent, ...]
    result: Result | None
    ended: Text
    """Why the last run ended without a result, as it was said; empty where it is not known."""
    ran: bool
    """Whether a run was started; without a result it brought none, or its folder is gone."""
    questions: tuple[OpenPoint, ...]

    @property
    def objections(self) -> tuple[tuple[str, str], ...]:
        """What speaks against other routes, each said once with the routes it speaks against."""
        routes: dict[str, list[str]] = {}
        for objection in self.against:
            routes.setdefault(objection.text, []).append(objection.title)
        return tuple(("; ".join(titles), text) for text, titles in routes.items())


def record_of(
    facts: Facts,
    checklist: Checklist,
    recommendation: Recommendation,
    events: Sequence[ConversationEvent],
    *,
    plan: Plan | None = None,
    forecast: Forecast | None = None,
    comparison: Comparison | None = None,
    project: str | None = None,
    run: str | None = None,
    when: float = 0.0,
    looks: int = 0,
    reworked: bool = False,
) -> DecisionRecord:
    """Return the record of a decision.

    `when` is a Unix time; `project` and `run` are folders, of which only the names are kept; `looks` counts earlier
    runs that scored the same test rows; `reworked` says that the forecast is not the one that was shown, but was worked
    out again from the plan. `comparison` is the run's own; the record works nothing out anew.
    """
    dataset = _dataset(facts, events)
    return DecisionRecord(
        title=f"Decision record: {dataset}" if dataset else "Decision record",
        date=_time(when)[:10],
        dataset=dataset,
        project=file_name(project) if project else None,
        run=file_name(run) if run else None,
        **_advised(recommendation),
        earlier=tuple(_chosen(choice) for choice in earlier_advice(events, recommendation.route)),
        overruled=tuple(_overruled(choice) for choice in overrulings(events)),
        checklist=tuple(_item(item) for item in checklist.items),
        facts=tuple(_fact(fact) for fact in facts.known() if fact.value != () and fact.name != "overruled"),
        replaced=tuple(_replaced(old, new) for old, new in replaced_values(facts)),
        planned=_planned(plan, forecast, reworked=reworked) if plan else None,
        consents=tuple(_consents(events)),
        result=_result(comparison, file_name(run or ""), looks) if comparison else None,
        ended="" if comparison else _why_without_result(events),
        ran=comparison is not None or any(isinstance(event, Ran) for event in events),
        questions=open_points(recommendation.questions_open, events),
    )


def _dataset(facts: Facts, events: Sequence[ConversationEvent]) -> str | None:
    opened = next((event.data for event in events if isinstance(event, Opened)), None)
    path = facts.text("data_path") or opened
    return file_name(path) if path else None


def _why_without_result(events: Sequence[ConversationEvent]) -> str:
    """Return what was said when the last run ended and had measured nothing."""
    why, over = "", False
    for event in events:
        if isinstance(event, (Ran, Ended)):
            why, over = "", isinstance(event, Ended) and not event.facts
        elif over and isinstance(event, Said) and event.manner == "error":
            why, over = event.text, False
    return why


def _consents(events: Sequence[ConversationEvent]) -> Iterator[Consent]:
    for event in events:
        if isinstance(event, Consented):
            yield Consent(when=_time(event.t), sentence=event.sentence)
        elif isinstance(event, Allowed):
            yield Consent(when=_time(event.t), sentence=f"{event.model} may read replies the rules do not understand.")


def _time(t: float) -> str:
    at = moment(t)
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""


def _value(fact: Fact) -> str:
    if fact.name == "data_path" and isinstance(fact.value, str):
        return file_name(fact.value)
    return value_in_brief(fact)


def _fact(fact: Fact) -> KnownFact:
    low, high = None, None
    if fact.n and fact.split and isinstance(fact.value, float) and 0 <= fact.value <= 1:
        low, high = wilson(round(fact.value * fact.n), fact.n)
    return KnownFact(
        name=fact.name, label=SHORT[fact.name], value=_value(fact), source=fact.source.name, evidence=fact.evidence,
        n=fact.n, split=fact.split, low=low, high=high,
    )  # fmt: skip


def _replaced(old: Fact, new: Fact) -> Replaced:
    return Replaced(
        label=SHORT[new.name], value=_value(old), source=old.source.name, believed=_value(new),
        believed_source=new.source.name,
    )  # fmt: skip


def _item(item: Item) -> CheckedItem:
    return CheckedItem(
        name=item.name, state=item.state, mark=STATE_MARKS[item.state], evidence=item.evidence,
        source=item.source.name if item.source else "", needs=item.needs,
    )  # fmt: skip


def _advised(recommendation: Recommendation) -> dict[str, Any]:
    """Return what stands in the record of the advice as it is now."""
    return {
        "advice": Advice(
            route=recommendation.route, title=recommendation.title, reasons=_arguments(recommendation.reasons)
        ),
        "would_change": recommendation.would_change,
        "overruled_now": recommendation.overruled,
        "risk": recommendation.risk,
        "unsettled": recommendation.unsettled if recommendation.trains else (),
        "first": tuple(route_in_words(route) for route in recommendation.first if not recommendation.runs),
        "next": route_in_words(recommendation.next_route) if recommendation.next_route else None,
        "against": tuple(
            Objection(route=route, title=route_in_words(route), text=text)
            for route, text in recommendation.against.items()
        ),
    }


def _arguments(reasons: Sequence[Reason]) -> tuple[Argument, ...]:
    return tuple(Argument(text=reason.text, source=reason.source) for reason in reasons)


def _chosen(choice: Choice) -> Advice:
    reasons = tuple(Argument(text=text, source="") for text in choice.reasons)
    return Advice(when=_time(choice.t), route=choice.route, title=route_in_words(choice.route), reasons=reasons)


def _overruled(choice: Choice) -> Overruled:
    return Overruled(
        when=_time(choice.t), advised=route_in_words(choice.instead_of), chosen=route_in_words(choice.route),
        risk=choice.risk,
    )  # fmt: skip


def _planned(plan: Plan, expected: Forecast | None, *, reworked: bool) -> Planned:
    known = HOSTS.get(plan.host.name)
    return Planned(
        title=route_in_words(plan.route), host=known.title if known else plan.host.name, student=plan.student.model,
        teacher=plan.teacher.model if plan.teacher else None, train=plan.split.train, dev=plan.split.dev,
        test=plan.split.test, budget_usd=plan.budget_usd, forecast=expected, reworked=reworked,
    )  # fmt: skip


def _result(comparison: Comparison, run: str, looks: int) -> Result:
    return Result(
        run=run,
        candidates=tuple(_candidate(row, comparison, run) for row in comparison.rows),
        verdict=comparison.verdict,
        caveats=comparison.caveats,
        looks=looks,
        complete=comparison.complete,
    )


def _candidate(row: Row, comparison: Comparison, run: str) -> Candidate:
    measured_by = f"run {run}" if run else "the run"
    return Candidate(
        candidate=row.candidate, name=row.name, model=row.model, n=row.n, correct=row.correct, failures=row.failures,
        score=row.score, low=row.low, high=row.high, recommended=row.candidate == comparison.recommended,
        measured_by=f"{measured_by}, practice model" if comparison.practice else measured_by,
    )  # fmt: skip
