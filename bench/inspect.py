"""Inspection of a million rows beside bare engines, in one run: `python -m bench.inspect [--rows N] [--folder DIR]`.

Every engine counts in a process of its own: rows, gaps, labels, copies, inputs with several labels, and in the rows
marked "+ normalised" copies after normalisation as well, which our report always has. CPU is user and system time of
all threads; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

FIELDS = ("id", "created", "channel", "text", "queue", "priority", "agent")
ENGINES: tuple[tuple[str, str, str], ...] = (
    ("jsonl", "ours", "+ normalised"),
    ("jsonl", "orjson loop", "+ normalised"),
    ("jsonl", "orjson loop", ""),
    ("jsonl", "pandas", ""),
    ("csv", "ours", "+ normalised"),
    ("csv", "duckdb", "+ normalised"),
    ("csv", "duckdb", ""),
    ("csv", "pandas", ""),
    ("parquet", "ours", "+ normalised"),
    ("parquet", "duckdb", "+ normalised"),
    ("parquet", "duckdb", ""),
)
GOALS = {"jsonl": 1.3, "csv": 1.5, "parquet": 1.5}
"""CPU of ours over that of the bare engine doing the same counts."""

MEMORY = 400
"""Megabytes."""


class Measured(NamedTuple):
    """One engine on one file."""

    cpu: float
    wall: float
    megabytes: float
    figures: dict[str, int]


def main(argv: list[str]) -> int:
    """Print a Markdown table; 1 when a goal is missed or two engines count differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--count", nargs=3, metavar=("FORMAT", "ENGINE", "MORE"), help=argparse.SUPPRESS)
    parser.add_argument("--generate", action="store_true", help="write the files and measure nothing")
    options = parser.parse_args(argv)
    if options.count:
        return _count(options.folder, *options.count)
    if options.generate:
        generate(options.folder, options.rows)
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        # In a process of its own: a child is born with the peak of its parent.
        size = ["--generate", "--rows", str(options.rows), "--folder", str(folder)]
        subprocess.run([sys.executable, "-m", "bench.inspect", *size], check=True)
        found = {engine: _measure(folder, *engine) for engine in ENGINES}
    return _print(found)


def generate(folder: Path, rows: int) -> None:
    """Write the tickets as JSON Lines, CSV and Parquet: 48 labels, gaps, copies, conflicts, quoted line breaks."""
    import duckdb
    import orjson

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tickets.jsonl"
    with path.open("wb") as stream:
        for row in _tickets(rows):
            stream.write(orjson.dumps(row) + b"\n")
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in FIELDS)
    with duckdb.connect() as database:
        database.execute(
            f"create table t as select * from read_json(?, columns={{{columns}}}, format='newline_delimited')",
            [str(path)],
        )
        database.execute(f"copy t to '{folder / 'tickets.csv'}' (header)")
        database.execute(f"copy t to '{folder / 'tickets.parquet'}'")


def _tickets(rows: int) -> Any:
    dice = random.Random(7)
    syllables = [consonant + vowel for consonant in "bcdfghjklmnprstvw" for vowel in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(4_000)]
    queues, weights = [f"queue_{at:02d}" for at in range(48)], [1 / (at + 1) for at in range(48)]
    earlier: list[str] = []
    for at in range(rows):
        text = dice.choice(earlier) if earlier and dice.random() < 0.035 else _text(dice, words)
        if len(earlier) < 100_000:
            earlier.append(text)
        yield {
            "id": f"T{at:08d}",
            "created": f"2026-{at % 12 + 1:02d}-{at % 28 + 1:02d}",
            "channel": dice.choice(("mail", "phone", "chat")),
            "text": text if dice.random() > 0.01 else text.upper(),
            "queue": dice.choices(queues, weights)[0] if dice.random() > 0.01 else None,
            "priority": str(at % 4),
            "agent": f"agent {at % 300}",
        }


def _text(dice: random.Random, words: list[str]) -> str:
    text = " ".join(dice.choices(words, k=dice.randint(15, 75))).capitalize() + "."
    half = len(text) // 2
    if dice.random() < 0.1:
        text = f'{text[:half]}\n"quoted", {text[half:]}'
    return f"{text} é" if dice.random() < 0.02 else text


