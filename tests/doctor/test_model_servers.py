"""Which model server it is, told from what it answers over HTTP; and what does not deserve an answer."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable

import pytest

from advisor.domain.machine import ModelServer
from advisor.world.machine import servers
from tests import hostile
from tests.doctor import server_stubs as stubs

pytestmark = pytest.mark.usefixtures("patient")
Talk = Callable[[socket.socket, threading.Event], None]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers must not be missed because this computer is busy."""
    monkeypatch.setattr(servers, "DEADLINE_S", 30.0)


def one(port: int) -> ModelServer:
    (found,) = servers.find([port])
    return found


@pytest.mark.parametrize(
    ("answers", "name", "kind", "models"),
    [
        (stubs.OLLAMA, "", "ollama", ("llama3.2:3b",)),
        (stubs.VLLM, "uvicorn", "vllm", ("Qwen/Qwen3-8B", "tickets-lora")),
        (stubs.LM_STUDIO, "", "lm_studio", ("qwen3-8b", "text-embedding-nomic")),
        (stubs.LLAMA_CPP, "llama.cpp", "llama_cpp", ("qwen3-8b-q4.gguf",)),
        (stubs.TRANSFORMERS, "uvicorn", "transformers", ()),
        (stubs.GATEWAY, "", "openai_compatible", ("some-model",)),
    ],
)
def test_a_server_is_told_by_its_answers(answers: stubs.Answers, name: str, kind: str, models: tuple[str, ...]) -> None:
    with stubs.serving(answers, name) as port:
        found = one(port)
    assert (found.kind, found.models, found.more) == (kind, models, 0)
    assert found.address == f"http://127.0.0.1:{port}/v1"


def test_a_vllm_with_other_owners_is_told_by_its_version() -> None:
    with stubs.serving({**stubs.VLLM, **stubs.GATEWAY}, "uvicorn") as port:
        assert one(port).kind == "vllm"


def test_something_else_on_the_port_is_said_to_be_unknown() -> None:
    with stubs.serving(stubs.WEB_PAGE) as port:
        assert one(port) == ModelServer(kind="unknown", address=f"http://127.0.0.1:{port}")


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert servers.find([port]) == () and servers.find([]) == ()


def test_all_are_asked_at_once() -> None:
    with stubs.serving(stubs.OLLAMA) as first, stubs.serving(stubs.VLLM) as second:
        assert [found.kind for found in servers.find([first, second])] == ["ollama", "vllm"]


def test_names_are_made_fit_to_show() -> None:
    names = [
        "\x1b[2J\x1b]0;title\x07plain",
        "a\u202eb\nc",
        "x" * 5000,
        "",
        7,
        None,
        "sk-proj-AbCd_1234-efgh5678",
        *map(str, range(80)),
    ]
    answers: stubs.Answers = {"/api/tags": (200, {"models": [{"name": name} for name in names] + ["no object", None]})}
    with stubs.serving(answers) as port:
        found = one(port)
    assert found.models[:2] == ("plain", "ab c") and len(found.models) == servers.MODELS and found.more > 0
    text = found.model_dump_json()
    assert not hostile.leaks(text) and not hostile.unseen("".join(found.models))
    assert max(map(len, found.models)) <= servers.LONGEST_NAME


def _headers(length: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode()


def drips(connection: socket.socket, stop: threading.Event) -> None:
    """Sends a byte now and then, so that no single wait is long."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not stop.wait(0.02):
        connection.sendall(b"x")


def is_silent(connection: socket.socket, stop: threading.Event) -> None:
    stop.wait(30)


def is_endless(connection: socket.socket, stop: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n[")
    while not stop.is_set():
        connection.sendall(b'"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",' * 1000)


def is_no_http(connection: socket.socket, stop: threading.Event) -> None:
    connection.sendall(b"220 mail.example.com ESMTP\r\n\x00\xff\x1b[2J")


def lies(connection: socket.socket, stop: threading.Event) -> None:
    connection.sendall(_headers(10**9) + b"{")


def is_deep(connection: socket.socket, stop: threading.Event) -> None:
    connection.sendall(_headers(200_000) + b"[" * 200_000)


def has_long_numbers(connection: socket.socket, stop: threading.Event) -> None:
    body = b'{"data": [' + b"9" * 50_000 + b"]}"
    connection.sendall(_headers(len(body)) + body)


@pytest.mark.parametrize("talk", [drips, is_silent, is_endless, is_no_http, lies, is_deep, has_long_numbers])
def test_a_hostile_server_costs_its_deadline_and_no_more(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "DEADLINE_S", 0.4)
    with stubs.talking(talk) as port:
        began = time.monotonic()
        found = one(port)
        took = time.monotonic() - began
    assert found.kind == "unknown" and found.models == ()
    assert took < 3


def test_one_that_keeps_the_connection_open_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "DEADLINE_S", 0.4)
    body = json.dumps(stubs.VLLM["/v1/models"][1]).encode()

    def keeps_open(connection: socket.socket, stop: threading.Event) -> None:
        connection.sendall(_headers(len(body)) + body)
        stop.wait(30)

    with stubs.talking(keeps_open) as port:
        assert one(port).models == ("Qwen/Qwen3-8B", "tickets-lora")


def test_the_environment_names_ports_of_this_computer_alone() -> None:
    named = {
        "OLLAMA_API_BASE": "http://localhost:4000", "HOSTED_VLLM_API_BASE": "http://10.0.0.7:4001/v1",
        "LM_STUDIO_API_BASE": "http://127.0.0.1:4002/v1", "LLAMAFILE_API_BASE": "http://127.0.0.1:no",
    }  # fmt: skip
    assert servers.where(named) == (4000, 4002)
