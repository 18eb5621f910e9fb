"""Checkpoints of a training job: which one to go on from."""

from __future__ import annotations

import shutil
from pathlib import Path

from advisor.kit.files import read_json, write_json

STATE = "trainer_state.json"
"""The last file that is written."""
WHOLE = ("optimizer.pt",)
SHARDED = ("optimizer.bin", "pytorch_model_fsdp.bin")
"""Of weights that were shared out; the files hold them together, so that any number of processes can go on."""


def newest_whole(folder: Path) -> Path | None:
    """Return the newest checkpoint; those that a kill left half-written are removed, training would stop at them."""
    if not folder.is_dir():
        return None
    for half in [path for path in folder.glob("checkpoint-*") if not _is_whole(path)]:
        shutil.rmtree(half)
    found = newest(folder)
    if found:
        _name_best_beside(found)
    return found


def newest(folder: Path) -> Path | None:
    """Return the newest checkpoint, touching none: for a process that is not the only one there."""
    return max(folder.glob("checkpoint-*"), key=_step, default=None)


def is_sharded(checkpoint: Path) -> bool:
    """Return whether its weights were shared out among processes."""
    return (checkpoint / SHARDED[0]).is_file()


def _name_best_beside(checkpoint: Path) -> None:
    """A checkpoint names the best one by its whole path: in a folder that was moved or copied, that is another's."""
    path = checkpoint / STATE
    state = read_json(path)
    if best := state.get("best_model_checkpoint"):
        write_json(path, {**state, "best_model_checkpoint": str(checkpoint.parent / Path(best).name)})


def _is_whole(checkpoint: Path) -> bool:
    needed = SHARDED if is_sharded(checkpoint) else WHOLE
    if not all((checkpoint / name).is_file() for name in (STATE, *needed)) or not any(checkpoint.glob("*.safetensors")):
        return False
    try:
        read_json(checkpoint / STATE)
    except ValueError:
        return False
    return True


def _step(checkpoint: Path) -> int:
    number = checkpoint.name.rpartition("-")[2]
    return int(number) if number.isdigit() else -1
