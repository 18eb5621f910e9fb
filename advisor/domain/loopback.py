"""Which addresses are this computer's, and where model servers listen on it. A project carries this file along."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

PROXIES = ("http_proxy", "https_proxy", "all_proxy")
"""Variables that send calls through another computer, written small or in capitals."""
SPARED = ("127.0.0.1", "localhost", "::1", "0.0.0.0")
"""This computer as a list of exceptions to proxies can name it, which knows no ranges."""


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
    return is_this_computer(computer_of(address))


def is_this_computer(host: str) -> bool:
    """Say whether a host name is this computer's own: localhost, a loopback address, or the one that means any here."""
    if host.lower() == "localhost":
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return False
    number = number.ipv4_mapped or number if isinstance(number, IPv6Address) else number
    return number.is_loopback or number.is_unspecified


def usual_address(model: str) -> str:
    """Return where the server of a model listens unless told otherwise; empty where no such server is meant."""
    known = SERVERS.get(model.partition("/")[0])
    return known.address if known else ""


def named_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses that the environment gives these servers, by the name before a model's."""
    named = {name: environment.get(server.variable, "").strip() for name, server in SERVERS.items()}
    return {name: address for name, address in named.items() if address}


def past_proxies(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that keep calls to this computer away from a proxy; none where no proxy is named.

    Where none is, a variable about exceptions alone would hide the system's own proxy from Python.
    """
    if not any(environment.get(name) or environment.get(name.upper()) for name in PROXIES):
        return {}
    small, capitals = (_entries(environment.get(name, "")) for name in ("no_proxy", "NO_PROXY"))
    if "*" in (small or capitals):
        return {}
    # Programs differ in which spelling they read; who read the one must not lose what only the other said.
    spared = dict.fromkeys([*small, *capitals, *SPARED])
    # Python goes by the small one: beside it, a star in capitals did not turn the proxy off.
    spared.pop("*", None)
    return dict.fromkeys(("no_proxy", "NO_PROXY"), ",".join(spared))


def _entries(named: str) -> list[str]:
    return [name for part in named.split(",") if (name := part.strip())]
