"""What has to be settled before the next question: two facts that disagree, or what a model took from a reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from advisor import telling
from advisor.chronicle import Chronicle
from advisor.domain import conversation
from advisor.domain.contradictions import Contradiction, contradictions
from advisor.domain.dialogue import Answer, Step
from advisor.domain.facts import Fact, FactName
from advisor.domain.proposal import Failed, Proposal
from advisor.domain.questions import question_for
from advisor.run_turns import RunTurns

ASK_MODEL, PROPOSAL = "ask_model", "proposal"
YES_OR_NO = (Answer(value="yes", label="yes"), Answer(value="no", label="no"))


class Reader(NamedTuple):
    """A model that may read replies the rules do not understand."""

    model: str
    propose: Callable[[str, FactName | None, str], Awaitable[Proposal | Failed]]


class Settler(RunTurns):
    """A speaker that names what does not fit together and has it settled."""

    def __init__(
        self,
        chronicle: Chronicle,
        out: Path | None = None,
        projects_in: Path | None = None,
        reader: Reader | None = None,
    ) -> None:
        super().__init__(chronicle, out, projects_in)
        self._reader = reader

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers that can be chosen by number."""
        settling = self.story.settling
        if settling is None:
            return super().answers()
        found = self._contradiction(settling.key)
        if found is None:
            return YES_OR_NO
        return tuple(Answer(value=way.label, label=way.label) for way in found.ways)

    def put(self) -> Step | None:
        """Put what has to be settled, once more if need be; None where nothing stands."""
        settling = self.story.settling
        if settling is None:
            return None
        if settling.key == ASK_MODEL and self._reader is not None:
            return self.ask(telling.may_read(self._reader.model))
        if settling.key == PROPOSAL and self.story.proposed:
            return self.ask(telling.proposal(self.story.proposed))
        if (found := self._contradiction(settling.key)) is not None:
            return self.ask(f"{_sentence(found.what)} {found.ask}")
        self.record(conversation.Settled(key=settling.key))
        return None

    def disagreement(self) -> Step | None:
        """Name facts that do not fit together; a step where the user has to say which holds."""
        for found in contradictions(self.facts):
            key = _key(found)
            if self.story.settling is not None or key in self.story.settled:
                continue
            if found.ways:
                self.record(conversation.Settling(key=key))
            else:
                self.record(conversation.Settled(key=key))
                self.say(_sentence(found.what), "warns")
        return self.put()

    def already_said(self) -> None:
        """Say no more of what only had to be said and was, with the note of the answer that brought it up."""
        for found in contradictions(self.facts):
            if not found.ways and _key(found) not in self.story.settled:
                self.record(conversation.Settled(key=_key(found)))

    async def settle(self, key: str, place: int) -> tuple[Fact, ...] | Step:
        """Take one of the answers; return the facts it makes true, or the step that follows."""
        about = self.story.settling.about if self.story.settling else ""
        if key == ASK_MODEL and place == 0 and self._reader is not None:
            self.record(conversation.Allowed(model=self._reader.model))
            return await self._propose(self._reader, about)
        found = self._contradiction(key)
        facts = self.story.proposed if key == PROPOSAL and place == 0 else found.ways[place].facts if found else ()
        if facts:
            self.learn(facts)
        self.record(conversation.Settled(key=key))
        if facts:
            return facts
        return self.ask_again("Then I take nothing from it." if key == PROPOSAL else "")

    def leave_standing(self) -> Step:
        """Leave what was put unsettled and put it no more."""
        if self.story.settling is not None:
            self.record(conversation.Settled(key=self.story.settling.key))
        return self.ask_again("")

    async def puzzle(self, text: str) -> Step | None:
        """Offer to have a model read a reply, or have it read; None where there is no model or no leave."""
        reader = self._reader
        if reader is None or not text or ASK_MODEL in self.story.settled or self.facts.flag("data_must_stay"):
            return None
        if self.story.allowed == reader.model:
            return await self._propose(reader, text)
        self.record(conversation.Settling(key=ASK_MODEL, about=text))
        return self.put()

    async def _propose(self, reader: Reader, text: str) -> Step:
        """Ask the model; what it proposes is shown and waits for a yes."""
        self.say(f"Asking {reader.model}.", "noted")
        question = question_for(self.asked) if self.asked else None
        found = await reader.propose(text, self.asked, question.asks if question else "")
        if isinstance(found, Failed):
            self.record(conversation.Proposed(model=reader.model, why=found.why))
            self.say(f"{reader.model} could not help. {found.why}", "warns", detail=found.detail)
            return self.ask_again("I go on without it. Say it in other words, or choose a number.")
        self.record(conversation.Proposed(model=reader.model, facts=found.facts))
        if not found.facts:
            return self.ask_again(f"{reader.model} found nothing in it that I can use.")
        self.record(conversation.Settling(key=PROPOSAL))
        return self.put() or self.step()

    def _contradiction(self, key: str) -> Contradiction | None:
        return next((found for found in contradictions(self.facts) if _key(found) == key), None)


def _key(found: Contradiction) -> str:
    """Return what is the same only while both sides are."""
    return f"{found.key}: {found.what}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
