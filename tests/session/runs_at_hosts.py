"""Runs at a host whose script does what a test says, each with the plan that says how it may be ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor.domain.plan import Driver, Host, Plan
from advisor.running import Running
from advisor.world import runner
from tests.projects.project_bench import make_plan
from tests.world.scripted import writer


def plan_at(driver: Driver, *, free: bool | None = None, **changes: Any) -> Plan:
    """Return a plan to train at a host; one on this computer is free unless told otherwise."""
    free = driver == "local" if free is None else free
    host = Host(name="x", base_url=None, key_variable="K", upload_to="x", driver=driver, free=free)
    return make_plan("gold_finetune", host=host, practice=False, **changes)


def started(folder: Path, script: str, plan: Plan) -> Running:
    """Start a run of a plan with a script of this body."""
    writer(folder)(script)
    (folder / "plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return Running(folder, plan, runner.start(folder))
