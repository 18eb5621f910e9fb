"""How a run stands: its stages, what it spent, how long it may still take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, InstanceOf

from advisor.domain.events import GatePassed, Meter, TracesKept, Uploaded
from advisor.domain.run_log import Log
from advisor.domain.stage_view import Frozen, HostEvent, StageView, left_in

RunState = Literal[
    "waiting", "running", "done", "stopped_at_gate", "cancelled", "over_budget", "host_refused", "failed"
]

OUTCOMES: dict[RunState, str] = {
    "done": "Done.",
    "stopped_at_gate": "Stopped at a check between stages.",
    "cancelled": "Cancelled. What was done is kept.",
    "over_budget": "Stopped at the budget.",
    "host_refused": "The training host refused.",
    "failed": "The run failed.",
}

GATES: dict[str, str] = {
    "target_reached": "target",
    "baseline_at_chance": "chance",
    "traces": "answers to train on",
    "better_than_prompts": "against prompts",
    "budget": "budget",
}
"""What a check is about; what it found stands in its reason."""

Life = Literal["unheard", "heard", "waiting", "stuck"]
"""How a run looks from its last sign of life."""

FRESH_S = 10.0
"""Seconds of silence that mean nothing."""

STUCK_S = 120.0
"""Seconds of silence after which a model call should have come back or failed."""

STUCK_TRAINING_S = 900.0
"""Seconds of silence after which a training host should have reported something."""

TRAINING = ("train", "gold", "together")
"""Stages that wait for a training host."""

_FREE = {"split": 0.0}
"""Stages that never call a model."""


class RunStanding(Frozen):
    """How a run stands at one moment."""

    state: RunState = "waiting"
    run: str = ""
    route: str = ""
    practice: bool = False
    host: str = ""
    endpoint: str = ""
    student: str = ""
    teacher: str | None = None
    rows: dict[str, int] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    stages: tuple[StageView, ...] = ()
    current: str | None = None
    """Name of the stage in hand."""
    meter: Meter = Meter()
    traces: TracesKept | None = None
    gates: tuple[GatePassed, ...] = ()
    uploads: tuple[Uploaded, ...] = ()
    log: InstanceOf[Log] = Log()
    last_host_event: HostEvent | None = None
    compared: bool = False
    why: str = ""
    try_this: str = ""
    exit_code: int | None = None
    began: float | None = None
    """Unix time this leg of the run began; a resumed run has several legs."""
    last_sign_of_life: float | None = None
    """Unix time of the last event."""
    seconds_before: float = 0.0
    """Seconds of the earlier legs."""
    meter_before: Meter = Meter()
    """What the earlier legs spent, where the meter began again at zero."""
    meter_at_resume: Meter | None = None
    stage_began: float | None = None

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.state not in ("waiting", "running")

    def stage(self, name: str | None) -> StageView | None:
        """Return a stage by name."""
        return next((stage for stage in self.stages if stage.name == name), None)

    def elapsed(self, now: float | None = None) -> float:
        """Return the seconds the run has worked, up to its last event or to `now` while it runs."""
        end = self.last_sign_of_life if self.over or now is None else now
        leg = 0.0 if self.began is None or end is None else end - self.began
        return self.seconds_before + max(0.0, leg)

    def silent(self, now: float) -> float | None:
        """Return the seconds since anything was heard; None when nothing was or the run has ended."""
        if self.over or self.last_sign_of_life is None:
            return None
        return max(0.0, now - self.last_sign_of_life)

    def life(self, now: float) -> Life:
        """Tell waiting from stuck; a training host may be silent for longer than a model."""
        silent = self.silent(now)
        if silent is None:
            return "unheard"
        if silent < FRESH_S:
            return "heard"
        return "waiting" if silent < (STUCK_TRAINING_S if self.current in TRAINING else STUCK_S) else "stuck"

    @property
    def ended(self) -> str:
        """How the run ended and what to try, in sentences; its last words are left to `why`."""
        first, _, words = self.why.partition("\n")
        if words and first.endswith(":"):
            first = first[: first.rfind(". ") + 1]
        return " ".join(part.strip() for part in (OUTCOMES.get(self.state, ""), first, self.try_this) if part.strip())

    def eta(self, expected_calls: Mapping[str, float] | None = None, now: float | None = None) -> float | None:
        """Return the seconds left, or None when nothing honest can be said.

        `expected_calls` are the model calls forecast for each stage, cached ones included; without them
        only the last stage has a known end. Time already spent silent since the last event is counted off.
        """
        if self.state != "running":
            return None
        left = self._seconds_left(expected_calls or {})
        if left is None:
            return None
        return max(0.0, left - (self.silent(now) or 0.0)) if now is not None else left

    def _seconds_left(self, expected: Mapping[str, float]) -> float | None:
        waiting = [stage.name for stage in self.stages if stage.state == "waiting"]
        rate = self._seconds_per_call()
        later = 0.0
        for name in waiting:
            calls = expected.get(name, _FREE.get(name))
            if calls is None or (calls > 0 and rate is None):
                return None
            later += calls * (rate or 0.0)
        stage = self.stage(self.current)
        if stage is None or stage.state != "running":
            return later if waiting else None
        now = left_in(stage, expected.get(stage.name), rate)
        return None if now is None else now + later

    def _seconds_per_call(self) -> float | None:
        timed = [(stage.seconds, stage.asked) for stage in self.stages]
        calls = sum(count for _, count in timed)
        seconds = sum(spent for spent, count in timed if count)
        return seconds / min(calls, 10**15) if calls > 0 and seconds > 0 else None
