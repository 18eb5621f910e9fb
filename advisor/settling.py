"""What has to be settled before the next question: facts that disagree, a model's leave, what it took from a reply."""

from __future__ import annotations

from advisor.changing import taken
from advisor.domain import conversation
from advisor.domain.dialogue import Step
from advisor.domain.facts import Fact
from advisor.domain.open_now import Disagreement, FactsProposed, LeaveToRead, Nothing, ToSettle
from advisor.domain.proposal import Failed, Reader
from advisor.domain.questions import question_for
from advisor.domain.story import of_model
from advisor.putting import ask_again, go_on, put_to_settle
from advisor.talk import Talk


async def settle(talk: Talk, matter: ToSettle, place: int) -> Step:
    """Take one of the answers to what was put, by its place."""
    match matter:
        case LeaveToRead(model=model) if place == 0 and talk.reader is not None and model != talk.reader.model:
            return put_to_settle(talk) or talk.step()
        case LeaveToRead(reply=reply) if place == 0 and talk.reader is not None:
            talk.record(conversation.Allowed(model=talk.reader.model))
            return await _propose(talk, talk.reader, reply)
        case FactsProposed(facts=facts) if place == 0:
            return await _settled_by(talk, matter, facts)
        case Disagreement(key=key) if (found := talk.contradiction(key)) is not None:
            return await _settled_by(talk, matter, found.ways[place].facts)
    talk.record(_left(matter))
    return await ask_again(talk, "Then I take nothing from it." if isinstance(matter, FactsProposed) else "")


async def leave_standing(talk: Talk, matter: ToSettle) -> Step:
    """Leave what was put unsettled and put it no more."""
    talk.record(_left(matter))
    if isinstance(matter, Disagreement) and isinstance(talk.open, Nothing):
        return await go_on(talk)
    return await ask_again(talk, "")


async def puzzle(talk: Talk, text: str) -> Step | None:
    """Offer to have a model read a reply, or have it read; None where there is no model or no leave."""
    reader = talk.reader
    if reader is None or not text or talk.case.facts.flag("data_must_stay"):
        return None
    if talk.story.settled & {LeaveToRead.key, of_model(LeaveToRead.key, reader.model)}:
        return None
    if talk.story.allowed == reader.model:
        return await _propose(talk, reader, text)
    talk.record(conversation.Settling(key=LeaveToRead.key, about=text, model=reader.model))
    return put_to_settle(talk)


def _left(matter: ToSettle) -> conversation.Settled:
    return conversation.Settled(key=matter.key, model=matter.model if isinstance(matter, LeaveToRead) else "")


async def _settled_by(talk: Talk, matter: ToSettle, facts: tuple[Fact, ...]) -> Step:
    talk.learn(facts)
    talk.record(conversation.Settled(key=matter.key))
    return await taken(talk, facts)


async def _propose(talk: Talk, reader: Reader, text: str) -> Step:
    """Ask the model; what it proposes is shown and waits for a yes."""
    talk.say(f"Asking {reader.model}.", "noted")
    asked = talk.story.asked
    question = question_for(asked) if asked else None
    found = await reader.propose(text, asked, question.asks if question else "")
    if isinstance(found, Failed):
        talk.record(conversation.Proposed(model=reader.model, why=found.why))
        talk.say(f"{reader.model} could not help. {found.why}", "warns", detail=found.detail)
        return await ask_again(talk, "I go on without it. Say it in other words, or choose a number.")
    talk.record(conversation.Proposed(model=reader.model, facts=found.facts))
    if not found.facts:
        return await ask_again(talk, f"{reader.model} found nothing in it that I can use.")
    return put_to_settle(talk) or talk.step()
