"""Several processes that carry one training out together, and end together.

torch's own launcher would do, but for two things: killed, it leaves its workers behind, and asked to stop, it gives
them half a minute, in which no large model is saved.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from advisor.kit.files import read_json, write_json
from advisor.kit.local.rows import Unusable
from advisor.kit.local.spread import Spread

LAST_WORDS = "failed-{}.json"
POLL_SECONDS = 0.2
PATIENCE_SECONDS = 5.0
"""How long the others have once one has failed: most of them wait for it, and would for ever."""
LOOPBACK = {"linux": "lo", "darwin": "lo0"}
VISIBLE = "CUDA_VISIBLE_DEVICES"
SHARDED = "ACCELERATE_USE_FSDP"


def carry_out(command: list[str], folder: Path, spread: Spread, held: int) -> int:
    """Run the command once for every process and return its exit code; `held` is a file all of them keep open.

    Raises:
        Unusable: one of them failed; said in its own words, where it had any.
    """
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    for rank in range(spread.processes):
        (folder / LAST_WORDS.format(rank)).unlink(missing_ok=True)
    store = _meeting_place() if spread.processes > 1 else None
    kept = (held,) if os.name == "posix" else ()
    started = [
        # Its standard input ends when this process does, however it ends: no worker outlives it.
        subprocess.Popen(command, stdin=subprocess.PIPE, env=_environment(spread, rank, store), pass_fds=kept)
        for rank in range(spread.processes)
    ]
    try:
        failed = _first_to_fail(started, asked)
    finally:
        for one in started:
            one.kill()
            one.wait()
    if not failed:
        return 0
    if asked.is_set() and -signal.SIGTERM in failed.values():
        # It was asked before it could save anything.
        return 128 + signal.SIGTERM
    raise _why(folder, spread, failed)


def _meeting_place() -> Any:
    """Where the processes find each other: a port of this computer that no other can reach."""
    from torch.distributed import TCPStore

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(128)
        port = int(free.getsockname()[1])
        return TCPStore("127.0.0.1", port, is_master=True, wait_for_workers=False, master_listen_fd=free.detach())


def _environment(spread: Spread, rank: int, store: Any) -> dict[str, str]:
    own = dict(os.environ)
    if spread.cards is not None:
        visible = own.get(VISIBLE, "").split(",")
        own[VISIBLE] = ",".join(visible[at] if any(visible) else str(at) for at in spread.cards)
    if store is None:
        return own
    own["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 2) // (2 * spread.processes)))
    if sys.platform in LOOPBACK:
        own.setdefault("GLOO_SOCKET_IFNAME", LOOPBACK[sys.platform])
    own |= {
        "RANK": str(rank), "LOCAL_RANK": str(rank), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(store.port),
        "WORLD_SIZE": str(spread.processes), "LOCAL_WORLD_SIZE": str(spread.processes),
        "TORCHELASTIC_USE_AGENT_STORE": "True",
    }  # fmt: skip
    if spread.sharded:
        # Read by accelerate and transformers before the trainer is made: only the first process loads the weights.
        own |= {
            SHARDED: "true", "FSDP_VERSION": "2", "FSDP_CPU_RAM_EFFICIENT_LOADING": "true",
            "FSDP_STATE_DICT_TYPE": "FULL_STATE_DICT",
        }  # fmt: skip
    return own


def _first_to_fail(started: list[subprocess.Popen[bytes]], asked: threading.Event) -> dict[int, int]:
    """Wait for all to end, or for one to fail and the others to have had their time; return how the first failed."""
    passed_on, failed, until = False, _failures(started), float("inf")
    while any(one.poll() is None for one in started) and time.monotonic() < until:
        if asked.is_set() and not passed_on:
            passed_on = True
            for one in started:
                one.terminate()
        if not failed and (failed := _failures(started)):
            until = time.monotonic() + PATIENCE_SECONDS
        time.sleep(POLL_SECONDS)
    return failed or _failures(started)


def _failures(started: list[subprocess.Popen[bytes]]) -> dict[int, int]:
    return {rank: one.returncode for rank, one in enumerate(started) if one.poll()}


def _why(folder: Path, spread: Spread, failed: dict[int, int]) -> Unusable:
    """What the first to fail said: the others only miss it."""
    words = [read_json(folder / LAST_WORDS.format(rank)) for rank in range(spread.processes)]
    said = sorted((one for one in words if one), key=lambda one: float(one["t"]))
    killed = [rank for rank, code in failed.items() if code == -signal.SIGKILL]
    # One that was killed says nothing; what the others then say is that it is gone.
    if said and not killed:
        return Unusable(said[0]["why"], said[0]["try_this"])
    rank = (killed or list(failed))[0]
    how = f"by signal {-failed[rank]}" if failed[rank] < 0 else "without a word"
    return Unusable(
        f"Process {rank + 1} of {spread.processes} of the training was ended {how}.",
        "A system ends a process when memory runs out. What was last said is in log.txt beside the job; --resume goes "
        "on from the last checkpoint.",
    )


def end_with_starter() -> None:
    """End this process when the one that started it has ended: in a training it would wait for it for ever."""
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 1):
            pass
    os._exit(1)


def say_last_words(folder: Path, why: str, try_this: str) -> None:
    """Leave for the starter why this process fails."""
    rank = int(os.environ.get("RANK", "0"))
    write_json(folder / LAST_WORDS.format(rank), {"t": time.time(), "why": why, "try_this": try_this})
