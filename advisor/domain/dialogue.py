"""What a front end shows after each turn; nothing in it knows how it is drawn."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.domain.advice import Recommendation
from advisor.domain.checklist import Checklist
from advisor.domain.facts import FactName

Phase = Literal["asking", "offering", "running", "closed"]
"""`offering`: the advice stands and waits for a yes. `running`: follow `Session.run`, then `Session.after_run`."""


class Message(BaseModel):
    """One paragraph for the user: plain text, control characters already taken out."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: Literal["says", "noted", "asks", "warns", "error"]
    text: str


def says(text: str) -> Message:
    """Return a plain paragraph."""
    return Message(kind="says", text=text)


class Answer(BaseModel):
    """A numbered answer that can be chosen instead of typed."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    value: str
    """What to reply to choose it."""
    label: str


class Step(BaseModel):
    """One turn of the conversation as the user sees it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    messages: tuple[Message, ...]
    answers: tuple[Answer, ...] = ()
    """Answers to the question asked last, in the order of their numbers; may be ignored for free text."""
    asked: FactName | None = None
    suggestion: str = ""
    """What an empty reply stands for; only the tour suggests."""
    phase: Phase
    checklist: Checklist
    recommendation: Recommendation


class ProjectFile(BaseModel):
    """A file of the generated project, to be read."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    """Path inside the project, with forward slashes."""
    text: str
