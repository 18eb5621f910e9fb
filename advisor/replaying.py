"""A kept conversation played again through today's rules; its runs are not repeated, their results are."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, cast

from advisor.domain.conversation import (
    Advised,
    Allowed,
    Asked,
    ConversationEvent,
    Corrected,
    Ended,
    LookedAround,
    LookedUp,
    Opened,
    Planned,
    Proposed,
    Ran,
    Replied,
    Settling,
    Understood,
)
from advisor.domain.facts import HELPERS, Fact, FactName, Facts
from advisor.domain.local_models import found_here
from advisor.domain.open_now import LeaveToRead
from advisor.domain.preflight import student_of
from advisor.domain.proposal import Failed, Proposal, Reader
from advisor.errors import UsageError
from advisor.lookup import Found, LookUp, look_up
from advisor.session import Session
from advisor.workbench import Lacking
from advisor.world import transcripts


class Difference(NamedTuple):
    """Something that came out otherwise than it was kept."""

    what: str
    before: str
    now: str


class Outcome(NamedTuple):
    """What a conversation came to, in order."""

    routes: tuple[str, ...]
    digests: tuple[str, ...]
    """Fingerprints of the projects written."""


async def replay(file: Path, folder: Path, data: Path | None = None) -> list[Difference]:
    """Play a transcript again, writing its projects under `folder`; return what came out otherwise.

    Raises:
        UsageError: the file holds no conversation.
    """
    kept = transcripts.load(file)
    opened = next((event for event in kept if isinstance(event, Opened)), None)
    if opened is None:
        raise UsageError(
            f"{file.name} holds no conversation.", "It does not say how it was opened.", "Choose another file."
        )
    session = Session(
        data or _beside(file, opened.data), told=_told(kept), projects_in=folder, reader=_reader(kept),
        look_up=_looked_up(kept), found_here=_found_here(kept), lacking=_lacking(kept),
    )  # fmt: skip
    try:
        await session.open()
        again = await _play(session, kept)
    finally:
        await session.close()
    return list(_differences(_outcome(kept), _outcome(again)))


async def _play(session: Session, kept: list[ConversationEvent]) -> list[ConversationEvent]:
    """Give every reply again; where a run was made, its results stand in for it."""
    for number, event in enumerate(kept):
        if isinstance(event, Replied):
            await session.reply(event.text)
        elif isinstance(event, Corrected):
            await session.correct(cast(FactName, event.fact), event.text)
        elif isinstance(event, Ran):
            ended = next((later for later in kept[number:] if isinstance(later, Ended)), None)
            session.suppose(ended.facts if ended else ())
    return session.events


def _told(kept: list[ConversationEvent]) -> Facts:
    """Return what was known before the first question."""
    before = takewhile(lambda event: not isinstance(event, (Asked, Replied)), kept)
    return Facts().learn(*(fact for event in before if isinstance(event, Understood) for fact in event.facts))


def _reader(kept: list[ConversationEvent]) -> Reader | None:
    """Return a reader that proposes again what the model proposed then; it is not asked a second time."""
    proposed = iter([event for event in kept if isinstance(event, Proposed)])
    settled = [event for event in kept if isinstance(event, Settling) and event.key == LeaveToRead.key]
    allowed = [event.model for event in kept if isinstance(event, Allowed)]
    if not settled:
        return None

    async def again(reply: str, asked: FactName | None, question: str) -> Proposal | Failed:
        event = next(proposed, None)
        return Proposal(facts=event.facts) if event and not event.why else Failed(why=event.why if event else "")

    return Reader((settled[0].model or next(iter(allowed), "")) or "a model", again)


def _found_here(kept: list[ConversationEvent]) -> tuple[Fact, ...]:
    """Return what had been found on the computer of then; today's is not asked."""
    first = next((event.facts for event in kept if isinstance(event, LookedAround)), ())
    return first or (found_here(()),)


def _lacking(kept: list[ConversationEvent]) -> Lacking:
    """Return what each plan lacked to start on the computer of then; today's is not asked."""
    lacked = {event.plan.route + event.plan.host.name: event.lacks for event in kept if isinstance(event, Planned)}
    return lambda plan: lacked.get(plan.route + plan.host.name, ())


def _looked_up(kept: list[ConversationEvent]) -> LookUp:
    """Return a look-up that finds again what was found then; what is not kept is looked up as it is today."""
    found = {(e.host, e.student, e.teacher, e.prompts, e.judge): e.facts for e in kept if isinstance(e, LookedUp)}

    def again(facts: Facts) -> Found:
        helpers = (facts.text(name) or "" for name in HELPERS)
        meant = (facts.text("host") or "", student_of(facts) or "", *helpers)
        return Found(found[meant]) if meant in found else look_up(facts)

    return again


def _beside(file: Path, data: str | None) -> Path | None:
    """Return the data file, looked for from the transcript's own folder."""
    if data is None:
        return None
    path = Path(data)
    return path if path.is_absolute() else file.resolve().parent / path


def _outcome(events: list[ConversationEvent]) -> Outcome:
    return Outcome(
        routes=tuple(event.route for event in events if isinstance(event, Advised)),
        digests=tuple(event.digest for event in events if isinstance(event, Planned)),
    )


def _differences(before: Outcome, now: Outcome) -> list[Difference]:
    found = []
    if before.routes != now.routes:
        found.append(Difference("advice", ", ".join(before.routes) or "none", ", ".join(now.routes) or "none"))
    if before.digests != now.digests:
        found.append(Difference("project", ", ".join(before.digests) or "none", ", ".join(now.digests) or "none"))
    return found
