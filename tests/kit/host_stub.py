"""A host that speaks just enough of OpenAI's fine-tuning API, and never ends a job by itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Host(ThreadingHTTPServer):
    """Its jobs do what a test says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.requests: list[str] = []
        self.jobs: dict[str, dict[str, Any]] = {}
        self.created: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.redirect_to: str | None = None
        self.refusal: tuple[int, str] | None = None
        self.on_file: Callable[[], None] = _nothing
        self.on_created: Callable[[], None] = _nothing

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def add_job(self, **changes: Any) -> dict[str, Any]:
        """Add a job as the host would tell of it."""
        number = len(self.jobs) + 1
        job: dict[str, Any] = {
            "id": f"ftjob-{number}", "object": "fine_tuning.job", "created_at": 0, "model": "small", "seed": 0,
            "status": "running", "training_file": "file-1", "fine_tuned_model": None, "trained_tokens": None,
            "error": None, "hyperparameters": {}, "organization_id": "", "result_files": [], "finished_at": None,
            "validation_file": None, **changes,
        }  # fmt: skip
        self.jobs[job["id"]] = job
        return job

    def add_event(self, message: str, **data: Any) -> None:
        """Add an event, newest first as hosts list them."""
        event = {
            "id": f"ev-{len(self.events) + 1}", "object": "fine_tuning.job.event", "created_at": 0, "level": "info",
            "message": message, "data": data, "type": "metrics" if data else "message",
        }  # fmt: skip
        self.events.insert(0, event)

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Answer a request."""
        self.requests.append(f"{method} {path}")
        if self.refusal:
            return self.refusal[0], {"error": {"message": self.refusal[1], "code": None}}
        if path == "/v1/files":
            self.on_file()
            return 200, {
                "id": "file-1", "object": "file", "bytes": len(body), "created_at": 0, "filename": "rows.jsonl",
                "purpose": "fine-tune", "status": "processed",
            }  # fmt: skip
        if path == "/v1/fine_tuning/jobs" and method == "POST":
            self.created.append(json.loads(body))
            self.on_created()
            return 200, self.add_job()
        if path == "/v1/fine_tuning/jobs":
            return 200, {"object": "list", "data": list(self.jobs.values()), "has_more": False}
        job_id, _, what = path.removeprefix("/v1/fine_tuning/jobs/").partition("/")
        if job_id not in self.jobs:
            return 404, {"error": {"message": "no such job", "code": None}}
        if what == "events":
            return 200, {"object": "list", "data": self.events, "has_more": False}
        if what == "cancel":
            self.jobs[job_id]["status"] = "cancelled"
        return 200, self.jobs[job_id]


def _nothing() -> None:
    """What a test wants to happen at a request, unless it says so."""


class _Connection(BaseHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.server.redirect_to:
            self.server.requests.append("redirected")
            self.send_response(307)
            self.send_header("Location", self.server.redirect_to)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status, told = self.server.answer(self.command, self.path.partition("?")[0], body)
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def host() -> Iterator[Host]:
    """Run a host for as long as a test needs it."""
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(5)
