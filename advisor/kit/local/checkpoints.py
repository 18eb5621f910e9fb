"""Checkpoints of a training job: which one to go on from."""

from __future__ import annotations

import shutil
from pathlib import Path

from advisor.kit.files import read_json, write_json

NEEDED = ("trainer_state.json", "optimizer.pt")


def newest_whole(folder: Path) -> Path | None:
    """Return the newest checkpoint; those that a kill left half-written are removed, training would stop at them."""
    if not folder.is_dir():
        return None
    for half in [path for path in folder.glob("checkpoint-*") if not _is_whole(path)]:
        shutil.rmtree(half)
    newest = max(folder.glob("checkpoint-*"), key=_step, default=None)
    if newest:
        _name_best_beside(newest)
    return newest


def _name_best_beside(checkpoint: Path) -> None:
    """A checkpoint names the best one by its whole path: in a folder that was moved or copied, that is another's."""
    path = checkpoint / "trainer_state.json"
    state = read_json(path)
    if best := state.get("best_model_checkpoint"):
        write_json(path, {**state, "best_model_checkpoint": str(checkpoint.parent / Path(best).name)})


def _is_whole(checkpoint: Path) -> bool:
    return all((checkpoint / name).is_file() for name in NEEDED) and any(checkpoint.glob("*.safetensors"))


def _step(checkpoint: Path) -> int:
    number = checkpoint.name.rpartition("-")[2]
    return int(number) if number.isdigit() else -1
