"""A stage of a run as a line on the screen, and the points of its curves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from advisor.domain import statistics
from advisor.domain.events import Candidate, Meter

CURVE_POINTS = 400
"""A longer curve loses every second of its points, so it keeps its shape."""

MOST_ROWS = 10**9
"""More rows change no interval."""

StageState = Literal["waiting", "running", "done", "skipped", "stopped"]


class Frozen(BaseModel):
    """A value that cannot change."""

    model_config = ConfigDict(frozen=True, defer_build=True)


Value = TypeVar("Value", bound=BaseModel)


def changed(value: Value, changes: Mapping[str, Any]) -> Value:
    """Return a copy with some fields changed, unchecked: what `model_copy` does in a fourth of its time."""
    copy = value.__class__.__new__(value.__class__)
    state = {"__dict__": {**value.__dict__, **changes}, "__pydantic_fields_set__": value.__pydantic_fields_set__}
    copy.__setstate__({**state, "__pydantic_extra__": None, "__pydantic_private__": None})
    return copy


class DevScore(Frozen):
    """A candidate on the development rows."""

    candidate: Candidate
    correct: int
    n: int
    failures: int
    score: float
    low: float
    """Lower end of the 95% Wilson interval."""
    high: float


class TrialPoint(NamedTuple):
    """One scored prompt candidate of a prompt optimizer."""

    number: int
    score: float
    best: float
    rows: int
    full: bool
    """Scored on the whole development part, not on a minibatch."""

    @property
    def interval(self) -> statistics.Interval:
        """The 95% Wilson interval of the score."""
        score = min(max(self.score, 0.0), 1.0) if math.isfinite(self.score) else 0.0
        rows = min(max(self.rows, 0), MOST_ROWS)
        return statistics.wilson(round(score * rows), rows)


class LossPoint(NamedTuple):
    """Loss at a training step."""

    step: int
    loss: float


class HostEvent(Frozen):
    """The last thing the training host said."""

    t: float
    job_id: str
    status: str
    message: str


class StageView(Frozen):
    """A stage as a line on the screen."""

    name: str
    state: StageState = "waiting"
    note: str = ""
    """What it is about, or why it was skipped."""
    what: str = ""
    done: int = 0
    total: int = 0
    passed: int | None = None
    failed: int = 0
    dev: DevScore | None = None
    trials: tuple[TrialPoint, ...] = ()
    trials_expected: int | None = None
    best: float | None = None
    """Best trial score so far."""
    step: int | None = None
    total_steps: int | None = None
    train_loss: tuple[LossPoint, ...] = ()
    valid_loss: tuple[LossPoint, ...] = ()
    spent: Meter = Meter()
    """What this stage spent."""
    metered: bool = False
    """Whether the meter was read during this stage: unread is unknown, not free."""
    seconds: float = 0.0
    """How long it has run, up to the last event."""

    @property
    def asked(self) -> int:
        """Model calls of this stage, cached ones included."""
        return self.spent.calls + self.spent.cache_hits

    @property
    def pass_rate(self) -> float | None:
        """The share right among the rows answered so far."""
        return None if self.passed is None or self.done <= 0 else share(self.passed, self.done)

    @property
    def fraction(self) -> float | None:
        """How much of the evaluation in hand is done, 0 to 1."""
        return share(self.done, self.total) if self.total > 0 else None


def share(part: int, whole: int) -> float:
    """Return part of whole, kept within 0 and 1."""
    return min(max(part, 0), whole) / whole


def left_in(stage: StageView, expected: float | None, rate: float | None) -> float | None:
    """Return the seconds left in a running stage: by its own steps, by calls, or by rows."""
    if stage.step and stage.total_steps and stage.seconds:
        reached = max(share(stage.step, stage.total_steps), 1e-9)
        return stage.seconds * (1 - reached) / reached
    if expected is not None and rate is not None:
        return max(0.0, expected - stage.asked) * rate
    if stage.fraction and stage.seconds:
        return stage.seconds * (1 - stage.fraction) / stage.fraction
    return None


def asked(meter: Meter) -> int:
    """Return the model calls of a meter, cached ones included."""
    return meter.calls + meter.cache_hits


def sound(amount: float) -> float:
    """Return an amount, or zero for one that cannot be."""
    return amount if amount > 0 and (isinstance(amount, int) or math.isfinite(amount)) else type(amount)(0)


FIELDS = tuple(Meter.model_fields)
_FIGURES = attrgetter(*FIELDS)


def grown(meter: Meter, before: Meter, reading: Meter) -> Meter:
    """Return a meter after a reading that began at `before`; readings of several threads may arrive out of order."""
    found = zip(_FIGURES(meter), _FIGURES(before), _FIGURES(reading), strict=True)
    return changed(
        meter, dict(zip(FIELDS, [max(now, sound(begun + sound(read))) for now, begun, read in found], strict=True))
    )


def gained(spent: Meter, before: Meter, after: Meter) -> Meter:
    """Add what a meter moved from `before` to `after`."""
    found = zip(_FIGURES(spent), _FIGURES(before), _FIGURES(after), strict=True)
    return changed(spent, dict(zip(FIELDS, [had + sound(end - begun) for had, begun, end in found], strict=True)))


def curve(points: tuple[Any, ...], point: Any) -> tuple[Any, ...]:
    """Add a point, thinning a curve that has grown too long."""
    if len(points) >= CURVE_POINTS:
        points = points[::2]
    return (*points, point)


def losses(points: tuple[LossPoint, ...], step: int | None, loss: float | None) -> tuple[LossPoint, ...]:
    """Add a loss; a step heard of twice, as after attaching to a job again, counts once."""
    if loss is None or not math.isfinite(loss):
        return points
    last = points[-1].step if points else -1
    if step is not None and step <= last:
        return points
    return curve(points, LossPoint(last + 1 if step is None else step, loss))
