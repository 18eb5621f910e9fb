"""What a conversation waits for: one thing at a time, so that a yes can only be a yes to that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, cast, get_args

from advisor.domain.conversation import (
    Advised,
    Allowed,
    Asked,
    Closed,
    Consented,
    ConversationEvent,
    Corrected,
    Ended,
    Left,
    Overruled,
    Planned,
    Proposed,
    Ran,
    Replied,
    Restarted,
    Resumed,
    Settled,
    Settling,
    TookBack,
    Understood,
)
from advisor.domain.dialogue import Phase
from advisor.domain.facts import Fact, FactName


@dataclass(frozen=True)
class Nothing:
    """Nothing is asked: the advice stands, or nothing was said yet."""


@dataclass(frozen=True)
class FactAsked:
    """A question about a fact."""

    fact: FactName


@dataclass(frozen=True)
class RunOffered:
    """A written project; a yes runs it."""

    broken: str = ""
    """Folder of the run that a yes goes on with; empty where it starts a new one."""


Beneath = Nothing | FactAsked | RunOffered
"""What something to be settled comes before, and what is open again once it is."""


@dataclass(frozen=True)
class Disagreement:
    """Two facts that do not fit together; the user says which holds."""

    key: str
    beneath: Beneath = Nothing()


@dataclass(frozen=True)
class LeaveToRead:
    """A reply the rules did not understand; a yes sends it to a model."""

    key: ClassVar[str] = "ask_model"
    reply: str
    beneath: Beneath = Nothing()
    model: str = ""
    """Whose leave was asked for; a yes is to no other. Older transcripts do not say."""


@dataclass(frozen=True)
class FactsProposed:
    """What a model took from a reply; a yes makes it the user's word."""

    key: ClassVar[str] = "proposal"
    facts: tuple[Fact, ...]
    beneath: Beneath = Nothing()


ToSettle = Disagreement | LeaveToRead | FactsProposed
"""What has to be settled before anything else is asked."""


@dataclass(frozen=True)
class RunInHand:
    """A run that was agreed to and has not ended."""

    folder: str = ""
    """Where it writes; empty between the yes and the start."""
    resumes: str = ""
    """Folder of the broken run that the yes was to; empty where it was to a new one."""
    pays_again: bool = False
    """Whether the yes was to pay once more for a training that the host has lost."""


@dataclass(frozen=True)
class Over:
    """The conversation has come to its end."""

    beneath: Beneath | ToSettle = Nothing()
    """What had not been answered."""


OpenNow = Beneath | ToSettle | RunInHand | Over


def beneath(open_now: OpenNow) -> Beneath:
    """Return what is open once nothing has to be settled before it."""
    match open_now:
        case Disagreement() | LeaveToRead() | FactsProposed():
            return open_now.beneath
        case Over():
            return beneath(open_now.beneath)
        case RunInHand():
            return Nothing()
    return open_now


def asked(open_now: OpenNow) -> FactName | None:
    """Return the fact of the question that is open, or is again once something is settled."""
    question = beneath(open_now)
    return question.fact if isinstance(question, FactAsked) else None


def phase(open_now: OpenNow) -> Phase:
    """Return what a front end does next."""
    match open_now:
        case RunOffered():
            return "offering"
        case RunInHand():
            return "running"
        case Over():
            return "closed"
    return "asking"


def open_after(open_now: OpenNow, event: ConversationEvent, run: str) -> OpenNow:
    """Return what is open after an event; `run` is the folder of a run that was started and has not ended."""
    match event:
        case Asked(fact=fact) if fact in get_args(FactName):
            return FactAsked(cast(FactName, fact))
        case Advised() | Restarted():
            return Nothing()
        case Settling() | Proposed() | Allowed() | Settled():
            return _settling(open_now, event)
        case Planned(plan=plan, lacks=lacks) if plan.rented or lacks:
            # SkyPilot asks for the yes, on a terminal; and none is asked to what cannot start.
            return Nothing()
        case Planned() | Consented() | Ran() | Ended(broken_off=True):
            return _running(open_now, event, run)
        case Understood(facts=facts):
            return _without_run(_answered(open_now, facts))
        case Overruled() | Left() | Ended():
            return _without_run(open_now)
        case TookBack():
            return _without_run(beneath(open_now))
        case Closed():
            return Over(open_now if isinstance(open_now, Beneath | ToSettle) else Nothing())
        case Resumed() if run:
            return RunInHand(run)
        case Resumed() | Replied() | Corrected() if isinstance(open_now, Over):
            return open_now.beneath
    return open_now


def _settling(open_now: OpenNow, event: Settling | Proposed | Allowed | Settled) -> OpenNow:
    """Return what is open once something came before it, or was dealt with."""
    under = beneath(open_now)
    match event:
        case Settling(key=FactsProposed.key):
            return open_now
        case Settling(key=LeaveToRead.key, about=reply, model=model):
            return LeaveToRead(reply, under, model)
        case Settling(key=key):
            return Disagreement(key, under)
        case Proposed(facts=facts):
            return FactsProposed(facts, under) if facts else open_now
        case Allowed():
            return under
    return under if isinstance(open_now, ToSettle) and open_now.key == event.key else open_now


def _answered(open_now: OpenNow, facts: tuple[Fact, ...]) -> OpenNow:
    """Return what is open once something was told: a reply said in other words needs no model to read it."""
    told = {fact.name for fact in facts}
    match open_now:
        case LeaveToRead():
            return open_now.beneath
        case FactsProposed(facts=proposed) if told & {"data_must_stay", *(fact.name for fact in proposed)}:
            return open_now.beneath
    return open_now


def _running(open_now: OpenNow, event: Planned | Consented | Ran | Ended, run: str) -> OpenNow:
    """Return how far a run has come: offered, agreed to, started, or to be gone on with."""
    match event:
        case Planned():
            return RunOffered()
        case Consented(pays_again=pays_again):
            return RunInHand(resumes=open_now.broken if isinstance(open_now, RunOffered) else "", pays_again=pays_again)
        case Ran(folder=folder):
            return RunInHand(folder)
    return RunOffered(run)


def _without_run(open_now: OpenNow) -> OpenNow:
    """Return what is open when the case has changed: what was offered or agreed to is no longer what it was."""
    match open_now:
        case RunOffered() | RunInHand():
            return Nothing()
        case Disagreement() | LeaveToRead() | FactsProposed() if isinstance(open_now.beneath, RunOffered):
            return replace(open_now, beneath=Nothing())
    return open_now
