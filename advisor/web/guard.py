"""Keeps other web pages away: the server answers pages it served itself, under its own name, and nobody else."""

from __future__ import annotations

import re

from aiohttp import web
from aiohttp.typedefs import Handler

OWN_NAMES = re.compile(r"(127\.0\.0\.1|localhost)(:\d{1,5})?", re.IGNORECASE)
"""What a browser may call this server; any port, because a tunnel may end at another one."""

FOREIGN_NAME = "This server answers to 127.0.0.1 and localhost only.\n"
FOREIGN_PAGE = "Another page may not use this server.\n"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign name (DNS rebinding) and a foreign page (its requests and its websockets)."""
    if not OWN_NAMES.fullmatch(request.host):
        raise web.HTTPForbidden(text=FOREIGN_NAME)
    origin = request.headers.get("Origin")
    connects = request.headers.get("Upgrade", "").lower() == "websocket"
    if (origin is not None or connects) and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text=FOREIGN_PAGE)
    return await handler(request)


async def seal(request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load from here only, stand in no other page's frame, and be kept nowhere."""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self'; connect-src ws://{request.host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if not request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
