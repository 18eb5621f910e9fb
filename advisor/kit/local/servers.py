"""Model servers on this computer: one a model, on 127.0.0.1, started when first asked and ended with the run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dspy.utils.callback import BaseCallback

from advisor.kit.local.room import WHOLE, Room, command, room_for
from advisor.kit.stops import Stop

READY_SECONDS = 900.0
"""A large model takes minutes to load, and longer when it must be fetched first."""
ROOM_SECONDS = 1800.0
"""A run that waits for ever keeps a rented machine for ever."""
POLL_SECONDS = 0.2
END_SECONDS = 20.0
LAST_WORDS = 600
KEEPER = f"{__package__}.keeper"


@dataclass
class _Server:
    process: subprocess.Popen[bytes]
    used: float
    share: float
    """Of the memory."""
    busy: int = 0
    ready: bool = False


class Servers(BaseCallback):
    """DSPy callback: whatever model is asked, its server is up before the call. Thread-safe."""

    def __init__(self, project: Path, logs: Path, tell: Callable[[str], None]) -> None:
        self.project, self.logs, self._tell = project, logs, tell
        self._ports: dict[str, int] = {}
        """A model keeps its address when its server is started again."""
        self._running: dict[str, _Server] = {}
        self._asked: dict[str, _Server] = {}
        self._lock = threading.Condition(threading.RLock())

    def address(self, model: str) -> str:
        """Return where a model answers, now or once it is asked; models are named by folder or on the hub."""
        with self._lock:
            port = self._ports.setdefault(model, _free_port())
        return f"http://127.0.0.1:{port}/v1"

    def on_lm_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Have the server of the model that is asked."""
        model = instance.model.removeprefix("openai/")
        with self._lock:
            if model not in self._ports:
                return
            server = self._ready(model)
            server.busy += 1
            server.used = time.monotonic()
            self._asked[call_id] = server

    def on_lm_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """A server that answers nobody may make room for another."""
        with self._lock:
            # The one that was asked: another may have taken its place.
            server = self._asked.pop(call_id, None)
            if server:
                server.busy -= 1
                self._lock.notify_all()

    def end(self) -> None:
        """End every server: training wants the memory, and nothing outlives the run."""
        with self._lock:
            for model in list(self._running):
                self._end(model)

    def _ready(self, model: str) -> _Server:
        """Return a server that answers, and is still the one that runs."""
        again = True
        while True:
            server = self._begun(model)
            try:
                self._wait_for(model, server)
            except Stop:
                self._drop(model, server)
                if not again or all(other.busy for other in self._running.values()):
                    raise
                # Perhaps both do not fit into the memory.
                self._end_idle()
                again = False
                continue
            if self._running.get(model) is server:
                return server

    def _begun(self, model: str) -> _Server:
        """Return the server of a model, started where there is none and once there is room for it."""
        room = room_for(model, self.project)
        until = time.monotonic() + ROOM_SECONDS
        while True:
            server = self._running.get(model)
            if server and server.process.poll() is None:
                return server
            if server:
                self._drop(model, server)
            if not self._running or sum(other.share for other in self._running.values()) + room.share <= WHOLE:
                return self._start(model, room)
            if not self._made_room():
                self._lock.wait(1.0)
                if time.monotonic() > until:
                    told = f"There was no room in the memory for {model}: other models were asked all the time."
                    raise Stop("failed", told, "Go on with --resume, with fewer threads in plan.json.")

    def _start(self, model: str, room: Room) -> _Server:
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self._log(model)
        self._tell(f"Starting a server for {model} on 127.0.0.1:{self._ports[model]}.")
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", KEEPER, str(log.with_suffix(".json").resolve()),
                 *command(model, self._ports[model], room)],
                cwd=self.project, env=environment(),
                stdin=subprocess.PIPE, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        self._running[model] = server = _Server(process, time.monotonic(), room.share)
        return server

    def _log(self, model: str) -> Path:
        return self.logs / f"server-{self._ports[model]}.log"

    def _wait_for(self, model: str, server: _Server) -> None:
        """Return when it answers; `/v1/models` would not do, transformers' lists no pinned model.

        The lock is let go while it waits, so that the run can be left meanwhile.
        """
        until = time.monotonic() + READY_SECONDS
        while not server.ready:
            if server.process.poll() is not None or time.monotonic() > until:
                log = self._log(model)
                said = " ".join(log.read_text("utf-8", "replace")[-LAST_WORDS:].split())
                raise Stop("failed", f"The server for {model} did not start: {said}", f"The whole message is in {log}.")
            server.ready = _answers(self._ports[model])
            if not server.ready:
                self._lock.wait(POLL_SECONDS)

    def _drop(self, model: str, server: _Server) -> None:
        if self._running.get(model) is server:
            self._end(model)

    def _end_idle(self) -> None:
        for model in [model for model, server in self._running.items() if server.ready and not server.busy]:
            self._end(model)

    def _made_room(self) -> bool:
        """End the server that was not asked for longest; False where all are at work."""
        idle = [model for model, server in self._running.items() if server.ready and not server.busy]
        if not idle:
            return False
        model = min(idle, key=lambda model: self._running[model].used)
        self._tell(f"The server for {model} makes room.")
        self._end(model)
        return True

    def _end(self, model: str) -> None:
        process = self._running.pop(model).process
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment() -> dict[str, str]:
    """Return the environment of a model's process: one that takes every core of a busy machine is five times slower."""
    threads = str(max(1, (os.cpu_count() or 2) // 2))
    return {"OMP_NUM_THREADS": threads, "TOKENIZERS_PARALLELISM": "false", **os.environ}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
