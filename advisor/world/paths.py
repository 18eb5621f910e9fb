"""Where the advisor keeps its own files; `ADVISOR_HOME` moves all of them."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "dspy-finetune-advisor"
HOME = "ADVISOR_HOME"


def conversations() -> Path:
    """Return the folder of the transcripts."""
    return _state("conversations")


def practice_state() -> Path:
    """Return the folder where the practice server keeps files, jobs and models."""
    return _state("practice")


def faults() -> Path:
    """Return the folder for what went wrong inside the advisor."""
    return _state("faults")


def own_catalogue() -> Path:
    """Return the file a user lays over the catalogue of hosts and models."""
    home = os.environ.get(HOME)
    folder = Path(home).expanduser() if home else Path(platformdirs.user_config_path(APP, appauthor=False))
    return folder / "catalogue.toml"


def _state(name: str) -> Path:
    home = os.environ.get(HOME)
    folder = Path(home).expanduser() if home else Path(platformdirs.user_state_path(APP, appauthor=False))
    return folder / name
