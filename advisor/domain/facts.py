"""What is known about the user's case, and who says so."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Source(IntEnum):
    """Who says so, weakest first: a stronger source is believed over a weaker one."""

    assumed = 1
    told = 2
    computed = 3
    measured = 4


class Range(BaseModel):
    """A number the user gave as two ends."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The number to calculate with when one is needed."""
        return (self.low + self.high) / 2


class Gpu(BaseModel):
    """A graphics processor the user can train on."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    gib: float


FactName = Literal[
    "task", "data_path", "data_table", "input_fields", "label_field",
    "rows", "labelled_examples", "usable_examples", "classes", "accuracy_ceiling", "majority_share",
    "prompt_optimization", "baseline_score", "optimized_score", "target_score", "metric", "goal", "task_stability",
    "current_model", "student_model", "teacher_model", "prompt_model", "judge_model",
    "calls_per_month", "spend_per_month_usd", "budget_usd",
    "host", "gpus", "local_models", "server_addresses", "data_must_stay", "openai_tuned_recently", "fine_tuning_result",
    "tuned_score", "prompt_effort",
    "student_price_in", "student_price_out", "student_price_training", "teacher_price_in", "teacher_price_out",
    "prompt_price_in", "prompt_price_out", "judge_price_in", "judge_price_out",
    "host_admits", "host_closes", "host_days_left", "host_least_rows", "host_most_megabytes",
    "student_trainable", "student_context", "student_served", "student_retires", "student_days_left",
    "student_hosting_per_hour", "student_weights", "needed_days", "row_tokens", "forecast_usd",
    "overruled", "routes_run",
]  # fmt: skip

OF_THE_HOST: tuple[FactName, ...] = (
    "host_admits", "host_closes", "host_days_left", "host_least_rows", "host_most_megabytes",
    "student_trainable", "student_context", "student_served", "student_retires", "student_days_left",
    "student_hosting_per_hour", "student_weights",
)  # fmt: skip
"""What a host's own pages say of it and of the student there."""

HELPERS: dict[FactName, tuple[FactName, FactName]] = {
    "teacher_model": ("teacher_price_in", "teacher_price_out"),
    "prompt_model": ("prompt_price_in", "prompt_price_out"),
    "judge_model": ("judge_price_in", "judge_price_out"),
}
"""Models that may answer beside the host, each with its prices for tokens in and out."""

LOOKED_UP: tuple[FactName, ...] = (
    *OF_THE_HOST, "student_price_in", "student_price_out", "student_price_training", "needed_days",
    *(price for prices in HELPERS.values() for price in prices),
)  # fmt: skip
"""Facts that age: the catalogue has them, as assumed, for one host and its models; what the user says wins."""

FactValue = bool | int | float | str | Range | tuple[str, ...] | tuple[Gpu, ...]

NO_LIMIT = "no limit"
"""Evidence of a limit that was withdrawn because there is to be none."""


class Fact(BaseModel):
    """One thing known, with its source."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: FactName
    value: FactValue = Field(union_mode="smart")
    source: Source
    evidence: str = ""
    """Where it comes from, in words: a file name, "you said", a run."""
    n: int | None = None
    """Rows behind a score, where known."""
    split: str | None = None
    """The part of the data a score was measured on, where known."""
    only: tuple[str, ...] = ()
    """Of a leave for rows to go: the titles of those it is for; empty where it is for anybody."""
    withdrawn: bool = False
    """Whether the value is said to hold no longer: nothing is known until another is told."""


class Believed(ABC):
    """What is believed of a case, however it is kept; rules read nothing else."""

    @abstractmethod
    def get(self, name: FactName) -> Fact | None:
        """Return the believed record of a fact, or None."""

    def waived(self, name: FactName) -> bool:
        """Say whether the user said that there is none: no limit."""
        return False

    def has(self, name: FactName) -> bool:
        """Say whether anything is known of a fact."""
        return self.get(name) is not None

    def text(self, name: FactName) -> str | None:
        """Return a fact whose value is a word, or None."""
        fact = self.get(name)
        return fact.value if fact and isinstance(fact.value, str) else None

    def number(self, name: FactName) -> float | None:
        """Return a fact whose value is a number, the middle of a range, or None."""
        fact = self.get(name)
        if fact is None or isinstance(fact.value, bool):
            return None
        if isinstance(fact.value, Range):
            return fact.value.middle
        return float(fact.value) if isinstance(fact.value, (int, float)) else None

    def lower(self, name: FactName) -> float | None:
        """Return a fact whose value is a number, the lower end of a range, or None."""
        fact = self.get(name)
        return fact.value.low if fact and isinstance(fact.value, Range) else self.number(name)

    def upper(self, name: FactName) -> float | None:
        """Return a fact whose value is a number, the upper end of a range, or None."""
        fact = self.get(name)
        return fact.value.high if fact and isinstance(fact.value, Range) else self.number(name)

    def flag(self, name: FactName) -> bool | None:
        """Return a yes-or-no fact, or None."""
        fact = self.get(name)
        return fact.value if fact and isinstance(fact.value, bool) else None

    def words(self, name: FactName) -> tuple[str, ...]:
        """Return a fact whose value is a list of words."""
        fact = self.get(name)
        if fact is None or not isinstance(fact.value, tuple):
            return ()
        return tuple(item for item in fact.value if isinstance(item, str))

    def gpus(self) -> tuple[Gpu, ...]:
        """Return the graphics processors known of."""
        fact = self.get("gpus")
        if fact is None or not isinstance(fact.value, tuple):
            return ()
        return tuple(item for item in fact.value if isinstance(item, Gpu))


class Facts(BaseModel, Believed):
    """Everything learned so far; nothing learned is ever dropped."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    records: tuple[Fact, ...] = ()

    def learn(self, *facts: Fact) -> Facts:
        """Return the facts with these added; the stronger source is believed, the later of equals."""
        return Facts(records=self.records + facts)

    def without(self, *names: FactName) -> Facts:
        """Return the facts of another case: nothing is known of these names any more."""
        return Facts(records=tuple(record for record in self.records if record.name not in names))

    def without_source(self, source: Source, *names: FactName) -> Facts:
        """Return the facts without what this source said of these names."""
        return Facts(records=tuple(r for r in self.records if r.source != source or r.name not in names))

    def get(self, name: FactName) -> Fact | None:
        """Return the believed record of a fact, or None."""
        believed = self._believed(name)
        return None if believed is not None and believed.withdrawn else believed

    def waived(self, name: FactName) -> bool:
        """Say whether the user said that there is none: no limit."""
        believed = self._believed(name)
        return believed is not None and believed.withdrawn and believed.evidence == NO_LIMIT

    def _believed(self, name: FactName) -> Fact | None:
        believed: Fact | None = None
        for record in self.records:
            if record.name == name and (believed is None or record.source >= believed.source):
                believed = record
        return believed

    def history(self, name: FactName) -> tuple[Fact, ...]:
        """Return every record of a fact, oldest first."""
        return tuple(record for record in self.records if record.name == name)

    def known(self) -> tuple[Fact, ...]:
        """Return the believed record of every known fact, in the order first learned."""
        names = dict.fromkeys(record.name for record in self.records)
        return tuple(fact for name in names if (fact := self.get(name)) is not None)
