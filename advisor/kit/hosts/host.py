"""What training hosts have in common: one candidate, and its job on disk before anyone waits for it."""

from __future__ import annotations

import abc
import hashlib
import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from dspy.clients.provider import Provider, TrainingJob

from advisor.kit.files import read_json, write_json
from advisor.kit.journal import Journal
from advisor.kit.plan import Plan
from advisor.kit.stops import Stop
from advisor.kit.watch import Meter

FEWEST_ROWS = 10
"""OpenAI's minimum; the others copy it."""
FELL_THROUGH = ("failed", "cancelled")
"""How a job ends without a model."""
ENDED = ("succeeded", *FELL_THROUGH)
Earlier = Literal["nothing", "goes_on", "cancelled", "forgotten"]
"""What an earlier leg of a run has left of a training: none that holds, one to wait for, one that was cancelled and is
billed for what it did, or one its host denies."""


class UploadRefused(Exception):
    """Rows were about to go to a host the user was not shown."""


class JobFailed(Exception):
    """The host ended the job without a model."""


class NotDeployed(Exception):
    """The model is trained and answers nobody yet: the user has to do something first."""

    def __init__(self, why: str, try_this: str) -> None:
        super().__init__(f"{why} {try_this}")
        self.why, self.try_this = why, try_this


class Stopped(Exception):
    """What ends the run, on its way out of a training."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(str(stop))
        self.stop = stop


@dataclass(frozen=True)
class Terms:
    """What a training will cost, as far as the host says, and what is billed once the model is trained."""

    dollars: float | None = None
    bills: str = ""


class HostJob(TrainingJob):
    """A training job at the host."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.given_up = threading.Event()
        self.last_status = "not_started"

    def cancel(self, seconds: float = 15.0) -> bool:
        """Ask the host to stop the job and wait for its answer."""
        self.given_up.set()
        self.thread.join(seconds)
        return self.last_status == "cancelled"

    def go_on(self) -> None:
        """Go on to what is paid for.

        Raises:
            JobFailed: the run was interrupted; the host has no job of it.
        """
        if self.given_up.is_set():
            self.last_status = "cancelled"
            raise JobFailed("Interrupted before the training job was begun: nothing of it is billed.")

    def status(self) -> str:
        """Return what the host last said."""
        return self.last_status


class TrainingHost(abc.ABC):
    """Trains one candidate; what is known of its job is in `path`."""

    uploads = True
    """Whether rows leave this computer."""
    stop_seconds = 15.0
    """How long it may take to stop a job."""
    left = "The training job was left at the host as it is; --resume finds it, and --tear-down cancels it."
    """What is said of one that was not stopped in that time."""

    def __init__(self, journal: Journal, folder: Path, candidate: str) -> None:
        self.journal, self.candidate = journal, candidate
        self.path = folder / f"{candidate}.json"

    def settings(self, plan: Plan) -> dict[str, Any]:
        """Return the settings of the job, as this host calls them."""
        return {"n_epochs": plan.epochs} if plan.epochs else {}

    def check(self, model: str, rows: list[dict[str, Any]]) -> None:  # noqa: B027 (some hosts need no look beforehand)
        """Find what would make the training pointless, before anything is sent or paid.

        Raises:
            Stop: the host cannot train this, or cannot serve what it trains.
        """

    def terms(self, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> Terms:
        """Return what the user agrees to besides sending the rows, which they have agreed to."""
        return Terms()

    @abc.abstractmethod
    def finetune(self, job: HostJob, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> str:
        """Train and return the name of the tuned model; a job begun by an earlier run is waited for, not repeated."""

    def earlier(self, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> Earlier:
        """Return how the very job stands that an earlier leg of the run has begun, by its host's word."""
        record = self._record(model, as_lines(rows, fewest=0), settings)
        if "job_id" not in record or record.get("status") == "failed":
            return "nothing"
        match self._status_of(record["job_id"]):
            case None:
                return "forgotten"
            case "failed":
                return "nothing"
            case "cancelled":
                return "cancelled"
        return "goes_on"

    @abc.abstractmethod
    def _status_of(self, job_id: str) -> str | None:
        """Return what the host says of a job, or None where it knows of none."""

    @property
    def job_id(self) -> str:
        """The job that was last begun."""
        return str(read_json(self.path).get("job_id", ""))

    def begin_again(self) -> None:
        """Forget the job that the host has forgotten, and its file; the next training is another one."""
        record = read_json(self.path)
        write_json(self.path, {name: record[name] for name in ("digest", "model", "settings") if name in record})

    def dollars(self, price: float | None) -> float | None:
        """Return what the training cost at this price for a million tokens; None when that is not known."""
        tokens = self.trained_tokens()
        if price == 0:
            return 0.0
        return tokens * price / 1e6 if tokens is not None and price is not None else None

    def trained_tokens(self) -> int | None:
        """Return how many tokens the host says it trained on."""
        tokens = read_json(self.path).get("trained_tokens")
        return tokens if isinstance(tokens, int) else None

    def _record(self, model: str, text: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Return what is known of this job; nothing when its rows or settings were others."""
        digest = hashlib.sha256(json.dumps([model, settings, text]).encode()).hexdigest()
        record = read_json(self.path)
        if record.get("digest") == digest:
            return record
        return {"digest": digest, "model": model, "settings": settings}

    def tell_price(self, record: dict[str, Any], meter: Meter) -> None:
        """Journal what the training cost, with all that was spent until then."""
        told = f"The training cost about ${record['dollars']:,.2f}."
        self._report(record, str(record.get("status", "succeeded")), told, {"meter": asdict(meter)})

    def _report(self, record: dict[str, Any], status: str, message: str, figures: dict[str, Any]) -> None:
        self.journal.append(
            "job_reported",
            job_id=record["job_id"],
            candidate=self.candidate,
            status=status,
            message=message,
            **figures,
        )


class Trainer(Provider):
    """A host as DSPy asks it in a thread: only an `Exception` ends that job, anything else is waited out for ever."""

    def __init__(self, host: TrainingHost) -> None:
        super().__init__()
        self.finetunable, self.TrainingJob = True, HostJob
        self.host = host

    def __deepcopy__(self, memo: dict[int, Any]) -> Trainer:
        """One connection, however often a program is copied."""
        return self

    def finetune(
        self,
        job: HostJob,
        model: str,
        train_data: list[dict[str, Any]],
        train_data_format: Any,
        train_kwargs: dict[str, Any] | None = None,
    ) -> str:
        """Train and return the name of the tuned model.

        Raises:
            Stopped: the run is over.
        """
        try:
            return self.host.finetune(job, model, train_data, dict(train_kwargs or {}))
        except Stop as stop:
            raise Stopped(stop) from stop


def as_lines(rows: list[dict[str, Any]], fewest: int = FEWEST_ROWS) -> str:
    """Return training rows as the text of a JSON Lines file.

    Raises:
        JobFailed: they are too few for the host.
    """
    if len(rows) < fewest:
        raise JobFailed(f"{len(rows)} training rows; hosts want at least {fewest}.")
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
