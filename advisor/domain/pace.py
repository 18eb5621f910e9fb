"""How fast a processor alone trains and answers: where there is no GPU, no host's minutes stand for it."""

from __future__ import annotations

from typing import NamedTuple

from advisor.domain import figures
from advisor.domain.facts import Believed
from advisor.domain.model_shape import weights_of
from advisor.domain.plan import Pace

WORK_PER_SECOND = 200e9
"""Operations a second on a few cores. Measured: 80e9 on one server core, LoRA on 0.6 billion weights, torch 2.13."""

BYTES_PER_SECOND = 20e9
"""Memory read in a second (assumed); every token of an answer reads all weights once."""

READING, TRAINING = 2, 4
"""Operations a weight and token: once forward, and forward and back without gradients of the weights themselves."""

BYTES_PER_WEIGHT = 2

SLOWER = 4.0
"""How much slower one old core is than assumed, and how much faster many new ones are."""

ROW_TOKENS = 300
"""Tokens of a text to label with its prompt and answer."""
EPOCHS = 3
TRAIN_SHARE = 0.75

LONGEST_HOURS = 12.0
"""Of one training: more than a night is no way to find out whether it helps."""


class Load(NamedTuple):
    """Tokens of a stage."""

    read: float
    written: float
    trained: float


def weights_known(name: str, facts: Believed) -> float | None:
    """Return how many weights a model has: as counted in the student's own folder, else as its name tells."""
    student = facts.text("student_model") or facts.text("current_model")
    return (facts.number("student_weights") if name == student else None) or weights_of(name)


def pace_for(facts: Believed, student: str | None) -> Pace | None:
    """Return the pace of a model of known size where a processor is known to be all there is, else None."""
    fact, weights = facts.get("gpus"), weights_known(student or "", facts)
    return pace_of(weights) if weights is not None and fact is not None and fact.value == () else None


def pace_of(weights: float) -> Pace:
    """Return the pace of a model with so many weights on a usual processor."""
    return Pace(
        read=WORK_PER_SECOND / (READING * weights),
        written=BYTES_PER_SECOND / (BYTES_PER_WEIGHT * weights),
        trained=WORK_PER_SECOND / (TRAINING * weights),
    )


def pace_beside(student: Pace, model: str) -> Pace:
    """Return the pace of a model that answers here beside the student; the student's where its size is not known."""
    weights = weights_of(model)
    return pace_of(weights) if weights is not None else student


def minutes(pace: Pace, load: Load) -> float:
    """Return the likely time of a stage: rows are asked one after another, the cores are the same."""
    return (load.read / pace.read + load.written / pace.written + load.trained / pace.trained) / 60


def training_hours(weights: float, examples: float | None) -> float:
    """Return the likely time of one training on so many examples."""
    rows = (examples or figures.ENOUGH_EXAMPLES.value) * TRAIN_SHARE
    return minutes(pace_of(weights), Load(0, 0, rows * ROW_TOKENS * EPOCHS)) / 60
