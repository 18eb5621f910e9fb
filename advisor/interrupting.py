"""A program that is asked to end ends what it started first."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import TextIO

INTERRUPTED = 130
SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def run_interruptibly(main: Coroutine[object, object, int]) -> int:
    """Run a coroutine to its end, or, when the program is told to end, up to its own cleaning up."""
    return asyncio.run(_guarded(main))


async def _guarded(main: Coroutine[object, object, int]) -> int:
    task = asyncio.current_task()
    assert task is not None
    on_signals(task.cancel)
    try:
        return await main
    except asyncio.CancelledError:
        return INTERRUPTED


def on_signals(end: Callable[[], object]) -> None:
    """Call `end` when the program is told to end or its terminal closes, where the system has such signals."""
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        # Windows and threads other than the first take no handlers; the program then ends as it always would.
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(number, end)


async def read_line(stream: TextIO) -> str:
    """Read one line, and let Ctrl-C end the wait for it."""
    if stream.isatty():
        await _line_typed(stream)
    with _interrupted_at_once():
        return stream.readline()


async def _line_typed(stream: TextIO) -> None:
    """Wait as the loop waits: a read has begun too late for a signal that came just before it."""
    loop, typed = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(stream, typed.set)
    except NotImplementedError:
        return  # the loop of Windows, where a read hears Ctrl-C itself
    try:
        await typed.wait()
    finally:
        loop.remove_reader(stream)


@contextlib.contextmanager
def _interrupted_at_once() -> Iterator[None]:
    """Have Ctrl-C end a wait for a typed line; a loop would hear of it only after that line."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
