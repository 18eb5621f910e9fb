"""A server that follows OpenAI's published files and fine-tuning API.

Shapes: developers.openai.com, API reference, files / fine_tuning.jobs / events / models, and the types of the openai
package 2.54. Errors: the same pages, "Error codes". Lists go newest first, `limit` items a page, `after` an id,
`has_more` while there are more.
"""

from __future__ import annotations

import re
from typing import Any

from tests.hosts.api import Api, Asked, Refusal

MOST_EVENTS = 2
"""Items of a page, however many are asked for: every list has pages."""


def error(status: int, message: str, code: str | None = None, kind: str = "invalid_request_error") -> Refusal:
    """Return a refusal in OpenAI's form."""
    return Refusal(status, {"error": {"message": message, "type": kind, "param": None, "code": code}})


class OpenAI(Api):
    """Its jobs go on one step each time somebody looks, and stand still while `holding`; `deaf` to being cancelled."""

    prefix = "/v1"

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, dict[str, Any]] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.created: list[dict[str, Any]] = []
        self.deleted: list[str] = []
        self.holding = self.deaf = False
        self.fails: dict[str, Any] | None = None
        """The error every job ends with."""

    def tuned(self, model: str) -> bool:
        return any(job["fine_tuned_model"] == model for job in self.jobs.values())

    def answer(self, asked: Asked) -> Any:
        what = f"{asked.method} {asked.path.removeprefix(self.prefix)}"
        if what == "POST /chat/completions":
            return self.chat(asked)
        if what == "POST /files":
            return self.add_file(asked)
        if what == "POST /fine_tuning/jobs":
            return self.create(asked.json())
        if what == "GET /fine_tuning/jobs":
            return self.page(list(reversed(self.jobs.values())), asked)
        if found := re.fullmatch(r"(GET|DELETE) /files/([^/]+)", what):
            return self.file(found[1], found[2])
        if found := re.fullmatch(r"DELETE /models/(.+)", what):
            self.deleted.append(found[1])
            return {"id": found[1], "object": "model", "deleted": True}
        if found := re.fullmatch(r"(GET|POST) /fine_tuning/jobs/([^/]+)(/\w+)?", what):
            return self.job(found[2], found[3] or "", asked)
        raise error(404, f"Invalid URL ({what})")

    def page(self, items: list[dict[str, Any]], asked: Asked, most: int = MOST_EVENTS) -> dict[str, Any]:
        """Return the items after the one named."""
        ids = [item["id"] for item in items]
        start = ids.index(asked.query["after"]) + 1 if "after" in asked.query else 0
        most = min(most, int(asked.query.get("limit", 20)))
        return {"object": "list", "data": items[start : start + most], "has_more": start + most < len(items)}

    def add_file(self, asked: Asked) -> dict[str, Any]:
        assert b'name="purpose"\r\n\r\nfine-tune' in asked.body
        number = f"file-{len(self.files) + 1}"
        self.files[number] = {
            "id": number, "object": "file", "bytes": len(asked.body), "created_at": 1, "filename": "gold.jsonl",
            "purpose": "fine-tune", "status": "processed", "status_details": None,
        }  # fmt: skip
        return self.files[number]

    def file(self, method: str, number: str) -> dict[str, Any]:
        if number not in self.files:
            raise error(404, "No such File object")
        if method == "DELETE":
            del self.files[number]
            return {"id": number, "object": "file", "deleted": True}
        return self.files[number]

    def create(self, told: dict[str, Any]) -> dict[str, Any]:
        self.created.append(told)
        number = f"ftjob-{len(self.jobs) + 1}"
        self.jobs[number] = {
            "id": number, "object": "fine_tuning.job", "created_at": len(self.jobs), "model": told["model"], "seed": 7,
            "status": "validating_files", "training_file": told["training_file"], "validation_file": None,
            "fine_tuned_model": None, "trained_tokens": None, "error": None, "finished_at": None, "result_files": [],
            "hyperparameters": {"n_epochs": 3}, "organization_id": "org-1", "estimated_finish": None,
            "method": told.get("method"), "integrations": [], "user_provided_suffix": told.get("suffix"),
        }  # fmt: skip
        self.events[number] = []
        self.tell(number, "Validating training file")
        return self.jobs[number]

    def tell(self, job: str, message: str, **data: Any) -> None:
        """Add an event."""
        events = self.events[job]
        events.append({
            "id": f"ftevent-{len(events) + 1}", "object": "fine_tuning.job.event", "created_at": len(events),
            "level": "info", "message": message, "type": "metrics" if data else "message", "data": data,
        })  # fmt: skip

    def job(self, number: str, what: str, asked: Asked) -> dict[str, Any]:
        if number not in self.jobs:
            raise error(404, f"Could not find fine tune: {number}", "fine_tune_not_found")
        job = self.jobs[number]
        if what == "/events":
            return self.page(list(reversed(self.events[number])), asked)
        if what == "/cancel":
            job["status"] = job["status"] if self.deaf else "cancelled"
        elif not self.holding:
            self.go_on(job)
        return job

    def go_on(self, job: dict[str, Any]) -> None:
        """Bring a job to its next state."""
        if job["status"] == "validating_files":
            job["status"] = "queued"
        elif job["status"] == "queued":
            job["status"] = "running"
            for step in range(1, 6):
                self.tell(job["id"], f"Step {step}/5", step=step, total_steps=5, train_loss=1 / step)
        elif job["status"] == "running" and self.fails:
            job.update(status="failed", error=self.fails, finished_at=9)
        elif job["status"] == "running":
            job.update(status="succeeded", finished_at=9, trained_tokens=5000, fine_tuned_model=self.name_of(job))
            self.tell(job["id"], "The job has successfully completed")

    def name_of(self, job: dict[str, Any]) -> str | None:
        return f"ft:{job['model']}:acme:{job['user_provided_suffix']}:{job['id'][-1]}abc"
