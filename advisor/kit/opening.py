"""Open the folder of a run: a new one, or an unfinished one to go on with."""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dspy

from advisor.kit import prices
from advisor.kit.endpoint import Endpoint, Roles, cast, resolve, told_of_other_computers
from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.hosted import Hosted
from advisor.kit.hosts.together_endpoints import Endpoints
from advisor.kit.journal import Event, Journal, ending, read_events
from advisor.kit.local.servers import Servers
from advisor.kit.lock import Lock
from advisor.kit.models import Models
from advisor.kit.plan import Plan, read_plan
from advisor.kit.progress import Progress
from advisor.kit.rows import Parts, read_parts
from advisor.kit.run import Agree, Run
from advisor.kit.stops import Stop
from advisor.kit.watch import Meter, Watch

SETTINGS = "settings.json"
COMPLETE = ("done", "stopped_at_gate")


@dataclass(frozen=True)
class Setting:
    """What a run needs, before it has a folder."""

    runs: Path
    plan: Plan
    endpoint: Endpoint
    roles: Roles
    parts: Parts
    task: Any
    budget: float | None


def prepare(project: Path, task: Any, options: argparse.Namespace) -> Setting:
    """Read the plan, the environment and the rows.

    Raises:
        Stop: one of them cannot be used.
    """
    plan = read_plan(project / "plan.json")
    endpoint = resolve(plan, os.environ)
    roles = cast(plan, os.environ)
    free = endpoint.free and not prices.billed_beside(plan, roles)
    budget = None if free else plan.budget_usd if options.budget is None else options.budget
    return Setting(
        runs=project / "runs",
        plan=plan,
        endpoint=endpoint,
        roles=roles,
        parts=read_parts(project / "data", task.INPUTS, task.LABEL, options.limit),
        task=task,
        budget=budget,
    )


def choose_folder(runs: Path, options: argparse.Namespace) -> Path:
    """Return the folder of this run.

    Raises:
        Stop: a new run would write over an old one, or there is nothing to go on with.
    """
    if options.resume:
        folder = options.run_dir or _newest_unfinished(runs)
        if folder is None or not _has_begun(folder):
            raise Stop("usage", "There is no unfinished run to go on with.", "Leave --resume out to begin a new one.")
        return Path(folder).resolve()
    folder = options.run_dir or _stamped(runs)
    if _has_begun(folder):
        raise Stop("usage", f"{folder} holds a run already.", "Add --resume to go on with it.")
    return Path(folder).resolve()


def can_go_on(runs: Path, named: Path | None) -> bool:
    """Return whether there is a run to go on with: the named one, or any unfinished one."""
    folder = named or _newest_unfinished(runs)
    return folder is not None and _has_begun(folder)


def _has_begun(folder: Path) -> bool:
    events = folder / "events.jsonl"
    return events.exists() and events.stat().st_size > 0


def limit_of(folder: Path) -> int | None:
    """Return the limit a run began with: its rows are the same when it goes on."""
    limit = read_json(folder / SETTINGS).get("limit")
    return limit if isinstance(limit, int) else None


def all_runs(runs: Path) -> list[Path]:
    """Return the folders of all runs, newest first."""
    return sorted((path.parent for path in runs.glob("*/events.jsonl")), key=lambda folder: folder.name, reverse=True)


def _newest_unfinished(runs: Path) -> Path | None:
    """Return the run to go on with; one that was refused before its first stage hides none that has paid for some."""
    refused = None
    for folder in all_runs(runs):
        events = list(read_events(folder / "events.jsonl"))
        last = ending(events)
        if not _has_begun(folder) or (last and last["outcome"] in COMPLETE):
            continue
        if any(event["kind"] == "stage_started" for event in events):
            return folder
        refused = refused or folder
    return refused


def _stamped(runs: Path) -> Path:
    stamp = time.strftime("%Y-%m-%dT%H-%M-%S")
    folder, number = runs / stamp, 1
    while folder.exists():
        number += 1
        folder = runs / f"{stamp}-{number}"
    return folder


