"""How much memory a model's server takes, and the program that serves it."""

from __future__ import annotations

import importlib.util
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
    size, cards = weights_gib(model, project), card_gib()
    if size is None:
        return Room(WHOLE, 1)
    need = size * SPREAD + WORKING_GIB
    one = min(cards) if cards else _memory_gib()
    if need <= HALF * one:
        return Room(HALF, 1)
    # vLLM splits the heads of a model evenly, of which there are powers of two.
    wanted = 2 ** math.ceil(math.log2(max(1.0, need / (WHOLE * one)))) if one else 1
    return Room(WHOLE, min(wanted, 2 ** int(math.log2(len(cards) or 1))))


def weights_gib(model: str, project: Path) -> float | None:
    """Return the size of the weights in a folder or in the cache of the hub; None where there are none."""
    folder = project / model
    found = [folder] if folder.is_dir() else _snapshots(model)
    sizes = [sum(file.stat().st_size for file in one.glob("*.safetensors")) for one in found]
    return max(sizes, default=0) / GIB or None


def _snapshots(model: str) -> list[Path]:
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    return list((cache / f"models--{model.replace('/', '--')}" / "snapshots").glob("*"))


def card_gib() -> list[float]:
    """Return the memory of every NVIDIA GPU this process may use."""
    if not shutil.which("nvidia-smi"):
        return []
    try:
        told = subprocess.run(
            ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=True,
        ).stdout  # fmt: skip
        cards = [float(line) / 1024 for line in told.split()]
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is None:
        return cards
    return [cards[int(name)] for name in visible.split(",") if name.strip().isdigit() and int(name) < len(cards)]


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
    if vllm and card_gib():
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
