"""SkyPilot's program, which rents machines: started in the terminal, so that its price and question are the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

TASK = "launch.sky.yaml"


def program() -> str | None:
    """Return where SkyPilot's program is, or None where it is not installed."""
    return shutil.which("sky")


def command(cluster: str, secrets: Sequence[str], *, on: str = "sky") -> list[str]:
    """Return the command that rents a machine and runs the project there, without a yes: SkyPilot asks for one."""
    # A secret without a value is taken from the environment, and refused where it is missing there.
    given = [name if os.environ.get(name) else f"{name}=" for name in secrets]
    return [on, "launch", "-c", cluster, TASK, *(part for name in given for part in ("--secret", name))]


def launch(project: Path, arguments: Sequence[str]) -> int:
    """Run the command in the project's folder, on this terminal, and return its exit code."""
    return subprocess.run(arguments, cwd=project, check=False).returncode
