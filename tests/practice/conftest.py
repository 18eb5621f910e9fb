from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from tests.practice.practice_harness import LocalApi, Server, Start, start_server


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that do not stop it."""
    server = start_server(tmp_path_factory.mktemp("state"), "--allow-faults")
    yield server
    server.stop()


@pytest.fixture
def client(shared: Server) -> Iterator[openai.OpenAI]:
    with shared.client as client:
        yield client
        client.delete("/../practice/faults", cast_to=object)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts servers over the test's own state folder and stops them in the end."""
    running: list[Server] = []

    def run(*options: str) -> Server:
        running.append(start_server(tmp_path / "state", *options))
        return running[-1]

    yield run
    for server in running:
        server.process.kill()
        server.process.wait(10)
        for stream in (server.process.stdin, server.process.stdout):
            if stream:
                stream.close()


@pytest.fixture
def local(tmp_path: Path) -> LocalApi:
    return LocalApi(tmp_path / "state")
