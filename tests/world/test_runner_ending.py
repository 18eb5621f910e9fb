"""What ends a run, and what lives as long as it does."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.domain.events import Finished
from advisor.world import practice_server, processes, runner
from advisor.world.run_folder import read_record
from tests.world.scripted import all_of, end_all, posix, until, writer

pytestmark = pytest.mark.timeout(30)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    return writer(tmp_path)


@pytest.fixture(autouse=True)
def no_process_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    end_all(tmp_path)


@posix
async def test_cancel_ends_children_and_grandchildren(project: Callable[[str], Path]) -> None:
    folder = project(
        """
begin()
code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
away = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
child.stdout.readline(); away.stdout.readline()
report("said", text="ready"); wait()
"""
    )
    run = runner.start(folder)
    await until(run, "ready")
    record = read_record(run.folder)
    assert record is not None and len(processes.members(record.family)) == 3
    assert await runner.cancel(run, grace=0.2)
    assert processes.members(record.family) == []
    last = (await all_of(run))[-1]
    assert isinstance(last, Finished) and last.outcome == "cancelled"
    assert not await runner.cancel(run), "nothing is left to end"


@posix
async def test_cancel_of_a_run_that_says_so_itself_adds_nothing(project: Callable[[str], Path]) -> None:
    folder = project(
        """
def stop(*_):
    report("finished", outcome="cancelled", why="told to")
    sys.exit(130)
signal.signal(signal.SIGTERM, stop)
begin(); report("said", text="ready"); wait()
"""
    )
    run = runner.start(folder)
    await until(run, "ready")
    assert await runner.cancel(run)
    ends = [event for event in await all_of(run) if isinstance(event, Finished)]
    assert [end.why for end in ends] == ["told to"]


@posix
async def test_a_reused_number_is_not_ended(project: Callable[[str], Path]) -> None:
    run = runner.start(project('begin(); report("said", text="ready"); wait()'))
    await until(run, "ready")
    path = run.folder / "process.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "born": "another boot:1", "token": "another"}))
    assert not runner.is_live(run.folder)
    assert not await runner.cancel(run)
    assert run.process is not None and run.process.poll() is None
    path.write_text(json.dumps(record))
    assert await runner.cancel(run)


@posix
async def test_cancel_finds_orphans_of_a_dead_leader(project: Callable[[str], Path]) -> None:
    folder = project(
        """
begin()
child = subprocess.Popen([sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"],
                         stdout=subprocess.PIPE)
child.stdout.readline()
report("finished", outcome="done")
"""
    )
    run = runner.start(folder)
    await all_of(run)
    assert run.process is not None
    run.process.wait()
    record = read_record(run.folder)
    assert record is not None and len(processes.members(record.family)) == 1
    assert await runner.cancel(run)
    assert processes.members(record.family) == []


@posix
async def test_cancel_ends_what_was_started_beside(project: Callable[[str], Path]) -> None:
    code = "import signal; print('up', flush=True); signal.pause()"
    beside = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    assert beside.stdout is not None
    await beside.stdout.readline()
    run = runner.start(project('begin(); report("said", text="ready"); wait()'), beside=[beside.pid])
    await until(run, "ready")
    assert await runner.cancel(run)
    assert await beside.wait() == -signal.SIGTERM


@posix
async def test_a_descriptor_is_held_for_as_long_as_the_run_lives(project: Callable[[str], Path]) -> None:
    reading, writing = os.pipe()
    run = runner.start(project('begin(); report("said", text="ready"); wait()'), hold=[writing])
    os.close(writing)
    await until(run, "ready")
    os.set_blocking(reading, False)
    with pytest.raises(BlockingIOError):
        os.read(reading, 1)
    await runner.cancel(run)
    assert os.read(reading, 1) == b""
    os.close(reading)


@posix
async def test_a_practice_server_lives_as_long_as_the_run_it_was_handed_to(
    project: Callable[[str], Path], tmp_path: Path
) -> None:
    server = practice_server.serve(tmp_path / "state", detached=True)
    assert server.lifeline is not None
    folder = project('begin(); report("said", text="ready"); wait()')
    run = runner.start(folder, beside=[server.pid], hold=[server.lifeline])
    server.release()
    await until(run, "ready")
    assert server.running
    assert run.process is not None
    os.kill(run.process.pid, signal.SIGKILL)
    await asyncio.to_thread(server._process.wait, 10)


@posix
async def test_a_run_that_told_its_end_may_leave_by_itself(project: Callable[[str], Path]) -> None:
    folder = project(
        """
begin(); report("finished", outcome="done")
signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
reading = os.open("go", os.O_RDONLY)
os.read(reading, 1)
"""
    )
    os.mkfifo(folder / "go")
    run = runner.start(folder)
    await all_of(run)
    ending = asyncio.create_task(runner.cancel(run))
    await asyncio.to_thread((folder / "go").write_text, "x")
    assert not await ending, "there was nothing left to end"
    assert run.process is not None and run.process.wait() == 0
