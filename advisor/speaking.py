"""Turns of a conversation: what is said, in order, written down and handed on as it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from advisor import asking
from advisor.chronicle import Chronicle
from advisor.domain import conversation
from advisor.domain.dialogue import Answer, Known, Message, Phase, Step
from advisor.domain.events import Meter
from advisor.domain.facts import Fact, FactName
from advisor.domain.glossary import ENTRIES, terms_in
from advisor.domain.known import known_facts
from advisor.domain.questions import question_for
from advisor.domain.story import Story
from advisor.workbench import Workbench

Manner = Literal["says", "noted", "asks", "warns", "error"]


class Speaker(Workbench):
    """A workbench that speaks."""

    def __init__(self, chronicle: Chronicle, out: Path | None = None, projects_in: Path | None = None) -> None:
        self._chronicle = chronicle
        super().__init__(chronicle.story.facts, out, projects_in)
        self.phase: Phase = "asking"
        self._turn: list[Message] = []
        self._listener: Callable[[Message], None] = lambda message: None

    @property
    def story(self) -> Story:
        """Where the conversation stands."""
        return self._chronicle.story

    @property
    def events(self) -> list[conversation.ConversationEvent]:
        """Everything that happened, as the transcript has it."""
        return self._chronicle.events

    @property
    def transcript(self) -> Path | None:
        """The file this conversation is kept in."""
        return self._chronicle.path

    @property
    def asked(self) -> FactName | None:
        """The fact the open question is about."""
        return self.story.asked

    @property
    def known_facts(self) -> tuple[Known, ...]:
        """Everything believed, as it is shown and corrected."""
        return known_facts(self.facts)

    def explain(self, words: str = "") -> tuple[tuple[str, str], ...]:
        """Return terms with their meaning: those in `words`, or the whole glossary."""
        found = terms_in(words) if words else ENTRIES
        return tuple((entry.term, entry.meaning) for entry in found)

    @property
    def spent(self) -> str:
        """What the case has cost so far, the run in hand included."""
        meter = self.view.meter if self.view and self.running else Meter()
        ended = [cost for run, cost in self.story.costs.items() if not (self.running and run == self.story.run)]
        dollars = sum((cost.dollars for cost in ended), meter.dollars)
        if not meter.calls and not any(cost.calls for cost in ended):
            return "nothing spent yet"
        unpriced = meter.unpriced_calls or any(cost.unpriced for cost in ended)
        limit = f" of ${self.plan.budget_usd:,.2f}" if self.plan and self.plan.budget_usd else ""
        return f"${dollars:,.2f}{' or more' if unpriced else ''}{limit}"

    @property
    def earlier(self) -> tuple[Message, ...]:
        """The end of what was said in earlier sittings, to be shown above this one."""
        return ()

    def listen(self, hear: Callable[[Message], None]) -> None:
        """Have each message handed over as it is said, before its step is complete."""
        self._listener = hear

    def guide(self, moment: str) -> str:
        """Return what a guide at one's side would add: at the question for a fact, at an offer or a result."""
        return ""

    def record(self, event: conversation.ConversationEvent) -> None:
        """Take in what happened."""
        self._chronicle.record(event)

    def learn(self, facts: tuple[Fact, ...]) -> None:
        """Take in what the user told."""
        self.phase = "asking"
        self.record(conversation.Understood(facts=facts))
        self.conclude(self.story.facts)

    def record_advice(self) -> None:
        """Take in that the advice as it is now stands."""
        reasons = tuple(reason.text for reason in self.recommendation.reasons)
        self.record(conversation.Advised(route=self.recommendation.route, reasons=reasons))

    def say(self, text: str, kind: Manner = "says", *, about: tuple[FactName, ...] = (), detail: str = "") -> None:
        """Say one paragraph."""
        message = Message(kind=kind, text=text, facts=about, detail=detail)
        self._turn.append(message)
        self.record(conversation.Said(text=text, manner=kind))
        self._listener(message)

    def ask(self, text: str) -> Step:
        """Put a question and end the turn."""
        self.explain_moment("offer" if self.phase == "offering" else self.asked or "")
        self.say(text, "asks")
        return self.step()

    def ask_again(self, text: str) -> Step:
        """Say something beside the matter and put the open question again."""
        if text:
            self.say(text)
        if (step := self.put()) is not None:
            return step
        question = question_for(self.asked) if self.asked else None
        if question is not None:
            self.record(conversation.Asked(fact=question.fact))
            return self.ask(asking.worded(question, self.report))
        return self.ask(self.consent) if self.phase == "offering" else self.step()

    def put(self) -> Step | None:
        """Put what has to be settled before anything else; None where nothing has to be."""
        return None

    def explain_moment(self, moment: str) -> None:
        """Say what a guide would."""
        if comment := self.guide(moment):
            self.say(comment, "noted")

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers that can be chosen by number."""
        return asking.answers(self.asked, self.phase, self.report, self.keys)

    def step(self) -> Step:
        """End the turn: all that was said in it, and how things stand."""
        messages, self._turn = tuple(self._turn), []
        return Step(
            messages=messages,
            answers=self.answers(),
            asked=self.asked,
            phase=self.phase,
            checklist=self.checklist,
            recommendation=self.recommendation,
        )
