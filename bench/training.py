"""Training on this computer against bare TRL, in one run: `python -m bench.training [--model NAME] [--method lora]`.

Without a model one of 160,000 random weights is made, which shows what ours costs by the step: nothing hides it. The
tokens a second count steps alone; the whole time has all the rest, of which bare TRL does nothing: held-out rows
answered, checkpoints, the merged model checked and written. Needs the extra `local`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from advisor.kit.files import write_lines
from advisor.kit.journal import read_events
from advisor.kit.local import held_out
from advisor.kit.local.job import EVENTS, HELD_OUT, LOG, ROWS, Job, write_job
from tests.local_training.tiny_model import chat_rows, texts_of, tickets, write_tiny_model

GOAL = 0.97
"""Tokens a second, ours to bare."""


def main() -> int:
    """Print a Markdown table; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="a folder or a name on the hub")
    parser.add_argument("--method", default="lora", choices=("lora", "full"))
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        rows = chat_rows(tickets(chosen.rows, seed=1))
        model = chosen.model or str(write_tiny_model(Path(made) / "tiny", texts_of(rows)))
        ours, bare = [], []
        for number in range(chosen.rounds):
            folder = prepared(Path(made) / str(number), Job(model, method=chosen.method, epochs=1), rows)
            ours.append(_ours(folder))
            bare.append(_bare(folder))
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, bare, strict=True))
    print("| training | tokens/s, steps alone | whole time, s |\n|---|---|---|")
    for name, found in (("ours", ours), ("bare TRL", bare)):
        speeds = sorted(speed for speed, _ in found)
        whole = statistics.median(seconds for _, seconds in found)
        print(f"| {name} | {statistics.median(speeds):,.0f} ({speeds[0]:,.0f} to {speeds[-1]:,.0f}) | {whole:.1f} |")
    print(f"\nours to bare, median of {chosen.rounds} pairs: {ratio:.3f} (goal at least {GOAL})")
    return int(ratio < GOAL)


def prepared(folder: Path, job: Job, rows: list[dict[str, object]]) -> Path:
    """Write the folder of a job, as a project does."""
    train, kept_back = held_out.split(rows, job.seed)
    write_lines(folder / ROWS, train)
    write_lines(folder / HELD_OUT, kept_back)
    write_job(folder, job)
    return folder


def _ours(folder: Path) -> tuple[float, float]:
    began = time.perf_counter()
    _run("advisor.kit.local.tune", folder)
    done = next(event for event in read_events(folder / EVENTS) if event["kind"] == "done")
    return done["tokens"] / done["seconds"], time.perf_counter() - began


def _bare(folder: Path) -> tuple[float, float]:
    began = time.perf_counter()
    told = json.loads(_run("bench.bare_trl", folder).splitlines()[-1])
    return told["tokens"] / told["seconds"], time.perf_counter() - began


def _run(module: str, folder: Path) -> str:
    # A tiny model is slower on more than one core (the threads wait for each other).
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    with (folder / LOG).open("ab") as log:
        return subprocess.run(
            [sys.executable, "-m", module, str(folder)], env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
            check=True,
        ).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
