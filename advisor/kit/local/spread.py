"""How one training is spread over the graphics processors of a computer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from advisor.kit.local.job import Job
from advisor.kit.local.rows import Unusable

SHARE = 0.9
"""Of a card's memory, what may be planned for."""
LORA_BYTES, FULL_BYTES, OVERHEAD, FIXED = 2, 16, 1.2, 2 * 2**30
"""Bytes a weight, and what stands beside the weights: a guess, for plans that leave `sharded` open."""
LOOK_SECONDS = 120.0

_LOOK = (
    "import json, torch; every = map(torch.cuda.get_device_properties, range(torch.cuda.device_count()));"
    "print(json.dumps([[one.name, one.total_memory] for one in every]))"
)


@dataclass(frozen=True)
class Card:
    """A graphics processor."""

    name: str
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Spread:
    """Processes of a training."""

    processes: int = 1
    sharded: bool = False
    """Each holds a part of the weights, not a copy."""
    cards: tuple[int, ...] | None = None
    """Those used, of the visible ones; None where nothing has to be chosen."""


def cards() -> list[Card]:
    """Return the cards that may be used.

    Raises:
        Unusable: they do not answer.
    """
    import torch

    count = torch.cuda.device_count()
    if count < 2:
        return [Card("", 0)] * count
    # In a process of its own: one that has looked at a card may hold some of its memory.
    told = None
    try:
        told = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, timeout=LOOK_SECONDS)
        return [Card(name, size) for name, size in json.loads(told.stdout.splitlines()[-1])]
    except subprocess.TimeoutExpired:
        why = f"nothing came within {LOOK_SECONDS:.0f} seconds"
    except (OSError, ValueError, IndexError) as error:
        said = told.stderr.strip().splitlines() if told else [str(error)]
        why = " ".join((said or ["no reason was given"])[-1].split())[:300]
    raise Unusable(
        f"{count} GPUs were found, and they could not be asked what they are: {why}.",
        "See whether nvidia-smi answers; set CUDA_VISIBLE_DEVICES=0 to train on the first of them alone.",
    )


def weights_of(model: str) -> int:
    """Return how many weights a model has; none is loaded."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    with torch.device("meta"):
        return int(AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(model)).num_parameters())


def spread(job: Job, found: Sequence[Card], weights: Callable[[], int], begun: bool | None = None) -> Spread:
    """Return how a job is spread; `begun` says whether its checkpoints are of sharded weights, None without any.

    Raises:
        Unusable: it cannot be spread as the job says.
    """
    alike = _alike(found)
    processes = _processes(job, len(alike), bool(found))
    if begun and processes < 2:
        raise Unusable(
            "The checkpoints of this training hold weights that were shared out among processes; now there is one.",
            "Go on with two GPUs of one kind or more, and processes null under tuning in plan.json; or begin a new "
            "run, whose weights one GPU has to hold.",
        )
    sharded = _sharded(job, processes, [found[at] for at in alike], weights, begun)
    if begun is not None and begun != sharded:
        kept, now = ("shared out among processes", "whole") if begun else ("whole", "shared out")
        raise Unusable(
            f"The checkpoints of this training hold weights that were {kept}; now they would be {now}.",
            f"In plan.json, under tuning: sharded {str(begun).lower()}, as it began; or begin a new run.",
        )
    return Spread(processes, sharded, tuple(alike[:processes]) if len(found) > 1 else None)


def _alike(found: Sequence[Card]) -> list[int]:
    """Those of the largest kind: a slower card would be waited for at every step."""
    kinds: dict[Card, list[int]] = {}
    for at, card in enumerate(found):
        kinds.setdefault(card, []).append(at)
    return max(kinds.values(), key=lambda ones: (found[ones[0]].size, len(ones)), default=[])


def _processes(job: Job, alike: int, on_cards: bool) -> int:
    if job.processes is None:
        # What joins the processes of several cards, NCCL, there is for Linux.
        most = alike if os.name == "posix" else 1
        return max(n for n in range(1, max(most, 1) + 1) if job.step_rows % n == 0)
    if job.processes < 1 or job.step_rows % job.processes:
        raise Unusable(
            f"A step of {job.step_rows} rows cannot be shared out among {job.processes} processes.",
            "In plan.json, under tuning: a batch that the number of processes divides.",
        )
    if on_cards and job.processes > alike:
        raise Unusable(
            f"{job.processes} processes are asked for, and there are {alike} GPUs of one kind.",
            "In plan.json, under tuning: no more processes than GPUs of one kind, or null for as many as there are.",
        )
    return job.processes


def _sharded(job: Job, processes: int, used: Sequence[Card], weights: Callable[[], int], begun: bool | None) -> bool:
    if job.sharded is None and begun is not None:
        return begun
    if job.sharded is None:
        # A quantized base is small: each card holds a copy of it.
        return processes > 1 and bool(used) and job.method != "qlora" and not _holds(used[0], job.method, weights())
    if job.sharded and job.method == "qlora":
        raise Unusable(
            "QLoRA keeps a whole copy on every GPU; weights are shared out for lora and full only.",
            "In plan.json, under tuning: sharded null, or method lora.",
        )
    if job.sharded and processes < 2:
        raise Unusable(
            "Weights are shared out among two processes or more, and this would be one.",
            "Use a computer with more GPUs of one kind, or sharded null and a smaller model.",
        )
    return job.sharded


def _holds(card: Card, method: str, weights: int) -> bool:
    needed = weights * (FULL_BYTES if method == "full" else LORA_BYTES) * OVERHEAD + FIXED
    return needed <= SHARE * card.size


def portion(job: Job, processes: int) -> tuple[int, int]:
    """Return how many rows a process takes at a time and in how many parts, so that a step has the job's batch."""
    rows = job.step_rows // processes
    most = job.step_rows // job.accumulate
    at_a_time = max(n for n in range(1, rows + 1) if rows % n == 0 and n <= most)
    return at_a_time, rows // at_a_time
