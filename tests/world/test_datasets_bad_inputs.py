"""Every bad input ends through the real command as it must, soon and in little memory."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.world.bad_inputs import INPUTS, BadInput

SECONDS = 10.0
"""Of a processor: a busy machine takes longer by the clock, a hang is ended by the clock."""

PATIENCE = 60.0
MEGABYTES = 500

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and pipes of POSIX")


class Ended(NamedTuple):
    """How the command ended."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


def command(path: Path, *options: str, unprivileged: bool = False) -> Ended:
    """Run `advisor inspect` to its end, or end it when it hangs."""
    arguments = [sys.executable, "-m", "advisor", "inspect", str(path), *options]
    out, err = path.parent / "out", path.parent / "err"
    if path.is_dir():
        out, err = path.parent / f"{path.name}.out", path.parent / f"{path.name}.err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            arguments, stdout=stdout, stderr=stderr, preexec_fn=_without_rights if unprivileged else None
        )
        deadline, peak = time.monotonic() + PATIENCE, 0.0
        while True:
            peak = _peak(process.pid) or peak
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    if sys.platform != "linux":
        peak = usage.ru_maxrss / 1024**2
    return Ended(
        process.returncode, out.read_text("utf-8"), err.read_text("utf-8"), usage.ru_utime + usage.ru_stime, peak
    )


def _peak(pid: int) -> float:
    """Return the most memory of a living process so far, in MB; 0 once it has ended.

    What Linux says of an ended one begins with the peak of the process that started it.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _without_rights() -> None:
    """Give up, for the program started next, the right to read what its permissions do not allow."""
    drop_from_bounding_set = 24
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def value_at(report: Any, place: str) -> object:
    for step in place.split("."):
        report = report[int(step)] if isinstance(report, list) else report[step]
    return report


@pytest.mark.parametrize("bad", INPUTS, ids=lambda bad: bad.name.replace(" ", "-"))
def test_a_bad_input_ends_as_it_must(bad: BadInput, tmp_path: Path) -> None:
    if bad.forbidden and sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("root may read everything")
    folder = tmp_path / "in"
    folder.mkdir()
    ended = command(bad.build(folder), "--json", unprivileged=bad.forbidden)
    assert "Traceback" not in ended.err
    assert not set(map(chr, (*range(9), *range(11, 32), 127))) & set(ended.out + ended.err), (
        "no escape reaches a screen"
    )
    assert ended.seconds < SECONDS and ended.megabytes < MEGABYTES
    if bad.report is None:
        if not ended.out:
            assert ended.code == 4 and bad.says in " ".join(ended.err.split())
            return
        assert bad.says
    report = json.loads(ended.out)
    assert {place: value_at(report, place) for place in bad.report or {}} == (bad.report or {})
    assert bad.says in " ".join(str(finding) for finding in report["findings"])
    if bad.lines:
        assert [row["line"] for row in report["bad_row_samples"]] == list(bad.lines)
        assert {row["file"] for row in report["bad_row_samples"]} == {Path(report["path"]).name}


def test_each_kind_is_there() -> None:
    assert {int("".join(filter(str.isdigit, bad.name.split()[0]))) for bad in INPUTS} == set(range(1, 46))
