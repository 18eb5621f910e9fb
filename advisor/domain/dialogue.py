"""What a front end shows after each turn; nothing in it knows how it is drawn."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from advisor.domain.advice import Recommendation
from advisor.domain.checklist import Checklist
from advisor.domain.facts import FactName, Source
from advisor.domain.report_parts import SectionName

Phase = Literal["asking", "offering", "running", "closed"]
"""`offering`: the advice stands and waits for a yes. `running`: follow `Session.run`, then `Session.after_run`."""


class Message(BaseModel):
    """One paragraph for the user: plain text, control characters already taken out."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: Literal["says", "noted", "asks", "warns", "error", "heard"]
    """`heard` is what the user said, where an earlier sitting is shown again."""
    text: str
    facts: tuple[FactName, ...] = ()
    """The facts a note is about, so that they can be corrected where it is shown."""
    detail: str = ""
    """What is behind an error, word for word; shown on request only."""


class Answer(BaseModel):
    """A numbered answer that can be chosen instead of typed."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    value: str
    """What to reply to choose it."""
    label: str


class Offer(BaseModel):
    """Something to go on with, offered before a new conversation."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: Literal["conversation", "run", "data", "tour", "finished"]
    """`finished` is a conversation that came to its end: to be read again, saved, or gone on with all the same."""
    title: str
    detail: str
    """When, how far, what it waits for."""
    target: str = ""
    """Path of the transcript or the project, given back when it is chosen."""


class Step(BaseModel):
    """One turn of the conversation as the user sees it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    messages: tuple[Message, ...]
    answers: tuple[Answer, ...] = ()
    """Answers to the question asked last, in the order of their numbers; may be ignored for free text."""
    asked: FactName | None = None
    suggestion: str = ""
    """What an empty reply stands for; only the tour suggests."""
    section: SectionName | None = None
    """The section of the dataset's report that was told last in this turn: the whole report opens there."""
    takes_up: Offer | None = None
    """The conversation to go on with in place of this one."""
    phase: Phase
    checklist: Checklist
    recommendation: Recommendation


class ReadingProgress(NamedTuple):
    """How far the reading of a file has come."""

    name: str
    """Of the file, safe to show."""
    rows: int
    share: float
    """Of the file, 0 to 1; 0 where that is not known."""
    labels: int
    """Different labels so far, where they are classes."""
    doing: str = "reading"
    """What is done, as said before the name."""
    seconds: int | None = None
    """How long it has taken, where that is all there is to say instead of rows."""
    most: str = ""
    """How long it may take, in words."""


class Known(BaseModel):
    """One fact as a person sees and corrects it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: FactName
    label: str
    value: str
    """In words."""
    source: Source
    said_by: str
    written: str
    """As it may be typed back: `0.78`, `300-400`, `classification`."""
    expects: str
    """What a value looks like."""
    choices: tuple[Answer, ...] = ()
    """What it can be, where that is one of a few."""
    editable: bool = True
    """Whether a word of the user's counts; what was measured stands until it is measured again."""


class ProjectFile(BaseModel):
    """A file of the generated project, to be read."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    """Path inside the project, with forward slashes."""
    text: str
