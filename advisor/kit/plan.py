"""The plan of this project, as `plan.json` holds it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from advisor.domain.verdict import Hosting
from advisor.kit.stops import Stop

PASS_RATE = 0.6
"""Assumed share of right answers, where the plan says nothing of it."""


@dataclass(frozen=True)
class Host:
    """Where the models answer and the weights are trained."""

    name: str
    base_url: str | None
    key_variable: str
    upload_to: str
    free: bool = False
    driver: str = "openai"
    """How weights are trained there: openai for OpenAI's API, together, or local for this computer."""


@dataclass(frozen=True)
class Role:
    """A model with a part to play; prices are dollars per million tokens, None when not known."""

    model: str
    price_in: float | None = None
    price_out: float | None = None
    train_price: float | None = None
    elsewhere: bool = False
    """Answers at another provider than the host; the name is as LiteLLM spells it."""
    address: str = ""
    """Where its server answers, for one that may do so on this computer; empty for every other."""

    @property
    def billed(self) -> bool:
        """Whether its answers cost something, or may: a price that is not known is not zero."""
        return self.price_in != 0 or self.price_out != 0


@dataclass(frozen=True)
class Gates:
    """When the run stops or warns between stages."""

    chance_score: float
    min_traces: int
    warn_traces: int
    target_score: float | None = None


@dataclass(frozen=True)
class Plan:
    """What `optimize.py` and the kit read from `plan.json`; the rest of the file is for the record."""

    name: str
    title: str
    route: str
    optimizer: str
    stages: tuple[str, ...]
    host: Host
    student: Role
    prompt_model: Role
    gates: Gates
    teacher: Role | None = None
    judge: Role | None = None
    reasoning: bool = False
    epochs: int | None = None
    threads: int = 8
    seed: int = 0
    budget_usd: float | None = None
    calls_per_month: float | None = None
    practice: bool = False
    serves_here: bool = False
    """Whether models are served or trained on this computer by the run itself."""
    data_must_stay: bool = False
    """Nobody away from this computer may receive rows."""
    rows_may_go_to: tuple[str, ...] = field(default=())
    """Who alone may receive rows; empty where anybody may, or nobody."""
    labels: tuple[str, ...] = field(default=())
    kept_ready: dict[str, Any] | None = None
    """Where the tuned model is billed by the hour: `per_hour` in dollars, None when not known."""
    pass_rate: float = PASS_RATE
    """The share of rows the program is expected to get right."""
    tuning: dict[str, Any] = field(default_factory=dict)
    """Settings of a training on this computer, as `kit/local/job.py` knows them."""

    @property
    def trains(self) -> bool:
        """Whether weights are trained."""
        return any(stage in self.stages for stage in ("train", "gold", "together"))

    @property
    def hosting(self) -> Hosting | None:
        """What the tuned model costs while it is kept ready; None where that is not billed by the hour."""
        told = self.kept_ready
        return None if told is None else Hosting(told.get("per_hour"), calls_in_it=self.host.driver == "together")

    @property
    def uploads(self) -> bool:
        """Whether training rows leave this computer in a file."""
        return self.trains and self.host.driver != "local"


Told = TypeVar("Told", Host, Role, Gates, Plan)


def _read(kind: type[Told], told: dict[str, Any]) -> Told:
    names = {item.name for item in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in told.items() if name in names})


def _pass_rate(told: dict[str, Any]) -> float:
    """Return the share of right answers that a plan reckons with.

    Raises:
        ValueError: what it holds is no share.
    """
    reckoned = told.get("reckoned")
    if reckoned is None:
        return PASS_RATE
    if not isinstance(reckoned, dict):
        raise ValueError(f"reckoned is {reckoned!r:.60}, not a group of figures")
    rate = reckoned.get("pass_rate", PASS_RATE)
    # True is a number to Python, and not a number (NaN) is neither above 0 nor below 1.
    if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not 0 < rate <= 1:
        raise ValueError(f"reckoned has a pass_rate of {rate!r:.60}, not a number above 0 and up to 1")
    return rate


def read_plan(path: Path) -> Plan:
    """Read `plan.json`.

    Raises:
        Stop: the file is missing or is not a plan.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        parts: dict[str, Any] = {
            "host": _read(Host, told["host"]),
            "student": _read(Role, told["student"]),
            "prompt_model": _read(Role, told["prompt_model"]),
            "teacher": told.get("teacher") and _read(Role, told["teacher"]),
            "judge": told.get("judge") and _read(Role, told["judge"]),
            "gates": _read(Gates, told["gates"]),
            "stages": tuple(told["stages"]),
            "tuning": told.get("tuning") or {},
            "pass_rate": _pass_rate(told),
            "labels": tuple(told["task"]["labels"]),
            "rows_may_go_to": tuple(told.get("rows_may_go_to") or ()),
        }
        return _read(Plan, {**told, **parts})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stop("usage", f"{path} cannot be read as a plan: {error}.", "Write the project again.") from error
