"""A run that has an endpoint to stop, or a checkpoint to write, is given the time for it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.commands import cancel
from advisor.domain import run_end
from advisor.domain.events import Finished
from advisor.kit.hosts.host import TrainingHost
from advisor.kit.local import ending
from advisor.running import Running
from tests.session.runs_at_hosts import plan_at, started
from tests.world.scripted import all_of, end_all, until

pytestmark = [
    pytest.mark.timeout(30),
    pytest.mark.skipif(os.name != "posix", reason="process groups and signals"),
]

SLOW = """
def stop(*_):
    report("said", text="stopping the endpoint")
    time.sleep(1.0)
    report("finished", outcome="cancelled", why="the endpoint is stopped")
    sys.exit(130)
signal.signal(signal.SIGTERM, stop)
begin(); report("said", text="ready"); wait()
"""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A run that takes longer to end than others are given."""
    monkeypatch.setattr(run_end, "USUAL_S", 0.3)

    def start(driver: Any) -> Running:
        free = driver == "practice"
        return started(tmp_path, SLOW, plan_at("openai" if free else driver, free=free))

    yield start
    end_all(tmp_path)


@pytest.mark.parametrize(
    ("driver", "why"),
    [
        ("together", "the endpoint is stopped"),
        ("local", "the endpoint is stopped"),
        ("openai", "the endpoint is stopped"),
        ("practice", "It was cancelled."),
    ],
)
async def test_what_must_be_ended_first_decides_the_time(slow: Callable[[str], Running], driver: str, why: str) -> None:
    running = slow(driver)
    await until(running.started, "ready")
    assert await running.cancel()
    last = (await all_of(running.started))[-1]
    assert isinstance(last, Finished) and last.why == why
    assert not await running.cancel()


async def test_a_conversation_that_is_closed_gives_the_same_time(slow: Callable[[str], Running]) -> None:
    running = slow("together")
    await until(running.started, "ready")
    running._left = False
    await running.close()
    last = (await all_of(running.started))[-1]
    assert isinstance(last, Finished) and last.why == "the endpoint is stopped"


def test_so_does_the_command(slow: Callable[[str], Running], capsys: pytest.CaptureFixture[str]) -> None:
    running = slow("together")
    asyncio.run(until(running.started, "ready"))
    assert cancel.main([str(running.project)]) == 0
    assert "was ended" in capsys.readouterr().out
    last = asyncio.run(all_of(running.started))[-1]
    assert isinstance(last, Finished) and last.why == "the endpoint is stopped"


WRITES_A_CHECKPOINT = """
def stop(*_):
    report("said", text="waiting for the checkpoint")
    wait()
signal.signal(signal.SIGTERM, stop)
last = options.run_dir / "tuning" / "gold-1" / "checkpoints" / "checkpoint-40"
last.mkdir(parents=True)
(last / "trainer_state.json").write_text("{}")
begin(); report("said", text="ready"); wait()
"""


@pytest.fixture
def writing(tmp_path: Path) -> Any:
    """A run whose training takes for ever to write its last checkpoint."""
    yield started(tmp_path, WRITES_A_CHECKPOINT, plan_at("local", free=False))
    end_all(tmp_path)


def test_what_is_ended_first_has_longer_than_the_kit_gives_it() -> None:
    assert run_end.CHECKPOINT_S > ending.STOP_SECONDS
    assert run_end.ENDPOINT_S > run_end.JOB_S > TrainingHost.stop_seconds


async def test_a_second_cancel_ends_at_once_and_says_the_last_whole_checkpoint(writing: Running) -> None:
    await until(writing.started, "ready")
    first = asyncio.ensure_future(writing.cancel())
    await until(writing.started, "waiting for the checkpoint")
    assert await writing.cancel(at_once=True) and await first
    last = (await all_of(writing.started))[-1]
    assert isinstance(last, Finished) and "goes on from step 40, its last whole checkpoint" in last.try_this


async def test_an_interrupted_cancel_ends_at_once_too(writing: Running) -> None:
    await until(writing.started, "ready")
    waiting = asyncio.ensure_future(writing.cancel())
    await until(writing.started, "waiting for the checkpoint")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert isinstance((await all_of(writing.started))[-1], Finished) and not await writing.cancel()


def test_the_command_can_be_told_not_to_wait(writing: Running, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(until(writing.started, "ready"))
    assert cancel.main([str(writing.project), "--now"]) == 0
    assert "was ended" in capsys.readouterr().out
