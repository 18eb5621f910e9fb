"""Who may talk to the server, and what its page may load."""

from __future__ import annotations

import re
import sys

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from tests.web.conftest import Serve

COMMAND = [sys.executable, "-c", "pass"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:9000"}, 200),
        ({"Host": "rebound.example"}, 403),
        ({"Host": "127.0.0.1.rebound.example:80"}, 403),
        ({"Host": "localhost@rebound.example"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "localhost:9000", "Origin": "http://localhost:9000"}, 200),
        ({"Host": "localhost:9000", "Origin": "http://localhost:3000"}, 403),
        ({"Origin": "http://other.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_only_its_own_pages_under_its_own_name(headers: dict[str, str], status: int, serve: Serve) -> None:
    async with serve(COMMAND) as address, ClientSession() as client, client.get(address, headers=headers) as answer:
        assert answer.status == status


@pytest.mark.parametrize("origin", [None, "null", "http://other.example", "https://{own}", "http://{own}.example"])
async def test_no_other_page_opens_a_conversation(origin: str | None, serve: Serve) -> None:
    async with serve(COMMAND) as address, ClientSession() as client:
        own = address.split("/")[2]
        headers = {"Origin": origin.format(own=own)} if origin else {}
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(f"{address}ws", headers=headers)
        assert refused.value.status == 403


async def test_nobody_comes_in_without_the_key(serve: Serve) -> None:
    async with serve(COMMAND) as address, ClientSession() as client:
        own = "/".join(address.split("/")[:3])
        async with client.get(own) as answer:
            assert answer.status == 404
            assert "the whole address" in await answer.text()
        for path in ("ws", "wrong/ws", "wrong/"):
            async with client.get(f"{own}/{path}") as answer:
                assert answer.status == 404
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(f"{own}/wrong/ws", headers={"Origin": own})
        assert refused.value.status == 404


async def test_the_page_loads_from_this_server_only_and_all_it_names_is_there(serve: Serve) -> None:
    async with serve(COMMAND) as address, ClientSession() as client:
        async with client.get(f"{address}?fontsize=%22%3E") as answer:
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert 'data-font-size="16"' in page
        loaded = re.findall(r'(?:href|src)="(/[^"]*)"|url\("([^"]*)"\)', page)
        paths = [one or other for one, other in loaded]
        assert len(paths) == 5
        for path in paths:
            async with client.get("/".join(address.split("/")[:3]) + path) as answer:
                assert answer.status == 200, path
        addresses = set(re.findall(r"\w+://[^\"']*", page))
        assert addresses == {f"{address.replace('http', 'ws', 1)}ws"}


async def test_a_tunnel_that_ends_at_another_port_reaches_the_same_conversation(serve: Serve) -> None:
    there = {"Host": "localhost:9000"}
    async with serve(COMMAND) as address, ClientSession() as client, client.get(address, headers=there) as answer:
        assert 'data-session-websocket-url="ws://localhost:9000/' in await answer.text()
