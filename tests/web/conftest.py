"""A server in this process, and `advisor web` as the user starts it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from advisor.commands.web import listening
from advisor.web.serving import AdvisorServer
from tests.waiting import belonging_to, until

Serve = Callable[[Sequence[str]], AbstractAsyncContextManager[str]]
Start = Callable[..., tuple["subprocess.Popen[str]", str]]


@pytest.fixture
def serve() -> Serve:
    """Serve a command and give the address; the server has ended when the context has."""

    @asynccontextmanager
    async def serving(command: Sequence[str]) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        address: asyncio.Future[str] = loop.create_future()
        with listening(0) as port:
            task = asyncio.create_task(AdvisorServer(command).serve_on(port, address.set_result))
            try:
                yield await address
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    return serving


@pytest.fixture
def served(home: Path) -> Path:
    """Return the home of what `advisor web` starts; the browser's own processes have the other."""
    return home / "served"


@pytest.fixture
def start(served: Path, tmp_path: Path) -> Iterator[Start]:
    """Start `advisor web` in a folder of its own and give the process and the address; nothing of it may stay."""
    started: list[subprocess.Popen[str]] = []

    def begin(*options: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "advisor", "web", *options],
            cwd=tmp_path,
            env={**os.environ, "ADVISOR_HOME": str(served)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield begin
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    if Path("/proc/self/environ").exists():
        until(lambda: not belonging_to(served), "every process has ended")
