"""Little servers that answer over real HTTP as the model servers do, and some that answer as nobody should."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answers = dict[str, tuple[int, Any]]


def _models(*names: str, owner: str) -> dict[str, Any]:
    return {
        "object": "list",
        "data": [{"id": name, "object": "model", "created": 1, "owned_by": owner} for name in names],
    }


OLLAMA: Answers = {
    "/": (200, "Ollama is running"),
    "/api/version": (200, {"version": "0.12.6"}),
    "/api/tags": (200, {"models": [{"name": "llama3.2:3b", "model": "llama3.2:3b", "size": 2019393189,
                                    "details": {"parameter_size": "3.2B", "quantization_level": "Q4_K_M"}}]}),
    "/v1/models": (200, _models("llama3.2:3b", owner="library")),
}  # fmt: skip
VLLM: Answers = {
    "/health": (200, ""),
    "/version": (200, {"version": "0.33.0"}),
    "/v1/models": (200, _models("Qwen/Qwen3-8B", "tickets-lora", owner="vllm")),
}
LM_STUDIO: Answers = {
    "/v1/models": (200, _models("qwen3-8b", "text-embedding-nomic", owner="organization_owner")),
    "/api/v0/models": (200, {"object": "list", "data": [{"id": "qwen3-8b", "type": "llm", "state": "loaded"}]}),
    "/api/v1/models": (200, {"models": [{"type": "llm", "key": "qwen3-8b", "loaded_instances": []}]}),
    "*": (200, {"error": "Unexpected endpoint or method. (GET /x). Returning 200 anyway"}),
}
LLAMA_CPP: Answers = {
    "/health": (200, {"status": "ok"}),
    "/v1/models": (200, {"models": [{"name": "qwen3-8b-q4.gguf"}], **_models("qwen3-8b-q4.gguf", owner="llamacpp")}),
    "/api/tags": (200, {"models": [{"name": "qwen3-8b-q4.gguf", "model": "qwen3-8b-q4.gguf"}]}),
}
TRANSFORMERS: Answers = {
    "/health": (200, {"status": "ok"}),
    "/v1/models": (500, "Internal Server Error"),
    "*": (404, {"detail": "Not Found"}),
}
GATEWAY: Answers = {"/v1/models": (200, _models("some-model", owner="me"))}
WEB_PAGE: Answers = {"*": (200, "<html>hello</html>")}


@contextmanager
def serving(answers: Answers, server_name: str = "") -> Iterator[int]:
    """Answer these paths on a free port of this computer, and give it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, said = answers.get(self.path) or answers.get("*") or (404, {"error": "not found"})
            body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def version_string(self) -> str:
            return server_name or "stub"

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def talking(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """Let `talk` have every connection to a free port; it is told when to stop."""
    stop, threads = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)

        def accept() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                threads.append(threading.Thread(target=hold, args=(connection,)))
                threads[-1].start()

        def hold(connection: socket.socket) -> None:
            try:
                with connection:
                    talk(connection, stop)
            except OSError:
                pass  # the other side had enough

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            for thread in (accepting, *threads):
                thread.join()
