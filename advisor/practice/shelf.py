"""The models that can be asked: the two sizes, and what fine-tuning jobs saved to disk."""

from __future__ import annotations

import io
import re
import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np

from advisor.practice.disk import read_json, write_bytes, write_json
from advisor.practice.head import Head
from advisor.practice.model import PracticeModel
from advisor.practice.prompt import Demo
from advisor.practice.sizes import SIZES
from advisor.practice.training import Trained
from advisor.practice.wire import ApiError, JsonObject, timestamp

CREATED = 1_700_000_000
"""Creation time told for the two built-in models."""


class ModelShelf:
    """Models by name; fine-tuned ones are loaded from disk when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._loaded = {name: PracticeModel(name, size) for name, size in SIZES.items()}
        saved = [read_json(path) for path in sorted(folder.glob("*/model.json"))]
        self._saved: dict[str, JsonObject] = {model["name"]: model for model in saved if model}

    def describe(self, name: str) -> JsonObject:
        """Return what `/v1/models/{name}` says; a 404 if there is no such model."""
        if name in SIZES:
            return {"id": name, "object": "model", "created": CREATED, "owned_by": "practice"}
        with self._lock:
            saved = self._saved.get(name)
        if saved is None:
            raise ApiError(
                404,
                f"The model `{name}` does not exist or you do not have access to it.",
                code="model_not_found",
                param="model",
            )
        return {"id": name, "object": "model", "created": saved["created"], "owned_by": "practice-user"}

    def all(self) -> list[JsonObject]:
        """Return the descriptions of all models, checkpoints left out."""
        with self._lock:
            tuned = [name for name, saved in self._saved.items() if not saved.get("checkpoint")]
        return [self.describe(name) for name in (*SIZES, *tuned)]

    def get(self, name: str) -> PracticeModel:
        """Return the model called `name`; a 404 if there is none."""
        self.describe(name)
        with self._lock:
            model = self._loaded.get(name)
            if model is None:
                model = self._loaded[name] = self._load(self._saved[name])
        return model

    def save(self, name: str, base: str, trained: Trained, *, checkpoint: bool = False) -> None:
        """Keep a fine-tuned model under `name`, ready to be asked now and after a restart."""
        folder = self._folder / re.sub(r"[^\w.-]", "_", name)
        for number, head in enumerate(trained.heads.values()):
            write_bytes(folder / f"head-{number}.npz", _packed(head))
        memory = [{"inputs": dict(demo.inputs), "outputs": dict(demo.outputs)} for demo in trained.memory]
        fields = [{"name": field, "labels": list(head.labels)} for field, head in trained.heads.items()]
        model: JsonObject = {
            "name": name,
            "size": self.get(base).size.name,
            "created": timestamp(),
            "checkpoint": checkpoint,
            "folder": folder.name,
            "fields": fields,
            "memory": memory,
        }
        write_json(folder / "model.json", model)
        with self._lock:
            self._saved[name] = model

    def delete(self, name: str) -> JsonObject:
        """Forget a fine-tuned model; the built-in ones stay."""
        if name in SIZES:
            raise ApiError(403, f"The model `{name}` is built in and cannot be deleted.", param="model")
        self.describe(name)
        with self._lock:
            saved = self._saved.pop(name)
            self._loaded.pop(name, None)
        shutil.rmtree(self._folder / saved["folder"], ignore_errors=True)
        return {"id": name, "object": "model", "deleted": True}

    def _load(self, saved: JsonObject) -> PracticeModel:
        folder, size = self._folder / saved["folder"], SIZES[saved["size"]]
        heads = {
            field["name"]: _unpacked(folder / f"head-{number}.npz", field["labels"], size.columns, size.rich)
            for number, field in enumerate(saved["fields"])
        }
        memory = [Demo(demo["inputs"], demo["outputs"]) for demo in saved["memory"]]
        return PracticeModel(saved["name"], size, heads, memory)


def _packed(head: Head) -> bytes:
    """Return a head as npz bytes, with only the rows of features it has seen."""
    used = np.flatnonzero(head.weights.any(axis=1))
    buffer = io.BytesIO()
    np.savez(buffer, used=used, weights=head.weights[used], bias=head.bias, rarity=head.rarity, trust=head.trust)
    return buffer.getvalue()


def _unpacked(path: Path, labels: list[Any], columns: int, rich: bool) -> Head:
    head = Head.blank(labels, columns, rich)
    with np.load(path, allow_pickle=False) as saved:
        head.weights[saved["used"]] = saved["weights"]
        head.bias[:] = saved["bias"]
        head.rarity[:] = saved["rarity"]
        head.trust = float(saved["trust"])
    return head


def tuned_name(base: str, suffix: str, job_id: str) -> str:
    """Return the name of the model that job `job_id` makes of `base`."""
    original = base.split(":")[1] if base.startswith("ft:") else base
    return f"ft:{original}:practice:{re.sub(r'[^A-Za-z0-9._-]+', '-', suffix)}:{job_id.removeprefix('ftjob-')[:8]}"


def report_size(trained: Trained) -> str:
    """Return what was learned, in words, for a job's events."""
    learned = ", ".join(f"{name} ({len(head.labels)} labels)" for name, head in trained.heads.items())
    remembered = f"{len(trained.memory)} rows remembered" if trained.memory else ""
    return "; ".join(part for part in (learned, remembered) if part) or "nothing"
