"""What is refused before a machine is rented: it would be dropped, or missing there, on a machine that is paid for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from advisor.domain.plan import Role
from tests.session.test_rented import ROOT, local_plan, write

KEY = "ANTHROPIC_API_KEY"


def run(project: Path, *options: str, **given: str) -> tuple[int, str]:
    """Ask for a rented machine where nobody could see its price; whatever else is wrong is told first."""
    environment = {name: value for name, value in os.environ.items() if name != KEY}
    found = subprocess.run(
        [sys.executable, "-m", "advisor", "run", str(project), "--on", "sky", *options], cwd=ROOT,
        env={**environment, **given}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in found.stderr
    return found.returncode, found.stderr


@pytest.mark.parametrize(
    "options", [("--budget", "1"), ("--budget", "0"), ("--limit", "20"), ("--resume",), ("--detach",), ("--yes",),
                ("--json",)],
)  # fmt: skip
def test_an_option_that_would_be_dropped_is_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, told = run(write(local_plan(), tmp_path), *options)
    assert code == 2 and f"{options[0]} cannot be passed on with --on" in told


def project_with(tmp_path: Path, **changes: Any) -> Path:
    """Return a project whose plan was changed by hand afterwards."""
    project = write(local_plan(), tmp_path)
    (project / "plan.json").write_text(local_plan().model_copy(update=changes).model_dump_json(), encoding="utf-8")
    return project


@pytest.mark.parametrize("name", ["/models/mine", "~/models/mine", "../models/mine", "./inside/../../mine"])
def test_a_model_in_a_folder_of_this_computer_is_refused(tmp_path: Path, name: str) -> None:
    code, told = run(project_with(tmp_path, student=Role(model=name)))
    assert code == 2 and f"{name} is a folder of this computer." in told


@pytest.mark.parametrize("name", ["./mine", "Qwen/Qwen3-0.6B"])
def test_a_model_that_is_there_too_is_not(tmp_path: Path, name: str) -> None:
    code, told = run(project_with(tmp_path, student=Role(model=name)))
    assert code == 2 and "folder of this computer" not in told


def test_a_missing_key_is_told_before_a_machine_is_rented(tmp_path: Path) -> None:
    project = project_with(tmp_path, teacher=Role(model="anthropic/claude-sonnet-4-5", elsewhere=True))
    code, told = run(project)
    assert code == 2 and f"{KEY} is not set." in told
    assert f"{KEY} is not set." not in run(project, **{KEY: "k"})[1]
