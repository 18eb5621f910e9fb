"""The record of a run: `events.jsonl`, one JSON object a line, only ever appended to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Event = dict[str, Any]


class Journal:
    """Appends events; a line is on its way to the disk before `append` returns."""

    def __init__(self, path: Path, show: Callable[[Event], None] | None = None) -> None:
        self.path = path
        self._show = show
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        torn = path.exists() and not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
        self._file = path.open("ab", buffering=0)
        if torn:
            # A killed run left half a line: end it, so that the next event is not lost with it.
            self._file.write(b"\n")

    def append(self, kind: str, **fields: Any) -> None:
        """Write one event and show it. Thread-safe."""
        event = {"kind": kind, "t": round(time.time(), 3), **fields}
        line = json.dumps(event, ensure_ascii=True, default=str) + "\n"
        with self._lock:
            self._file.write(line.encode())
            if self._show:
                self._show(event)

    def say(self, text: str, level: str = "info") -> None:
        """Write a line for the log."""
        self.append("said", level=level, text=text)

    def events(self) -> list[Event]:
        """Everything written so far, by this process and those before it."""
        return list(read_events(self.path))


def read_events(path: Path) -> Iterator[Event]:
    """Yield the whole events of a journal; a half-written line is passed over."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and "kind" in event:
                yield event


def finished_stages(events: list[Event]) -> set[str]:
    """Return the stages whose files are on disk."""
    return {event["stage"] for event in events if event["kind"] == "stage_finished"}


def scored(events: list[Event], split: str) -> dict[str, Event]:
    """Return the last `scored` event of every candidate on `split`."""
    return {event["candidate"]: event for event in events if event["kind"] == "scored" and event["split"] == split}


def looks_at_test(runs: Path, own: Path) -> int:
    """Return how many other runs have answered test rows."""
    others = (path for path in runs.glob("*/events.jsonl") if path.parent.resolve() != own.resolve())
    return sum(bool(scored(list(read_events(path)), "test")) for path in others)


def ending(events: list[Event]) -> Event | None:
    """Return how the run ended; None when it has not, or has begun again since."""
    for event in reversed(events):
        if event["kind"] == "finished":
            return event
        if event["kind"] == "started":
            return None
    return None
