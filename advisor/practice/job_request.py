"""Reads what a client asks of a fine-tuning job, and refuses what no job can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.practice.head import Schedule
from advisor.practice.wire import ApiError, JsonObject

MOST_EPOCHS = 50
SUFFIX_LENGTH = 64
AUTO_BATCH = 32
MANY_ROWS = 3000
"""Rows from which fewer epochs do."""


@dataclass(frozen=True)
class JobRequest:
    """A fine-tuning job as asked for."""

    model: str
    training_file: str
    validation_file: str | None
    suffix: str
    seed: int
    hyperparameters: Mapping[str, int | float | str]
    """`n_epochs`, `batch_size` and `learning_rate_multiplier`: numbers or "auto"."""
    metadata: JsonObject | None

    def schedule(self, rows: int) -> Schedule:
        """Return how to train on `rows` rows, with every "auto" decided."""
        epochs, batch, rate = (
            self.hyperparameters[name] for name in ("n_epochs", "batch_size", "learning_rate_multiplier")
        )
        return Schedule(
            epochs=(10 if rows < MANY_ROWS else 6) if isinstance(epochs, str) else int(epochs),
            batch_size=AUTO_BATCH if isinstance(batch, str) else int(batch),
            learning_rate=1.0 if isinstance(rate, str) else float(rate),
            seed=self.seed,
        )


def read_job_request(body: JsonObject) -> JobRequest:
    """Return the job that `body` asks for; a 400 names the part that is wrong."""
    return JobRequest(
        model=_text(body, "model"),
        training_file=_text(body, "training_file"),
        validation_file=_text(body, "validation_file") if body.get("validation_file") else None,
        suffix=_suffix(body.get("suffix")),
        seed=_seed(body.get("seed")),
        hyperparameters=_hyperparameters(body),
        metadata=body["metadata"] if isinstance(body.get("metadata"), dict) else None,
    )


def _text(body: JsonObject, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(400, f"'{name}' is a required property", param=name)
    return value


def _suffix(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > SUFFIX_LENGTH:
        raise ApiError(400, f"'suffix' must be a text of at most {SUFFIX_LENGTH} characters.", param="suffix")
    return value


def _seed(value: object) -> int:
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise ApiError(400, "'seed' must be a whole number from 0.", param="seed")
    return value


def _hyperparameters(body: JsonObject) -> dict[str, int | float | str]:
    """Read them from `method.supervised`, or from the older top level."""
    given: Any = body.get("hyperparameters") or {}
    method = body.get("method")
    if method is not None:
        kind = method.get("type") if isinstance(method, dict) else None
        if kind != "supervised":
            raise ApiError(400, f"Method {kind!r} is not available; use 'supervised'.", param="method.type")
        supervised = method.get("supervised") or {}
        given = (supervised.get("hyperparameters") if isinstance(supervised, dict) else None) or given
    if not isinstance(given, dict):
        raise ApiError(400, "'hyperparameters' must be an object.", param="hyperparameters")
    return {
        "n_epochs": _number(given, "n_epochs", 1, MOST_EPOCHS, whole=True),
        "batch_size": _number(given, "batch_size", 1, 4096, whole=True),
        "learning_rate_multiplier": _number(given, "learning_rate_multiplier", 1e-4, 100, whole=False),
    }


def _number(given: JsonObject, name: str, least: float, most: float, *, whole: bool) -> int | float | str:
    value = given.get(name)
    if value is None or value == "auto":
        return "auto"
    right = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not right or not least <= value <= most:
        kind = "a whole number" if whole else "a number"
        raise ApiError(
            400, f"'{name}' must be \"auto\" or {kind} from {least:g} to {most:g}, not {value!r}.", param=name
        )
    return int(value) if whole else float(value)
