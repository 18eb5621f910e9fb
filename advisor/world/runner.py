"""Runs of a generated project: start, follow, attach, cancel."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path

from advisor.domain.events import Finished, RunEvent
from advisor.errors import RunFailed, UsageError
from advisor.world import processes
from advisor.world.run_folder import (
    EVENTS,
    OUTPUT,
    Record,
    Run,
    Tail,
    end_last_line,
    ending,
    has_begun,
    is_complete,
    is_live,
    last_checkpoint,
    newest_run,
    no_stage_began,
    read_events,
    read_record,
    runs_of,
    write_record,
)

__all__ = [
    "Run", "batches", "cancel", "follow", "is_live", "newest_run", "read_events",
    "runs_of", "start",
]  # fmt: skip

POLL_S = 0.05
GRACE_S = 5.0

UNWANTED = ("PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONBREAKPOINT", "PYTHONDEBUG", "PYTHONWARNINGS")
"""Settings of the parent that would change what a child prints or keep it open."""


def start(
    project: Path,
    *,
    env: Mapping[str, str] | None = None,
    budget: float | None = None,
    resume: bool = False,
    limit: int | None = None,
    train_again: bool = False,
    beside: Sequence[int] = (),
    hold: Sequence[int] = (),
) -> Run:
    """Start a project's run in a process group of its own.

    `beside` are processes that `cancel` ends with the run, each the leader of its own group;
    `hold` are file descriptors the run keeps open for as long as it lives.

    Raises:
        UsageError: no project there, nothing to resume, or the run to resume is still going.
        RunFailed: the run could not be started.
    """
    project = project.resolve()
    if not (project / "optimize.py").is_file():
        raise UsageError(
            f"There is no generated project in {project.name}.",
            "A project holds an optimize.py.",
            "Write one with `advisor write`, or name its folder.",
        )
    folder = _resumable(project).folder if resume else _new_folder(project)
    command = [sys.executable, "optimize.py", "--run-dir", f"runs/{folder.name}", "--yes"]
    command += ["--resume"] if resume else []
    command += ["--train-again"] if train_again else []
    command += [] if budget is None else ["--budget", f"{budget:.4f}".rstrip("0").rstrip(".")]
    command += [] if limit is None else ["--limit", str(limit)]
    return _launch(Run(project, folder), command, env or {}, beside, hold)


def _launch(run: Run, command: list[str], env: Mapping[str, str], beside: Sequence[int], hold: Sequence[int]) -> Run:
    token = uuid.uuid4().hex
    process = None
    try:
        begun = end_last_line(run.folder)
        with (run.folder / OUTPUT).open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=run.project,
                env=_environment(env, token),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=tuple(hold) if os.name == "posix" else (),
            )
        family = processes.family_of(process.pid, token)
        others = tuple(processes.family_of(pid) for pid in beside)
        write_record(run.folder, Record(family, time.time(), begun, others))
    except OSError as error:
        if process is not None:
            process.kill()
            process.wait()
        raise RunFailed(
            f"The run in {run.project.name} could not be started.",
            str(error),
            "Check that the folder can be written to and has room left.",
        ) from error
    # Reaped as soon as it ends, whether or not anybody follows it.
    threading.Thread(target=process.wait, name=f"run {run.name}", daemon=True).start()
    return Run(run.project, run.folder, process)


def _environment(extra: Mapping[str, str], token: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    plain = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "TERM": "dumb"}
    return {**kept, **plain, **extra, processes.TOKEN: token}


def _new_folder(project: Path) -> Path:
    stamp = time.strftime("%Y-%m-%dT%H-%M-%S")
    for number in range(1, 1000):
        folder = project / "runs" / (stamp if number == 1 else f"{stamp}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise RunFailed(
                f"No folder for a run could be made in {project.name}.", str(error), "Check who may write there."
            ) from error
        return folder
    raise RunFailed("Too many runs were started within one second.", "", "Try again.")


def _resumable(project: Path) -> Run:
    """Return the newest run that has begun and has not come to its end; the kit chooses alike.

    One that was refused before its first stage hides none that has paid for some.
    """
    unfinished = [run for run in runs_of(project) if has_begun(run.folder) and not is_complete(run.folder)]
    run = next((run for run in unfinished if not no_stage_began(run.folder)), unfinished[0] if unfinished else None)
    if run is None:
        raise UsageError(
            f"There is nothing to resume in {project.name}.",
            "It has no run that was begun and left unfinished.",
            "Start one without asking to resume.",
        )
    if is_live(run.folder):
        raise UsageError(f"The run {run.name} is still going.", "", "Attach to it, or cancel it before resuming.")
    return run


async def follow(run: Run) -> AsyncGenerator[RunEvent, None]:
    """Yield the events of a run from its first one until it ends; ending early leaves the run alone.

    A run that died without a word ends with a `Finished` made from its output.
    """
    async with aclosing(batches(run)) as found:
        async for events in found:
            for event in events:
                yield event


async def batches(run: Run) -> AsyncGenerator[list[RunEvent], None]:
    """Yield the events of a run as they come, all that are there at once."""
    record = read_record(run.folder)
    tail = Tail(run.folder, record.events_from if record else 0)
    while True:
        # Asked before reading: whatever it wrote before it died is then read.
        going = _is_going(run)
        if events := tail.read():
            yield events
        if tail.at_end and tail.ended:
            return
        if tail.at_end and not going:
            yield [ending(run.folder, run.process.returncode if run.process else None)]
            return
        await asyncio.sleep(POLL_S if tail.at_end else 0)


def _is_going(run: Run) -> bool:
    return is_live(run.folder) if run.process is None else run.process.poll() is None


async def cancel(run: Run, grace: float | None = None, *, asked: bool = False, unended: str = "") -> bool:
    """End a run and all it started, politely first; say whether there was anything to end.

    A run that has told its end is given `grace` seconds to leave by itself. One that was `asked` before is only
    waited for: asked twice, it would leave at once. `unended` is said of one that had to be killed.

    Raises:
        RunFailed: something of it cannot be ended.
    """
    record = read_record(run.folder)
    if record is None:
        return False
    grace = GRACE_S if grace is None else grace
    tail = _read_to_end(run.folder, record)
    if tail.ended:
        await processes.left(record.family, grace)
    was_there = bool(processes.members(record.family))
    everyone = (record.family, *record.beside)
    gone = [await processes.end(family, grace, asked=asked) for family in everyone]
    if not all(gone):
        pids = [pid for family in everyone for pid in processes.members(family)]
        raise RunFailed(
            f"Not all of the run {run.name} could be ended.",
            f"Still there: {', '.join(map(str, pids))}.",
            "End them by hand, or restart the machine.",
        )
    if was_there and not _read_to_end(run.folder, record).ended:
        _note_cancelled(run.folder, unended)
    return was_there


def _read_to_end(folder: Path, record: Record) -> Tail:
    tail = Tail(folder, record.events_from)
    while tail.read() or not tail.at_end:
        pass
    return tail


def _note_cancelled(folder: Path, unended: str) -> None:
    """Write the end a run had no time to write; nobody else writes there any more."""
    end_last_line(folder)
    step = last_checkpoint(folder)
    kept = f"{unended} What is on disk is kept: the run can be resumed.".strip()
    event = Finished(
        t=time.time(),
        outcome="cancelled",
        why="It was cancelled.",
        try_this=f"{kept} The training then goes on from step {step}, its last whole checkpoint." if step else kept,
        exit_code=130,
    )
    with (folder / EVENTS).open("a", encoding="utf-8") as events:
        events.write(event.model_dump_json() + "\n")
