"""Model servers on this computer: asked on 127.0.0.1, all at once, and told apart by what they answer."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import io
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from advisor.domain.cleaning import clean
from advisor.domain.loopback import is_here, named_in
from advisor.domain.machine import Kind, ModelServer

HERE = "127.0.0.1"
PORTS = (11434, 8000, 1234, 8080)
"""Where Ollama, vLLM and `transformers serve`, LM Studio, and llama.cpp listen unless told otherwise."""

PATHS = ("/v1/models", "/api/tags", "/api/v1/models", "/api/v0/models", "/version", "/health")
DEADLINE_S = 1.2
"""For all answers of a server together."""
LARGEST = 1_000_000
MODELS, LONGEST_NAME = 50, 120


@dataclass(frozen=True)
class Reply:
    """What a path answered; `said` is None when it was not JSON."""

    status: int
    server: str
    said: Any

    def items(self, name: str) -> list[dict[str, Any]] | None:
        """Return a list of objects the answer holds under a name, or None when it holds none."""
        found = self.said.get(name) if self.status == 200 and isinstance(self.said, dict) else None
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else None

    def holds(self, name: str, value: str | None = None) -> bool:
        """Say whether the answer is an object with a text under this name, or just this text."""
        found = self.said.get(name) if self.status == 200 and isinstance(self.said, dict) else None
        return isinstance(found, str) and value in (None, found)


Replies = dict[str, Reply]


def where(environment: Mapping[str, str]) -> tuple[int, ...]:
    """Return where to ask: the usual ports, and those of this computer that the environment names."""
    named = [port for address in named_in(environment).values() if (port := _on_this_computer(address))]
    return tuple(dict.fromkeys((*named, *PORTS)))


def _on_this_computer(address: str) -> int | None:
    try:
        parts = urlsplit(address)
        return parts.port if is_here(address) else None
    except ValueError:
        return None


def find(ports: Iterable[int] | None = None) -> tuple[ModelServer, ...]:
    """Return the servers that answer within the deadline."""
    return asyncio.run(_find(tuple(PORTS if ports is None else ports)))


async def _find(ports: tuple[int, ...]) -> tuple[ModelServer, ...]:
    found = await asyncio.gather(*(_probe(port) for port in ports))
    return tuple(server for server in found if server)


async def _probe(port: int) -> ModelServer | None:
    ends = time.monotonic() + DEADLINE_S
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(HERE, port), DEADLINE_S)
        writer.close()
    except (OSError, asyncio.TimeoutError):
        return None
    told = await asyncio.gather(*(_ask(port, path, ends - time.monotonic()) for path in PATHS))
    return recognize(port, {path: reply for path, reply in zip(PATHS, told, strict=True) if reply})


async def _ask(port: int, path: str, patience: float) -> Reply | None:
    arrived = bytearray()
    # Some keep the connection open: what has come by then may be all there is.
    with contextlib.suppress(OSError, asyncio.TimeoutError):
        await asyncio.wait_for(_exchange(port, path, arrived), patience)
    return _read(bytes(arrived))


async def _exchange(port: int, path: str, arrived: bytearray) -> None:
    reader, writer = await asyncio.open_connection(HERE, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {HERE}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        while len(arrived) < LARGEST and (more := await reader.read(65536)):
            arrived += more
    finally:
        writer.close()


class _Arrived:
    """Bytes in the place of the connection that `http.client` reads from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._content)


def _read(content: bytes) -> Reply | None:
    if not content.startswith(b"HTTP/1."):
        return None
    answer = http.client.HTTPResponse(_Arrived(content))  # type: ignore[arg-type]
    try:
        answer.begin()
        body = answer.read(LARGEST)
    except (http.client.HTTPException, OSError, ValueError):
        return None
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    return Reply(answer.status, clean(answer.getheader("Server") or "", 80), said)


def recognize(port: int, replies: Replies) -> ModelServer:
    """Return what listens on a port from its answers; one that speaks no such language is unknown."""
    nothing = Reply(0, "", None)
    listed = replies.get("/v1/models", nothing)
    models = listed.items("data")
    owners = {str(one.get("owned_by")) for one in models or ()}
    # The more particular first: llama.cpp also answers as Ollama does.
    if "llama.cpp" in listed.server or "llamacpp" in owners:
        return _server(port, "llama_cpp", _names(models, "id"))
    studio = replies.get("/api/v1/models", nothing).items("models")
    older = replies.get("/api/v0/models", nothing).items("data")
    if studio is not None or older is not None:
        return _server(port, "lm_studio", _names(models, "id") or _names(studio, "key") or _names(older, "id"))
    pulled = replies.get("/api/tags", nothing).items("models")
    if pulled is not None:
        return _server(port, "ollama", _names(pulled, "name"))
    if "vllm" in owners or (models is not None and replies.get("/version", nothing).holds("version")):
        return _server(port, "vllm", _names(models, "id"))
    if listed.server == "uvicorn" and replies.get("/health", nothing).holds("status", "ok"):
        # With one model it lists none, or fails at the list for want of a cache.
        return _server(port, "transformers", _names(models, "id"))
    return _server(port, "unknown" if models is None else "openai_compatible", _names(models, "id"))


def _names(models: list[dict[str, Any]] | None, key: str) -> list[str]:
    names = (clean(one[key], LONGEST_NAME) for one in models or () if isinstance(one.get(key), str))
    return list(dict.fromkeys(name for name in names if name))


def _server(port: int, kind: Kind, names: list[str]) -> ModelServer:
    address = f"http://{HERE}:{port}" + ("" if kind == "unknown" else "/v1")
    return ModelServer(kind=kind, address=address, models=tuple(names[:MODELS]), more=max(0, len(names) - MODELS))
