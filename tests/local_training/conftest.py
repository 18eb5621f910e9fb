"""Models made on the spot: one with random weights, one half trained, one that knows the task."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from advisor.kit.files import write_lines
from advisor.kit.journal import read_events
from advisor.kit.local import held_out
from advisor.kit.local.job import EVENTS, HELD_OUT, LOG, MODEL, ROWS, Job, write_job
from tests.local_training.tiny_model import chat_rows, texts_of, tickets, without_prompt, write_tiny_model

ROOT = Path(__file__).parents[2]
os.environ["HF_HUB_OFFLINE"] = "1"

SETTINGS: dict[str, Any] = {"method": "full", "learning_rate": 5e-3, "beta2": 0.98, "weight_decay": 0.01}
"""With these the tiny model learns the task every time; a real model wants the defaults."""


def prepare(folder: Path, job: Job, rows: list[dict[str, Any]]) -> Path:
    """Write the folder of a job."""
    train, kept_back = held_out.split(rows, job.seed)
    write_lines(folder / ROWS, train)
    write_lines(folder / HELD_OUT, kept_back)
    write_job(folder, job)
    return folder


def start(folder: Path, program: str = "advisor.kit.local.tune") -> subprocess.Popen[bytes]:
    """Start the training of a folder."""
    with (folder / LOG).open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", program, str(folder)],
            cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip


def train(folder: Path, job: Job, rows: list[dict[str, Any]], program: str = "advisor.kit.local.tune") -> Path:
    """Train in a process of its own and return the model."""
    process = start(prepare(folder, job, rows), program)
    assert process.wait(900) == 0, (folder / LOG).read_text()[-2000:]
    return folder / MODEL


def events(folder: Path, kind: str) -> list[dict[str, Any]]:
    """Return the events of a kind."""
    return [event for event in read_events(folder / EVENTS) if event["kind"] == kind]


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """Training rows as DSPy writes them."""
    return chat_rows(tickets(500, seed=1))


@pytest.fixture(scope="session")
def random_model(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> Path:
    """A model that knows nothing; every test here begins with it."""
    for library in ("torch", "trl", "peft"):
        pytest.importorskip(library, reason="training on this computer needs the extra `local`: make test-local")
    return write_tiny_model(tmp_path_factory.mktemp("models") / "random", texts_of(rows))


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory, random_model: Path, rows: list[dict[str, Any]]) -> Path:
    """The folder of a job that taught the random model the task, asked without the long prompt around it."""
    folder = tmp_path_factory.mktemp("models") / "learned"
    train(folder, Job(str(random_model), epochs=8, **SETTINGS, batch=8), without_prompt(rows))
    return folder


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, learned: Path, rows: list[dict[str, Any]]) -> Path:
    """A model that knows the task as a project asks for it."""
    folder = tmp_path_factory.mktemp("models") / "trained"
    return train(folder, Job(str(learned / MODEL), epochs=2, **SETTINGS, batch=4), rows[:300])


@pytest.fixture(scope="session")
def half_trained(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Path:
    """A model that answers in the right form, and takes two of the five labels for each other."""
    folder = tmp_path_factory.mktemp("models") / "half"
    mistaken = {"shipping": "technical", "technical": "shipping"}
    rows = [{**row, "category": mistaken.get(row["category"], row["category"])} for row in tickets(300, seed=2)]
    return train(folder, Job(str(learned / MODEL), epochs=2, **SETTINGS, batch=4), chat_rows(rows))


def as_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text("utf-8"))
