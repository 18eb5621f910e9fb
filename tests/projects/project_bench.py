"""Small projects and a practice server to run them on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.domain.dataset import SplitSizes
from advisor.domain.events import RUN_EVENT, RunEvent
from advisor.domain.plan import Gates, Host, Plan, Role, RunRoute, Task
from advisor.domain.planning import STAGES
from tests import waiting

ROOT = Path(__file__).parents[2]
DEADLINE = 60.0

WORDS = {
    "account": ("password", "login", "email", "profile", "username"),
    "billing": ("invoice", "charge", "refund", "payment", "card"),
    "shipping": ("parcel", "courier", "delivery", "tracking", "late"),
    "technical": ("crash", "error", "bug", "screen", "freeze"),
}
FILLER = ("the", "my", "please", "help", "with", "today", "again", "about", "still", "a", "problem", "since", "why")


def tickets(count: int, seed: int, named: float = 0.5) -> list[dict[str, str]]:
    """Make tickets of four labels; `named` of them contain their label, which even the plain program reads."""
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        label = chance.choice(sorted(WORDS))
        words = [*chance.choices(FILLER, k=8), *chance.sample(WORDS[label], 2)]
        words += [label] if chance.random() < named else []
        chance.shuffle(words)
        rows.append({"text": " ".join(words), "category": label})
    return rows


def parts(plan: Plan, named: float = 0.5) -> dict[str, list[dict[str, str]]]:
    """Make rows for the three parts of a plan."""
    return {name: tickets(count, seed, named) for seed, (name, count) in enumerate(plan.split._asdict().items())}


def make_plan(route: RunRoute = "prompt_optimization", **changes: Any) -> Plan:
    """Return a plan on the practice host."""
    student = Role(model="practice-small", price_in=0.0, price_out=0.0, train_price=0.0)
    large = Role(model="practice-large", price_in=0.0, price_out=0.0, train_price=0.0)
    values: dict[str, Any] = {
        "name": "tickets",
        "title": "tickets.csv",
        "route": route,
        "task": Task(
            input_fields=("text",),
            label_field="category",
            labels=tuple(sorted(WORDS)),
            instruction="Read the text and choose its category.",
        ),
        "data_path": "tickets.csv",
        "split": SplitSizes(train=40, dev=30, test=30),
        "optimizer": "bootstrap_few_shot",
        "stages": STAGES[route],
        "host": Host(name="practice", base_url=None, key_variable="ADVISED_API_KEY", upload_to="127.0.0.1", free=True),
        "student": student,
        "teacher": large if route == "distillation" else None,
        "prompt_model": large,
        "gates": Gates(chance_score=0.3, min_traces=15, warn_traces=30),
        "threads": 4,
        "practice": True,
    }
    return Plan(**{**values, **changes})


@dataclass(frozen=True)
class Server:
    """A practice server in a process of its own."""

    process: subprocess.Popen[bytes]
    base_url: str

    def stats(self) -> dict[str, Any]:
        """Return the server's own counts."""
        told: dict[str, Any] = self._practice("stats")
        return told

    def at_rest(self) -> dict[str, int]:
        """Return the requests counted once no other program asks any more: one ended a moment ago may still."""
        counted: list[dict[str, int]] = [{}]

        def same_twice() -> bool:
            counted.append(self.stats()["requests"])
            return _asked(counted[-1]) == _asked(counted[-2])

        waiting.until(same_twice, "nobody asks the practice server")
        return counted[-1]

    def requests(self, what: str) -> int:
        """Return how many requests of a kind have come, for example `POST /v1/files`."""
        return int(self.stats()["requests"].get(what, 0))

    def arm(self, *faults: dict[str, Any]) -> None:
        """Arm faults, instead of those armed before."""
        self._practice("faults", method="DELETE")
        if faults:
            self._practice("faults", method="POST", body=list(faults))

    def _practice(self, name: str, method: str = "GET", body: object = None) -> Any:
        request = urllib.request.Request(
            f"{self.base_url.removesuffix('/v1')}/practice/{name}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.load(reply)


def start_server(folder: Path) -> Server:
    """Start a practice server that takes faults and ends with this process."""
    port_file = folder / "url"
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor.practice", "--port", "0", "--port-file", str(port_file),
         "--state", str(folder / "state"), "--allow-faults", "--exit-with-stdin"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + DEADLINE
    while not port_file.exists():
        assert process.poll() is None, "the practice server ended"
        assert time.monotonic() < end, "the practice server did not start"
        # Waits for the process, so that it costs no time when it dies.
        poll(process, 0.02)
    return Server(process, port_file.read_text().strip())


def poll(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """Return the exit code of a process, after at most `seconds`."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


@dataclass(frozen=True)
class Project:
    """A generated project and the server it runs on."""

    folder: Path
    server: Server

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of its `optimize.py`."""
        return [sys.executable, str(self.folder / "optimize.py"), *arguments]

    def environment(self, **changes: str) -> dict[str, str]:
        """Return the environment it runs in, which knows nothing of the advisor."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ADVISED_", "OPENAI_"))}
        kept.pop("PYTHONPATH", None)
        return {**kept, "ADVISED_BASE_URL": self.server.base_url, "ADVISED_POLL_SECONDS": "0.05", **changes}

    def run(self, *arguments: str, script: str = "optimize.py", given: str = "", **changes: str) -> Ended:
        """Run a script of the project from another folder and wait for it."""
        done = subprocess.run(
            [sys.executable, str(self.folder / script), *arguments],
            cwd=self.folder.parent, env=self.environment(**changes), input=given, text=True, capture_output=True,
            timeout=DEADLINE,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str, **changes: str) -> subprocess.Popen[bytes]:
        """Start the project without waiting for it."""
        return subprocess.Popen(
            self.command(*arguments), env=self.environment(**changes), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def runs(self) -> list[Path]:
        """Return the folders of its runs, oldest first."""
        return sorted(path.parent for path in (self.folder / "runs").glob("*/events.jsonl"))

    def events(self, kind: str | None = None) -> list[Any]:
        """Return the events of its newest run; every line has to be one."""
        return [event for event in read_run(self.runs()[-1]) if kind in (None, event.kind)]

    def wait_for(self, process: subprocess.Popen[bytes], kind: str, **fields: object) -> None:
        """Return once a running project has reported such an event."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            ended = poll(process, 0.02)
            if self.runs() and any(matches(line, kind, fields) for line in lines_of(self.runs()[-1])):
                return
            assert ended is None, f"it ended with {ended} before reporting {kind}"
        raise AssertionError(f"no {kind} came")


@dataclass(frozen=True)
class Ended:
    """A script that has ended."""

    code: int
    out: str
    err: str


def lines_of(run: Path) -> list[str]:
    """Return the lines of a run's journal."""
    return (run / "events.jsonl").read_text("utf-8").splitlines()


def read_run(run: Path) -> list[RunEvent]:
    """Return the events of a run by the advisor's own schema."""
    return [RUN_EVENT.validate_json(line) for line in lines_of(run)]


def matches(line: str, kind: str, fields: dict[str, object]) -> bool:
    """Return whether a whole line reports this."""
    try:
        event = json.loads(line)
    except ValueError:
        return False
    return event.get("kind") == kind and all(event.get(name) == value for name, value in fields.items())


def _asked(requests: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in requests.items() if name != "GET /practice/stats"}
