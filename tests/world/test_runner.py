import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from advisor.domain.events import Finished, RunEvent, Said, Started
from advisor.errors import RunFailed, UsageError
from advisor.world import practice_server, processes, runner
from advisor.world.run_folder import Tail, read_record

pytestmark = pytest.mark.timeout(30)
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


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    def write(body: str) -> Path:
        (tmp_path / "optimize.py").write_text(HEADER + body)
        return tmp_path

    return write


@pytest.fixture(autouse=True)
def no_process_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    for run in runner.runs_of(tmp_path):
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


async def test_follows_a_run_to_its_end(project: Callable[[str], Path]) -> None:
    folder = project('begin(); report("said", text="hello"); report("finished", outcome="done")')
    run = runner.start(folder)
    events = await all_of(run)
    assert [event.kind for event in events] == ["started", "said", "finished"]
    assert await all_of(runner.Run(run.project, run.folder)) == events, "attaching later gives the same"
    assert runner.read_events(run.folder) == events


async def test_arguments_and_environment_reach_the_child(
    project: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONINSPECT", "1")
    folder = project(
        """
begin()
report("said", text=json.dumps([sys.argv[1:], os.environ["OPENAI_API_KEY"], os.environ.get("PYTHONINSPECT"),
       os.getcwd(), sys.stdin.read()]))
report("finished", outcome="done")
"""
    )
    run = runner.start(folder, env={"OPENAI_API_KEY": "sk-testtesttesttest1234"}, budget=12.5, limit=7)
    arguments, key, inspect, cwd, stdin = json.loads(texts(await all_of(run))[0])
    assert arguments == ["--run-dir", f"runs/{run.name}", "--yes", "--budget", "12.5", "--limit", "7"]
    assert (key, inspect, cwd, stdin) == ("sk-testtesttesttest1234", None, str(folder), "")
    stored = (run.folder / "process.json").read_text() + (run.folder / "output.log").read_text()
    assert "sk-test" not in stored


@posix
async def test_death_without_a_word_ends_with_the_last_words(project: Callable[[str], Path]) -> None:
    folder = project(
        """
begin()
print("\\x1b[31mloading\\x1b[0m\\rloaded\\a  key sk-abcdefghijklmnopqrst", flush=True)
report("said", text="ready"); wait()
"""
    )
    run = runner.start(folder)
    await until(run, "ready")
    assert run.process is not None
    os.kill(run.process.pid, signal.SIGKILL)
    last = (await all_of(run))[-1]
    assert isinstance(last, Finished) and last.outcome == "failed" and last.exit_code == 7
    assert "signal 9" in last.why and "loaded  key sk-…qrst" in last.why and "loading" not in last.why
    assert not any(ord(character) < 32 and character != "\n" for character in last.why)
    assert not runner.is_live(run.folder)
    read = runner.read_events(run.folder)[-1]
    assert isinstance(read, Finished) and read.outcome == "failed"


async def test_a_crash_at_import_shows_the_traceback(project: Callable[[str], Path]) -> None:
    run = runner.start(project("raise SystemExit('no module named dspy')"))
    (last,) = await all_of(run)
    assert isinstance(last, Finished) and "no module named dspy" in last.why and "exit code 1" in last.why


async def test_output_of_any_length_is_cut(project: Callable[[str], Path]) -> None:
    run = runner.start(project("[print('x' * 5000) for _ in range(2000)]; raise SystemExit(3)"))
    (last,) = await all_of(run)
    assert isinstance(last, Finished) and len(last.why) < 2000


def test_a_torn_last_line_is_kept_for_later(tmp_path: Path) -> None:
    said = Said(text="grüß").model_dump_json().encode() + b"\n"
    tail = Tail(tmp_path)
    assert tail.read() == [] and tail.at_end
    events = tmp_path / "events.jsonl"
    for cut in range(1, len(said)):
        events.write_bytes(said[:cut])
        tail = Tail(tmp_path)
        assert tail.read() == []
        events.write_bytes(said)
        assert texts(tail.read()) == ["grüß"]


def test_garbage_between_events_is_passed_over(tmp_path: Path) -> None:
    said = Said(text="a").model_dump_json().encode()
    (tmp_path / "events.jsonl").write_bytes(
        b"\xff\xfe\n" + said + b"\n{}\n" + said[:9] + b"\n\n" + b'{"kind": "from the future"}\n[1]\n' + said + b"\n"
    )
    assert texts(Tail(tmp_path).read()) == ["a", "a"]


def test_many_events_are_read_in_chunks(tmp_path: Path) -> None:
    lines = [Said(text=f"{number} " + "x" * 300).model_dump_json() for number in range(5000)]
    (tmp_path / "events.jsonl").write_text("\n".join(lines) + "\n")
    events = runner.read_events(tmp_path)
    assert len(texts(events)) == 5000 and texts(events)[-1].startswith("4999 ")


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


@posix
async def test_leaving_a_follower_leaves_the_run(project: Callable[[str], Path]) -> None:
    run = runner.start(project('begin(); report("said", text="ready"); wait()'))
    await until(run, "ready")
    assert runner.is_live(run.folder)


async def test_resuming_goes_on_in_the_same_folder(project: Callable[[str], Path]) -> None:
    folder = project(
        """
begin()
if options.resume:
    report("finished", outcome="done")
else:
    journal.write(b'{"kind": "said", "te'); raise SystemExit(1)
"""
    )
    first = runner.start(folder)
    assert (await all_of(first))[-1].kind == "finished"
    second = runner.start(folder, resume=True)
    events = await all_of(second)
    assert second == first and [event.kind for event in events] == ["started", "started", "finished"]
    assert isinstance(events[1], Started) and events[1].resumed
    assert isinstance(events[-1], Finished) and events[-1].outcome == "done"


@posix
async def test_an_old_end_does_not_end_a_resumed_run(project: Callable[[str], Path]) -> None:
    folder = project(
        """
if options.resume:
    sys.stdin.read(); print("up", flush=True); wait()
begin(); report("finished", outcome="cancelled")
"""
    )
    run = runner.start(folder)
    await all_of(run)
    assert run.process is not None
    run.process.wait()
    again = runner.start(folder, resume=True)
    seen: list[RunEvent] = []

    async def watch() -> None:
        async for event in runner.follow(again):
            seen.append(event)

    watching = asyncio.create_task(watch())
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.shield(watching), 0.3)
    assert [event.kind for event in seen] == ["started", "finished"]
    with pytest.raises(UsageError, match="still going"):
        runner.start(folder, resume=True)
    await runner.cancel(again)
    await watching
    assert [event.kind for event in seen][-1] == "finished"


