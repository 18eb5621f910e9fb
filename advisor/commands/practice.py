"""`advisor practice`: the practice model server alone."""

from __future__ import annotations

import os
import subprocess
import sys

from advisor.world import paths


def main(argv: list[str]) -> int:
    """Become the server until it is stopped; its options are those of `python -m advisor.practice`."""
    state = [] if "--state" in argv else ["--state", str(paths.practice_state())]
    command = [sys.executable, "-m", "advisor.practice", *argv, *state]
    if os.name == "posix":
        # In the same process, so that whoever ends this one ends the server.
        os.execv(sys.executable, command)
    return subprocess.run(command, check=False).returncode
