"""A tab and its process live and die together."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from advisor.web import tab
from tests.waiting import belonging_to, linux, until_async
from tests.web.conftest import Serve

READY = "import os, sys, time; os.write(1, b'__GANGLION__\\n')\n"
PACKET = "def packet(text): os.write(1, b'D' + len(text).to_bytes(4, 'big') + text)\n"
ECHO = (
    READY + PACKET + "import json\npacket(json.dumps([sys.argv[1:], os.environ['COLUMNS']]).encode())\nsys.stdin.read()"
)
DEAF = (
    READY
    + PACKET
    + "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\npacket(b'on')\nwhile True: time.sleep(9)"
)
FLOOD = READY + PACKET + "while True: packet(b'x' * 65536)"
QUITS = READY + PACKET + "packet(b'on')\nwhile b'quit' not in os.read(0, 999): pass\npacket(b'y' * 500_000)"


@asynccontextmanager
async def opened(address: str, **size: int) -> AsyncIterator[ClientWebSocketResponse]:
    own = address.removesuffix("/").rpartition("/")[0]
    client = ClientSession()
    async with client, client.ws_connect(f"{address}ws", params=size, headers={"Origin": own}) as socket:
        yield socket


def command(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", code, *words]


async def test_arguments_arrive_as_they_were_given(serve: Serve) -> None:
    words = ["a b.csv", "$(id)", "; exit", "'\"`id`", "*", "\n", "--help"]
    async with serve(command(ECHO, *words)) as address, opened(address, width=97) as socket:
        assert json.loads(await socket.receive_bytes()) == [words, "97"]


@linux
async def test_closing_the_tab_ends_its_process_and_no_other(serve: Serve, home: Path) -> None:
    async with serve(command(QUITS)) as address:
        async with opened(address) as first, opened(address) as second:
            await first.receive_bytes()
            await second.receive_bytes()
            assert len(belonging_to(home)) == 2
            await first.close()
            await until_async(lambda: len(belonging_to(home)) == 1, "the first process has ended")
        await until_async(lambda: not belonging_to(home), "the second process has ended")


@linux
@pytest.mark.parametrize("code", [DEAF, FLOOD])
async def test_a_process_that_does_not_listen_is_ended(
    code: str, serve: Serve, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tab, "GRACE_S", 0.2)
    async with serve(command(code)) as address:
        async with opened(address) as socket:
            await socket.receive_bytes()
        await until_async(lambda: not belonging_to(home), "the process has ended")


@linux
async def test_the_end_of_the_server_ends_its_tabs(serve: Serve, home: Path) -> None:
    async with serve(command(QUITS)) as address:
        client = opened(address)
        socket = await client.__aenter__()
        await socket.receive_bytes()
    assert not belonging_to(home)
    await client.__aexit__(None, None, None)


@pytest.mark.parametrize("code", ["pass", "print('no app')", "raise SystemExit('broken')", READY])
async def test_a_process_that_ends_closes_its_tab(code: str, serve: Serve, capfd: pytest.CaptureFixture[str]) -> None:
    async with serve(command(code)) as address, opened(address) as socket:
        message = await socket.receive(timeout=60)
        assert message.type is WSMsgType.CLOSE
    said = capfd.readouterr()
    assert said.out == ""
    assert ("broken" in said.err) == ("broken" in code)
