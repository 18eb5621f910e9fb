"""Two processes never work in the folder of one run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from advisor.kit.lock import Lock
from advisor.kit.stops import Stop

HOLD = "import pathlib, sys; from advisor.kit.lock import Lock; lock = Lock(pathlib.Path(sys.argv[1])); " \
       "print('held', flush=True); sys.stdin.read()"  # fmt: skip


def test_a_folder_in_use_is_refused_until_its_process_dies(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    with pytest.raises(Stop, match="in use") as refused:
        Lock(folder)
    assert (refused.value.outcome, refused.value.exit_code) == ("usage", 2)
    holder.kill()
    holder.communicate(timeout=10)
    Lock(folder).release()


def test_a_released_folder_is_free(tmp_path: Path) -> None:
    Lock(tmp_path).release()
    Lock(tmp_path).release()


def test_a_place_that_cannot_be_written_is_not_said_to_be_in_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        Lock(tmp_path / "file" / "run")
