"""What the advisor decides in a plan is what the kit goes by."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Optimizer, Role
from advisor.kit.plan import read_plan
from advisor.kit.preflight import lacking
from tests.projects.project_bench import make_plan

OLLAMA = Role(model="ollama_chat/llama3", price_in=0, price_out=0, elsewhere=True, address="http://127.0.0.1:11434")
HUB = Role(model="Qwen/Qwen3-8B", price_in=0, price_out=0)


@pytest.mark.parametrize(
    ("student", "optimizer", "here"),
    [(OLLAMA, "bootstrap_few_shot", False), (OLLAMA, "gepa", True), (HUB, "bootstrap_few_shot", True)],
)
def test_a_model_that_is_not_asked_needs_no_server_here(
    student: Role, optimizer: Optimizer, here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(host=HOSTS["local"].host, student=student, prompt_model=HUB, optimizer=optimizer)
    (tmp_path / "plan.json").write_text(plan.model_dump_json())
    kept = read_plan(tmp_path / "plan.json")
    assert (plan.serves_here, kept.serves_here) == (here, here)
    found = importlib.util.find_spec

    def without_torch(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "torch" else found(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without_torch)
    stop = lacking(kept)
    assert ("torch" in str(stop)) if here else stop is None
