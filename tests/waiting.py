"""Conditions with a deadline instead of sleeps, and the processes a test has started."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

DEADLINE_S = 60.0
POLL_S = 0.02

linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found through /proc")


def until(true: Callable[[], object], what: str, deadline: float = DEADLINE_S) -> None:
    """Wait until a condition holds."""
    ends = time.monotonic() + deadline
    while not true():
        assert time.monotonic() < ends, f"not within {deadline:.0f} s: {what}"
        time.sleep(POLL_S)


async def until_async(true: Callable[[], object], what: str, deadline: float = DEADLINE_S) -> None:
    """Wait until a condition holds, letting the loop go on."""
    ends = time.monotonic() + deadline
    while not true():
        assert time.monotonic() < ends, f"not within {deadline:.0f} s: {what}"
        await asyncio.sleep(POLL_S)


def belonging_to(home: Path) -> dict[int, str]:
    """Return the living processes that keep their files in this home, with their command lines."""
    mark = f"ADVISOR_HOME={home}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0") and _runs(folder):
                    words = (folder / "cmdline").read_bytes().split(b"\0")
                    found[int(folder.name)] = b" ".join(words).decode(errors="replace")
            except OSError:
                continue
    return found


def _runs(folder: Path) -> bool:
    """Whether it is more than a process nobody has asked about yet."""
    return (folder / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
