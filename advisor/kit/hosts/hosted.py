"""Models billed by the hour while they run: started when first asked, counted as they run, stopped with the run.

What runs is on disk before it is started, so that the next start of the project finds and ends what a killed run left.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from dspy.utils.callback import BaseCallback

from advisor.kit.files import read_json, read_whole, write_json
from advisor.kit.journal import Event
from advisor.kit.lock import left_alone
from advisor.kit.refusals import words
from advisor.kit.stops import Stop
from advisor.kit.watch import Watch

LEDGER = "hosting.json"
READY = "DEPLOYMENT_STATE_READY"
STOPPED = ("DEPLOYMENT_STATE_STOPPED", "DEPLOYMENT_STATE_STOPPING")
READY_SECONDS = 1800.0

Rented = dict[str, Any]
"""Ids of a deployment at the host, the `model` it answers as, `cents_per_hour`, `dollars`, `running_since`, and after
how many `idle_minutes` it stops by itself."""
Tell = Callable[[str, str], None]


class Platform(Protocol):
    """Where deployments run."""

    def scale(self, ids: Rented, replicas: int) -> None:
        """Start or stop one."""

    def state(self, ids: Rented) -> tuple[str, str]:
        """Return its state and what the host says of it."""


class Hosted(BaseCallback):
    """DSPy callback: a deployment runs before its model is asked, until `end`. Thread-safe."""

    def __init__(self, folder: Path, platform: Platform, watch: Watch, tell: Tell, seconds: float) -> None:
        self.path, self.platform = folder / LEDGER, platform
        self._watch, self._tell, self._seconds = watch, tell, seconds
        self._rented: dict[str, Rented] = read_json(self.path)
        self._lock = threading.RLock()
        self._counting = threading.Lock()
        self._leaving = threading.Event()
        self._counter: threading.Thread | None = None

    def add(self, candidate: str, rented: Rented) -> None:
        """Take note of a deployment that is stopped."""
        with self._lock:
            self._rented[candidate] = {"dollars": 0.0, "running_since": None, **rented}
            write_json(self.path, self._rented)

    def on_lm_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Have the deployment of the model that is asked."""
        model = instance.model.removeprefix("openai/")
        rented = next((rented for rented in self._rented.values() if rented["model"] == model), None)
        if rented is None:
            return
        if not self._surely_runs(rented):
            with self._lock:
                self._watch.check()
                if not self._surely_runs(rented):
                    self._start(rented)
        rented["asked"] = time.time()

    def _surely_runs(self, rented: Rented) -> bool:
        """Return whether it was started here, and asked too lately to have stopped by itself."""
        asked = rented.get("asked", 0.0)
        return bool(
            rented["running_since"] and rented.get("ready") and time.time() - asked < rented["idle_minutes"] * 30
        )

    def recover(self, events: list[Event]) -> None:
        """End what an earlier leg of this run left running, and count what it cost since its last word on that."""
        counted_until = max((event["t"] for event in events if event.get("meter")), default=0.0)
        with self._lock:
            for rented in self._rented.values():
                if rented["running_since"]:
                    since = max(counted_until, rented["running_since"])
                    rented["counted_until"] = time.time() - _billed_since(self.platform, rented, since)
                    self._tell(f"The endpoint of an earlier run was left running: {rented['model']}.", "warning")
        self.end()

    def end(self) -> None:
        """Stop everything that runs; say loudly what could not be stopped."""
        self._leaving.set()
        with self._lock:
            for rented in self._rented.values():
                if rented["running_since"]:
                    self._stop(rented)
            self._leaving.clear()

    def owed(self) -> str:
        """Say what runs and is billed until it is stopped. Takes no lock: an interruption asks."""
        running = [rented["model"] for rented in list(self._rented.values()) if rented["running_since"]]
        return f"The endpoint {', '.join(running)} is being stopped; it is billed until then." if running else ""

    def _start(self, rented: Rented) -> None:
        if rented["running_since"]:
            self._count(rented)
        now = time.time()
        rented.update(running_since=rented["running_since"] or now, counted_until=now, ready=False)
        write_json(self.path, self._rented)
        self._tell(f"Starting the endpoint {rented['model']}: {price(rented)}, until it is stopped.", "warning")
        if self._counter is None:
            self._counter = threading.Thread(target=self._count_while_running, daemon=True)
            self._counter.start()
        try:
            self.platform.scale(rented, 1)
            self._wait_until_ready(rented)
        except Exception as error:
            # Whatever was raised, by the host's package or below it: what was started is billed until it is stopped.
            # DSPy would only log this and ask a model that does not answer.
            self._stop(rented)
            stop = Stop(
                "failed", f"The endpoint {rented['model']} did not start: {words(error)}", "Try --resume later."
            )
            self._watch.halt(stop)
            raise stop from error

    def _wait_until_ready(self, rented: Rented) -> None:
        until = time.monotonic() + READY_SECONDS
        while True:
            state, said = self.platform.state(rented)
            if state == READY:
                rented.update(ready=True, asked=time.time())
                return
            if state == "DEPLOYMENT_STATE_FAILED" or time.monotonic() > until:
                raise RuntimeError(f"it is {state}: {said}")
            left = self._leaving.wait(self._seconds)
            self._watch.check()
            if left:
                raise Stop("cancelled", "Interrupted while the endpoint was starting.", "Go on with --resume.")

    def _stop(self, rented: Rented) -> None:
        # Who asks from now on waits for the lock, and starts it again if that is allowed.
        rented["ready"] = False
        self._count(rented)
        try:
            stopped(self.platform, rented, self._seconds)
        except Exception as error:
            # Whatever it is: the user has to hear of it, and the next one has to be stopped too.
            self._tell(still_running(rented, error), "error")
            return
        rented["running_since"] = None
        write_json(self.path, self._rented)
        self._tell(f"The endpoint {rented['model']} is stopped; about ${rented['dollars']:,.2f} so far.", "info")

    def _count_while_running(self) -> None:
        while True:
            time.sleep(self._seconds)
            for rented in list(self._rented.values()):
                if rented["running_since"]:
                    self._count(rented)
            self._keep_within_budget()

    def _count(self, rented: Rented) -> None:
        """Add what a deployment has cost since this was last asked."""
        with self._counting:
            now = time.time()
            dollars = max(0.0, now - rented["counted_until"]) / 3600 * rented["cents_per_hour"] / 100
            rented["counted_until"] = now
            rented["dollars"] += dollars
            self._watch.spend(dollars)

    def _keep_within_budget(self) -> None:
        running = [rented for rented in self._rented.values() if rented["running_since"]]
        reserve = 2 * self._seconds * sum(rented["cents_per_hour"] for rented in running) / 360000
        if running and self._watch.reaches_budget(reserve):
            self.end()


