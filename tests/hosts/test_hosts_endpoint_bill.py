"""What an endpoint is billed for: as long as it is known to run after a run was killed, and nothing after its end."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisor.kit.command import _close
from advisor.kit.files import write_json
from advisor.kit.hosts.hosted import LEDGER, Hosted, Rented, end_left_over
from advisor.kit.journal import Journal
from advisor.kit.stops import Stop
from advisor.kit.watch import Meter, Watch

DOLLARS_AN_HOUR = 4.0
IDLE_MINUTES = 30
DAYS = 2 * 24 * 3600.0


class Platform:
    """A host that says of its one deployment what a test wants, until it is started or stopped."""

    def __init__(self, state: str = "STOPPED") -> None:
        self.says = state
        self.scaled: list[int] = []
        self.stopping: Any = lambda: None

    def scale(self, ids: Rented, replicas: int) -> None:
        self.scaled.append(replicas)
        if not replicas:
            self.stopping()
        self.says = "READY" if replicas else "STOPPED"

    def state(self, ids: Rented) -> tuple[str, str]:
        if self.says == "UNREACHABLE":
            raise ConnectionError("no route to the host")
        return f"DEPLOYMENT_STATE_{self.says}", ""


class Bench:
    """A run with one endpoint."""

    def __init__(self, folder: Path, platform: Platform, since: float | None = None) -> None:
        rented = {"model": "m", "cents_per_hour": 100 * DOLLARS_AN_HOUR, "dollars": 0.0, "idle_minutes": IDLE_MINUTES}
        told = {"running_since": since, "ready": since is not None, "to_start": "start it", "to_end": "end it"}
        write_json(folder / LEDGER, {"gold": {**rented, **told}})
        self.journal = Journal(folder / "events.jsonl")
        self.watch = Watch({}, None, Meter())
        self.hosted = Hosted(folder, platform, self.watch, self.journal.say, 0.01)

    def ask(self) -> None:
        """Do what DSPy does before it asks a model."""
        self.hosted.on_lm_start("1", SimpleNamespace(model="openai/m"), {})


STATES = [("STOPPED", 0.5), ("STOPPING", 0.5), ("FAILED", 0.5), ("UNREACHABLE", 0.5), ("READY", DAYS / 3600)]


@pytest.mark.parametrize(("state", "hours"), STATES)
def test_a_run_that_goes_on_counts_an_endpoint_until_it_stopped_itself(
    tmp_path: Path, state: str, hours: float
) -> None:
    began = time.time() - DAYS
    bench = Bench(tmp_path, Platform(state), began - 600)
    bench.hosted.recover([{"kind": "progress", "t": began, "meter": {"calls": 1}}])
    assert bench.watch.meter.dollars == pytest.approx(hours * DOLLARS_AN_HOUR, rel=0.01)


@pytest.mark.parametrize(("state", "hours"), [case for case in STATES if case[0] != "UNREACHABLE"])
def test_another_run_tells_of_it_by_the_same_count(tmp_path: Path, state: str, hours: float) -> None:
    Bench(tmp_path / "killed", Platform(), time.time() - DAYS).journal.say("began")
    told: list[str] = []
    assert end_left_over(tmp_path, Platform(state), lambda text, level: told.append(text), 0.01) == 0
    assert f"about ${hours * DOLLARS_AN_HOUR:,.2f} since" in told[0]


def test_who_asks_while_the_endpoint_is_being_stopped_does_not_start_it_again(tmp_path: Path) -> None:
    platform = Platform()
    bench = Bench(tmp_path, platform)
    bench.ask()
    raised: list[Stop] = []

    def ask() -> None:
        try:
            bench.ask()
        except Stop as stop:
            raised.append(stop)

    asking = threading.Thread(target=ask, daemon=True)
    halted: list[Stop] = []

    def meanwhile() -> None:
        asking.start()
        try:
            bench.watch.check()
        except Stop as stop:
            halted.append(stop)

    platform.stopping = meanwhile
    run: Any = SimpleNamespace(
        watch=bench.watch, hosted=bench.hosted, endpoint=None, folder=tmp_path, journal=bench.journal
    )
    _close(run, Stop("cancelled", "The run was interrupted."))
    asking.join(10)
    assert halted, "calls were allowed while the endpoint was being stopped"
    assert [stop.why for stop in raised] == ["The run was interrupted."]
    assert platform.scaled == [1, 0]


TORN = {"half written": '{"gold": {"mod', "another thing": "[]", "an entry that is none": '{"gold": ["m"]}'}


@pytest.mark.parametrize("torn", TORN.values(), ids=TORN)
def test_a_ledger_that_cannot_be_read_keeps_no_other_endpoint_running(tmp_path: Path, torn: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / LEDGER).write_text(torn, encoding="utf-8")
    Bench(tmp_path / "b", Platform(), time.time() - 60)
    told: list[str] = []
    platform = Platform("READY")
    assert end_left_over(tmp_path, platform, lambda text, level: told.append(text), 0.01) == 1
    assert platform.scaled == [0] and "it is stopped" in told[1]
    assert told[0].startswith("hosting.json of the run a cannot be read: it is not whole.")
