"""A run and its practice server belong to who started them, unless they are left to themselves."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.domain.facts import Fact, Facts, Source
from advisor.project import conclude, study, write
from advisor.running import Running, read_plan
from advisor.world import runner
from advisor.world.run_folder import read_record

posix = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")


@pytest.fixture
async def project(ticket_file: Path) -> Path:
    told = {"prompt_optimization": "none", "host": "practice", "prompt_effort": "light"}
    facts = Facts().learn(*(Fact(name=name, value=value, source=Source.told) for name, value in told.items()))
    found = await study(ticket_file, facts)
    advice = conclude(found.facts, found.report)
    assert advice.plan is not None and found.report is not None
    return write(advice.plan, found.report)[0]


async def until_working(running: Running) -> list[int]:
    """Follow up to the first score and return the processes the run holds."""
    await running.start()
    async for event in running.events():
        if event.kind == "scored":
            break
    record = read_record(running.started.folder)
    assert record is not None
    return [record.family.leader, *(family.leader for family in record.beside)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


@posix
async def test_leaving_ends_the_run_and_its_server(project: Path) -> None:
    async with Running(project, read_plan(project)) as running:
        pids = await until_working(running)
        assert all(alive(pid) for pid in pids)
    assert not any(alive(pid) for pid in pids)
    assert not runner.is_live(running.started.folder)


@posix
async def test_a_run_left_to_itself_goes_on_and_can_be_ended(project: Path) -> None:
    async with Running(project, read_plan(project)) as running:
        pids = await until_working(running)
        running.leave()
    assert runner.is_live(running.started.folder)
    assert all(alive(pid) for pid in pids)
    await runner.cancel(running.started)
    assert not any(alive(pid) for pid in pids)


@posix
async def test_who_follows_a_run_and_is_told_to_end_leaves_it_going_and_says_so(project: Path) -> None:
    async with Running(project, read_plan(project)) as running:
        await until_working(running)
        follower = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "advisor", "attach", str(project), "--json",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert follower.stdout is not None and await follower.stdout.readline()
        follower.send_signal(signal.SIGTERM)
        _, told = await follower.communicate()
        assert follower.returncode == 130
        assert b"The run goes on." in told and b"ended." not in told
        assert runner.is_live(running.started.folder)


@posix
async def test_a_run_left_to_itself_ends_with_its_server(project: Path) -> None:
    async with Running(project, read_plan(project)) as running:
        pids = await until_working(running)
        running.leave()
    attached = Running(project, read_plan(project), running.started)
    async for event in attached.events():
        last = event
    assert last.kind == "finished"
    assert attached.comparison() is not None
    for pid in pids:
        assert await gone(pid)


async def gone(pid: int) -> bool:
    """Wait for a process that is ending by itself."""
    import asyncio

    for _ in range(200):
        if not alive(pid):
            return True
        await asyncio.sleep(0.05)
    return False
