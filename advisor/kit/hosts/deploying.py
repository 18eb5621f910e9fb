"""Make a trained model answer, where a host does not do that by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from advisor.kit.endpoint import Endpoint
from advisor.kit.hosts.host import JobFailed, NotDeployed

DEPLOYED = "ADVISED_DEPLOYMENT_"
"""Followed by the candidate: the name the user gave to the deployment of its model."""


def register_adapter(client: Any, endpoint: Endpoint, job: Any, candidate: str, wait: Callable[[float], bool]) -> str:
    """Have the last checkpoint of a job served; return the name it answers to.

    Raises:
        JobFailed: there is no checkpoint, or the host does not serve it.
    """
    made = _registered(client, endpoint, job.id)
    if made is None:
        checkpoints = list(client.fine_tuning.jobs.checkpoints.list(job.id))
        if not checkpoints:
            raise JobFailed(f"The training job {job.id} succeeded, but the host has no checkpoint of it.")
        last = max(checkpoints, key=lambda checkpoint: checkpoint.step_number)
        body = {"name": f"advised-{candidate}", "base_model": job.model, "source": f"{job.id}:{last.id}"}
        # Not repeated when the answer is lost: the adapter may exist, and is found by its job.
        once = client.with_options(max_retries=0)
        made = once.post(custom_models(endpoint), cast_to=object, body=body)
    while made.get("status") == "validating":
        if wait(endpoint.poll_seconds):
            raise JobFailed(f"The model is trained; it was still being checked as {made['name']}.")
        made = client.get(custom_models(endpoint, made["name"]), cast_to=object)
    if made.get("status") != "active":
        reason = made.get("status_reason") or "it gave no reason"
        raise JobFailed(f"The model is trained, but the host does not serve it: {reason}")
    return str(made["name"])


def _registered(client: Any, endpoint: Endpoint, job_id: str) -> dict[str, Any] | None:
    """Return what an earlier run has registered, also one that died before it heard so."""
    models = client.get(custom_models(endpoint), cast_to=object)
    usable = (model for model in models if model.get("status") in ("validating", "active"))
    return next((model for model in usable if model.get("job_id") == job_id), None)


def custom_models(endpoint: Endpoint, name: str = "") -> str:
    """Return the address of adapters at Nebius; it stands beside the OpenAI-compatible one."""
    parts = urlsplit(endpoint.base_url)
    path = "/v0/models" + (f"/{quote(name)}" if name else "")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def deployed_by_hand(endpoint: Endpoint, trained: str, candidate: str) -> str:
    """Return the deployment that the user has made of a trained model.

    Raises:
        NotDeployed: none is named yet, with the commands that make one.
    """
    variable = DEPLOYED + candidate.upper()
    if name := os.environ.get(variable):
        return name
    raise NotDeployed(
        f"The model is trained: {trained}. The host answers with it once it is deployed, which takes a right that the "
        "key of this run does not carry.",
        f"Deploy it:\n  az cognitiveservices account deployment create {_where(endpoint, f'advised-{candidate}')} "
        f"--model-name {trained} --model-version 1 --model-format OpenAI --sku-name developertier --sku-capacity 50\n"
        "That tier is billed by the token and ends after 24 hours; standard is billed by the hour until deleted. "
        f"Then go on:\n  {variable}=advised-{candidate} python optimize.py --resume",
    )


def end_by_hand(endpoint: Endpoint, deployment: str) -> str:
    """Return the command that ends a deployment."""
    return f"az cognitiveservices account deployment delete {_where(endpoint, deployment)}"


def _where(endpoint: Endpoint, deployment: str) -> str:
    resource = endpoint.host.partition(".")[0]
    return f"--resource-group YOUR_GROUP --name {resource} --deployment-name {deployment}"


def wait_for_file(client: Any, file: Any, endpoint: Endpoint, wait: Callable[[float], bool]) -> None:
    """Wait until the host has looked at a file.

    Raises:
        JobFailed: it does not accept it.
    """
    while file.status not in ("processed", "error"):
        if wait(endpoint.poll_seconds):
            raise JobFailed("Interrupted while the host was checking the rows.")
        file = client.files.retrieve(file.id)
    if file.status == "error":
        raise JobFailed(f"The host does not accept the rows: {file.status_details or 'it gave no reason'}")
