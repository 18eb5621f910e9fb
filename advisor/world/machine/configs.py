"""The config.json of a model that is on this computer already; nothing is downloaded."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from advisor.domain.cleaning import clean
from advisor.domain.model_shape import Shape, names_folder, read_config, weights_from_bytes
from advisor.errors import UsageError
from advisor.world.machine.hardware import model_cache

LARGEST = 1_000_000
PARTS = (
    (("config.json",), "config.json"),
    (("*.safetensors", "*.bin"), "weights (`*.safetensors`)"),
    (("tokenizer*", "vocab*"), "tokenizer"),
)
"""Files of a model that transformers loads, and what they are called."""
REPOSITORY = re.compile(r"[\w.-]{1,96}(?:/[\w.-]{1,96})?", re.ASCII)


def find(name: str, environment: Mapping[str, str] | None = None) -> tuple[object, str] | None:
    """Return a model's config.json and where it stands, or None where neither a folder nor the cache has it.

    Raises:
        UsageError: it is there and cannot be read.
    """
    path = _in_folder(name) or _in_cache(name, os.environ if environment is None else environment)
    if path is None:
        return None
    shown = clean(str(path), 200)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError("it is larger than any config")
        return json.loads(content), shown
    except OSError as error:
        raise UsageError(f"{shown} cannot be read.", f"{error.strerror or error}.", "Name another folder.") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{shown} is not JSON.", clean(str(error), 120), "Name another folder.") from error


def no_model_in(name: str) -> str:
    """Say why a name that is a folder's holds no model; nothing where it does, or is no folder's."""
    if not names_folder(name):
        return ""
    try:
        why = _missing_in(Path(name).expanduser())
    except (OSError, ValueError, RuntimeError):
        why = "there is no such folder"
    if not why:
        return ""
    return f"{clean(name, 200)} is not the folder of a model: {why}. Put the model there, or name another."


def _missing_in(folder: Path) -> str:
    if not folder.is_dir():
        return "there is no such folder"
    for kinds, what in PARTS:
        if not any(any(folder.glob(kind)) for kind in kinds):
            return f"it has no {what}"
    return ""


def weights_in(name: str) -> float | None:
    """Return how many weights the model of a folder has, by its config.json or else by the size of its files."""
    if not names_folder(name):
        return None
    try:
        found = find(name)
        if found is None:
            return None
        shape = read_config(found[0])
        if isinstance(shape, Shape):
            return float(shape.parameters)
        folder = Path(name).expanduser()
        size = max(sum(path.stat().st_size for path in folder.glob(kind)) for kind in ("*.safetensors", "*.bin"))
    except (OSError, UsageError):
        return None
    return weights_from_bytes(size) or None


def _in_folder(name: str) -> Path | None:
    try:
        path = Path(name).expanduser()
        path = path / "config.json" if path.is_dir() else path
        return path if path.name == "config.json" and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _in_cache(name: str, environment: Mapping[str, str]) -> Path | None:
    if not REPOSITORY.fullmatch(name):
        return None
    try:
        kept = model_cache(environment) / f"models--{name.replace('/', '--')}" / "snapshots"
        found = [path for path in kept.glob("*/config.json") if path.is_file()]
        return max(found, key=lambda path: path.stat().st_mtime, default=None)
    except OSError:
        return None
