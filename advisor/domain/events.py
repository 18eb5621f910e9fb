"""What a run reports, one JSON object a line in `events.jsonl`: the only record of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Candidate = Literal["baseline", "optimized", "teacher", "tuned", "gold", "together"]
"""A program the run scores. `tuned` learned from kept answers, `gold` from the labels themselves."""

StageName = Literal[
    "split", "baseline", "optimize", "teacher", "traces", "train", "gold", "together", "compare", "review"
]


class Meter(BaseModel):
    """What was spent since the run began, calls answered from the cache apart."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    calls: int = 0
    """Calls that reached the host."""
    cache_hits: int = 0
    failed_calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float = 0.0
    unpriced_calls: int = 0
    """Calls whose price is not known: `dollars` is then only a lower bound."""


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    t: float = 0.0
    """Unix time."""


class Started(_Event):
    """The run began, or began again after `resumed`."""

    kind: Literal["started"] = "started"
    run: str
    route: str
    practice: bool = False
    """The models are the built-in practice ones; their scores say nothing about a real model."""
    host: str
    endpoint: str
    student: str
    teacher: str | None = None
    rows: dict[str, int]
    """Rows of `train`, `dev` and `test`."""
    stages: tuple[str, ...]
    resumed: bool = False
    versions: dict[str, str] = {}


class StageStarted(_Event):
    """A stage began."""

    kind: Literal["stage_started"] = "stage_started"
    stage: StageName
    note: str = ""


class StageSkipped(_Event):
    """A stage was not run, because an earlier run of it is on disk or a gate closed."""

    kind: Literal["stage_skipped"] = "stage_skipped"
    stage: StageName
    reason: str


class StageFinished(_Event):
    """A stage ended and its files are on disk."""

    kind: Literal["stage_finished"] = "stage_finished"
    stage: StageName
    seconds: float
    meter: Meter | None = None
    """What was spent since the run began, training included."""


class Progress(_Event):
    """How far the evaluation in hand has come."""

    kind: Literal["progress"] = "progress"
    stage: StageName
    what: str = ""
    """What is being counted, for example `dev` rows or one trial."""
    done: int
    total: int
    passed: int | None = None
    failed: int = 0
    meter: Meter = Meter()


class Trial(_Event):
    """A prompt optimizer scored one candidate."""

    kind: Literal["trial"] = "trial"
    stage: StageName
    number: int
    total: int | None = None
    score: float
    """0 to 1, on `rows` rows."""
    best: float
    rows: int
    full: bool = True
    """Scored on the whole development part, not on a minibatch."""


class Scored(_Event):
    """A candidate answered every row of a split once."""

    kind: Literal["scored"] = "scored"
    candidate: Candidate
    split: Literal["dev", "test"]
    outcomes: str
    """One character a row, in file order: 1 right, 0 wrong, x no usable answer."""
    model: str
    calls: int
    """Model calls behind the rows, cached answers included."""
    cache_hits: int = 0
    tokens_in: int
    tokens_out: int
    """Tokens of the calls as if none had been cached."""
    dollars: float | None = None
    """What the rows cost at today's price; None when the price is not known."""
    seconds_per_call: float | None = None
    """Median time of a call that reached the host."""


class TracesKept(_Event):
    """Answers of the program that passed the metric and may be trained on."""

    kind: Literal["traces_kept"] = "traces_kept"
    tried: int
    kept: int
    failed: int
    classes_missing: tuple[str, ...] = ()
    """Labels without a single kept answer."""


class Uploaded(_Event):
    """Training rows were sent to the host."""

    kind: Literal["uploaded"] = "uploaded"
    host: str
    rows: int
    file_id: str


class JobReported(_Event):
    """The training host said something of the job."""

    kind: Literal["job_reported"] = "job_reported"
    job_id: str
    candidate: Candidate = "tuned"
    status: str
    message: str
    step: int | None = None
    total_steps: int | None = None
    epoch: int | None = None
    train_loss: float | None = None
    valid_loss: float | None = None
    meter: Meter | None = None
    """What was spent since the run began, with the price of the job."""


class GatePassed(_Event):
    """A check between stages, with its outcome."""

    kind: Literal["gate"] = "gate"
    gate: Literal["target_reached", "baseline_at_chance", "traces", "better_than_prompts", "budget"]
    outcome: Literal["go_on", "warn", "stop"]
    reason: str


class Said(_Event):
    """A line for the log."""

    kind: Literal["said"] = "said"
    level: Literal["info", "warning", "error"] = "info"
    text: str


class Compared(_Event):
    """The result: `verdict.compare` over the test outcomes."""

    kind: Literal["compared"] = "compared"
    comparison: dict[str, object]


class Reviewed(_Event):
    """What a judge says of the recommended program's wrong answers on the test rows."""

    kind: Literal["reviewed"] = "reviewed"
    candidate: Candidate
    model: str
    wrong: int
    asked: int
    """Of them, those it was shown."""
    data: int
    """Answers for which it prefers the label of the data."""
    program: int
    neither: int = 0
    unsure: int = 0
    failed: int = 0
    """Without a usable answer of the judge."""


class Finished(_Event):
    """The run ended."""

    kind: Literal["finished"] = "finished"
    outcome: Literal["done", "stopped_at_gate", "cancelled", "over_budget", "host_refused", "failed"]
    why: str = ""
    try_this: str = ""
    exit_code: int = 0
    meter: Meter | None = None
    """What was spent in all."""


RunEvent = Annotated[
    Started
    | StageStarted
    | StageSkipped
    | StageFinished
    | Progress
    | Trial
    | Scored
    | TracesKept
    | Uploaded
    | JobReported
    | GatePassed
    | Said
    | Compared
    | Reviewed
    | Finished,
    Field(discriminator="kind"),
]
RUN_EVENT: TypeAdapter[RunEvent] = TypeAdapter(RunEvent, config=ConfigDict(defer_build=True))


def parse_event(line: str) -> RunEvent | None:
    """Return the event of one line, or None for a half-written or unknown one."""
    try:
        return RUN_EVENT.validate_json(line)
    except ValidationError:
        return None
