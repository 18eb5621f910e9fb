"""A stage of a run as a line on the screen, and the points of its curves."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from advisor.domain.events import Candidate, Meter

CURVE_POINTS = 400
"""A longer curve loses every second of its points, so it keeps its shape."""

Level = Literal["info", "warning", "error"]
StageState = Literal["waiting", "running", "done", "skipped", "stopped"]


class Frozen(BaseModel):
    """A value that cannot change."""

    model_config = ConfigDict(frozen=True, defer_build=True)


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


class TrialPoint(Frozen):
    """One scored prompt candidate of a prompt optimizer."""

    number: int
    score: float
    best: float
    rows: int
    full: bool


class LossPoint(Frozen):
    """Loss at a training step."""

    step: int
    loss: float


class LogLine(Frozen):
    """Something the run said, fit to show."""

    t: float
    level: Level
    text: str


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


def _join(first: Meter, second: Meter, how: Callable[[Any, Any], Any]) -> Meter:
    values = {name: how(getattr(first, name), sound(getattr(second, name))) for name in Meter.model_fields}
    return Meter.model_construct(**values)


def sound(amount: float) -> float:
    """Return an amount, or zero for one that cannot be."""
    return amount if math.isfinite(amount) and amount > 0 else type(amount)(0)


def plus(first: Meter, second: Meter) -> Meter:
    """Add two meters."""
    return _join(first, second, lambda a, b: a + b)


def minus(first: Meter, second: Meter) -> Meter:
    """Subtract a meter from another."""
    return _join(first, second, lambda a, b: a - b)


def most(first: Meter, second: Meter) -> Meter:
    """Return the larger of each figure: readings of several threads may arrive out of order."""
    return _join(first, second, max)


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
    return curve(points, LossPoint(step=last + 1 if step is None else step, loss=loss))
