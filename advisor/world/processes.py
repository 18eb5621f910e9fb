"""The processes of this machine: which one a number means, and ending a whole family of them."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TOKEN = "ADVISOR_RUN_TOKEN"
"""Environment variable that marks a run's processes, so that a reused number is never taken for one of them."""


class Seen(NamedTuple):
    """A process that is alive."""

    pid: int
    group: int
    session: int
    born: str
    """When it started, in the system's own terms: with the number it names one process only."""


class Family(NamedTuple):
    """A process started as leader of its own group, and all it started."""

    leader: int
    born: str
    token: str


def look(pid: int) -> Seen | None:
    """Return the process of a number, or None when it is gone or only waits to be reaped."""
    if pid <= 0:
        return None
    if PROC.joinpath("self").exists():
        return _look_in_proc(pid)
    if sys.platform == "win32":
        return _look_in_windows(pid)
    return next((seen for seen in _look_with_ps() if seen.pid == pid), None)


def alive(family: Family) -> bool:
    """Whether the leader of a family still runs."""
    seen = look(family.leader)
    return seen is not None and seen.born == family.born


def members(family: Family) -> list[int]:
    """Return the processes of a family that are alive.

    The number of a dead leader may belong to somebody else by now: then only marked processes count.
    """
    ours = alive(family)
    if sys.platform == "win32":
        return [family.leader] if ours else []
    found = []
    for seen in _everybody():
        in_group = ours and family.leader in (seen.group, seen.session)
        if in_group or _is_marked(seen.pid, family.token):
            found.append(seen.pid)
    return [pid for pid in found if pid != os.getpid()]


def family_of(pid: int, token: str = "") -> Family:
    """Return the family that a process just started leads."""
    seen = look(pid)
    return Family(pid, seen.born if seen else "", token)


async def end(family: Family, grace: float, *, asked: bool = False) -> bool:
    """Ask a family to end unless it was `asked` before, insist after `grace` seconds; say whether nobody is left."""
    if not members(family):
        return True
    if not asked:
        _signal(family, signal.SIGTERM)
    if await _gone(family, grace):
        return True
    _signal(family, getattr(signal, "SIGKILL", signal.SIGTERM))
    return await _gone(family, 5.0)


async def left(family: Family, deadline: float) -> bool:
    """Wait for the leader of a family to end by itself; say whether it did within `deadline` seconds."""
    return await _until(lambda: not alive(family), deadline)


async def _gone(family: Family, deadline: float) -> bool:
    return await _until(lambda: not members(family), deadline)


async def _until(done: Callable[[], bool], deadline: float) -> bool:
    loop = asyncio.get_running_loop()
    end_at = loop.time() + deadline
    while not done():
        if loop.time() > end_at:
            return False
        await asyncio.sleep(0.05)
    return True


def _signal(family: Family, number: int) -> None:
    for pid in members(family):
        if sys.platform == "win32":
            # Nothing polite reaches a process without a window there: it ends as one that does not listen.
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True, check=False)
            continue
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue


def _everybody() -> Iterator[Seen]:
    if PROC.joinpath("self").exists():
        numbers = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
        yield from (seen for pid in numbers if (seen := _look_in_proc(pid)))
    elif sys.platform != "win32":
        yield from _look_with_ps()


def _look_in_proc(pid: int) -> Seen | None:
    try:
        stat = PROC.joinpath(str(pid), "stat").read_text(errors="replace")
    except OSError:
        return None
    # The command name may hold spaces and brackets, so fields are counted from its last bracket.
    fields = stat.rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in "ZXx":
        return None
    return Seen(pid, int(fields[2]), int(fields[3]), f"{_boot()}:{fields[19]}")


@functools.cache
def _boot() -> str:
    """Return what names this boot: start times count from it."""
    return PROC.joinpath("sys/kernel/random/boot_id").read_text().strip()


def _is_marked(pid: int, token: str) -> bool:
    if not token:
        return False
    try:
        return f"{TOKEN}={token}".encode() in PROC.joinpath(str(pid), "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _look_with_ps() -> Iterator[Seen]:
    table = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,stat=,lstart="], capture_output=True, text=True, timeout=10, check=False
    )
    for line in table.stdout.splitlines():
        pid, group, state, *born = line.split()
        if not state.startswith("Z"):
            yield Seen(int(pid), int(group), int(group), " ".join(born))


def _look_in_windows(pid: int) -> Seen | None:
    """Best effort: no groups are known there, so a family is its leader."""
    table = subprocess.run(
        ["powershell", "-NoProfile", "-Command", f"(Get-Process -Id {pid}).StartTime.Ticks"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    born = table.stdout.strip()
    return Seen(pid, pid, pid, born) if born else None
