"""Fine-tuning jobs: asked for, listed, cancelled, and the one thread that runs them."""

from __future__ import annotations

import queue
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from advisor.practice.files import FileStore
from advisor.practice.job import Cancelled, Job, as_csv, measures
from advisor.practice.job_request import JobRequest, read_job_request
from advisor.practice.shelf import ModelShelf, report_size, tuned_name
from advisor.practice.training import Training, UnusableFile, check_rows, parse_rows, read_rows, split_rows
from advisor.practice.wire import ApiError, JsonObject, estimated_tokens, new_id, timestamp

CHECKPOINTS = 3
"""Epochs, counted from the last, whose model is kept."""


class JobStore:
    """All jobs, and one thread that runs them in the order they came."""

    def __init__(
        self, folder: Path, files: FileStore, models: ModelShelf, planned_failure: Callable[[], str | None]
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._files, self._models = folder, files, models
        self._planned_failure = planned_failure
        self._queue: queue.Queue[Job] = queue.Queue()
        kept = [job for path in folder.glob("ftjob-*.json") if (job := Job.load(path))]
        kept.sort(key=lambda job: (job.record["created_at"], job.record["_number"]))
        self._jobs = {job.record["id"]: job for job in kept}
        for job in kept:
            if not job.ended:
                job.tell("The server was restarted; the job starts again.", level="warn")
                job.update(status="validating_files", _checkpoints=[])
                self._queue.put(job)
        threading.Thread(target=self._work, name="fine-tuning", daemon=True).start()

    def create(self, body: JsonObject) -> JsonObject:
        """Start the job that `body` asks for and return it."""
        request = read_job_request(body)
        self._check(request)
        chosen = dict(request.hyperparameters)
        record: JsonObject = {
            "id": new_id("ftjob"),
            "object": "fine_tuning.job",
            "created_at": timestamp(),
            "model": request.model,
            "training_file": request.training_file,
            "validation_file": request.validation_file,
            "seed": request.seed,
            "metadata": request.metadata,
            "hyperparameters": chosen,
            "method": {"type": "supervised", "supervised": {"hyperparameters": chosen}},
            "user_provided_suffix": request.suffix or None,
            "status": "validating_files",
            "error": None,
            "fine_tuned_model": None,
            "finished_at": None,
            "trained_tokens": None,
            "estimated_finish": None,
            "organization_id": "org-practice",
            "result_files": [],
            "integrations": [],
            "_number": len(self._jobs),
            "_checkpoints": [],
        }
        job = Job(self._folder, record, [])
        job.update()
        job.tell(f"Created fine-tuning job: {record['id']}")
        public = job.public()
        self._jobs[record["id"]] = job
        self._queue.put(job)
        return public

    def _check(self, request: JobRequest) -> None:
        for param, file_id in (
            ("training_file", request.training_file),
            ("validation_file", request.validation_file),
        ):
            try:
                if file_id is not None:
                    self._files.get(file_id)
            except ApiError:
                raise ApiError(400, f"invalid {param}: {file_id}", code=f"invalid_{param}", param=param) from None
        self._models.describe(request.model)

    def get(self, job_id: str) -> Job:
        """Return a job; a 404 if there is none."""
        job = self._jobs.get(job_id)
        if job is None:
            raise ApiError(
                404, f"Could not find fine tune: {job_id}", code="fine_tune_not_found", param="fine_tuning_job_id"
            )
        return job

    def all(self) -> list[JsonObject]:
        """Return all jobs, newest first."""
        return [job.public() for job in reversed(list(self._jobs.values()))]

    def cancel(self, job_id: str) -> JsonObject:
        """Cancel a job; a 400 if it has ended."""
        job = self.get(job_id)
        if not job.end("cancelled", "Job was cancelled"):
            raise ApiError(
                400,
                f"Job {job_id} has already {job.record['status']}; it cannot be cancelled.",
                code="invalid_request_error",
            )
        return job.public()

    def _work(self) -> None:
        while True:
            self.run(self._queue.get())

    def run(self, job: Job) -> None:
        """Run one job to its end; a job that fails says why."""
        try:
            self._train(job)
        except Cancelled:
            return
        except (UnusableFile, ApiError) as reason:
            error = {"code": "invalid_training_file", "message": str(reason), "param": "training_file"}
            job.end("failed", f"The job failed: {reason}", error=error)
        except Exception as fault:
            # Only this job is lost: the thread goes on to the next one.
            traceback.print_exc(file=sys.stderr)
            unexpected: JsonObject = {"code": "server_error", "message": repr(fault), "param": None}
            job.end("failed", f"The job failed unexpectedly: {fault!r}", error=unexpected)

    def _train(self, job: Job) -> None:
        request = read_job_request({**job.record, "suffix": job.record["user_provided_suffix"]})
        model = self._models.get(request.model)
        job.tell(f"Validating training file: {request.training_file}")
        content = self._files.content(request.training_file)
        rows = read_rows(model, parse_rows(content))
        check_rows(rows)
        if request.validation_file:
            job.tell(f"Validating validation file: {request.validation_file}")
            train = rows
            valid = read_rows(model, parse_rows(self._files.content(request.validation_file), "Validation"))
        else:
            train, valid = split_rows(rows, request.seed)
        job.tell("Files validated, moving job to queued state")
        job.update(status="queued")
        failure = self._planned_failure()
        if failure:
            raise UnusableFile(failure)
        schedule = request.schedule(len(train))
        training = Training(model, train, valid, schedule)
        job.update(status="running")
        job.tell("Fine-tuning job started")
        epochs = self._follow(job, request, training, schedule.epochs)
        tokens = estimated_tokens(content.decode(errors="replace")) * schedule.epochs
        self._finish(job, request, training, epochs, tokens)

    def _follow(self, job: Job, request: JobRequest, training: Training, total: int) -> list[JsonObject]:
        """Report each epoch, keep the last ones as checkpoints, and stop if the job was cancelled."""
        told = []
        for epoch in training:
            if job.ended:
                raise Cancelled
            data = measures(epoch)
            told.append(data)
            valid = "" if epoch.valid_loss is None else f", validation loss={epoch.valid_loss:.3f}"
            job.tell(f"Step {epoch.step}/{epoch.total_steps}: training loss={epoch.train_loss:.3f}{valid}", data)
            if total - CHECKPOINTS < epoch.number < total:
                self._checkpoint(job, request, training, data)
        return told

    def _checkpoint(self, job: Job, request: JobRequest, training: Training, data: JsonObject) -> None:
        name = f"{tuned_name(request.model, request.suffix, job.record['id'])}:ckpt-step-{data['step']}"
        self._models.save(name, request.model, training.trained, checkpoint=True)
        self._note_checkpoint(job, name, data)

    def _note_checkpoint(self, job: Job, name: str, data: JsonObject) -> None:
        checkpoint = {
            "id": new_id("ftckpt"),
            "object": "fine_tuning.job.checkpoint",
            "created_at": timestamp(),
            "fine_tuned_model_checkpoint": name,
            "fine_tuning_job_id": job.record["id"],
            "metrics": {key: value for key, value in data.items() if key not in ("total_steps", "epoch")},
            "step_number": data["step"],
        }
        job.update(_checkpoints=[*job.record["_checkpoints"], checkpoint])

    def _finish(self, job: Job, request: JobRequest, training: Training, epochs: list[JsonObject], tokens: int) -> None:
        name = tuned_name(request.model, request.suffix, job.record["id"])
        trained = training.trained
        self._models.save(name, request.model, trained)
        if epochs:
            self._note_checkpoint(job, name, epochs[-1])
        results = self._files.add(as_csv(epochs), "step_metrics.csv", "fine-tune-results")
        done = job.end(
            "succeeded",
            f"Learned: {report_size(trained)}",
            f"New fine-tuned model created: {name}",
            "The job has successfully completed",
            fine_tuned_model=name,
            trained_tokens=tokens,
            result_files=[results["id"]],
        )
        if not done:
            self._models.delete(name)