def test_nothing_to_start_or_resume(tmp_path: Path, project: Callable[[str], Path]) -> None:
    with pytest.raises(UsageError, match="no generated project"):
        runner.start(tmp_path)
    with pytest.raises(UsageError, match="no run"):
        runner.start(project(""), resume=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(project: Callable[[str], Path]) -> None:
    folder = project("")
    folder.chmod(0o500)
    with pytest.raises(RunFailed, match="No folder for a run"):
        runner.start(folder)
    folder.chmod(0o700)


async def test_runs_are_listed_newest_first(project: Callable[[str], Path]) -> None:
    folder = project('begin(); report("finished", outcome="done")')
    started = [runner.start(folder) for _ in range(3)]
    assert [run.folder for run in runner.runs_of(folder)] == [run.folder for run in reversed(started)]
    assert runner.newest_run(folder) == started[-1]
    assert len({run.folder for run in started}) == 3
    for run in started:
        await all_of(run)
    assert runner.runs_of(folder / "nowhere") == ()


def test_a_run_started_by_hand_is_told_by_its_silence(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(Said(text="a").model_dump_json() + "\n")
    assert runner.is_live(tmp_path)
    assert [event.kind for event in runner.read_events(tmp_path)] == ["said"]
    os.utime(events, (time.time() - 3600,) * 2)
    assert not runner.is_live(tmp_path)
    assert [event.kind for event in runner.read_events(tmp_path)] == ["said", "finished"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1}', "null"])
def test_a_broken_process_file_is_no_record(tmp_path: Path, text: str) -> None:
    (tmp_path / "process.json").write_text(text)
    assert read_record(tmp_path) is None
    assert not runner.is_live(tmp_path)


async def test_batches_come_whole(project: Callable[[str], Path]) -> None:
    folder = project('begin(); [report("said", text=str(n)) for n in range(500)]; report("finished", outcome="done")')
    run = runner.start(folder)
    await all_of(run)
    found: AsyncIterator[list[RunEvent]] = runner.batches(runner.Run(run.project, run.folder))
    assert [len(batch) async for batch in found] == [502]
