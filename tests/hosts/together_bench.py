"""A candidate that is trained at a test server of Together, and its endpoint."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from advisor.kit.hosts.host import HostJob
from advisor.kit.hosts.hosted import Hosted
from advisor.kit.hosts.together import Together
from advisor.kit.hosts.together_endpoints import Endpoints
from advisor.kit.journal import Journal
from advisor.kit.watch import Meter, Watch
from tests.hosts.bench import ROWS, endpoint_at
from tests.hosts.together_api import BASE

RUN = "2026-11-22T10-00-00"
NAME = f"acme/advised-{RUN.lower()}-gold/tuned"
STEPS = ["Fine-tune request created", "Training started", "Step 2", "Step 4", "Job finished"]
SETTINGS = {"n_epochs": 3, "lora": True, "train_on_inputs": False}


class Trial:
    """One candidate that is trained at Together, and its endpoint."""

    def __init__(self, api: Any, runs: Path, budget: float | None = None) -> None:
        folder = runs / RUN
        self.journal = Journal(folder / "events.jsonl")
        self.endpoint = endpoint_at(api.base_url)
        self.watch = Watch({}, budget, Meter())
        self.hosted = Hosted(folder, Endpoints(self.endpoint), self.watch, self.journal.say, 0.01)
        self.provider = Together(self.endpoint, self.journal, folder / "jobs", "gold", self.hosted, RUN)
        self.job = HostJob(model=BASE)

    def agree(self, model: str = BASE) -> Any:
        self.provider.check(model, ROWS)
        return self.provider.terms(model, ROWS, SETTINGS)

    def train(self) -> str:
        return self.provider.finetune(self.job, f"openai/{BASE}", ROWS, SETTINGS)

    def ask(self, model: str = NAME) -> None:
        """Do what DSPy does before it asks a model."""
        self.hosted.on_lm_start("1", SimpleNamespace(model=f"openai/{model}"), {})

    def said(self) -> str:
        return "\n".join(event["text"] for event in self.journal.events() if event["kind"] == "said")
