"""The language models of a run, by name."""

from __future__ import annotations

import os
from typing import Any

import dspy

from advisor.domain.loopback import past_proxies, usual_address
from advisor.kit.endpoint import Endpoint, Roles
from advisor.kit.local.servers import Servers
from advisor.kit.plan import Plan

RETRIES = 3
"""DSPy waits 1, 2 and 4 seconds, or what the host asks for."""

TIMEOUT_SECONDS = 120

ANSWER_TOKENS = 100
"""Marks and slips around a label: a model that was not trained yet may never stop by itself."""
REASONING_TOKENS = 1500
WRITING_TOKENS = 2000
"""Instructions for an optimizer."""


def clean_environment() -> None:
    """Keep the process from reaching any other host, from fetching price lists, and servers here from a proxy.

    With OPENAI_BASE_URL set, DSPy leaves its own client for LiteLLM's even when an address is given: a third
    of the speed.
    """
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        os.environ.pop(name, None)
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ.update(past_proxies(os.environ))


class Models:
    """Builds models that can answer but not be trained: training goes through `training.train` alone."""

    def __init__(self, plan: Plan, endpoint: Endpoint, roles: Roles, servers: Servers | None) -> None:
        self._plan, self._endpoint, self.servers = plan, endpoint, servers
        """Servers are there where models answer on this computer, else None."""
        self._elsewhere = {role.model: role for role in roles.all() if role.elsewhere}
        self._own = {role.model for role in roles.all() if not role.elsewhere}

    def __call__(self, name: str, *, writes: bool = False) -> Any:
        """Return the model of that name, as it is in the plan or as DSPy has it; `writes` where more than a label."""
        if role := self._elsewhere.get(name):
            # Its key is where LiteLLM looks for it; the address of a server that answers here is never left to a
            # variable, which may name another computer. DSPy's own client would take it for that of another API.
            address = role.address or usual_address(role.model)
            found = {"api_base": address, "engine": "litellm"} if address else {}
            return dspy.LM(role.model, num_retries=RETRIES, timeout=TIMEOUT_SECONDS, provider=dspy.Provider(), **found)
        if self.servers:
            return self._served_here(self.servers, name, WRITING_TOKENS if writes else self._answer_tokens())
        return self._asked(qualified(name, self._plan.host.name), self._endpoint.base_url)

    def _served_here(self, servers: Servers, name: str, most: int) -> Any:
        # `openai/gpt-oss-20b` is a name on the hub, too.
        name = name if name in self._own else name.removeprefix("openai/")
        return self._asked(f"openai/{name}", servers.address(name), max_tokens=most)

    def _asked(self, name: str, address: str, **limits: int) -> Any:
        return dspy.LM(
            name,
            api_base=address,
            api_key=self._endpoint.key,
            num_retries=RETRIES,
            timeout=TIMEOUT_SECONDS,
            provider=dspy.Provider(),
            **limits,
        )

    def _answer_tokens(self) -> int:
        """Return how long an answer may become: a token holds at least a character."""
        longest = max((len(label) for label in self._plan.labels), default=0)
        return longest + (REASONING_TOKENS if self._plan.reasoning else ANSWER_TOKENS)


def qualified(model: str, host: str) -> str:
    """Return the name DSPy needs: `openai/` for the protocol, then the host's own name of the model."""
    for prefix in ("openai/", f"{host}/"):
        model = model.removeprefix(prefix)
    return f"openai/{model}"
