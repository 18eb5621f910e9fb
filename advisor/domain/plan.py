"""What the generated project will do, already decided: the templates only print it."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, computed_field

from advisor.domain.calls import WRITES_INSTRUCTIONS
from advisor.domain.dataset import SplitSizes
from advisor.domain.events import StageName

RunRoute = Literal["prompt_optimization", "bootstrap_finetune", "gold_finetune", "distillation", "better_together"]
Driver = Literal["openai", "together", "local"]
"""OpenAI's files and jobs, Together's own, or TRL on this computer."""
Optimizer = Literal["labelled_few_shot", "bootstrap_few_shot", "mipro_light", "mipro_medium", "mipro_heavy", "gepa"]


class Host(BaseModel):
    """Where the models answer and the weights are trained."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    """As in the fact `host`."""
    base_url: str | None
    """Where it is reached unless the environment says otherwise; None for a server started beside the run."""
    key_variable: str
    """Environment variable that holds the key; the key itself is in no file."""
    upload_to: str
    """The only host name training rows may be sent to."""
    free: bool = False
    """Nothing is billed there."""
    driver: Driver = "openai"
    """How weights are trained there."""


class Role(BaseModel):
    """A model with a part to play."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    model: str
    price_in: float | None = None
    """Dollars per million input tokens; None when not known."""
    price_out: float | None = None
    train_price: float | None = None
    """Dollars per million trained tokens."""
    elsewhere: bool = False
    """Answers at another provider than the host; the name is as LiteLLM spells it."""
    address: str = ""
    """Where its server answers, for one that may do so on this computer; empty for every other."""

    @property
    def billed(self) -> bool:
        """Whether its answers cost something, or may: a price that is not known is not zero."""
        return bool(self.price_in != 0 or self.price_out != 0)


class KeptReady(BaseModel):
    """A tuned model that is billed by the hour while it is ready to answer, asked or not."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    per_hour: float | None = None
    """Dollars; None when not known."""


class Tuning(BaseModel):
    """How weights are trained on this computer; what is None the kit chooses by model and machine."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    method: Literal["auto", "lora", "qlora", "full"] = "auto"
    rank: int = 16
    alpha: int = 32
    learning_rate: float | None = None
    batch: int = 8
    accumulate: int = 1
    max_length: int | None = None
    processes: int | None = None
    sharded: bool | None = None


class Pace(BaseModel):
    """Tokens a second where a processor alone does the work."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    read: float
    written: float
    trained: float


TaskKind = Literal["classification"]

RUNNABLE: tuple[TaskKind, ...] = get_args(TaskKind)
"""Tasks a project is generated for; every other one is advised on only."""


class Task(BaseModel):
    """The program to be improved: fields and labels."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: TaskKind = "classification"
    input_fields: tuple[str, ...]
    """Field names in the data, as the user wrote them."""
    label_field: str
    labels: tuple[str, ...]
    instruction: str


class Gates(BaseModel):
    """When the run stops or warns between stages."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    target_score: float | None = None
    chance_score: float
    """The share of the most frequent label: a program at or below it has learned nothing."""
    min_traces: int
    warn_traces: int


Tokens = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)] | None


class Reckoned(BaseModel):
    """What the forecast of a plan goes by beside the plan: how long its rows are, how often an answer is right."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    input_tokens: Tokens = None
    """Of a row's text, on average; None where no file was read."""
    label_tokens: Tokens = None
    pass_rate: Annotated[float, Field(gt=0, le=1, strict=True, allow_inf_nan=False)]
    """The share of rows the program is expected to get right."""
    pass_rate_from: str = ""
    """The fact it is taken from and who says so."""
    prices_checked: str = ""
    """Where the prices come from, with the day."""


class Plan(BaseModel):
    """Everything the templates and the kit need."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    version: Literal[1] = 1
    name: str
    """Folder-safe name of the project."""
    title: str
    route: RunRoute
    task: Task
    data_path: str
    """The user's file, for the record; the project carries its own split copy."""
    data_table: str = ""
    """The sheet or table of it that was read, where it has several."""
    split: SplitSizes
    optimizer: Optimizer
    gold_beside: bool = False
    """Also train on the labels themselves and compare side by side."""
    stages: tuple[StageName, ...]
    host: Host
    student: Role
    teacher: Role | None = None
    prompt_model: Role
    """Writes instructions for the prompt optimizer and reflects for GEPA."""
    judge: Role | None = None
    """Looks at wrong answers when all is scored; it changes no score."""
    prompts_elsewhere: bool = False
    """The user has optimized prompts already, of which the project has no copy."""
    reasoning: bool = False
    """Whether the program thinks in a `reasoning` field before it answers."""
    epochs: int | None = None
    gates: Gates
    threads: int = 8
    seed: int = 0
    budget_usd: float | None = None
    calls_per_month: float | None = None
    practice: bool = False
    tuning: Tuning | None = None
    """Where training happens on this computer."""
    pace: Pace | None = None
    """Known where there is no GPU; the forecast reckons with it."""
    kept_ready: KeptReady | None = None
    """Where the tuned model is billed by the hour; None where it is billed by the token, or not."""
    data_must_stay: bool = False
    """Nobody away from this computer may receive rows; a run that would show them to somebody stops first."""
    rows_may_go_to: tuple[str, ...] = ()
    """Titles of those who alone may receive rows; empty where anybody may, or nobody."""
    reckoned: Reckoned | None = None
    """None in a project of an earlier version; the forecast assumes the usual then."""
    own: str = ""
    """What tells this project from every other at a cloud; written with it and kept wherever it is moved."""

    def is_as(self, other: Plan) -> bool:
        """Whether both decide the same, whatever split and forecast go by."""
        apart = {"split": other.split, "reckoned": other.reckoned}
        return sum(self.split) == sum(other.split) and self.model_copy(update=apart) == other

    @property
    def free(self) -> bool:
        """Whether nothing at all is billed, at the host or beside it."""
        return self.host.free and not self.billed_beside

    @property
    def billed_beside(self) -> bool:
        """Whether anybody bills answers beside the host."""
        return any(role.elsewhere and role.billed for _, role in self.roles)

    @property
    def roles(self) -> tuple[tuple[str, Role], ...]:
        """The models this run asks, each with its part."""
        roles = [("student", self.student), ("teacher", self.teacher)]
        if self.optimizer in WRITES_INSTRUCTIONS:
            roles.append(("prompts written by", self.prompt_model))
        roles.append(("judge", self.judge))
        return tuple((part, role) for part, role in roles if role)

    @property
    def rented(self) -> bool:
        """Whether it is meant for a machine that SkyPilot rents."""
        return self.host.name == "sky"

    # mypy takes no decorator above `property`; pydantic wants its own there.
    @computed_field  # type: ignore[prop-decorator]
    @property
    def serves_here(self) -> bool:
        """Whether models are served or trained on this computer by the run itself; the kit reads it in plan.json."""
        own = any(not role.elsewhere for _, role in self.roles)
        return self.host.driver == "local" and (own or self.route != "prompt_optimization")

    @property
    def uploads(self) -> bool:
        """Whether training rows leave this computer in a file."""
        return self.route != "prompt_optimization" and self.host.driver != "local"