def stopped(platform: Platform, rented: Rented, seconds: float) -> None:
    """Stop a deployment and see that the host has taken note.

    Raises:
        RuntimeError: it says that it goes on.
    """
    platform.scale(rented, 0)
    for _ in range(30):
        state, said = platform.state(rented)
        if state in (*STOPPED, "DEPLOYMENT_STATE_FAILED"):
            return
        pause(seconds)
    raise RuntimeError(f"it is {state}: {said}")


def _billed_since(platform: Platform, rented: Rented, since: float) -> float:
    """Return for how many seconds a deployment nobody asked any more was billed: it stops by itself.

    Only one that is seen to run has not, whatever kept it; of one that cannot be seen its host's word counts.
    """
    passed = time.time() - since
    try:
        state, _ = platform.state(rented)
    except Exception:
        # Only what it cost is asked here: whatever keeps that from being seen must not keep it from being stopped.
        state = ""
    return passed if state == READY else min(passed, rented["idle_minutes"] * 60)


def pause(seconds: float) -> None:
    """Let the host work."""
    time.sleep(seconds)


def price(rented: Rented) -> str:
    """Say what a deployment costs while it runs."""
    return f"${rented['cents_per_hour'] / 100:,.2f} an hour, billed by the minute also while idle"


def how_to_start(folder: Path, model: str) -> str | None:
    """Say how the user starts and stops what a program is answered by; None where it answers always."""
    for rented in read_json(folder / LEDGER).values():
        if rented["model"] == model.removeprefix("openai/"):
            return (
                f"{rented['model']} answers while its endpoint runs: {price(rented)}. "
                f"Start it: {rented['to_start']}\nStop it: {rented['to_end']}"
            )
    return None


def still_running(rented: Rented, error: BaseException) -> str:
    """Say what could not be stopped, and how the user does it."""
    return (
        f"STILL RUNNING AND BILLED: {rented['model']}, {price(rented)}. It could not be stopped: {words(error)} "
        f"Stop it yourself: {rented['to_end']}"
    )


def end_left_over(runs: Path, platform: Platform, tell: Tell, seconds: float) -> int:
    """Stop what killed runs of this project left running, and return how many could not be stopped.

    A run that another process is at keeps its own.
    """
    free = left_alone((path.parent for path in sorted(runs.glob(f"*/{LEDGER}"))), lambda going: None)
    return sum(_ended_by_ledger(run / LEDGER, platform, tell, seconds) for run in free)


def _ended_by_ledger(path: Path, platform: Platform, tell: Tell, seconds: float) -> int:
    try:
        ledger, failed = read_whole(path), 0
    except (OSError, ValueError) as error:
        tell(_unreadable(path, words(error)), "error")
        return 1
    for rented in ledger.values():
        if not _is_whole(rented):
            tell(_unreadable(path, "it is not whole"), "error")
            failed += 1
            continue
        if not rented["running_since"]:
            continue
        seconds_billed = _billed_since(platform, rented, rented["running_since"])
        try:
            stopped(platform, rented, seconds)
        except Exception as error:
            # As in a run: what could not be stopped is told, and the next one has its turn.
            tell(still_running(rented, error), "error")
            failed += 1
            continue
        dollars = seconds_billed / 3600 * rented["cents_per_hour"] / 100
        rented.update(running_since=None, ready=False)
        write_json(path, ledger)
        told = f"The run {path.parent.name} had left {rented['model']} running; it is stopped"
        tell(f"{told}, after about ${dollars:,.2f} since it was started.", "warning")
    return failed


def _is_whole(rented: Any) -> bool:
    """Say whether an entry of a ledger tells what stopping takes."""
    if not isinstance(rented, dict) or not isinstance(rented.get("running_since", ""), int | float | None):
        return False
    figures = all(isinstance(rented.get(name), int | float) for name in ("cents_per_hour", "idle_minutes"))
    return figures and all(isinstance(rented.get(name), str) for name in ("model", "to_end"))


def _unreadable(path: Path, why: str) -> str:
    told = f"{path.name} of the run {path.parent.name} cannot be read: {why}."
    return f"{told} An endpoint of it may run and be billed: look at the host."
