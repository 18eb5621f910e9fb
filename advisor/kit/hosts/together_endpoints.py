"""Dedicated endpoints at Together: what a tuned model can be served on, and starting and stopping that.

Together serves a tuned model on hardware of its own, billed by the minute whether or not anybody asks. An endpoint
holds a deployment; with no replicas it is stopped and free, and keeps its name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from advisor.kit.endpoint import Endpoint
from advisor.kit.stops import Stop

RETRIES = 5
STOPS_ITSELF_MINUTES = 30
"""Without a call; the shortest that Together takes. It ends the bill if this computer never comes back."""


@dataclass(frozen=True)
class Hardware:
    """What a model is served on."""

    config: str
    label: str
    cents_per_hour: int


def connect(endpoint: Endpoint) -> Any:
    """Return Together's client.

    Raises:
        Stop: its package is not installed.
    """
    try:
        import together
    except ImportError as error:
        raise Stop("usage", "Training at Together needs its package.", 'Run: pip install "together>=3.1,<4"') from error
    client = together.Together(
        base_url=endpoint.base_url.removesuffix("/v1"), api_key=endpoint.key, max_retries=RETRIES
    )
    client.project_id = os.environ.get("TOGETHER_PROJECT_ID") or None
    return client


def in_project(client: Any) -> str:
    """Return the project the key belongs to, and have the client use it.

    Raises:
        Stop: the key belongs to none.
    """
    if not client.project_id:
        project = getattr(client.whoami(), "project", None)
        if project is None:
            raise Stop("usage", "This key belongs to no project at Together.", "Set TOGETHER_PROJECT_ID.")
        client.project_id = project.id
    return str(client.project_id)


def hardware_for(client: Any, base: str) -> Hardware:
    """Return the cheapest hardware that serves tunes of a base model.

    Raises:
        Stop: none does.
    """
    none = Stop(
        "host_refused",
        f"Together can train {base} but not serve what comes of it: no deployment profile fits.",
        "Choose a base from docs.together.ai/docs/dedicated-endpoints/models with ADVISED_STUDENT, in a new run.",
    )
    known = next((model for model in client.models.list_supported(search=base) if model.name == base), None)
    if known is None:
        raise none
    prices = {kind.name: kind for kind in client.endpoints.hardware.list().data}
    fits = []
    for config in client.models.configs.list(reference_model_id=known.base_model_id or known.id):
        told = {selector.key: selector.value for selector in config.selectors}
        kind = prices.get(f"{told.get('accelerator_count')}x{told.get('accelerator_type')}")
        if kind is not None:
            path = f"projects/{config.project_id}/configs/{config.id}"
            label = f"{kind.gpu_count}x {kind.gpu_type} {kind.gpu_memory_gib} GiB"
            fits.append(Hardware(path, label, kind.price_cents_per_hour))
    if not fits:
        raise none
    return min(fits, key=lambda hardware: hardware.cents_per_hour)


class Endpoints:
    """Deployments at Together, each known by the ids in a dictionary that is on disk."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._known: Any = None

    @property
    def _client(self) -> Any:
        if self._known is None:
            self._known = connect(self._endpoint)
            in_project(self._known)
        return self._known

    def create(self, name: str, model: str, hardware: Hardware) -> dict[str, Any]:
        """Return a deployment that is stopped, and so not billed: the one of that name if there is one."""
        client = self._client
        found = (item for item in client.endpoints.list() if item.name.rpartition("/")[2] == name)
        endpoint = next(found, None) or client.endpoints.create(name=name)
        made = next(iter(client.endpoints.deployments.list(endpoint.id)), None)
        if made is None:
            made = client.endpoints.deployments.create(
                endpoint.id,
                name="tuned",
                model=model,
                config=hardware.config,
                autoscaling={"min_replicas": 0, "max_replicas": 0},
                inactive_timeout=STOPS_ITSELF_MINUTES,
            )
        return {"endpoint_id": endpoint.id, "deployment_id": made.id, "model": made.name}

    def scale(self, ids: dict[str, Any], replicas: int) -> None:
        """Start a deployment with one replica, or stop it with none."""
        self._client.endpoints.deployments.update(
            ids["deployment_id"],
            endpoint_id=ids["endpoint_id"],
            autoscaling={"min_replicas": replicas, "max_replicas": replicas},
            update_mask="autoscaling",
        )

    def state(self, ids: dict[str, Any]) -> tuple[str, str]:
        """Return the state of a deployment, and what is said of it."""
        status = self._client.endpoints.deployments.retrieve(
            ids["deployment_id"], endpoint_id=ids["endpoint_id"]
        ).status
        return status.state, status.message


def command(ids: dict[str, Any], replicas: int) -> str:
    """Return the command that starts or stops a deployment by hand."""
    return f"tg endpoints update {ids['deployment_id']} --min-replicas {replicas} --max-replicas {replicas}"
