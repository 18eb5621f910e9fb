"""Training at a host that speaks OpenAI's files and fine-tuning API.

DSPy's own provider waits 20 seconds between looks, forgets the job when the process dies, hides why a job
failed, and uploads to api.openai.com whatever address the model has.
"""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from advisor.kit.endpoint import Endpoint
from advisor.kit.files import write_json, write_text
from advisor.kit.hosts import deploying
from advisor.kit.hosts.dialects import MIB, dialect_of
from advisor.kit.hosts.host import (
    ENDED,
    FELL_THROUGH,
    HostJob,
    JobFailed,
    Terms,
    TrainingHost,
    UploadRefused,
    as_lines,
)
from advisor.kit.journal import Journal
from advisor.kit.plan import Plan
from advisor.kit.refusals import words
from advisor.kit.stops import Stop

RETRIES = 5
SUFFIX_LENGTH = 18


def connect(endpoint: Endpoint) -> Any:
    """Return OpenAI's client for this host and no other."""
    # Imported here: it takes half as long as DSPy, and most routes never train.
    import openai

    return openai.OpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.key,
        max_retries=RETRIES,
        # A redirect would carry the rows to a host nobody was shown.
        http_client=openai.DefaultHttpxClient(follow_redirects=False),
    )


class OpenAICompatible(TrainingHost):
    """Trains one candidate; its job is on disk before anyone waits for it."""

    def __init__(self, endpoint: Endpoint, journal: Journal, folder: Path, candidate: str, host: str) -> None:
        super().__init__(journal, folder, candidate)
        self.endpoint, self.dialect = endpoint, dialect_of(host)

    def settings(self, plan: Plan) -> dict[str, Any]:
        """Return the settings of the job, as this host calls them."""
        return {**self.dialect.settings, **super().settings(plan)}

    def check(self, model: str, rows: list[dict[str, Any]]) -> None:
        """Look at the size of the file.

        Raises:
            Stop: the host takes no file as large.
        """
        size, most = len(as_lines(rows, self.dialect.fewest_rows).encode()), self.dialect.largest_file
        if size > most:
            told = f"The training file has {size / MIB:,.0f} MiB; this host takes {most / MIB:,.0f} MiB."
            raise Stop("host_refused", told, "Train on fewer rows, or choose another host.")

    def terms(self, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> Terms:
        """Return what is billed once the model is trained, and whether this host serves a tune of it at all."""
        served = self.dialect.served
        if not served or any(model.endswith(base) for base in served):
            return Terms(bills=self.dialect.bills)
        bases = " and ".join(served)
        return Terms(bills=f"By {self.dialect.source} it serves tunes of {bases} only: this one may never answer.")

    def finetune(self, job: HostJob, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> str:
        """Train and return the name of the tuned model; a job begun by an earlier run is waited for, not repeated.

        Raises:
            UploadRefused: the address is not the host that rows may be sent to.
            NotDeployed: the model is trained, and the user has to deploy it.
            JobFailed: the host ended the job without a model, with the reason it gave.
        """
        self._refuse_other_hosts()
        model = model.removeprefix("openai/")
        text = as_lines(rows, self.dialect.fewest_rows)
        record = self._record(model, text, settings)
        with connect(self.endpoint) as client:
            found = self._find(client, record)
            if found is None:
                self._upload(client, job, record, text, len(rows))
                job.go_on()
                found = self._create(client, record, settings)
            return "openai/" + self._answering(client, job, record, self._wait(client, job, record, found))

    def _refuse_other_hosts(self) -> None:
        host = urlsplit(self.endpoint.base_url).hostname
        if host != self.endpoint.upload_to:
            raise UploadRefused(f"Training rows may be sent to {self.endpoint.upload_to or 'no host'}, not to {host}.")

    def _find(self, client: Any, record: dict[str, Any]) -> Any:
        """Return the job of an earlier run, also one it died before writing down."""
        found = _begun(client, record)
        if found is None and (job_id := record.get("job_id")):
            raise JobFailed(f"The host knows nothing of the training job {job_id} any more.")
        if found is None or found.status in FELL_THROUGH:
            for name in ("last_event", "events_told"):
                record.pop(name, None)
            return None
        self.journal.say(f"Found the training job {found.id} of an earlier run; it is {found.status}.")
        return found

    def _status_of(self, job_id: str) -> str | None:
        with connect(self.endpoint) as client:
            there = found(client, {"job_id": job_id})
        return there and there[1]

    def _upload(self, client: Any, job: HostJob, record: dict[str, Any], text: str, rows: int) -> None:
        if "file_id" not in record:
            rows_path = self.path.with_suffix(".jsonl")
            write_text(rows_path, text)
            with rows_path.open("rb") as file:
                record["file_id"] = client.files.create(file=file, purpose="fine-tune").id
            write_json(self.path, record)
            self.journal.append("uploaded", host=self.endpoint.upload_to, rows=rows, file_id=record["file_id"])
        if self.dialect.files_are_checked:
            deploying.wait_for_file(client, client.files.retrieve(record["file_id"]), self.endpoint, job.given_up.wait)

    def _create(self, client: Any, record: dict[str, Any], settings: dict[str, Any]) -> Any:
        options: dict[str, Any] = {}
        if settings and self.dialect.settings_at == "top":
            options["hyperparameters"] = settings
        elif settings:
            options["method"] = {"type": "supervised", "supervised": {"hyperparameters": settings}}
        # Not repeated when the answer is lost: the job may exist, and `_find` will see it.
        return client.with_options(max_retries=0).fine_tuning.jobs.create(
            model=record["model"],
            training_file=record["file_id"],
            suffix=self.candidate[:SUFFIX_LENGTH],
            **options,
        )

    def _answering(self, client: Any, job: HostJob, record: dict[str, Any], found: Any) -> str:
        """Return the name the tuned model answers to, once it does."""
        record["trained_model"] = trained = found.fine_tuned_model
        write_json(self.path, record)
        if self.dialect.deploy == "adapter":
            name = deploying.register_adapter(client, self.endpoint, found, self.candidate, job.given_up.wait)
        elif not trained:
            raise JobFailed(_reason(found))
        elif self.dialect.deploy == "by_hand":
            name = record["deployment"] = deploying.deployed_by_hand(self.endpoint, trained, self.candidate)
        else:
            name = str(trained)
        record["fine_tuned_model"] = name
        write_json(self.path, record)
        return name

    def _wait(self, client: Any, job: HostJob, record: dict[str, Any], found: Any) -> Any:
        record["job_id"] = found.id
        write_json(self.path, record)
        while True:
            found = client.fine_tuning.jobs.retrieve(record["job_id"])
            self._tell_news(client, record, found.status)
            job.last_status = record["status"] = found.status
            record["trained_tokens"] = found.trained_tokens
            write_json(self.path, record)
            if found.status in ENDED:
                break
            if job.given_up.wait(self.endpoint.poll_seconds):
                self._cancel(client, job, record)
                raise JobFailed("The job was cancelled.")
        if found.status != "succeeded":
            raise JobFailed(_reason(found))
        return found

    def _tell_news(self, client: Any, record: dict[str, Any], status: str) -> None:
        """Report the events not reported yet."""
        news, ended = self._news(client, record), status in ENDED
        for event in news:
            last = event is news[-1]
            self._report(record, status if last or not ended else "running", event.message, _figures(event.data))
            record["last_event"] = event.id
            if not self.dialect.newest_event_first:
                record["events_told"].append(event.id)
        if ended and not news:
            self._report(record, status, f"The job has {status}.", {})

    def _news(self, client: Any, record: dict[str, Any]) -> list[Any]:
        """Return the events not reported yet, oldest first."""
        events = client.fine_tuning.jobs.list_events(record["job_id"], limit=100)
        if self.dialect.newest_event_first:
            return [*itertools.takewhile(lambda event: event.id != record.get("last_event"), events)][::-1]
        told = record.setdefault("events_told", [])
        return sorted((event for event in events if event.id not in told), key=lambda event: event.created_at)

    def _cancel(self, client: Any, job: HostJob, record: dict[str, Any]) -> None:
        try:
            job.last_status = record["status"] = cancelled(client, record["job_id"])
        except Exception as error:
            self.journal.say(f"The host did not cancel the job {record['job_id']}: {words(error)}", "warning")
            return
        write_json(self.path, record)
        self._report(record, job.last_status, "Cancelled because the run was interrupted.", {})


def found(client: Any, record: dict[str, Any]) -> tuple[str, str] | None:
    """Return the id and the status of a record's job, or None where the host knows of none."""
    job = _begun(client, record)
    return job and (str(job.id), str(job.status))


def cancelled(client: Any, job_id: str) -> str:
    """Have a job cancelled, and return its status after that."""
    return str(client.fine_tuning.jobs.cancel(job_id).status)


def _begun(client: Any, record: dict[str, Any]) -> Any:
    """Return the job of a record, also one whose id was never written down."""
    if job_id := record.get("job_id"):
        return _retrieved(client, job_id)
    if file_id := record.get("file_id"):
        jobs = client.fine_tuning.jobs.list(limit=100)
        return next((job for job in jobs if job.training_file == file_id), None)
    return None


def _retrieved(client: Any, job_id: str) -> Any:
    try:
        return client.fine_tuning.jobs.retrieve(job_id)
    except Exception as error:
        if getattr(error, "status_code", None) != 404:
            raise
        return None


def _reason(found: Any) -> str:
    said = getattr(found.error, "message", None) if found.error else None
    return f"The training job {found.id} {found.status}: {said or 'the host gave no reason'}"


def _figures(data: Any) -> dict[str, Any]:
    """Return the numbers of an event; hosts differ in which they send, and some send text."""
    told = data if isinstance(data, dict) else {}
    whole = {name: _number(told.get(name)) for name in ("step", "total_steps", "epoch")}
    losses = {name: _number(told.get(name)) for name in ("train_loss", "valid_loss")}
    figures: dict[str, Any] = {name: None if value is None else int(value) for name, value in whole.items()}
    return {name: value for name, value in {**figures, **losses}.items() if value is not None}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return value
