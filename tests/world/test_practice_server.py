import asyncio
import json
import os
import select
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from advisor.errors import AdvisorError
from advisor.world import practice_server

pytestmark = pytest.mark.timeout(60)
posix = pytest.mark.skipif(os.name != "posix", reason="descriptors handed to another process")


def models(base_url: str) -> list[str]:
    with urllib.request.urlopen(f"{base_url}/models", timeout=5) as answer:
        return [model["id"] for model in json.load(answer)["data"]]


def gone(base_url: str) -> bool:
    try:
        models(base_url)
    except urllib.error.URLError:
        return True
    return False


def test_it_answers_until_it_is_closed(tmp_path: Path) -> None:
    with practice_server.serve(tmp_path / "state") as server:
        assert "practice-small" in models(server.base_url) and server.running
    assert not server.running and gone(server.base_url)
    server.close()


async def test_it_starts_without_blocking(tmp_path: Path) -> None:
    async with await practice_server.serve_async(tmp_path) as server:
        assert await asyncio.to_thread(models, server.base_url)
    assert not server.running


async def test_a_cancelled_start_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    starting = asyncio.create_task(practice_server.serve_async(tmp_path))
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert started and started[0].returncode is not None


def test_a_folder_in_use_is_named(tmp_path: Path) -> None:
    with (
        practice_server.serve(tmp_path),
        pytest.raises(AdvisorError, match="Another one already uses its folder"),
    ):
        practice_server.serve(tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(AdvisorError, match="did not start"):
        practice_server.serve(tmp_path / "state")


def test_its_own_words_say_why_it_did_not_start(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(AdvisorError) as failure:
        practice_server.serve(tmp_path)
    assert "cannot use the folder" in failure.value.why


def test_the_deadline_is_kept(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match="not ready after 0 seconds"):
        practice_server.serve(tmp_path, deadline=0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="waits on a process descriptor")
def test_it_dies_with_the_program_that_started_it(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys; from advisor.world.practice_server import serve\n"
        "server = serve(pathlib.Path(sys.argv[1])); print(server.pid, server.base_url, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, check=False)
    wait_for_end(int(done.stdout.split()[0]))
    assert gone(done.stdout.split()[1])


@posix
def test_detached_it_lives_as_long_as_its_lifeline_is_held(tmp_path: Path) -> None:
    with practice_server.serve(tmp_path, detached=True) as server:
        assert server.lifeline is not None
        held = os.dup(server.lifeline)
    assert server.lifeline is None and models(server.base_url)
    os.close(held)
    server._process.wait(timeout=10)


@posix
def test_detached_it_does_not_survive_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), practice_server.serve(tmp_path, detached=True) as server:
        raise ZeroDivisionError
    assert not server.running


def test_it_is_given_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-testtesttesttest")
    monkeypatch.setenv("HF_TOKEN", "hf_testtesttesttest")
    told = practice_server._environment()
    assert "OPENAI_API_KEY" not in told and "HF_TOKEN" not in told and "PATH" in told


def wait_for_end(pid: int) -> None:
    """Wait for a process that is not our child."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    assert select.select([descriptor], [], [], 10)[0], "it still runs"
    os.close(descriptor)
