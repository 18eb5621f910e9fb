"""Training jobs that runs have left going at their host: found in the runs' records, and cancelled."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from advisor.kit.endpoint import Endpoint
from advisor.kit.files import read_whole, write_json
from advisor.kit.hosts import openai_compatible, together, together_endpoints
from advisor.kit.hosts.host import ENDED
from advisor.kit.hosts.hosted import pause
from advisor.kit.lock import left_alone
from advisor.kit.opening import SETTINGS
from advisor.kit.plan import Plan
from advisor.kit.refusals import words

LOOKS = 5
"""How often a job that was cancelled is looked at until it has ended."""

Job = tuple[str, str]
"""Its id, and its status as OpenAI would call it."""
Find = Callable[[dict[str, Any]], Job | None]
Cancel = Callable[[str], str]
Tell = Callable[[str], None]


def cancel_left_over(plan: Plan, endpoint: Endpoint, runs: Path, tell: Tell) -> int:
    """Cancel what dead runs of a project have left training at their host; return how much of it could not be.

    A run that another process is at keeps its own.
    """
    with_jobs = sorted({path.parent.parent for path in runs.glob("*/jobs/*.json")})
    return sum(_cancelled_of(run, plan, endpoint, tell) for run in left_alone(with_jobs, tell))


def _cancelled_of(run: Path, plan: Plan, endpoint: Endpoint, tell: Tell) -> int:
    open_ones, failed = _left_open(run, tell)
    if not open_ones or not _trained_here(run, endpoint, tell):
        return failed + len(open_ones)
    for path, record in open_ones:
        try:
            with _at_host(plan, endpoint) as (find, cancel):
                failed += not _cancelled(path, record, find, cancel, endpoint, tell)
        except Exception as error:
            # Whatever it is: the user has to hear of it, and the next job has to be cancelled too.
            tell(f"{_not_cancelled(record, run.name)}: {words(error)}")
            failed += 1
    return failed


def _left_open(run: Path, tell: Tell) -> tuple[list[tuple[Path, dict[str, Any]]], int]:
    """Return the records of jobs that may be at the host, and how many records cannot be read."""
    open_ones, torn = [], 0
    for path in sorted((run / "jobs").glob("*.json")):
        try:
            record = read_whole(path)
            if any(not isinstance(record.get(name, ""), str | None) for name in ("job_id", "file_id", "status")):
                raise ValueError("it is not whole")
        except (OSError, ValueError) as error:
            why = f"The record jobs/{path.name} of the run {run.name} cannot be read: {words(error)}"
            tell(f"{why}. A training job of it may go on and be billed: look at the host.")
            torn += 1
            continue
        if _may_go_on(record):
            open_ones.append((path, record))
    return open_ones, torn


def _trained_here(run: Path, endpoint: Endpoint, tell: Tell) -> bool:
    try:
        trained_at = read_whole(run / SETTINGS).get("host")
    except (OSError, ValueError) as error:
        why = f"Where the run {run.name} trained cannot be read from {SETTINGS}: {words(error)}"
        tell(f"{why}. A training job of it may go on and be billed: look at the host.")
        return False
    if trained_at != endpoint.identity:
        tell(f"The run {run.name} trained at {trained_at}, not at {endpoint.identity}: set ADVISED_BASE_URL back.")
    return bool(trained_at == endpoint.identity)


def _may_go_on(record: dict[str, Any]) -> bool:
    """Say whether a job may be at the host: one whose id was never written down is found by its file."""
    return bool(record.get("job_id") or record.get("file_id")) and record.get("status") not in ENDED


def _not_cancelled(record: dict[str, Any], run: str) -> str:
    if job_id := record.get("job_id"):
        return f"The training job {job_id} of the run {run} could not be cancelled and may go on being billed"
    return f"Whether the host trains on {record['file_id']} for the run {run} could not be seen"


def _cancelled(path: Path, record: dict[str, Any], find: Find, cancel: Cancel, endpoint: Endpoint, tell: Tell) -> bool:
    """Return whether nothing of a job goes on."""
    run = path.parent.parent.name
    found = find(record)
    if found is None:
        if job_id := record.get("job_id"):
            tell(f"The host knows nothing of the training job {job_id} of the run {run} any more.")
        return True
    job_id, status = found
    if status in ENDED:
        tell(f"The training job {job_id} of the run {run} has {_ended_as(status)} already.")
    else:
        status = _waited_for(cancel(job_id), functools.partial(find, {"job_id": job_id}), endpoint.poll_seconds)
        tell(f"The training job {job_id} of the run {run} {_told(status, free=endpoint.free)}")
    write_json(path, {**record, "job_id": job_id, "status": status})
    return status in ENDED


def _waited_for(status: str, find: Callable[[], Job | None], seconds: float) -> str:
    for _ in range(LOOKS):
        if status in ENDED:
            break
        pause(seconds)
        status = (find() or ("", status))[1]
    return status


def _told(status: str, *, free: bool) -> str:
    if status == "cancelled":
        billed = "what was trained until now may be billed. --resume would train anew, and that is billed anew."
        return "is cancelled." if free else f"is cancelled; {billed}"
    if status in ENDED:
        return f"has {_ended_as(status)} before it could be cancelled."
    return f"was asked to stop, and the host says that it is {status}: it may go on being billed. Look again later."


def _ended_as(status: str) -> str:
    return "been cancelled" if status == "cancelled" else status


@contextmanager
def _at_host(plan: Plan, endpoint: Endpoint) -> Iterator[tuple[Find, Cancel]]:
    """Yield how a job is found by its record, and how one is cancelled."""
    if plan.host.driver == "together":
        with together_endpoints.connect(endpoint) as client:
            together_endpoints.in_project(client)
            yield functools.partial(together.found, client), functools.partial(together.cancelled, client)
        return
    with openai_compatible.connect(endpoint) as client:
        found, cancelled = openai_compatible.found, openai_compatible.cancelled
        yield functools.partial(found, client), functools.partial(cancelled, client)
