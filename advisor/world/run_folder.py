"""What a run leaves on disk, and what can be read from it while it grows."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from advisor.domain.cleaning import clean_lines, last_drawn
from advisor.domain.events import Finished, RunEvent, StageStarted, Started, parse_event
from advisor.world import processes
from advisor.world.processes import Family

EVENTS, OUTPUT, PROCESS = "events.jsonl", "output.log", "process.json"
LOGS = (OUTPUT, "dspy.log")
"""Where a dying run may have left its last words, likeliest first."""

COMPLETE = ("done", "stopped_at_gate")
"""Outcomes that leave nothing to go on with."""

CHUNK = 1 << 16
"""Read at a time: what is parsed in one go is not longer than a person notices."""

LONGEST_LINE = 1 << 24
QUIET_S = 600.0
"""A run whose process nobody recorded counts as dead after this many seconds without a line."""

TAIL_LINES = 12
TAIL_BYTES = 1 << 16
TAIL_CHARACTERS = 1500
LONGEST_SHOWN = 2000


@dataclass(frozen=True)
class Run:
    """A run of a generated project."""

    project: Path
    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, compare=False, repr=False)
    """The child, where this program started it."""

    @property
    def name(self) -> str:
        """Its folder name: when it was started."""
        return self.folder.name


@dataclass(frozen=True)
class Record:
    """Who runs it: what `process.json` holds."""

    family: Family
    started: float
    events_from: int = 0
    """Bytes of `events.jsonl` that earlier legs of the run wrote."""
    beside: tuple[Family, ...] = ()
    """Families that end with the run."""


def write_record(folder: Path, record: Record) -> None:
    """Write `process.json` in one step."""
    text = json.dumps(
        {
            "pid": record.family.leader,
            "born": record.family.born,
            "token": record.family.token,
            "started": record.started,
            "events_from": record.events_from,
            "beside": [{"pid": family.leader, "born": family.born} for family in record.beside],
        }
    )
    unfinished = folder / f"{PROCESS}.new"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(folder / PROCESS)


def last_checkpoint(folder: Path) -> int | None:
    """Return the step of the newest whole checkpoint of a training on this computer, None where there is none."""
    # What a trainer writes last of one.
    states = folder.glob("tuning/*/checkpoints/checkpoint-*/trainer_state.json")
    steps = [number for path in states if (number := path.parent.name.rpartition("-")[2]).isdigit()]
    return max(map(int, steps), default=None)


def read_record(folder: Path) -> Record | None:
    """Return who runs a run; None where nobody wrote it down or it cannot be read."""
    try:
        found = json.loads((folder / PROCESS).read_text(encoding="utf-8"))
        return Record(
            family=Family(int(found["pid"]), str(found["born"]), str(found["token"])),
            started=float(found["started"]),
            events_from=int(found["events_from"]),
            beside=tuple(Family(int(one["pid"]), str(one["born"]), "") for one in found["beside"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Tail:
    """Reads the events of a run as they are written; keeps a half-written last line for later."""

    def __init__(self, folder: Path, events_from: int = 0) -> None:
        self.path = folder / EVENTS
        self.events_from = events_from
        self.offset = 0
        self.ended = False
        """Whether the leg of the run in hand has said that it finished."""
        self.at_end = False
        """Whether everything written so far was read."""
        self._rest = b""

    def read(self) -> list[RunEvent]:
        """Return the next events; a file that is not there yet holds none."""
        try:
            with self.path.open("rb") as file:
                if file.seek(0, os.SEEK_END) < self.offset:
                    self.offset, self._rest = 0, b""
                file.seek(self.offset)
                chunk = file.read(CHUNK)
        except OSError:
            chunk = b""
        self.at_end = len(chunk) < CHUNK
        line_at = self.offset - len(self._rest)
        self.offset += len(chunk)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self._rest = b""
        events = []
        for line in lines:
            event = parse_event(line.decode("utf-8", errors="replace"))
            if event is not None:
                self._note(event, line_at)
                events.append(event)
            line_at += len(line) + 1
        return events

    def _note(self, event: RunEvent, at: int) -> None:
        if isinstance(event, Started):
            self.ended = False
        elif isinstance(event, Finished) and at >= self.events_from:
            self.ended = True


def read_events(folder: Path) -> list[RunEvent]:
    """Return all events of a run; one that died without a word ends with a failure made from its output."""
    record, live = read_record(folder), is_live(folder)
    tail = Tail(folder, record.events_from if record else 0)
    events = tail.read()
    while not tail.at_end:
        events += tail.read()
    if not tail.ended and not live:
        events.append(ending(folder))
    return events


def is_live(folder: Path) -> bool:
    """Whether the process of a run is still there."""
    record = read_record(folder)
    if record is not None:
        return processes.alive(record.family)
    try:
        quiet = time.time() - (folder / EVENTS).stat().st_mtime
    except OSError:
        return False
    return quiet < QUIET_S and not _has_finished(folder)


def _has_finished(folder: Path) -> bool:
    tail = Tail(folder)
    tail.read()
    while not tail.at_end:
        tail.read()
    return tail.ended


def has_begun(folder: Path) -> bool:
    """Whether a run has written anything to go on from."""
    events = folder / EVENTS
    return events.exists() and events.stat().st_size > 0


def no_stage_began(folder: Path) -> bool:
    """Whether a run wrote what it is and ended before its first stage."""
    if not has_begun(folder):
        return False
    tail = Tail(folder)
    while (events := tail.read()) or not tail.at_end:
        if any(isinstance(event, StageStarted) for event in events):
            return False
    return True


def is_complete(folder: Path) -> bool:
    """Whether a run came to its end, so that there is nothing to go on with; the kit decides alike."""
    tail, last = Tail(folder), None
    while (events := tail.read()) or not tail.at_end:
        last = next((event for event in reversed(events) if isinstance(event, Started | Finished)), last)
    return isinstance(last, Finished) and last.outcome in COMPLETE


def runs_of(project: Path) -> tuple[Run, ...]:
    """Return the runs of a project, newest first."""
    project = project.resolve()
    try:
        folders = [entry for entry in (project / "runs").iterdir() if entry.is_dir()]
    except OSError:
        return ()
    found = sorted(folders, key=lambda folder: (_started(folder), folder.name), reverse=True)
    return tuple(Run(project, folder) for folder in found)


def newest_run(project: Path) -> Run | None:
    """Return the last run of a project that was started, or None."""
    return next(iter(runs_of(project)), None)


def _started(folder: Path) -> float:
    record = read_record(folder)
    return record.started if record else folder.stat().st_mtime


def ending(folder: Path, code: int | None = None) -> Finished:
    """Return the end of a run that died without reporting one, with its last words."""
    log, words = next(((log, words) for log in LOGS if (words := _last_words(folder / log))), (OUTPUT, ""))
    how = "The process ended without reporting a result"
    if code is not None:
        how += f" (signal {-code})" if code < 0 else f" (exit code {code})"
    why = f"{how}. Its last lines:\n{words}" if words else f"{how}, and it left no output."
    return Finished(
        t=_last_change(folder),
        outcome="failed",
        why=why,
        try_this=f"Read all of it in runs/{folder.name}/{log}. What is on disk is kept: the run can be resumed.",
        exit_code=7,
    )


def last_output(folder: Path) -> str:
    """Return the end of what a run's process wrote, without keys; nothing where there is none."""
    found = (clean_lines(_tail(folder / log), LONGEST_SHOWN) for log in LOGS)
    return "\n".join(next((lines for lines in found if lines), []))


def _tail(output: Path) -> str:
    try:
        with output.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
            return last_drawn(file.read().decode("utf-8", errors="replace"))
    except OSError:
        return ""


def _last_words(output: Path) -> str:
    words = "\n".join(clean_lines(_tail(output), 300)[-TAIL_LINES:])
    return words if len(words) <= TAIL_CHARACTERS else "…" + words[1 - TAIL_CHARACTERS :]


def _last_change(folder: Path) -> float:
    times = [path.stat().st_mtime for name in (EVENTS, OUTPUT) if (path := folder / name).exists()]
    return max(times, default=0.0)


def end_last_line(folder: Path) -> int:
    """End a line torn by a crash, so that the next one stands alone; return the size of the events."""
    events = folder / EVENTS
    if not events.exists():
        return 0
    with events.open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                size += file.write(b"\n")
        return size
