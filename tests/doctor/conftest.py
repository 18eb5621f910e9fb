from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.world.machine import servers

Script = Callable[[str, str], Path]

posix = pytest.mark.skipif(os.name != "posix", reason="a script stands in for a driver's program")


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Puts a Python script on a path that holds nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(name: str, body: str) -> Path:
        path = folder / name
        path.write_text(f"#!{sys.executable} -S\n{body}\n")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def quiet(driver: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Script:
    """A computer without servers, keys, cards or models."""
    for name in ("OPENAI_API_KEY", "NEBIUS_API_KEY", "HF_TOKEN", "HF_HUB_CACHE", "ADVISED_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(servers, "PORTS", ())
    return driver
