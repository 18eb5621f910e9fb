"""One browser tab: one process of its own that holds one conversation."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

GRACE_S = 40.0
"""Longer than ending a run and its practice server takes."""


class Tab(AppService):
    """Starts its process without a shell, and does not rest until it has ended."""

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        super().__init__(
            shlex.join(command),
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._close_socket,
            download_manager=downloads,
        )
        self._arguments = command
        self._socket = socket

    async def _close_socket(self) -> None:
        await self._socket.close()

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        driver = {"TEXTUAL_DRIVER": "advisor.web.driver:TabDriver"}
        return {**super()._build_environment(width, height), **driver}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        # A session of its own: Ctrl+C reaches the server alone, which ends its tabs in good order.
        process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=None,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        # What goes wrong is said where the server was started; textual-serve would collect it for stdout.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Show what the process writes; the tab hears of its end, also when it never began."""
        await super().run()
        await self._close_socket()

    async def on_data(self, payload: bytes) -> None:
        """Show output; once the tab is closed it is only read away, or the process could not end."""
        with contextlib.suppress(ConnectionError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """Pass on what the process asks of the browser, while there is one."""
        with contextlib.suppress(ConnectionError):
            await super().on_meta(data)

    async def stop(self) -> None:
        """Ask the conversation to end as a closed terminal does, then insist."""
        process, task = self._process, self._task
        if process is None or task is None:
            return
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        await self.send_meta({"type": "quit"})
        self.stdin.close()
        for insist in (process.terminate, process.kill):
            if await _ended(process):
                break
            with contextlib.suppress(ProcessLookupError):
                insist()
        await process.wait()
        await task


async def _ended(process: Process) -> bool:
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(process.wait(), GRACE_S)
    return process.returncode is not None
