"""How much memory a model's server takes, and the program that serves it."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

WHOLE, HALF = 0.9, 0.45
"""Shares of the memory a server is given: two models at a time where either is content with half."""
SPREAD, WORKING_GIB = 1.2, 2.0
"""Beside its weights a server needs room for what it reads and answers. A judgement, not measured on a GPU."""
GIB = 2**30


class Room(NamedTuple):
    """What a server is given."""

    share: float
    """Of the memory of each of its cards, or of the computer's."""
    cards: int
    """GPUs the model is split over, where it is served by vLLM."""


def room_for(model: str, project: Path) -> Room:
    """Return the room a model wants, by the weights on disk; of one that is not here yet the whole, to be safe."""
    found, cards = on_disk(model, project), card_gib()
    if found is None or cards is None:
        return Room(WHOLE, 1)
    need = weights_gib(found) * SPREAD + WORKING_GIB
    one = min(cards) if cards else _memory_gib()
    if need <= HALF * one:
        return Room(HALF, 1)
    least = math.ceil(need / (WHOLE * one)) if one else 1
    return Room(WHOLE, _split(least, len(cards), _heads(found)))


def _split(least: int, most: int, heads: int) -> int:
    """Return over how many cards a model is split: vLLM gives each as many of its attention heads as the others."""
    even = [n for n in range(1, max(most, 1) + 1) if heads % n == 0]
    return next((n for n in even if n >= least), even[-1])


def on_disk(model: str, project: Path) -> Path | None:
    """Return the folder with a model's weights: its own, or one in the cache of the hub."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    snapshots = (cache / f"models--{model.replace('/', '--')}" / "snapshots").glob("*")
    return max((one for one in (project / model, *snapshots) if weights_gib(one)), key=weights_gib, default=None)


def weights_gib(folder: Path) -> float:
    """Return the size of the weights in a folder."""
    return sum(file.stat().st_size for file in folder.glob("*.safetensors")) / GIB


def _heads(folder: Path) -> int:
    try:
        return max(1, int(json.loads((folder / "config.json").read_text("utf-8"))["num_attention_heads"]))
    except (OSError, ValueError, KeyError, TypeError):
        return 1


def card_gib() -> list[float] | None:
    """Return the memory of every NVIDIA GPU this process may use; None where there are some, and which is not known."""
    if not shutil.which("nvidia-smi"):
        return []
    try:
        told = subprocess.run(
            ["nvidia-smi", "--query-gpu=uuid,memory.total", "--format=csv,noheader,nounits"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=True,
        ).stdout  # fmt: skip
        cards = {uuid.strip(): float(size) / 1024 for uuid, size in (line.split(",") for line in told.splitlines())}
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    return list(cards.values()) if visible is None else _visible(visible, cards)


def _visible(named: str, cards: dict[str, float]) -> list[float] | None:
    names = [name.strip() for name in named.split(",")]
    if names[0] in ("", "-1"):
        return []
    if all(name.isdigit() for name in names):
        # CUDA numbers them in an order of its own: the smallest are reckoned with.
        return sorted(cards.values())[: len(names)]
    found = [size for name in names for uuid, size in cards.items() if uuid.startswith(name)]
    return found if len(found) == len(names) else None


def _memory_gib() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    except (AttributeError, ValueError, OSError):
        return 0.0


def command(model: str, port: int, room: Room) -> list[str]:
    """Return vLLM's command where it can run, which wants an NVIDIA GPU, else that of transformers' own server.

    A model that thinks before it answers is asked not to: the training rows hold answers alone.
    """
    at = ["--host", "127.0.0.1", "--port", str(port)]
    vllm = _vllm()
    if vllm and card_gib() != []:
        at += ["--served-model-name", model, "--gpu-memory-utilization", str(room.share)]
        # A context of 128,000 tokens would want more memory than the weights.
        at += ["--tensor-parallel-size", str(room.cards), "--max-model-len", "auto"]
        at += ["--default-chat-template-kwargs", '{"enable_thinking": false}']
        return [vllm, "serve", model, *at]
    # Without a model named here it would load, and fetch, whatever a request names.
    here = Path(sys.executable).parent / "transformers"
    return [str(here), "serve", model, *at, "--reasoning", "off", "--log-level", "warning"]


def _vllm() -> str | None:
    """Beside this Python, or in an environment of its own: it wants its own build of torch."""
    beside = Path(sys.executable).parent / "vllm"
    return str(beside) if importlib.util.find_spec("vllm") and beside.exists() else shutil.which("vllm")
