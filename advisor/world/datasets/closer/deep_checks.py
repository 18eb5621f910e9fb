"""Checks made on request, each in a process of its own with a limit of time and memory."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from advisor.domain.close_look import CloseLook, Deep, NotRun
from advisor.domain.dataset import DatasetReport
from advisor.domain.deep_words import NAMES, SECONDS, under_way
from advisor.domain.dialogue import ReadingProgress
from advisor.world.datasets.closer.deep_child import Answer, Request
from advisor.world.datasets.records import Roles
from advisor.world.datasets.text import clean

INSTALL = "pip install 'dspy-finetune-advisor[deep]'"
MEMORY = 6 * 2**30
"""Bytes a check may take, and never more than half of what the machine has; a million inputs take 3.6 GB (measured)."""

CHILD = "advisor.world.datasets.closer.deep_child"
ROOT = Path(__file__).resolve().parents[4]
POLL_S = 0.1

_LIBRARIES: dict[Deep, tuple[str, str]] = {
    "near": ("rensa", "rensa"), "noise": ("sklearn", "scikit-learn"), "curve": ("sklearn", "scikit-learn"),
}  # fmt: skip
_QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}


Watch = Callable[[ReadingProgress], None]
"""Hears how far it is."""


def unwatched(progress: ReadingProgress) -> None:
    """Tell nobody."""


class DeepLimits(NamedTuple):
    """How long and how large a check may get."""

    seconds: float | None = None
    """None for the time of each check."""
    memory: int = MEMORY


def look_deep(
    report: DatasetReport,
    roles: Roles,
    close: CloseLook,
    checks: Collection[Deep],
    cancelled: Callable[[], bool],
    limits: DeepLimits = DeepLimits(),  # noqa: B008 - frozen
    watch: Watch = unwatched,
) -> CloseLook:
    """Return the closer look with the deep checks that could be made, and why the others could not."""
    for check in dict.fromkeys(checks):
        if cancelled():
            return close
        found = _made(check, report, roles, cancelled, limits, watch)
        if isinstance(found, NotRun):
            close = close.model_copy(update={"not_run": (*close.not_run, found)})
        elif found is not None:
            close = close.model_copy(update={check: getattr(found, check)})
    return close


def hindered(check: Deep, task: str | None) -> NotRun | None:
    """Return why a check cannot even be begun here."""
    module, library = _LIBRARIES[check]
    if check != "near" and task != "classification":
        return NotRun(check=check, why=f"No check of {NAMES[check]}: it needs one label a row, out of a list.")
    if importlib.util.find_spec(module) is None:
        return NotRun(check=check, why=f"No check of {NAMES[check]}: {library} is not installed.", try_this=INSTALL)
    return None


def _made(
    check: Deep,
    report: DatasetReport,
    roles: Roles,
    cancelled: Callable[[], bool],
    limits: DeepLimits,
    watch: Watch,
) -> Answer | NotRun | None:
    if (hindrance := hindered(check, report.task)) is not None:
        return hindrance
    seconds = limits.seconds or SECONDS[check]
    memory = min([limits.memory, *_half_of_memory()])
    request = Request(
        check=check,
        path=str(Path(report.path).resolve()),
        table=report.table,
        roles=roles,
        seconds=seconds,
        memory=memory,
    )
    said = _ask(request, cancelled, watch)
    if not isinstance(said, Answer):
        return said
    if said.out_of_memory:
        return NotRun(
            check=check, why=f"No check of {NAMES[check]}: it needs more memory than {memory / 2**30:.1f} GiB."
        )
    if said.failed:
        return NotRun(check=check, why=f"The check of {NAMES[check]} failed: {clean(said.failed, 200)}.")
    if getattr(said, check) is None:
        return NotRun(check=check, why=f"No check of {NAMES[check]}: too few rows for it.")
    return said


def _half_of_memory() -> Iterator[int]:
    try:
        yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (AttributeError, OSError, ValueError):
        return


def _ask(request: Request, cancelled: Callable[[], bool], watch: Watch) -> Answer | NotRun | None:
    """Start the child and wait for what it says; None when cancelled."""
    name = NAMES[request.check]
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", CHILD],
            # Elsewhere a file of the user's could stand in for a module.
            cwd=ROOT, env={**os.environ, **_QUIET}, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        return NotRun(check=request.check, why=f"The check of {name} could not be started: {clean(str(error))}.")
    began, file = time.monotonic(), clean(Path(request.path).name, 60)
    end_at = began + request.seconds
    told: bytes | None = request.model_dump_json().encode()
    out: bytes | None = None
    try:
        while out is None:
            try:
                out, _ = process.communicate(told, timeout=POLL_S)
            except subprocess.TimeoutExpired:
                told = None
                watch(under_way(request.check, file, time.monotonic() - began))
                if cancelled():
                    return None
                if time.monotonic() > end_at:
                    why = f"The check of {name} took longer than {request.seconds:g} seconds and was ended."
                    return NotRun(check=request.check, why=why)
    finally:
        _end(process)
    try:
        return Answer.model_validate_json(out)
    except ValidationError:
        why = f"The check of {name} ended without an answer, most likely for want of memory."
        return NotRun(check=request.check, why=why)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started, if it has not ended."""
    if process.poll() is not None:
        return
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate()
