"""Training at Together, with its own package: the price is known before the yes, the model is served on rented GPUs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from advisor.kit.endpoint import Endpoint
from advisor.kit.files import read_json, write_json, write_text
from advisor.kit.hosts import hosted
from advisor.kit.hosts.host import FELL_THROUGH, HostJob, JobFailed, Terms, TrainingHost, as_lines
from advisor.kit.hosts.hosted import Hosted
from advisor.kit.hosts.together_endpoints import (
    STOPS_ITSELF_MINUTES,
    Endpoints,
    command,
    connect,
    hardware_for,
    in_project,
)
from advisor.kit.journal import Journal
from advisor.kit.plan import Plan
from advisor.kit.refusals import words
from advisor.kit.stops import Stop

STATUS = {"completed": "succeeded", "error": "failed", "cancelled": "cancelled", "cancel_requested": "cancelled"}
"""How a job ends, in OpenAI's words; what the host was asked for it does."""
EPOCHS = 3
SUFFIX_LENGTH = 40
CHECKS = 600
"""Looks at a file that the host is checking."""


class Together(TrainingHost):
    """Trains one candidate with LoRA; its job is on disk before anyone waits for it."""

    def __init__(
        self, endpoint: Endpoint, journal: Journal, folder: Path, candidate: str, rented: Hosted, run: str
    ) -> None:
        super().__init__(journal, folder, candidate)
        self.endpoint, self.rented = endpoint, rented
        # The run in the name tells this endpoint from those of other runs, also before its id is known.
        self.name = re.sub(r"[^a-z0-9]+", "-", f"advised-{run}-{candidate}".lower()).strip("-")

    def settings(self, plan: Plan) -> dict[str, Any]:
        """Return the settings of the job: only the answers are learned, not the questions."""
        return {"n_epochs": plan.epochs or EPOCHS, "lora": True, "train_on_inputs": False}

    def check(self, model: str, rows: list[dict[str, Any]]) -> None:
        """See that tunes of the model can be served, and that the file is in order; nothing is sent.

        Raises:
            Stop: one of them is not so.
        """
        with connect(self.endpoint) as client:
            in_project(client)
            hardware_for(client, model)
        self._written(as_lines(rows), rows)

    def _written(self, text: str, rows: list[dict[str, Any]]) -> Path:
        """Together's own check passes rows that end without an answer: ours comes first."""
        from together.lib.utils.files import check_file

        for number, row in enumerate(rows, 1):
            last = row["messages"][-1]
            if last["role"] != "assistant" or not str(last["content"] or "").strip():
                raise Stop("failed", f"Training row {number} has no answer to learn.", "Look at data/train.jsonl.")
        path = self.path.with_suffix(".jsonl")
        write_text(path, text)
        report = check_file(path)
        if not report["is_check_passed"]:
            raise Stop("failed", f"Together's check refuses the rows: {report['message']}", f"The file is {path}.")
        return path

    def terms(self, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> Terms:
        """Send the rows, which the user has agreed to, and return the host's price and what is billed afterwards.

        Raises:
            Stop: the host cannot say what it costs, or the balance does not cover it.
        """
        text = as_lines(rows)
        record = self._record(model, text, settings)
        with connect(self.endpoint) as client:
            in_project(client)
            hardware = hardware_for(client, model)
            self._upload(client, record, self._written(text, rows), len(rows))
            dollars = self._price(client, record, settings)
        record["estimated_dollars"] = dollars
        write_json(self.path, record)
        per_hour = hosted.price({"cents_per_hour": hardware.cents_per_hour})
        return Terms(
            dollars,
            f"Nothing serves the tuned model but an endpoint of its own: {hardware.label}, {per_hour}. It is started "
            "when the run first asks it and stopped with the run, at the budget and on errors; should this computer "
            f"die, it stops after {STOPS_ITSELF_MINUTES} minutes without a call, or when this project is next started.",
        )

    def dollars(self, price: float | None) -> float | None:
        """Return what Together said the training would cost: its jobs do not tell."""
        return read_json(self.path).get("estimated_dollars")

    def _price(self, client: Any, record: dict[str, Any], settings: dict[str, Any]) -> float | None:
        """Ask for the price; it is known once the host has looked at the file."""
        for _ in range(CHECKS):
            said = client.fine_tuning.estimate_price(
                training_file=record["file_id"], model=record["model"], n_epochs=settings["n_epochs"],
                training_method={"method": "sft", "train_on_inputs": False},
            )  # fmt: skip
            if said.estimation_available:
                break
            if said.unavailable_reason != "train_file_not_validated":
                why = client.files.retrieve(record["file_id"]).validation_report
                raise JobFailed(f"Together refuses the rows: {(why and why.error) or said.unavailable_reason}.")
            hosted.pause(self.endpoint.poll_seconds)
        else:
            raise JobFailed("Together does not say what the training costs: it is still checking the rows.")
        if said.allowed_to_proceed is False:
            raise Stop(
                "host_refused",
                f"The host wants to be paid first: the training costs ${said.estimated_total_price or 0:,.2f}, the "
                f"account has ${said.user_limit or 0:,.2f}.",
                "Add funds at the host, then go on with --resume.",
            )
        return None if said.estimated_total_price is None else float(said.estimated_total_price)

    def finetune(self, job: HostJob, model: str, rows: list[dict[str, Any]], settings: dict[str, Any]) -> str:
        """Train, and return the name the tuned model answers to once its endpoint is started.

        Raises:
            JobFailed: the host ended the job without a model, with the reason it gave.
        """
        text = as_lines(rows)
        record = self._record(model.removeprefix("openai/"), text, settings)
        with connect(self.endpoint) as client:
            in_project(client)
            found = self._find(client, record)
            if found is None:
                self._upload(client, record, self._written(text, rows), len(rows))
                job.go_on()
                found = self._create(client, record, settings)
            return "openai/" + self._deployed(client, record, self._wait(client, job, record, found.id))

    def _upload(self, client: Any, record: dict[str, Any], path: Path, rows: int) -> None:
        if "file_id" in record:
            return
        record["file_id"] = client.files.upload(path, purpose="fine-tune", check=False).id
        write_json(self.path, record)
        self.journal.append("uploaded", host=self.endpoint.upload_to, rows=rows, file_id=record["file_id"])

    def _find(self, client: Any, record: dict[str, Any]) -> Any:
        """Return the job of an earlier run, also one it died before writing down."""
        found = _begun(client, record)
        if found is None and (job_id := record.get("job_id")):
            raise JobFailed(f"The host knows nothing of the training job {job_id} any more.")
        if found is None or not _is_usable(found):
            record.pop("events_seen", None)
            return None
        self.journal.say(f"Found the training job {found.id} of an earlier run; it is {found.status}.")
        return found

    def _status_of(self, job_id: str) -> str | None:
        with connect(self.endpoint) as client:
            in_project(client)
            there = found(client, {"job_id": job_id})
        return there and there[1]

    def _create(self, client: Any, record: dict[str, Any], settings: dict[str, Any]) -> Any:
        # Not repeated when the answer is lost: the job may exist, and `_find` will see it.
        return client.with_options(max_retries=0).fine_tuning.create(
            model=record["model"], training_file=record["file_id"], suffix=self.name[:SUFFIX_LENGTH], **settings
        )

    def _wait(self, client: Any, job: HostJob, record: dict[str, Any], job_id: str) -> Any:
        record["job_id"] = job_id
        write_json(self.path, record)
        while True:
            found = client.fine_tuning.retrieve(job_id)
            job.last_status = record["status"] = STATUS.get(found.status, "running")
            self._tell_news(client, record)
            record["trained_tokens"] = found.token_count
            write_json(self.path, record)
            if found.status in STATUS:
                break
            if job.given_up.wait(self.endpoint.poll_seconds):
                self._cancel(client, job, record)
                raise JobFailed("The job was cancelled.")
        if found.status != "completed":
            last = record.get("last_message") or "the host gave no reason"
            raise JobFailed(f"The training job {job_id} {record['status']}: {last}")
        return found

    def _tell_news(self, client: Any, record: dict[str, Any]) -> None:
        """Report the events not seen yet; they have no ids, and are only ever added to."""
        events = sorted(client.fine_tuning.list_events(record["job_id"]).data, key=lambda event: event.created_at)
        seen = int(record.get("events_seen", 0))
        for event in events[seen:]:
            figures = {"step": event.step, "total_steps": event.total_steps}
            status = record["status"] if event is events[-1] else "running"
            told = {name: value for name, value in figures.items() if value is not None}
            self._report(record, status, event.message, told)
            record["last_message"] = event.message
        record["events_seen"] = len(events)

    def _cancel(self, client: Any, job: HostJob, record: dict[str, Any]) -> None:
        try:
            job.last_status = record["status"] = cancelled(client, record["job_id"])
        except Exception as error:
            self.journal.say(f"The host did not cancel the job {record['job_id']}: {words(error)}", "warning")
            return
        write_json(self.path, record)
        told = "Cancelled because the run was interrupted; what was trained until now may be billed."
        self._report(record, job.last_status, told, {})

    def _deployed(self, client: Any, record: dict[str, Any], found: Any) -> str:
        """Have a deployment for the model, stopped and so not billed, and return its name."""
        model_id = found.api_model_object_id or found.adapter_object_id
        if not model_id:
            raise JobFailed(f"The training job {found.id} completed, but the host names no model.")
        hardware = hardware_for(client, record["model"])
        ids = Endpoints(self.endpoint).create(self.name, f"projects/{client.project_id}/models/{model_id}", hardware)
        placed = f"{ids['endpoint_id']}/{ids['deployment_id']}"
        record.update(model_id=model_id, fine_tuned_model=ids["model"], deployment_ids=placed)
        write_json(self.path, record)
        self.rented.add(
            self.candidate,
            {
                **ids,
                "cents_per_hour": hardware.cents_per_hour,
                "idle_minutes": STOPS_ITSELF_MINUTES,
                "to_start": command(ids, 1),
                "to_end": command(ids, 0),
            },
        )
        return str(ids["model"])


def found(client: Any, record: dict[str, Any]) -> tuple[str, str] | None:
    """Return the id and the status of a record's job, or None where the host knows of none."""
    job = _begun(client, record)
    return job and (str(job.id), STATUS.get(job.status, "running"))


def cancelled(client: Any, job_id: str) -> str:
    """Have a job cancelled, and return its status after that."""
    return STATUS.get(client.fine_tuning.cancel(job_id).status, "running")


def _begun(client: Any, record: dict[str, Any]) -> Any:
    """Return the job of a record, also one whose id was never written down."""
    if job_id := record.get("job_id"):
        return _retrieved(client, job_id)
    if file_id := record.get("file_id"):
        jobs = [job for job in client.fine_tuning.list().data if job.training_file == file_id]
        return next((job for job in jobs if _is_usable(job)), jobs[0] if jobs else None)
    return None


def _is_usable(job: Any) -> bool:
    return STATUS.get(job.status) not in FELL_THROUGH


def _retrieved(client: Any, job_id: str) -> Any:
    try:
        return client.fine_tuning.retrieve(job_id)
    except Exception as error:
        if getattr(error, "status_code", None) != 404:
            raise
        return None