def _measure(folder: Path, kind: str, engine: str, more: str) -> Measured:
    command = [sys.executable, "-m", "bench.inspect", "--folder", str(folder), "--count", kind, engine, more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{engine} could not read {kind}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return Measured(float("nan"), float("nan"), float("nan"), {})
    return Measured(**json.loads(done.stdout))


def _count(folder: Path, kind: str, engine: str, more: str) -> int:
    path, began = folder / f"tickets.{kind}", time.perf_counter()
    count = {"ours": _ours, "orjson loop": _orjson_loop, "duckdb": _duckdb, "pandas": _pandas}[engine]
    figures = count(path, bool(more))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu, wall = used.ru_utime + used.ru_stime, time.perf_counter() - began
    print(json.dumps(Measured(cpu, wall, used.ru_maxrss / 1024, figures)._asdict()))
    return 0


def _ours(path: Path, more: bool) -> dict[str, int]:
    from advisor.world.datasets.inspection import inspect

    report = inspect(path, label_field="queue", input_fields=("text",))
    return {
        "rows": report.rows,
        "without label": report.missing_labels,
        "labels": report.classes,
        "copies": report.duplicates,
        "conflicting": report.conflicting_inputs,
        "normalised copies": report.normalized_duplicates,
    }


def _orjson_loop(path: Path, more: bool) -> dict[str, int]:
    import orjson

    from advisor.world.datasets.text import normalize

    gaps: Counter[str] = Counter()
    labels: Counter[str | None] = Counter()
    first: dict[bytes, str | None] = {}
    torn: dict[bytes, set[str | None]] = {}
    folded: set[bytes] = set()
    rows = copies = 0
    with path.open("rb") as stream:
        for line in stream:
            row = orjson.loads(line)
            rows += 1
            for name, value in row.items():
                if value is None or value == "":
                    gaps[name] += 1
            label = row["queue"]
            labels[label] += 1
            key = blake2b(row["text"].encode(), digest_size=8).digest()
            if key in first:
                copies += 1
                torn.setdefault(key, {first[key]}).add(label)
            else:
                first[key] = label
            if more:
                folded.add(blake2b(normalize(row["text"]).encode(), digest_size=8).digest())
    return {
        "rows": rows,
        "without label": gaps["queue"],
        "labels": len(set(labels) - {None}),
        "copies": copies,
        "conflicting": sum(len(found - {None}) > 1 for found in torn.values()),
        **({"normalised copies": rows - len(folded)} if more else {}),
    }


def _duckdb(path: Path, more: bool) -> dict[str, int]:
    import duckdb

    columns = ", ".join(f"{name}: 'VARCHAR'" for name in FIELDS)
    table = f"read_csv('{path}', header=true, columns={{{columns}}}, auto_detect=false)"
    source = table if path.suffix == ".csv" else f"read_parquet('{path}')"
    folded = r"trim(regexp_replace(regexp_replace(lower(text), '[^\w\s]', '', 'g'), '\s+', ' ', 'g'))"
    with duckdb.connect(config={"threads": 2, "memory_limit": "512MB"}) as database:
        one = database.execute(
            "with g as (select count(*) n, count(distinct queue) labels from "
            f"(select hash(text) h, queue from {source}) group by h) "
            "select sum(n), sum(n) - count(*), count(*) filter (labels > 1) from g"
        ).fetchone()
        gaps = database.execute(f"select {', '.join(f'count({name})' for name in FIELDS)} from {source}").fetchone()
        labels = database.execute(f"select queue, count(*) from {source} group by 1").fetchall()
        distinct = database.execute(f"select count(distinct hash({folded})) from {source}").fetchone() if more else None
    assert one and gaps
    return {
        "rows": int(one[0]),
        "without label": int(one[0]) - gaps[FIELDS.index("queue")],
        "labels": sum(label is not None for label, _ in labels),
        "copies": int(one[1]),
        "conflicting": one[2],
        **({"normalised copies": int(one[0]) - distinct[0]} if distinct else {}),
    }


def _pandas(path: Path, more: bool) -> dict[str, int]:
    import pandas

    frame = pandas.read_json(path, lines=True, dtype=False) if path.suffix == ".jsonl" else pandas.read_csv(path)
    gaps = frame.isna().sum()
    several = frame.groupby("text")["queue"].nunique()
    return {
        "rows": len(frame),
        "without label": int(gaps["queue"]),
        "labels": int(frame["queue"].nunique()),
        "copies": int(frame["text"].duplicated().sum()),
        "conflicting": int((several > 1).sum()),
    }


def _print(found: dict[tuple[str, str, str], Measured]) -> int:
    missed = False
    print("| file | engine | CPU s | wall s | MB | ours / it |\n|---|---|---|---|---|---|")
    for (kind, engine, more), measured in found.items():
        ours = found[kind, "ours", "+ normalised"]
        ratio = ours.cpu / measured.cpu
        goal = GOALS[kind] if engine != "ours" and more else None
        missed |= goal is not None and ratio > goal
        missed |= engine == "ours" and ours.megabytes > MEMORY
        missed |= any(ours.figures[name] != n for name, n in measured.figures.items())
        shown = "" if engine == "ours" else f"{ratio:.2f}" + (f" (goal {goal:g})" if goal else "")
        row = f"{measured.cpu:.1f} | {measured.wall:.1f} | {measured.megabytes:.0f} | {shown}"
        print(f"| {kind} | {engine} {more} | {row} |")
    for kind in GOALS:
        print(f"{kind}: {found[kind, 'ours', '+ normalised'].figures}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
