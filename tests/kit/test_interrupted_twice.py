"""A run that is interrupted twice waits for what a host bills, and for nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from advisor.kit.stops import Stop, owed, owing
from tests.hosts.test_hosts_endpoint_bill import Bench, Platform

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

SCRIPT = """
import sys, time
from advisor.kit import command, stops
command.PATIENCE_SECONDS = float(sys.argv[1])
with stops.owing(lambda: "The endpoint m is being stopped."), command._interruptible():
    try:
        print("begun", flush=True); time.sleep(60)
    except stops.Stop:
        print("waits", flush=True)
        sys.stdin.readline()
        print("stopped", flush=True)
"""


@pytest.fixture
def interrupted() -> Any:
    """A run that was interrupted and stops an endpoint until it is told that it is stopped."""
    processes: list[subprocess.Popen[str]] = []

    def start(patience: str) -> subprocess.Popen[str]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", SCRIPT, patience]
        processes.append(subprocess.Popen(command, env=environment, text=True, **pipes))  # type: ignore[call-overload]
        process = processes[-1]
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "waits\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_billed_is_waited_for_and_said(interrupted: Any, number: signal.Signals) -> None:
    process = interrupted("60")
    process.send_signal(number)
    assert "The endpoint m is being stopped." in process.stderr.readline()
    out, _ = process.communicate("\n", timeout=20)
    assert out == "stopped\n" and process.returncode == 0


def test_not_for_ever(interrupted: Any) -> None:
    process = interrupted("0")
    process.send_signal(signal.SIGTERM)
    told = process.communicate(timeout=20)[1]
    assert process.returncode == -signal.SIGTERM
    assert "PERHAPS BILLED: The endpoint m" in told and "--tear-down" in told


def test_an_endpoint_is_owed_while_it_runs_and_is_asked_for_without_a_lock(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Platform())
    with owing(bench.hosted.owed):
        assert owed() == ""
        bench.ask()
        with bench.hosted._lock:
            told: list[str] = []
            asking = threading.Thread(target=lambda: told.append(owed()), daemon=True)
            asking.start()
            asking.join(10)
        assert told and "The endpoint m is being stopped" in told[0]
        bench.hosted.end()
        assert owed() == ""
    with pytest.raises(Stop), owing(lambda: "something"):
        raise Stop("cancelled", "")
    assert owed() == ""
