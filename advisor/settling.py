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
        self._named: set[str] = set()

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers that can be chosen by number."""
        settling = self.story.settling
        if settling is None:
            return super().answers()
        found = self._contradiction(settling.key)
        if found is None:
            return YES_OR_NO
        return tuple(Answer(value=way.label, label=way.label) for way in found.ways)

    def disagreement(self) -> Step | None:
        """Name facts that do not fit together; a step where the user has to say which holds."""
        for found in contradictions(self.facts):
            if found.key in self._named or found.key in self.story.skipped:
                continue
            self._named.add(found.key)
            what = found.what[:1].upper() + found.what[1:]
            if found.ways:
                self.record(conversation.Settling(key=found.key))
                return self.ask(f"{what} {found.ask}")
            self.say(what, "warns")
        return None

    def already_said(self) -> None:
        """Say no more of what only had to be said and was, with the note of the answer that brought it up."""
        self._named |= {found.key for found in contradictions(self.facts) if not found.ways}

    def put_again(self) -> Step | None:
        """Put what had to be settled once more, after a break."""
        settling = self.story.settling
        if settling is None or self._reader is None:
            return None
        if settling.key == ASK_MODEL:
            return self.ask(telling.may_read(self._reader.model))
        return self.ask(telling.proposal(self._reader.model, self.story.proposed)) if settling.key == PROPOSAL else None

    async def settle(self, key: str, place: int) -> tuple[Fact, ...] | Step:
        """Take one of the answers; return the facts it makes true, or the step that follows."""
        if key == PROPOSAL:
            return self.story.proposed if place == 0 else self.ask_again("Then I take nothing from it.")
        settling = self.story.settling
        if key == ASK_MODEL and place == 0 and settling is not None and self._reader is not None:
            self.record(conversation.Allowed(model=self._reader.model))
            return await self._propose(self._reader, settling.about)
        found = self._contradiction(key)
        if found is not None and found.ways[place].facts:
            return found.ways[place].facts
        self.record(conversation.Skipped(facts=(key,)))
        return self.ask_again("") if key == ASK_MODEL else ()

    async def puzzle(self, text: str) -> Step | None:
        """Offer to have a model read a reply, or have it read; None where there is no model or no leave."""
        reader = self._reader
        if reader is None or not text or ASK_MODEL in self.story.skipped or self.facts.flag("data_must_stay"):
            return None
        if self.story.allowed == reader.model:
            return await self._propose(reader, text)
        self.record(conversation.Settling(key=ASK_MODEL, about=text))
        return self.ask(telling.may_read(reader.model))

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
        return self.ask(telling.proposal(reader.model, found.facts))

    def _contradiction(self, key: str) -> Contradiction | None:
        return next((found for found in contradictions(self.facts) if found.key == key), None)
