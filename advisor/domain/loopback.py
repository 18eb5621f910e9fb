"""Which addresses are this computer's, and where model servers listen on it. A project carries this file along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Listens(NamedTuple):
    """How LiteLLM finds a server that is started by hand."""

    variable: str
    """Environment variable in which LiteLLM looks for its address."""
    address: str
    """Where it listens on this computer unless told otherwise."""


SERVERS: dict[str, Listens] = {
    "ollama": Listens("OLLAMA_API_BASE", "http://127.0.0.1:11434"),
    "ollama_chat": Listens("OLLAMA_API_BASE", "http://127.0.0.1:11434"),
    "hosted_vllm": Listens("HOSTED_VLLM_API_BASE", "http://127.0.0.1:8000/v1"),
    "lm_studio": Listens("LM_STUDIO_API_BASE", "http://127.0.0.1:1234/v1"),
    "llamafile": Listens("LLAMAFILE_API_BASE", "http://127.0.0.1:8080/v1"),
}
"""By the name LiteLLM writes before a model's."""


def computer_of(address: str) -> str:
    """Return the host name in an address, or in a host and port; empty where there is none."""
    try:
        return urlsplit(address if "://" in address else f"http://{address}").hostname or ""
    except ValueError:
        return ""


def is_here(address: str) -> bool:
    """Say whether an address is one of this computer."""
    return computer_of(address) in LOOPBACK


def usual_address(model: str) -> str:
    """Return where the server of a model listens unless told otherwise; empty where no such server is meant."""
    known = SERVERS.get(model.partition("/")[0])
    return known.address if known else ""


def named_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses that the environment gives these servers, by the name before a model's."""
    named = {name: environment.get(server.variable, "").strip() for name, server in SERVERS.items()}
    return {name: address for name, address in named.items() if address}
