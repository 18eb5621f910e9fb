"""The language models of a run."""

from __future__ import annotations

import os
from typing import Any

import dspy

from advisor.kit.endpoint import Endpoint
from advisor.kit.plan import Plan

RETRIES = 3
"""DSPy waits 1, 2 and 4 seconds, or what the host asks for."""

TIMEOUT_SECONDS = 120


def clean_environment() -> None:
    """Keep the process from reaching any other host, and from fetching price lists.

    With OPENAI_BASE_URL set, DSPy leaves its own client for LiteLLM's even when an address is given: a third
    of the speed.
    """
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        os.environ.pop(name, None)
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"


def language_model(model: str, endpoint: Endpoint, plan: Plan) -> Any:
    """Return a model that can answer but not be trained: training goes through `training.train` alone."""
    return dspy.LM(
        qualified(model, plan.host.name),
        api_base=endpoint.base_url,
        api_key=endpoint.key,
        num_retries=RETRIES,
        timeout=TIMEOUT_SECONDS,
        provider=dspy.Provider(),
    )


def qualified(model: str, host: str) -> str:
    """Return the name DSPy needs: `openai/` for the protocol, then the host's own name of the model."""
    for prefix in ("openai/", f"{host}/"):
        model = model.removeprefix(prefix)
    return f"openai/{model}"
