"""What the test servers of all hosts have in common: JSON over HTTP on 127.0.0.1, and a count of what was asked."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, TypeVar

from tests.projects.project_bench import WORDS

LABELS = sorted(WORDS)


class Asked(NamedTuple):
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        return json.loads(self.body or b"{}")


class Refusal(Exception):
    """An answer that is not 200; `told` is the body."""

    def __init__(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
        self.status, self.told, self.headers = status, told, headers or {}


class Api(ThreadingHTTPServer):
    """One host. Its state is in plain attributes, which a test reads and sets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.requests: list[str] = []
        self.refusals: dict[str, Refusal] = {}
        """By `METHOD /path`: answered with this instead."""
        self.lock = threading.RLock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"

    def count(self, what: str) -> int:
        return self.requests.count(what)

    def answer(self, asked: Asked) -> Any:
        """Answer a request with what is sent as JSON."""
        raise NotImplementedError

    def tuned(self, model: str) -> bool:
        """Whether this model has been trained on the tickets."""
        raise NotImplementedError

    def chat(self, asked: Asked) -> dict[str, Any]:
        """Answer as a model: a trained one knows the words of each label, an untrained one reads only the label."""
        told = asked.json()
        # After the last field marker stands the ticket; before it the instruction, which names every label.
        text = re.findall(r"\[\[ ## text ## \]\]\s*(.*?)(?:\n\n|$)", told["messages"][-1]["content"], re.S)[-1]
        words = set(text.split())
        known = self.tuned(told["model"])
        fits = [label for label in LABELS if label in words or (known and words & set(WORDS[label]))]
        content = f"[[ ## category ## ]]\n{fits[0] if fits else LABELS[0]}\n\n[[ ## completed ## ]]"
        return {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": told["model"],
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
            ],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        }  # fmt: skip


class _Connection(BaseHTTPRequestHandler):
    server: Api
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        asked = Asked(
            self.command,
            path,
            dict(part.split("=", 1) for part in query.split("&") if "=" in part),
            self.rfile.read(int(self.headers.get("content-length") or 0)),
            {name.lower(): value for name, value in self.headers.items()},
        )
        what = f"{self.command} {path}"
        with self.server.lock:
            self.server.requests.append(what)
            try:
                if what in self.server.refusals:
                    raise self.server.refusals[what]
                self._send(200, self.server.answer(asked))
            except Refusal as refusal:
                self._send(refusal.status, refusal.told, refusal.headers)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def _send(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
        text = json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        return


Served = TypeVar("Served", bound=Api)


@contextmanager
def serving(make: Callable[[], Served]) -> Iterator[Served]:
    """Run a host for as long as a test needs it."""
    with make() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)
