"""The process of one deep check: limits itself, reads a request, says what it found.

Its libraries take seconds to import and gigabytes to run; here they can be ended without anybody else ending.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from advisor.domain.close_look import Deep, LabelNoise, NearCopies, ProxyCurve
from advisor.world.datasets.closer.deep_texts import distinct_rows
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.records import Roles

GRACE_S = 5.0
"""How long the child outlives its time limit, should nobody be left to end it."""


class Request(BaseModel):
    """What the child is told on its standard input."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    check: Deep
    path: str
    table: str = ""
    """The sheet or table of it that was read."""
    roles: Roles
    seconds: float
    memory: int
    """Bytes it may take."""


class Answer(BaseModel):
    """What the child says on its standard output; nothing in it where the rows do not allow the check."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    near: NearCopies | None = None
    noise: LabelNoise | None = None
    curve: ProxyCurve | None = None
    out_of_memory: bool = False
    failed: str = ""


def answer(request: Request) -> Answer:
    """Return what the check finds."""
    from advisor.world.datasets.closer import label_noise, near_copies, proxy_curve

    table = open_table(Path(request.path), request.table)
    if request.check == "near":
        draw = distinct_rows(table, request.roles, near_copies.MOST, labelled=False, in_each_split=True)
        return Answer(near=near_copies.near_copies(draw.rows, sampled=draw.sampled))
    if request.check == "noise":
        draw = distinct_rows(table, request.roles, label_noise.MOST, labelled=True)
        return Answer(noise=label_noise.label_noise(draw.rows, sampled=draw.sampled))
    draw = distinct_rows(table, request.roles, proxy_curve.MOST, labelled=True, in_each_split=True)
    return Answer(curve=proxy_curve.proxy_curve(draw.rows, sampled=draw.sampled))


def limit(request: Request) -> None:
    """Keep this process within its limits."""
    watch = threading.Timer(request.seconds + GRACE_S, os._exit, (1,))
    watch.daemon = True
    watch.start()
    if sys.platform == "win32":
        return
    import resource

    os.nice(5)
    # What a process reserves without ever filling it counts as address space, but on Linux not as data.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    hard = resource.getrlimit(kind)[1]
    memory = request.memory if hard == resource.RLIM_INFINITY else min(request.memory, hard)
    try:
        resource.setrlimit(kind, (memory, hard))
    except (OSError, ValueError):
        # Not every system knows the limit; the time limit holds all the same.
        return


def main() -> None:
    """Be the child."""
    # What libraries print goes to stderr; only the answer goes where it is awaited.
    out = os.dup(1)
    os.dup2(2, 1)
    request = Request.model_validate_json(sys.stdin.buffer.read())
    limit(request)
    try:
        said = answer(request)
    except MemoryError:
        said = Answer(out_of_memory=True)
    except Exception as error:  # whatever a library raises ends this check only
        # A library that no longer fits in fails to load, by this message.
        full = "failed to map segment" in str(error) or "Cannot allocate memory" in str(error)
        said = Answer(out_of_memory=full, failed=f"{type(error).__name__}: {error}"[:400])
    with os.fdopen(out, "wb") as file:
        file.write(said.model_dump_json().encode())
    os._exit(0)


if __name__ == "__main__":
    main()
