"""Remove from the host what training a candidate has left there: the uploaded rows and the tuned model."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from advisor.kit.endpoint import Endpoint, resolve
from advisor.kit.files import read_json, write_json
from advisor.kit.hosts.host import ENDED
from advisor.kit.hosts.removing import deletions, left_running
from advisor.kit.lock import Lock
from advisor.kit.models import clean_environment
from advisor.kit.opening import SETTINGS
from advisor.kit.plan import Plan, read_plan
from advisor.kit.refusals import failed, refused
from advisor.kit.stops import Stop


def forget(project: Path, candidate: str, folder: Path) -> list[str]:
    """Remove them and return what happened, a line for each; what the host no longer has counts as removed.

    Raises:
        Stop: nothing was trained under that name, this is another host, it says no, or the run is still going.
    """
    clean_environment()
    path = folder / "jobs" / f"{candidate}.json"
    known = sorted(path.stem for path in (folder / "jobs").glob("*.json"))
    if candidate not in known:
        raise Stop("usage", f"{folder} has trained no {candidate!r}.", f"It trained: {', '.join(known) or 'nothing'}.")
    plan = read_plan(project / "plan.json")
    endpoint = resolve(plan, os.environ)
    if (trained_at := read_json(folder / SETTINGS).get("host")) != endpoint.identity:
        raise Stop(
            "usage", f"The run trained at {trained_at}, not at {endpoint.identity}.", "Set ADVISED_BASE_URL back."
        )
    lock = Lock(folder)
    try:
        if plan.host.driver == "local":
            return _removed_here(folder, path)
        return _removed(plan, endpoint, path)
    finally:
        lock.release()


def _removed_here(folder: Path, path: Path) -> list[str]:
    """Remove the folder of a training on this computer; the rows in it are copies of those in `data/`."""
    record = read_json(path)
    place = folder / "tuning" / str(record.get("job_id"))
    if not place.is_dir():
        return ["There was nothing left to remove."]
    Lock(place).release()
    shutil.rmtree(place)
    write_json(path, {name: told for name, told in record.items() if name != "fine_tuned_model"})
    return [f"{place.relative_to(folder)}: removed"]


def _removed(plan: Plan, endpoint: Endpoint, path: Path) -> list[str]:
    record, told = read_json(path), left_running(endpoint, [path])
    if record.get("job_id") and record.get("status") not in ENDED:
        told.append(f"The training job {record['job_id']} had not ended; a model it still makes stays at the host.")
    with deletions(plan, endpoint) as known:
        for name, delete in known:
            if found := record.get(name):
                told.append(f"{found}: {_delete(delete, str(found))}")
                record.pop(name)
                write_json(path, record)
    # A resumed run would otherwise wait for the job and be given the removed model.
    if record.pop("job_id", None):
        record.pop("fine_tuned_model", None)
        write_json(path, record)
    return told or ["There was nothing left to remove."]


def _delete(delete: Callable[[str], Any], found: str) -> str:
    try:
        delete(found)
    except Exception as error:
        if getattr(error, "status_code", None) == 404:
            return "was gone already"
        raise refused(error) or failed(error) from error
    return "removed"