def open_run(
    folder: Path,
    setting: Setting,
    options: argparse.Namespace,
    show: Callable[[Event], None],
    agree: Agree,
) -> Run:
    """Open the run and set DSPy up for it.

    Raises:
        Stop: the folder cannot be written, is in use, or belongs to a run with other models or rows.
    """
    lock, journal = _claim(folder, setting, options.limit, show)
    plan, endpoint, roles = setting.plan, setting.endpoint, setting.roles
    known = prices.known(plan, roles, endpoint) | prices.of_tuned(_tuned_models(folder), roles.student, endpoint, plan)
    watch = Watch(known, setting.budget, _spent_before(journal.events()))
    progress = Progress(journal, watch.meter)
    servers, hosted = _answering(folder, setting, watch, journal)
    models = Models(plan, endpoint, roles, servers)
    before_calls = [callback for callback in (servers, hosted) if callback]
    _set_up_dspy(setting, models, folder / "cache", [*before_calls, watch, progress])
    run = Run(
        folder=folder,
        runs=setting.runs,
        plan=plan,
        endpoint=endpoint,
        roles=roles,
        task=setting.task,
        parts=setting.parts,
        lock=lock,
        journal=journal,
        watch=watch,
        progress=progress,
        limited=options.limit is not None,
        agree=agree,
        models=models,
        hosted=hosted,
    )
    _announce(run, resumed=options.resume)
    return run


def _answering(folder: Path, setting: Setting, watch: Watch, journal: Journal) -> tuple[Servers | None, Hosted | None]:
    """Return what has to be up before a call: servers on this computer, or endpoints that are rented."""
    driver = setting.plan.host.driver
    servers = Servers(setting.runs.parent, folder / "servers", journal.say) if driver == "local" else None
    rented = Endpoints(setting.endpoint) if driver == "together" else None
    hosted = Hosted(folder, rented, watch, journal.say, setting.endpoint.poll_seconds) if rented else None
    return servers, hosted


def _claim(folder: Path, setting: Setting, limit: int | None, show: Callable[[Event], None]) -> tuple[Lock, Journal]:
    try:
        lock = Lock(folder)
        try:
            journal = Journal(folder / "events.jsonl", show)
            _same_run(folder / SETTINGS, setting, limit)
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise Stop(
            "usage", f"{folder} cannot be written: {error.strerror}.", "Give another one with --run-dir."
        ) from error
    return lock, journal


def _set_up_dspy(setting: Setting, models: Models, cache: Path, callbacks: list[Any]) -> None:
    # DSPy's cache does not look at the address: answers of two hosts would be mixed.
    host = hashlib.sha256(setting.endpoint.identity.encode()).hexdigest()[:12]
    dspy.configure_cache(disk_cache_dir=str(cache / host))
    dspy.configure(
        lm=models(setting.roles.student.model),
        adapter=dspy.ChatAdapter(),
        callbacks=callbacks,
        num_threads=setting.plan.threads,
        # Otherwise every copy of a program copies the whole history of its model.
        max_history_size=0,
    )


def _same_run(path: Path, setting: Setting, limit: int | None) -> None:
    """A run goes on only with the models, the host and the rows it began with."""
    now = {
        "host": setting.endpoint.identity,
        "student": setting.roles.student.model,
        "teacher": setting.roles.teacher and setting.roles.teacher.model,
        "prompt_model": setting.roles.prompt_model.model,
        "judge": setting.roles.judge and setting.roles.judge.model,
        "rows": setting.parts.sizes(),
    }
    before = read_json(path)
    for name, value in now.items():
        if before and before.get(name) != value:
            raise Stop(
                "usage",
                f"This run began with {name} {before.get(name)!r}, not {value!r}.",
                "Set it back, or leave --resume out to begin a new run.",
            )
    write_json(path, {**now, "limit": limit})


def _tuned_models(folder: Path) -> list[str]:
    names = (read_json(path).get("fine_tuned_model") for path in (folder / "jobs").glob("*.json"))
    return [f"openai/{name}" for name in names if name]


def _spent_before(events: list[Event]) -> Meter:
    for event in reversed(events):
        if event.get("meter"):
            return Meter(**event["meter"])
    return Meter()


def _announce(run: Run, *, resumed: bool) -> None:
    plan, roles = run.plan, run.roles
    for said in told_of_other_computers(prices.used(plan, roles), os.environ):
        run.journal.say(said, "warning")
    run.journal.append(
        "started",
        run=run.folder.name,
        route=plan.route,
        practice=plan.practice and run.endpoint.free,
        host=plan.host.name,
        endpoint=run.endpoint.base_url,
        student=roles.student.model,
        teacher=roles.teacher and roles.teacher.model,
        rows=run.parts.sizes(),
        stages=run.stages,
        resumed=resumed,
        versions={
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in ("dspy", "openai")},
        },
    )
