import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from advisor.domain.events import Finished, RunEvent, Said, Started
from advisor.errors import RunFailed, UsageError
from advisor.world import runner
from advisor.world.run_folder import Tail, read_record
from tests.world.scripted import all_of, end_all, posix, texts, until, writer

pytestmark = pytest.mark.timeout(30)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    return writer(tmp_path)


@pytest.fixture(autouse=True)
def no_process_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    end_all(tmp_path)


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
