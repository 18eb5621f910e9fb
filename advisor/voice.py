"""What is said and what happens: written down, folded into the story, and handed on as it is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from advisor import telling
from advisor.chronicle import Chronicle
from advisor.domain.advice import Recommendation
from advisor.domain.conversation import ConversationEvent, Corrected, Replied, Said
from advisor.domain.dialogue import Message, Offer
from advisor.domain.facts import FactName
from advisor.domain.open_now import FactAsked, OpenNow, RunOffered
from advisor.domain.plan import Plan
from advisor.domain.story import Story

Manner = Literal["says", "noted", "asks", "warns", "error"]


class Guide:
    """Somebody at the user's side, with a word at some moments; this one is silent."""

    def __init__(self, kept: str = "", left: Offer | None = None) -> None:
        self._kept = kept
        """A word about other conversations on the same file."""
        self.left = left
        """The one of them that can be gone on with in place of this one, as long as nothing was said in this one."""

    def opening(self) -> str:
        """Return what is said first."""
        return "\n".join(filter(None, [telling.opening(), self._kept]))

    def comment(self, moment: str) -> str:
        """Return what to add: at the question for a fact, at an `offer` or a `result`."""
        return ""

    def after_practice(self, advice: Recommendation, practised: Recommendation) -> str:
        """Return where a practice run leaves the user: the advice stands, and would be `practised` on that model."""
        return telling.after_practice(advice, practised)

    def suggestion(self, open_now: OpenNow, plan: Plan | None) -> str:
        """Return what an empty reply stands for."""
        return ""


class Voice:
    """Speaks, and keeps what was said in this turn until the turn ends."""

    def __init__(self, chronicle: Chronicle, guide: Guide) -> None:
        self.chronicle = chronicle
        self.guide = guide
        self.listener: Callable[[Message], None] = lambda message: None
        """Is handed each message as it is said."""
        self._turn: list[Message] = []

    @property
    def story(self) -> Story:
        """Where the conversation stands."""
        return self.chronicle.story

    def record(self, event: ConversationEvent) -> None:
        """Take in what happened."""
        self.chronicle.record(event)

    def say(self, text: str, kind: Manner = "says", *, about: tuple[FactName, ...] = (), detail: str = "") -> None:
        """Say one paragraph."""
        message = Message(kind=kind, text=text, facts=about, detail=detail)
        self._turn.append(message)
        self.record(Said(text=text, manner=kind))
        self.listener(message)

    def has_said(self, text: str) -> bool:
        """Say whether a paragraph was said before, in this sitting or an earlier one."""
        return any(isinstance(event, Said) and event.text == text for event in self.chronicle.events)

    def has_heard(self) -> bool:
        """Say whether the user has said anything, in this sitting or an earlier one."""
        return any(isinstance(event, Replied | Corrected) for event in self.chronicle.events)

    def comment(self, moment: str) -> None:
        """Say what the guide adds at a moment."""
        if comment := self.guide.comment(moment):
            self.say(comment, "noted")

    def ask(self, text: str) -> None:
        """Put what is open."""
        match self.story.open:
            case FactAsked(fact=fact):
                self.comment(fact)
            case RunOffered():
                self.comment("offer")
        self.say(text, "asks")

    def turn(self) -> tuple[Message, ...]:
        """End the turn: return all that was said in it."""
        messages, self._turn = tuple(self._turn), []
        return messages
