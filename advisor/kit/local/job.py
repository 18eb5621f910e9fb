"""What a training job on this computer is to do, and the folder it works in."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.kit.files import read_json, write_json

JOB, EVENTS, ROWS, HELD_OUT, LOG, STOP = "job.json", "events.jsonl", "train.jsonl", "held_out.jsonl", "log.txt", "STOP"
CHECKPOINTS, ADAPTER, MODEL, EXAMPLE = "checkpoints", "adapter", "model", "example.txt"

HOW_SPREAD = ("processes", "sharded")
"""Settings that change where a job is carried out, not what it makes: it is gone on with when they are others."""

LORA_RATE, FULL_RATE = 2e-4, 1e-5
"""Learning rates: adapters want about ten times that of full training (TRL, "LoRA Without Regret")."""


@dataclass(frozen=True)
class Job:
    """Settings of a job; those left None are chosen by the machine and the model."""

    model: str
    """A folder, or a name on the Hugging Face hub."""
    method: str = "auto"
    """lora, qlora (4-bit base, NVIDIA only), full, or auto, which is lora."""
    rank: int = 16
    alpha: int = 32
    learning_rate: float | None = None
    epochs: int = 3
    batch: int = 8
    """Rows of a step."""
    accumulate: int = 1
    """Parts a step is made in; a memory too small for the batch wants more."""
    max_length: int | None = None
    """Tokens of a row; the longest row where None, but no more than the model reads."""
    schedule: str = "linear"
    warmup: float = 0.05
    """Share of the steps."""
    beta2: float = 0.999
    weight_decay: float = 0.0
    evaluations: int = 6
    """How often the held-out rows are answered; checkpoints are kept as often."""
    seed: int = 0
    processes: int | None = None
    """Processes that train together, each with a GPU of its own: all of the largest kind, where None."""
    sharded: bool | None = None
    """Each process holds a part of the weights (lora and full), not a copy; where None, if one GPU cannot hold them."""

    @property
    def step_rows(self) -> int:
        """Return the rows of a step; none of its parts is empty."""
        return max(self.batch, self.accumulate)

    @property
    def rate(self) -> float:
        """Return the learning rate."""
        return self.learning_rate or (FULL_RATE if self.method == "full" else LORA_RATE)


def make_job(model: str, settings: dict[str, Any]) -> Job:
    """Return the job of these settings; those it does not know are left to other hosts."""
    known = {field.name for field in dataclasses.fields(Job)}
    return Job(model=model, **{name: value for name, value in settings.items() if name in known and value is not None})


def write_job(folder: Path, job: Job) -> None:
    """Write a job into its folder."""
    write_json(folder / JOB, dataclasses.asdict(job))


def read_job(folder: Path) -> Job:
    """Read the job of a folder."""
    return Job(**read_json(folder / JOB))


def read_rows(path: Path) -> list[list[dict[str, str]]]:
    """Return the conversations of a file of training rows."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["messages"] for line in lines if line.strip()]
