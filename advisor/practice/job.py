"""One fine-tuning job: its state and its events, kept on disk after each change."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from advisor.practice.disk import read_json, write_json
from advisor.practice.head import Epoch
from advisor.practice.wire import JsonObject, new_id, timestamp

ENDED = ("succeeded", "failed", "cancelled")


class Cancelled(Exception):
    """The client cancelled the job that is being run."""


class Job:
    """One job: what the API tells of it, kept on disk after each change."""

    def __init__(self, folder: Path, record: JsonObject, events: list[JsonObject]) -> None:
        self._path = folder / f"{record['id']}.json"
        self._events_path = folder / f"{record['id']}.events.jsonl"
        self._lock = threading.RLock()
        self.record = record
        self._events = events

    @classmethod
    def load(cls, path: Path) -> Job | None:
        """Return the job kept in `path`, or None if the file is damaged."""
        record = read_json(path)
        if record is None or "id" not in record:
            return None
        job = cls(path.parent, record, [])
        if job._events_path.exists():
            for line in job._events_path.read_text(encoding="utf-8").split("\n"):
                try:
                    job._events.append(json.loads(line))
                except ValueError:
                    continue
        return job

    @property
    def ended(self) -> bool:
        """Whether the job has succeeded, failed or been cancelled."""
        return self.record["status"] in ENDED

    def public(self) -> JsonObject:
        """Return the job as the API tells it."""
        with self._lock:
            return {name: value for name, value in self.record.items() if not name.startswith("_")}

    def events(self) -> list[JsonObject]:
        """Return all events, newest first."""
        with self._lock:
            return self._events[::-1]

    def checkpoints(self) -> list[JsonObject]:
        """Return all checkpoints, newest first."""
        with self._lock:
            return list(reversed(self.record["_checkpoints"]))

    def update(self, **changes: object) -> None:
        """Change the record and keep it; an ended job raises `Cancelled` and stays as it is."""
        with self._lock:
            if self.ended:
                raise Cancelled
            self.record.update(changes)
            write_json(self._path, self.record)

    def tell(self, message: str, data: JsonObject | None = None, level: str = "info") -> None:
        """Add an event."""
        event = {
            "id": new_id("ftevent"),
            "object": "fine_tuning.job.event",
            "created_at": timestamp(),
            "level": level,
            "message": message,
            "data": data if data is not None else {},
            "type": "message" if data is None else "metrics",
        }
        with self._lock, self._events_path.open("a", encoding="utf-8") as log:
            self._events.append(event)
            log.write(json.dumps(event) + "\n")

    def end(self, status: str, *messages: str, error: JsonObject | None = None, **changes: object) -> bool:
        """End the job and say so; False if it had ended already, which then stands."""
        with self._lock:
            if self.ended:
                return False
            for message in messages:
                self.tell(message, level="error" if error else "info")
            self.update(status=status, error=error, finished_at=timestamp(), estimated_finish=None, **changes)
            return True


def measures(epoch: Epoch) -> JsonObject:
    """Return an epoch as the `data` of a job's event."""
    measures: JsonObject = {
        "step": epoch.step,
        "total_steps": epoch.total_steps,
        "epoch": epoch.number,
        "train_loss": round(epoch.train_loss, 4),
        "train_mean_token_accuracy": round(epoch.train_accuracy, 4),
    }
    if epoch.valid_loss is not None and epoch.valid_accuracy is not None:
        measures["valid_loss"] = round(epoch.valid_loss, 4)
        measures["valid_mean_token_accuracy"] = round(epoch.valid_accuracy, 4)
    return measures


def as_csv(epochs: list[JsonObject]) -> bytes:
    """Return the epochs of a job as the table it leaves behind."""
    names = list(dict.fromkeys(name for epoch in epochs for name in epoch))
    lines = [",".join(names), *(",".join(str(epoch.get(name, "")) for name in names) for epoch in epochs)]
    return "\n".join(lines).encode()
