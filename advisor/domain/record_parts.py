"""The entries of a decision record; no text of theirs holds a key, an escape sequence or a second line."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from advisor.domain.forecast import Forecast
from advisor.domain.retelling import fit
from advisor.domain.wording import dollars, duration

LIMIT = 600
"""Characters of one entry; a record is a page."""

WHOLE = 6000
"""Characters of what has to stand word for word: a verdict, a consent."""


def _one_line(value: object, limit: int) -> object:
    """Return text on one line, without escape sequences, unseen characters or keys."""
    if not isinstance(value, str):
        return value
    line = " ".join(fit(value[: 20 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


Text = Annotated[str, BeforeValidator(lambda value: _one_line(value, LIMIT))]
Word = Annotated[str, BeforeValidator(lambda value: _one_line(value, WHOLE))]


class Part(BaseModel):
    """An entry."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class KnownFact(Part):
    """Something known, with who says so."""

    name: str
    label: Text
    value: Text
    """In words."""
    source: str
    """`measured`, `computed`, `told` or `assumed`."""
    evidence: Text
    n: int | None = None
    """Rows behind a score, where known."""
    split: Text | None = None
    low: float | None = None
    """Lower end of a score's 95% interval, where its rows are known."""
    high: float | None = None


class Replaced(Part):
    """A value that is no longer believed."""

    label: Text
    value: Text
    source: str
    believed: Text
    believed_source: str


class CheckedItem(Part):
    """One prerequisite of the checklist."""

    name: str
    state: str
    mark: str
    evidence: Text
    source: str
    needs: Text


class Argument(Part):
    """A reason, with where the rule behind it comes from."""

    text: Text
    source: Text


class Objection(Part):
    """Why not another route."""

    route: str
    title: Text
    text: Text


class Advice(Part):
    """What was advised."""

    when: str = ""
    route: Text
    title: Text
    reasons: tuple[Argument, ...]


class Overruled(Part):
    """A route that was chosen against the advice."""

    when: str
    advised: Text
    chosen: Text
    risk: Text


class Consent(Part):
    """A sentence that was agreed to, word for word."""

    when: str
    sentence: Word


class Planned(Part):
    """What was to run, and what it was expected to take."""

    title: Text
    host: Text
    student: Text
    teacher: Text | None
    train: int
    dev: int
    test: int
    budget_usd: float | None
    forecast: Forecast | None = None
    reworked: bool = False
    """Whether the forecast was worked out again from the plan, for texts of usual length."""

    @property
    def priced(self) -> bool:
        """Whether anything is billed, as far as it is known."""
        return self.forecast is not None and (self.forecast.dollars is None or self.forecast.dollars.high > 0)

    @property
    def dollars(self) -> str:
        """Low, likely and high, or that a price is not known."""
        if self.forecast is None:
            return "not known"
        return ", ".join(part for part in (dollars(self.forecast.dollars), self.forecast.apart) if part)

    @property
    def minutes(self) -> str:
        """Low, likely and high."""
        span = self.forecast.minutes if self.forecast else None
        return " / ".join(duration(end) for end in (span.low, span.likely, span.high)) if span else "not known"

    @property
    def calls(self) -> str:
        """Low, likely and high."""
        span = self.forecast.calls if self.forecast else None
        return " / ".join(f"{end:,.0f}" for end in (span.low, span.likely, span.high)) if span else "not known"


class Candidate(Part):
    """A program with what it scored."""

    candidate: str
    name: str
    model: Text
    split: str = "test"
    n: int
    correct: int
    failures: int
    """Rows without a usable answer; they count as not right."""
    score: float
    low: float
    """Lower end of the 95% interval."""
    high: float
    measured_by: Text
    recommended: bool


class Result(Part):
    """What the run's own record says."""

    run: Text
    candidates: tuple[Candidate, ...]
    verdict: Word
    caveats: tuple[Text, ...]
    looks: int
    """Earlier runs that had scored the same test rows."""
    complete: bool


class OpenPoint(Part):
    """A question without an answer."""

    fact: str
    question: Text
    left_out: bool
    """Whether the user left it out; otherwise it was not reached."""
