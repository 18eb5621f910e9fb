"""The built-in practice server as a child process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

from advisor.domain.cleaning import clean_lines
from advisor.errors import AdvisorError

DEADLINE_S = 15.0
POLL_S = 0.05
GRACE_S = 2.0

SECRETS = ("KEY", "TOKEN", "SECRET", "PASSWORD")
"""Parts of the names of variables the server is not told of: it needs no key."""

HELD = os.name == "posix"
"""Whether a descriptor can be handed to a run; elsewhere a detached server ends with `cancel` only."""


class PracticeServer:
    """A practice server that ends when this program does, or when `close` is called.

    Started with `detached` it lives on for as long as somebody holds `lifeline` open: hand that
    descriptor to the run it serves.
    """

    def __init__(self, process: subprocess.Popen[bytes], base_url: str, *, detached: bool) -> None:
        self._process = process
        self.base_url = base_url
        """Where its OpenAI-compatible API answers."""
        self.detached = detached

    @property
    def pid(self) -> int:
        """Its process number; it leads its own group."""
        return self._process.pid

    @property
    def lifeline(self) -> int | None:
        """The descriptor whose last copy, once closed, ends the server."""
        pipe = self._process.stdin
        return None if pipe is None or pipe.closed else pipe.fileno()

    @property
    def running(self) -> bool:
        """Whether it still answers, as far as the system knows."""
        return self._process.poll() is None

    def release(self) -> None:
        """Let go of the server: it lives while somebody else holds its lifeline."""
        _hang_up(self._process)

    def close(self) -> None:
        """End the server; returns when it is gone."""
        _end(self._process)

    def __enter__(self) -> PracticeServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.detached and error is None:
            self.release()
        else:
            self.close()

    async def __aenter__(self) -> PracticeServer:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.detached and error is None:
            self.release()
        else:
            await asyncio.to_thread(self.close)


def serve(state: Path, *, detached: bool = False, deadline: float = DEADLINE_S) -> PracticeServer:
    """Start a practice server that keeps its files in `state`; blocks until it answers.

    Raises:
        AdvisorError: it did not start within `deadline` seconds.
    """
    with tempfile.TemporaryDirectory(prefix="advisor-practice-", ignore_cleanup_errors=True) as folder:
        start = _Start(state, Path(folder), deadline, detached=detached)
        try:
            while (server := start.ready()) is None:
                time.sleep(POLL_S)
        except BaseException:
            start.give_up()
            raise
        return server


async def serve_async(state: Path, *, detached: bool = False, deadline: float = DEADLINE_S) -> PracticeServer:
    """Start a practice server as `serve` does, without blocking; cancelling it leaves no process behind."""
    with tempfile.TemporaryDirectory(prefix="advisor-practice-", ignore_cleanup_errors=True) as folder:
        start = _Start(state, Path(folder), deadline, detached=detached)
        try:
            while (server := start.ready()) is None:  # noqa: ASYNC110 (a file appears, no event does)
                await asyncio.sleep(POLL_S)
        except BaseException:
            start.give_up()
            raise
        return server


class _Start:
    """A server on its way up."""

    def __init__(self, state: Path, folder: Path, deadline: float, *, detached: bool) -> None:
        state = state.resolve()
        self.state, self.detached = state, detached
        self.deadline = deadline
        self.until = time.monotonic() + deadline
        self.url_file, self.log = folder / "url", folder / "stderr"
        command = [sys.executable, "-m", "advisor.practice", "--port", "0", "--port-file", str(self.url_file)]
        tied = HELD or not detached
        command += ["--state", str(state), *(["--exit-with-stdin"] if tied else [])]
        try:
            state.mkdir(parents=True, exist_ok=True)
            with self.log.open("wb") as log:
                self.process = subprocess.Popen(
                    command,
                    cwd=state,
                    env=_environment(),
                    stdin=subprocess.PIPE if tied else subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                    start_new_session=True,
                )
        except OSError as error:
            raise _failure(str(error)) from error

    def ready(self) -> PracticeServer | None:
        """Return the server once it listens.

        Raises:
            AdvisorError: it died, or the deadline passed.
        """
        code = self.process.poll()
        try:
            url = self.url_file.read_text(encoding="utf-8").strip()
        except OSError:
            url = ""
        if code is not None:
            if (self.state / "lock").exists() and "temporarily unavailable" in self._last_words():
                raise _in_use(self.state.parent)
            raise _failure(self._last_words() or f"It ended with code {code} and said nothing.")
        if url:
            return PracticeServer(self.process, url, detached=self.detached)
        if time.monotonic() > self.until:
            raise _failure(self._last_words() or f"It was not ready after {self.deadline:g} seconds.")
        return None

    def give_up(self) -> None:
        """End what was started."""
        _end(self.process, grace=0.2)

    def _last_words(self) -> str:
        try:
            return " ".join(clean_lines(self.log.read_text(errors="replace"), 300)[-5:])
        except OSError:
            return ""


def _failure(why: str) -> AdvisorError:
    return AdvisorError(
        "The practice server did not start.",
        why,
        "Try again; if it stays like this, `advisor practice` shows what it says.",
    )


def _in_use(project: Path) -> AdvisorError:
    return AdvisorError(
        "The practice server did not start.",
        "Another one already uses its folder: a run left going, or another advisor.",
        f"Wait for that run or cancel it: `advisor runs {project}` names it.",
    )


def _environment() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not any(word in name for word in SECRETS)}
    root = str(Path(__file__).resolve().parents[2])
    return {**known, "PYTHONPATH": os.pathsep.join(filter(None, (root, known.get("PYTHONPATH"))))}


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def _end(process: subprocess.Popen[bytes], grace: float = GRACE_S) -> None:
    """Hang up, ask, insist: the first is enough unless somebody else holds the lifeline."""
    _hang_up(process)
    for ask in (process.terminate, process.kill):
        try:
            process.wait(grace)
            return
        except subprocess.TimeoutExpired:
            ask()
    process.wait()
