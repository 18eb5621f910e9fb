"""A practice server, in a process of its own or without one, for tests."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openai

from advisor.practice.api import Api

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 30.0
CHAT = "/v1/chat/completions"
JOBS = "/v1/fine_tuning/jobs"

TEXTS = {
    "card_arrival": [
        "where is my new card",
        "my card has not come in the mail",
        "how long until the card is here",
        "the card I ordered did not come yet",
        "track my card delivery",
        "still waiting on a card",
    ],
    "refund_status": [
        "when do I get my money back",
        "the shop said they refunded me",
        "my refund is not on the account",
        "money back for the return",
        "is my refund pending",
        "I returned it, where is the money",
    ],
    "change_pin": [
        "how can I change my pin",
        "I want a new pin code",
        "the pin must be different",
        "set another code for the machine",
        "change the code of my card",
        "a new code please",
    ],
}
"""A few bank messages by label."""

LABELLED = [(text, label) for label, texts in TEXTS.items() for text in texts]


@dataclass
class Server:
    """A practice server in a process of its own."""

    process: subprocess.Popen[str]
    base_url: str
    seconds: float
    """From start to listening."""

    @property
    def client(self) -> openai.OpenAI:
        return openai.OpenAI(base_url=self.base_url, api_key="none", max_retries=0, timeout=20)

    def stop(self) -> int:
        """Close its standard input and return its exit code."""
        if self.process.stdin:
            self.process.stdin.close()
        return self.process.wait(10)


Start = Callable[..., Server]


def start_server(state: Path, *options: str) -> Server:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor.practice", "--state", str(state), "--exit-with-stdin", *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    base_url = process.stdout.readline().strip()
    return Server(process, base_url, time.perf_counter() - started)


class LocalApi:
    """`Api.handle` with JSON in and out."""

    def __init__(self, state: Path) -> None:
        self.api = Api(state, allow_faults=True)

    def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        reply = self.api.handle(method, path, {}, b"" if body is None else json.dumps(body).encode())
        assert reply is not None
        content = reply.body if isinstance(reply.body, bytes) else b"".join(reply.body)
        return reply.status, json.loads(content)

    def upload(self, rows: Sequence[object], purpose: str = "fine-tune") -> str:
        return self.upload_bytes("\n".join(json.dumps(row) for row in rows).encode(), purpose)

    def upload_bytes(self, content: bytes, purpose: str = "fine-tune") -> str:
        body = (
            b'--edge\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n' + purpose.encode() + b"\r\n"
            b'--edge\r\nContent-Disposition: form-data; name="file"; filename="rows.jsonl"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n--edge--\r\n"
        )
        headers = {"content-type": "multipart/form-data; boundary=edge"}
        reply = self.api.handle("POST", "/v1/files", headers, body)
        assert reply is not None and isinstance(reply.body, bytes)
        assert reply.status == 200, reply.body
        return str(json.loads(reply.body)["id"])

    def job(self, **body: object) -> dict[str, Any]:
        """Start a job and return it once it has ended."""
        status, job = self.call("POST", "/v1/fine_tuning/jobs", {"model": "practice-small", **body})
        assert status == 200, job
        return self.ended(str(job["id"]))

    def ended(self, job_id: str) -> dict[str, Any]:
        def poll() -> dict[str, Any]:
            return dict(self.call("GET", f"/v1/fine_tuning/jobs/{job_id}")[1])

        return dict(until(poll, lambda job: job["status"] in ("succeeded", "failed", "cancelled")))

    def events(self, job_id: str) -> list[dict[str, Any]]:
        """Return all events of a job, oldest first."""
        events = self.call("GET", f"/v1/fine_tuning/jobs/{job_id}/events?limit=1000")[1]["data"]
        return list(reversed(events))


def until(poll: Callable[[], Any], done: Callable[[Any], bool]) -> Any:
    """Return what `poll` gives once it is `done`; fail after the deadline."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        found = poll()
        if done(found):
            return found
    raise AssertionError(f"not done after {DEADLINE} s: {found}")


def chat_row(text: str, label: str, system: str = "Sort the message.") -> dict[str, Any]:
    """Return a plain training row."""
    return {
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": text},
            {"role": "assistant", "content": label},
        ]
    }


def gold_rows(times: int = 1) -> list[dict[str, Any]]:
    return [chat_row(text, label) for text, label in LABELLED] * times


def ask(text: str = "hello", **options: object) -> dict[str, object]:
    return {"model": "practice-small", "messages": [{"role": "user", "content": text}], **options}
