"""Front end 3: the Textual conversation in a browser, on this computer only."""

from __future__ import annotations

import asyncio
import secrets
import shlex
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template

from aiohttp import web
from textual_serve.server import Server

from advisor.web.guard import guard, seal
from advisor.web.tab import Tab

HOST = "127.0.0.1"
CLOSING_S = 2.0
SIZES = range(8, 33)
"""Font sizes the page can be asked for."""

PAGE, SCRIPT = (Path(__file__).with_name(name) for name in ("page.html", "page.js"))
NOT_HERE = "Open the whole address that `advisor web` printed: its last part is the key.\n"


class AdvisorServer(Server):
    """textual-serve's terminal page and protocol, behind a key, without its shell and its fonts from elsewhere."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(shlex.join(command), host=HOST, title="advisor")
        self._arguments = command
        self._tabs: set[Tab] = set()
        # Other users of this computer reach the port too.
        self.key = secrets.token_urlsafe(16)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[guard])
        app.add_routes(
            [
                web.get(f"/{self.key}/", self.handle_index),
                web.get(f"/{self.key}/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", self.statics_path),
                web.get("/page.js", _script),
                web.get("/", _not_here),
            ]
        )
        app.on_response_prepare.append(seal)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def handle_index(self, request: web.Request) -> web.Response:
        """Serve the page with the terminal."""
        asked = request.query.get("fontsize", "")
        size = int(asked) if asked.isdecimal() and int(asked) in SIZES else 16
        socket_url = f"ws://{request.host}/{self.key}/ws"
        page = Template(PAGE.read_text("utf-8")).substitute(font_size=size, socket_url=socket_url)
        return web.Response(text=page, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one conversation for as long as its tab is open."""
        channel = web.WebSocketResponse(heartbeat=15, timeout=CLOSING_S)
        await channel.prepare(request)
        tab = Tab(self._arguments, channel, self.download_manager)
        self._tabs.add(tab)
        try:
            await tab.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(channel, tab)
        finally:
            await tab.stop()
            self._tabs.discard(tab)
        return channel

    async def on_shutdown(self, app: web.Application) -> None:
        """End every conversation before the server ends."""
        await asyncio.gather(*(tab.stop() for tab in self._tabs))

    async def serve_on(self, listening: socket.socket, announce: Callable[[str], None]) -> int:
        """Serve until cancelled; `announce` is told the address once it answers."""
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=CLOSING_S)
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            announce(f"http://{HOST}:{listening.getsockname()[1]}/{self.key}/")
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
        return 0


def _cells(request: web.Request, name: str, otherwise: int) -> int:
    asked = request.query.get(name, "")
    return min(max(int(asked), 1), 1000) if asked.isdecimal() else otherwise


async def _script(request: web.Request) -> web.FileResponse:
    return web.FileResponse(SCRIPT)


async def _not_here(request: web.Request) -> web.Response:
    return web.Response(status=404, text=NOT_HERE)
