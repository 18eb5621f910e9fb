"""Projects whose script does what a test says, and their runs."""

import asyncio
import os
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from advisor.domain.events import RunEvent, Said
from advisor.world import processes, runner
from advisor.world.run_folder import read_record

posix = pytest.mark.skipif(os.name != "posix", reason="process groups and signals")

HEADER = """
import argparse, json, os, pathlib, signal, subprocess, sys, time
parser = argparse.ArgumentParser()
parser.add_argument("--run-dir", type=pathlib.Path)
parser.add_argument("--yes", action="store_true")
parser.add_argument("--resume", action="store_true")
parser.add_argument("--budget", type=float)
parser.add_argument("--limit", type=int)
options = parser.parse_args()
journal = (options.run_dir / "events.jsonl").open("ab", buffering=0)

def report(kind, **fields):
    journal.write((json.dumps({"kind": kind, "t": time.time(), **fields}) + "\\n").encode())

def begin():
    report("started", run=options.run_dir.name, route="distillation", host="practice", endpoint="x",
           student="practice-small", rows={}, stages=["baseline"], resumed=options.resume)

def wait():
    while True:
        signal.pause()

"""


def writer(folder: Path) -> Callable[[str], Path]:
    """Return what writes a project with a script of this body."""

    def write(body: str) -> Path:
        (folder / "optimize.py").write_text(HEADER + body)
        return folder

    return write


def end_all(folder: Path) -> None:
    """Leave no process of a project's runs."""
    for run in runner.runs_of(folder):
        record = read_record(run.folder)
        if record:
            asyncio.run(processes.end(record.family, 0.0))


async def all_of(run: runner.Run) -> list[RunEvent]:
    async with aclosing(runner.follow(run)) as events:
        return [event async for event in events]


async def until(run: runner.Run, text: str) -> None:
    """Wait until the run has said a line."""
    async with aclosing(runner.follow(run)) as events:
        async for event in events:
            if isinstance(event, Said) and event.text == text:
                return
    raise AssertionError(f"the run never said {text!r}")


def texts(events: list[RunEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Said)]
