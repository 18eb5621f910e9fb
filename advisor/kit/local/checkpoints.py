"""Checkpoints of a training job: which one to go on from."""

from __future__ import annotations

import shutil
from pathlib import Path

NEEDED = ("trainer_state.json", "optimizer.pt")


def newest_whole(folder: Path) -> Path | None:
    """Return the newest checkpoint; those that a kill left half-written are removed, training would stop at them."""
    if not folder.is_dir():
        return None
    for half in [path for path in folder.glob("checkpoint-*") if not _is_whole(path)]:
        shutil.rmtree(half)
    return max(folder.glob("checkpoint-*"), key=_step, default=None)


def _is_whole(checkpoint: Path) -> bool:
    return all((checkpoint / name).is_file() for name in NEEDED) and any(checkpoint.glob("*.safetensors"))


def _step(checkpoint: Path) -> int:
    number = checkpoint.name.rpartition("-")[2]
    return int(number) if number.isdigit() else -1
