"""Models that answer on this computer already, by the names LiteLLM has for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from advisor.domain.facts import Believed, Fact, Source
from advisor.domain.loopback import usual_address
from advisor.domain.machine import Kind, ModelServer

MOST = 8
"""Offered at once."""

_CALLED: dict[Kind, tuple[str, str]] = {
    "ollama": ("ollama_chat", "Ollama"),
    "vllm": ("hosted_vllm", "vLLM"),
    "lm_studio": ("lm_studio", "LM Studio"),
    "llama_cpp": ("llamafile", "llama.cpp"),
}
"""What LiteLLM writes before a model's name, and what a person calls the server."""

_NAME = re.compile(r"[A-Za-z0-9][\w.:/+-]{0,119}", re.ASCII)
"""Names are the server's own: what is spelled otherwise is not offered."""
_NO_CHAT = re.compile(r"embed|rerank|whisper|tts\b", re.IGNORECASE)


class LocalModel(NamedTuple):
    """A model that was found."""

    model: str
    """As LiteLLM spells it."""
    address: str
    """Where LiteLLM has to ask for it."""

    @property
    def name(self) -> str:
        """The server's own name for it."""
        return self.model.partition("/")[2]

    @property
    def label(self) -> str:
        """What it is called in a list of answers."""
        prefix = self.model.partition("/")[0]
        title = next((title for known, title in _CALLED.values() if known == prefix), prefix)
        return f"{self.name}, {title} on this computer"


def found_here(servers: Iterable[ModelServer]) -> Fact:
    """Return the models of these servers as a fact; empty where there is none."""
    models = [model for server in servers for model in _models(server)]
    asked = "asked on 127.0.0.1"
    return Fact(name="local_models", value=tuple(map(_written, models)), source=Source.measured, evidence=asked)


def named_elsewhere(addresses: Mapping[str, str]) -> Fact:
    """Return as a fact where the environment says that model servers answer, here or on another computer."""
    named = tuple(f"{name}@{address}" for name, address in addresses.items())
    return Fact(name="server_addresses", value=named, source=Source.measured, evidence="environment variables")


def local_models(facts: Believed) -> tuple[LocalModel, ...]:
    """Return the models known to answer on this computer."""
    parts = (written.rpartition("@") for written in facts.words("local_models"))
    return tuple(LocalModel(model, address) for model, _, address in parts if "/" in model)


def address_of(model: str, facts: Believed) -> str:
    """Return where a model's server answers: where it was found, was said to be, or usually is; else nothing.

    A project is told the address in any case: left to itself LiteLLM asks wherever the environment of then points.
    """
    if found := next((one.address for one in local_models(facts) if one.model == model), ""):
        return found
    named = dict(written.split("@", 1) for written in facts.words("server_addresses") if "@" in written)
    usual = usual_address(model)
    return usual and named.get(model.partition("/")[0], usual)


def by_its_own_name(name: str, facts: Believed) -> str:
    """Return the name LiteLLM has for a model that is called as its server calls it; else the name itself."""
    meant = [one.model for one in local_models(facts) if one.name.lower() == name.lower()]
    return meant[0] if len(meant) == 1 else name


def _models(server: ModelServer) -> list[LocalModel]:
    if server.kind not in _CALLED:
        return []
    prefix, _ = _CALLED[server.kind]
    # Ollama's own API is not under /v1.
    address = server.address.removesuffix("/v1") if server.kind == "ollama" else server.address
    names = [name for name in server.models if _NAME.fullmatch(name) and not _NO_CHAT.search(name)]
    return [LocalModel(f"{prefix}/{name}", address) for name in names]


def _written(model: LocalModel) -> str:
    return f"{model.model}@{model.address}"
