"""What a training has left at its host: how it is removed, and what goes on being billed until somebody ends it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from advisor.kit.endpoint import Endpoint, resolve
from advisor.kit.files import read_whole
from advisor.kit.hosts import deploying, together_endpoints
from advisor.kit.hosts.dialects import dialect_of
from advisor.kit.hosts.hosted import end_left_over
from advisor.kit.hosts.left_jobs import cancel_left_over
from advisor.kit.hosts.openai_compatible import connect
from advisor.kit.hosts.together_endpoints import Endpoints
from advisor.kit.local import ending
from advisor.kit.plan import Plan, read_plan
from advisor.kit.report import harmless

Delete = Callable[[str], Any]


def tear_down(project: Path, out: TextIO) -> int:
    """End what runs of this project left running, at the host or here, tell it, and return the exit code."""
    plan, runs, told = read_plan(project / "plan.json"), project / "runs", list[str]()

    def tell(line: str) -> None:
        told.append(line)
        out.write(f"{harmless(line)}\n")
        out.flush()

    here = plan.host.driver == "local"
    failed = ending.end_left_over(runs, tell) if here else _end_at_host(plan, runs, tell)
    if not told:
        tell(f"Nothing that this project started is running {'on this computer' if here else 'at the host'}.")
    return 7 if failed else 0


def _end_at_host(plan: Plan, runs: Path, tell: Callable[[str], None]) -> int:
    endpoint, failed = resolve(plan, os.environ), 0
    if plan.host.driver == "together":
        failed = end_left_over(runs, Endpoints(endpoint), lambda text, level: tell(text), endpoint.poll_seconds)
    failed += cancel_left_over(plan, endpoint, runs, tell)
    for line in left_running(endpoint, sorted(runs.glob("*/jobs/*.json"))):
        tell(line)
    return failed


@contextmanager
def deletions(plan: Plan, endpoint: Endpoint) -> Iterator[list[tuple[str, Delete]]]:
    """Yield what of a job's record can be removed from the host, in this order, and how."""
    if plan.host.driver == "together":
        with _at_together(endpoint) as known:
            yield known
        return
    with connect(endpoint) as client:
        model: tuple[str, Delete] = ("fine_tuned_model", client.models.delete)
        match dialect_of(plan.host.name).deploy:
            case "adapter":
                address = deploying.custom_models
                model = ("fine_tuned_model", lambda name: client.delete(address(endpoint, name), cast_to=object))
            case "by_hand":
                model = ("trained_model", client.models.delete)
        yield [model, ("file_id", client.files.delete)]


@contextmanager
def _at_together(endpoint: Endpoint) -> Iterator[list[tuple[str, Delete]]]:
    """A deployment goes before its endpoint, and both before the model they serve."""
    with together_endpoints.connect(endpoint) as client:
        together_endpoints.in_project(client)
        deployments = client.endpoints.deployments

        def remove_deployment(ids: str) -> None:
            endpoint_id, _, deployment_id = ids.partition("/")
            deployments.delete(deployment_id, endpoint_id=endpoint_id)
            client.endpoints.delete(endpoint_id)

        yield [
            ("deployment_ids", remove_deployment), ("model_id", client.models.delete), ("file_id", client.files.delete)
        ]  # fmt: skip


def left_running(endpoint: Endpoint, records: Iterable[Path]) -> list[str]:
    """Say what the user has deployed for this run and this program cannot end."""
    told = []
    for path in records:
        try:
            name = read_whole(path).get("deployment")
        except (OSError, ValueError):
            # Who cancels jobs tells of a record that cannot be read.
            continue
        if name:
            end = deploying.end_by_hand(endpoint, str(name))
            told.append(f"The deployment {name} is still there and may be billed by the hour. To end it: {end}")
    return told
