"""What a host bills is ended with the run, however impatiently the run is ended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.commands import cancel
from advisor.domain import run_end
from advisor.domain.events import Finished
from advisor.domain.plan import Driver
from advisor.running import Running
from tests.projects.project_bench import ROOT, make_plan
from tests.session.runs_at_hosts import plan_at, started
from tests.world.scripted import all_of, end_all, until

pytestmark = [
    pytest.mark.timeout(30),
    pytest.mark.skipif(os.name != "posix", reason="process groups and signals"),
]

HOSTED = """
asked = []
def stop(*_):
    asked.append(1)
    if len(asked) > 1:
        report("said", text="asked twice: left as it is")
        os._exit(1)
    report("said", text="stopping what is billed")
    time.sleep(1.0)
    report("finished", outcome="cancelled", why="nothing is billed any more")
    sys.exit(130)
signal.signal(signal.SIGTERM, stop)
begin(); report("said", text="ready"); wait()
"""
"""Stands for a run that needs a second to end what is billed, and leaves at once where it is asked twice."""


@pytest.fixture
def hosted(tmp_path: Path) -> Any:
    """A run at a host, ready to be ended."""

    def start(driver: Driver) -> Running:
        running = started(tmp_path, HOSTED, plan_at(driver))
        asyncio.run(until(running.started, "ready"))
        return running

    yield start
    end_all(tmp_path)


Start = Callable[[Driver], Running]
billing = pytest.mark.parametrize("driver", ["together", "openai"])


def last_of(running: Running) -> Finished:
    last = asyncio.run(all_of(running.started))[-1]
    assert isinstance(last, Finished)
    return last


@billing
def test_what_is_billed_is_ended_also_at_once(hosted: Start, driver: Driver) -> None:
    running = hosted(driver)
    assert asyncio.run(running.cancel(at_once=True))
    assert last_of(running).why == "nothing is billed any more"


@billing
def test_a_second_cancel_waits_and_asks_no_second_time(hosted: Start, driver: Driver) -> None:
    running = hosted(driver)

    async def twice() -> None:
        first = asyncio.ensure_future(running.cancel())
        await until(running.started, "stopping what is billed")
        assert await running.cancel(at_once=True) and await first

    asyncio.run(twice())
    assert last_of(running).why == "nothing is billed any more"


@billing
def test_an_interrupted_cancel_waits_all_the_same(hosted: Start, driver: Driver) -> None:
    running = hosted(driver)

    async def interrupted() -> None:
        waiting = asyncio.ensure_future(running.cancel())
        await until(running.started, "stopping what is billed")
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(interrupted())
    assert last_of(running).why == "nothing is billed any more"


@pytest.mark.parametrize("now", [[], ["--now"]])
def test_the_command_says_what_is_waited_for_and_how_long(
    hosted: Start, now: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    running = hosted("together")
    assert cancel.main([str(running.project), *now]) == 0
    told = capsys.readouterr()
    assert "are ended first: they are billed; that takes 30 seconds at most, and Ctrl-C" in told.err
    assert "nothing is billed any more" in told.err
    assert "was ended" in told.out


def test_the_interrupted_command_leaves_the_run_to_end_what_is_billed(hosted: Start) -> None:
    running = hosted("together")
    command = subprocess.Popen(
        [sys.executable, "-m", "advisor", "cancel", str(running.project)], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    asyncio.run(until(running.started, "stopping what is billed"))
    command.send_signal(signal.SIGINT)
    command.send_signal(signal.SIGINT)
    command.wait(20)
    assert last_of(running).why == "nothing is billed any more"


def test_a_run_that_had_to_be_killed_says_what_may_still_be_billed(
    hosted: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_end, "ENDPOINT_S", 0.2)
    running = hosted("together")
    assert cancel.main([str(running.project)]) == 0
    last = last_of(running)
    assert last.outcome == "cancelled" and "An endpoint may still be billed" in last.try_this
    assert "--tear-down" in capsys.readouterr().err


def test_at_once_is_offered_where_it_costs_nothing_and_says_what_is_lost() -> None:
    assert "last whole checkpoint stays" in run_end.run_end(plan_at("local")).lost
    for driver in ("together", "openai"):
        assert run_end.run_end(plan_at(driver)).waits
    asking = make_plan("prompt_optimization", host=plan_at("openai").host, practice=False)
    assert not run_end.run_end(asking).waits and not run_end.run_end(make_plan("gold_finetune")).waits
