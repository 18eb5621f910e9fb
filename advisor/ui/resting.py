"""Pauses in a flood of events, so that keys and screen have their turn."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORK_S, MOST_WORK_S = 0.004, 0.008
"""Seconds of a flood taken in at a time: the least, and the most after a long pause."""

REST_S = 0.010
"""Seconds left to everything else, long enough for a key to come all its way; a frame drawn then makes it longer."""


class Rest:
    """Says when a pause is due; after a long one more may be taken in, or a slow screen would starve the flood."""

    def __init__(self) -> None:
        self._until = time.monotonic() + WORK_S

    @property
    def due(self) -> bool:
        """Whether enough was taken in."""
        return time.monotonic() > self._until

    async def take(self) -> None:
        """Pause."""
        began = time.monotonic()
        await asyncio.sleep(REST_S)
        ended = time.monotonic()
        self._until = ended + min(MOST_WORK_S, max(WORK_S, ended - began))


@contextmanager
def short_collections() -> Iterator[None]:
    """Leave what is there already out of garbage collections; a flood causes many, and each would look through it."""
    gc.freeze()
    gc.callbacks.append(_leave_out_survivors)
    try:
        yield
    finally:
        gc.callbacks.remove(_leave_out_survivors)
        gc.unfreeze()


def _leave_out_survivors(phase: str, info: dict[str, int]) -> None:
    """Look at nothing twice: the newest lines of a log alone make a full collection take as long as a frame."""
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()
