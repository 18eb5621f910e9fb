"""The API without a network: a request in, a reply out."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from advisor.practice.chat import FINGERPRINT, Chat
from advisor.practice.faults import Fault, Faults
from advisor.practice.files import FileStore, read_upload
from advisor.practice.jobs import JobStore
from advisor.practice.shelf import ModelShelf
from advisor.practice.wire import ApiError, JsonObject, Reply, json_reply, paged

LIST_LIMIT = 20
FILE_LIMIT = 10_000

_ELSEWHERE = {
    "/v1/completions": "The practice model does not complete a `prompt`; use /v1/chat/completions.",
    "/v1/responses": "The practice model has no Responses API; use /v1/chat/completions.",
    "/v1/embeddings": "The practice model makes no embeddings; use /v1/chat/completions.",
}


@dataclass(frozen=True)
class Request:
    """One request, its path already matched."""

    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str]
    args: tuple[str, ...]
    """The variable parts of the path."""

    def json(self) -> JsonObject:
        """Return the body as a JSON object; a 400 if it is none."""
        value = self.any_json()
        if not isinstance(value, dict):
            raise ApiError(400, "The body must be a JSON object.")
        return value

    def any_json(self) -> object:
        """Return the body as JSON; a 400 if it is none."""
        try:
            return json.loads(self.body or b"{}")
        except (ValueError, RecursionError):
            raise ApiError(400, "We could not parse the JSON body of your request.") from None


Endpoint = Callable[[Request], Reply]


class Api:
    """The practice server's whole behaviour over one state folder."""

    def __init__(self, state: Path, *, allow_faults: bool = False) -> None:
        self._faults = Faults()
        self._allow_faults = allow_faults
        self._files = FileStore(state / "files")
        self._models = ModelShelf(state / "models")
        self._jobs = JobStore(state / "jobs", self._files, self._models, self._faults.next_job_failure)
        self._chat = Chat(self._models)
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._routes = [
            (method, template, _pattern(template), endpoint) for method, template, endpoint in self._endpoints()
        ]

    def handle(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        """Answer one request; None means that the connection is to be dropped.

        `headers` have lower-case names. Only a fault of the server itself gives a 500.
        """
        try:
            return self._answer(method, path, headers, body)
        except ApiError as refusal:
            return refusal.reply()
        except Exception:  # the server goes on; its log has what went wrong
            traceback.print_exc(file=sys.stderr)
            return ApiError(500, "The practice server has a fault; its log says more.", kind="server_error").reply()

    def _answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        encoded, _, query = target.partition("?")
        path = unquote(encoded).rstrip("/")
        fault = None if path.startswith("/practice") else self._faults.next_for(path)
        if fault is not None and fault.kind == "drop":
            return None
        if fault is not None:
            _suffer(fault)
        endpoint, args = self._route(method, path)
        request = Request(headers, body, dict(parse_qsl(query)), args)
        if fault is not None and fault.kind == "garbage" and path == "/v1/chat/completions":
            return self._chat.answer(request.json(), garbage=True)
        return endpoint(request)

    def _route(self, method: str, path: str) -> tuple[Endpoint, tuple[str, ...]]:
        allowed = []
        for known_method, template, pattern, endpoint in self._routes:
            found = pattern.fullmatch(path)
            if found and known_method == method:
                with self._lock:
                    self._counts[f"{method} {template}"] += 1
                return endpoint, found.groups()
            if found:
                allowed.append(known_method)
        if path in _ELSEWHERE:
            raise ApiError(400, _ELSEWHERE[path], code="unsupported_endpoint")
        if allowed:
            raise ApiError(405, f"Not allowed to {method} on {path}; use {' or '.join(allowed)}.")
        raise ApiError(404, f"Unknown request URL: {method} {path}.", code="unknown_url")

    def _endpoints(self) -> list[tuple[str, str, Endpoint]]:
        model, file, jobs = "/v1/models/{name}", "/v1/files/{id}", "/v1/fine_tuning/jobs"
        job = jobs + "/{id}"
        return [
            ("POST", "/v1/chat/completions", lambda request: self._chat.answer(request.json())),
            ("GET", "/v1/models", self._list_models),
            ("GET", model, lambda request: json_reply(self._models.describe(request.args[0]))),
            ("DELETE", model, lambda request: json_reply(self._models.delete(request.args[0]))),
            (
                "POST",
                "/v1/files",
                lambda request: json_reply(self._files.add(*read_upload(request.headers, request.body))),
            ),
            (
                "GET",
                "/v1/files",
                lambda request: paged(self._files.all(request.query.get("purpose")), request.query, FILE_LIMIT),
            ),
            ("GET", file, lambda request: json_reply(self._files.get(request.args[0]))),
            ("DELETE", file, lambda request: json_reply(self._files.delete(request.args[0]))),
            ("GET", file + "/content", self._file_content),
            ("POST", jobs, lambda request: json_reply(self._jobs.create(request.json()))),
            ("GET", jobs, lambda request: paged(self._jobs.all(), request.query, LIST_LIMIT)),
            ("GET", job, lambda request: json_reply(self._jobs.get(request.args[0]).public())),
            (
                "GET",
                job + "/events",
                lambda request: paged(self._jobs.get(request.args[0]).events(), request.query, LIST_LIMIT),
            ),
            (
                "GET",
                job + "/checkpoints",
                lambda request: paged(self._jobs.get(request.args[0]).checkpoints(), request.query, 10),
            ),
            ("POST", job + "/cancel", lambda request: json_reply(self._jobs.cancel(request.args[0]))),
            ("GET", "/practice/stats", self._stats),
            ("GET", "/practice/faults", lambda request: json_reply({"armed": self._faults.armed()})),
            ("POST", "/practice/faults", self._arm),
            ("DELETE", "/practice/faults", self._disarm),
        ]

    def _list_models(self, request: Request) -> Reply:
        return json_reply({"object": "list", "data": self._models.all()})

    def _file_content(self, request: Request) -> Reply:
        return Reply(200, self._files.content(request.args[0]), "application/octet-stream")

    def _stats(self, request: Request) -> Reply:
        statuses = Counter(str(job["status"]) for job in self._jobs.all())
        with self._lock:
            counts = dict(self._counts)
        return json_reply(
            {
                "version": FINGERPRINT,
                "requests": counts,
                "tokens": dict(self._chat.tokens),
                "jobs": dict(statuses),
                "faults": {
                    "allowed": self._allow_faults,
                    "fired": dict(self._faults.fired),
                    "armed": self._faults.armed(),
                },
            }
        )

    def _arm(self, request: Request) -> Reply:
        self._check_faults_allowed()
        self._faults.arm(request.any_json())
        return json_reply({"armed": self._faults.armed()})

    def _disarm(self, request: Request) -> Reply:
        self._check_faults_allowed()
        self._faults.clear()
        return json_reply({"armed": []})

    def _check_faults_allowed(self) -> None:
        if not self._allow_faults:
            raise ApiError(403, "Faults are off; start the server with --allow-faults.", code="faults_not_allowed")


def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches the paths of `template`; a model's name may hold slashes, an id may not."""
    return re.compile(template.replace("{name}", "(.+)").replace("{id}", "([^/]+)"))


def _suffer(fault: Fault) -> None:
    """Wait or refuse, as the fault says; garbage is left to the chat."""
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    elif fault.kind != "garbage":
        raise fault.refusal()
