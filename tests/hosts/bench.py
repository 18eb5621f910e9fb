"""A provider at a test server, in this process or in one that can be killed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import openai  # noqa: F401  # so that children need not

from advisor.kit.endpoint import Endpoint
from advisor.kit.files import read_json
from advisor.kit.hosts.host import HostJob
from advisor.kit.hosts.openai_compatible import OpenAICompatible
from advisor.kit.journal import Journal
from tests import waiting
from tests.hosts.api import Api

ROWS = [
    {"messages": [{"role": "user", "content": f"ticket {n}"}, {"role": "assistant", "content": "billing"}]}
    for n in range(12)
]

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.hosts.bench"])


def endpoint_at(base_url: str) -> Endpoint:
    """Return an endpoint whose jobs are looked at without a pause worth mentioning."""
    return Endpoint(
        base_url=base_url, key="secret-key", host="127.0.0.1", upload_to="127.0.0.1", poll_seconds=0.01, free=False,
        identity=base_url,
    )  # fmt: skip


class Trial:
    """One candidate that is trained."""

    def __init__(self, api: Api, folder: Path, host: str) -> None:
        self.folder = folder
        self.journal = Journal(folder / "events.jsonl")
        self.provider = OpenAICompatible(endpoint_at(api.base_url), self.journal, folder / "jobs", "gold", host)
        self.job = HostJob(model="small")

    @property
    def record(self) -> dict[str, Any]:
        return read_json(self.provider.path)

    def train(self, model: str = "small", **settings: Any) -> str:
        settings = {**self.provider.dialect.settings, **settings}
        return self.provider.finetune(self.job, f"openai/{model}", ROWS, settings)

    def told(self) -> list[str]:
        """Return what was reported of the job, in its order."""
        return [event["message"] for event in self.journal.events() if event["kind"] == "job_reported"]


def start(run: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Run a function in a process of its own."""
    process: BaseProcess = CHILDREN.Process(target=run, args=arguments)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """End a process as a power cut would."""
    assert process.is_alive(), f"it ended by itself with {process.exitcode}"
    process.kill()
    process.join(10)


def kill_once(process: BaseProcess, holds: Callable[[], bool], what: str) -> None:
    """Kill a process as soon as something holds."""
    waiting.until(lambda: holds() or not process.is_alive(), what)
    kill(process)
