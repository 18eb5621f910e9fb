"""A home of its own for every test, and one small data set."""

from __future__ import annotations

import csv
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

SUBJECTS = {
    "billing": ("invoice", "charge", "fee", "bill"),
    "shipping": ("parcel", "courier", "delivery", "tracking"),
    "account": ("password", "login", "profile", "email"),
    "refund": ("money back", "return", "refund", "reimburse"),
}
FRAMES = (
    "my {0} for the {1} looks wrong", "please help with the {0} of my {1}", "where is the {0} about the {1}",
    "the {1} has a {0} problem again", "I asked twice about {0} and the {1}", "{0}: nobody answers about my {1}",
)  # fmt: skip
THINGS = ("lamp", "chair", "phone", "kettle", "jacket", "camera", "desk", "helmet", "sofa", "watch")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep transcripts and the practice server's files out of the user's own folders."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ADVISOR_HOME", str(folder))
    # What answers on the computer of the tests is not to be met in them.
    monkeypatch.setattr("advisor.world.machine.servers.PORTS", ())
    return folder


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes a test has started; none outlives it."""
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        process.kill()
        process.wait(10)


def tickets(rows: int, seed: int = 0) -> list[tuple[str, str]]:
    """Return distinct labelled tickets of four classes in equal shares."""
    chance = random.Random(seed)
    found: dict[str, str] = {}
    labels = sorted(SUBJECTS)
    while len(found) < rows:
        label = labels[len(found) % len(labels)]
        text = chance.choice(FRAMES).format(chance.choice(SUBJECTS[label]), chance.choice(THINGS))
        found.setdefault(f"{text} ({chance.randrange(10_000)})", label)
    return list(found.items())


@pytest.fixture
def ticket_file(tmp_path: Path) -> Path:
    """600 tickets as CSV, in a folder that can be written to."""
    return write_tickets(tmp_path / "tickets.csv", 600)


def write_tickets(path: Path, rows: int) -> Path:
    """Write tickets as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "category"])
        writer.writerows(tickets(rows))
    return path
