"""What a training has left at its host: how it is removed, and what goes on being billed until somebody ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from advisor.kit.endpoint import Endpoint
from advisor.kit.files import read_json
from advisor.kit.hosts import deploying
from advisor.kit.hosts.dialects import dialect_of
from advisor.kit.hosts.openai_compatible import connect
from advisor.kit.plan import Plan

Delete = Callable[[str], Any]


@contextmanager
def deletions(plan: Plan, endpoint: Endpoint) -> Iterator[list[tuple[str, Delete]]]:
    """Yield what of a job's record can be removed from the host, in this order, and how."""
    with connect(endpoint) as client:
        model: tuple[str, Delete] = ("fine_tuned_model", client.models.delete)
        match dialect_of(plan.host.name).deploy:
            case "adapter":
                address = deploying.custom_models
                model = ("fine_tuned_model", lambda name: client.delete(address(endpoint, name), cast_to=object))
            case "by_hand":
                model = ("trained_model", client.models.delete)
        yield [model, ("file_id", client.files.delete)]


def left_running(endpoint: Endpoint, records: Iterable[Path]) -> list[str]:
    """Say what the user has deployed for this run and this program cannot end."""
    told = []
    for path in records:
        if name := read_json(path).get("deployment"):
            end = deploying.end_by_hand(endpoint, str(name))
            told.append(f"The deployment {name} is still there and may be billed by the hour. To end it: {end}")
    return told
