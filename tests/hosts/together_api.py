"""A server that follows Together's published API, version 1 for files and jobs, 2 for dedicated endpoints.

Shapes: the types of the together package 3.1.1, which are generated from Together's OpenAPI (github.com/
togethercomputer/openapi), and docs.together.ai: reference/fine-tunes, reference/dmi/deployments-create,
docs/dedicated-endpoints (a deployment with no replicas is stopped and not billed). An upload is three steps: an address
by redirect, the bytes, `preprocess`. Lists of version 2 have pages with `next_cursor`.
"""

from __future__ import annotations

import re
from typing import Any

from tests.hosts.api import Api, Asked, Refusal

BASE = "Qwen/Qwen3-8B"
UNHOSTED = "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference"
CENTS = 399
WHEN = "2026-11-22T10:00:00Z"
PROJECT = "/v2/projects/proj_1"


def error(status: int, message: str, kind: str = "invalid_request_error", code: str | None = None) -> Refusal:
    """Return a refusal in Together's form."""
    return Refusal(status, {"error": {"message": message, "type": kind, "param": None, "code": code}})


class TogetherApi(Api):
    """Its jobs and deployments go on one step each time somebody looks; jobs stand still while `holding`."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, dict[str, Any]] = {}
        self.stored: dict[str, bytes] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.created: list[dict[str, Any]] = []
        self.endpoints: dict[str, dict[str, Any]] = {}
        self.deployments: dict[str, dict[str, Any]] = {}
        self.holding = False
        self.provisioning_for_ever = False
        self.fails: str | None = None
        self.balance = 100.0
        self.file_error: str | None = None
        self.looks = 0

    def running(self) -> list[str]:
        """Return the deployments that are billed now."""
        return [number for number, told in self.deployments.items() if told["autoscaling"]["minReplicas"]]

    def tuned(self, model: str) -> bool:
        return model.startswith("acme/")

    def answer(self, asked: Asked) -> Any:
        what = f"{asked.method} {asked.path}"
        fixed: dict[str, Any] = {
            "GET /v3/whoami": {
                "type": "project_api_key", "api_key": {"id": "key_1"}, "organization": {"id": "org_1", "name": "Acme"},
                "project": {"id": "proj_1", "name": "Acme", "slug": "acme"},
            },
            "GET /v2/public/inference-instance-types": {"object": "list", "data": hardware(), "next_cursor": None},
        }  # fmt: skip
        if what in fixed:
            return fixed[what]
        for pattern, answer in (
            (r"POST /v1/chat/completions", self.ask), (r"GET /v2/supported-models", self.supported),
            (rf"GET {PROJECT}/configs", self.configs), (r"POST /v1/files", self.address_for),
            (r"PUT /storage/([\w-]+)", self.store), (r"POST /v1/files/([\w-]+)/preprocess", self.preprocess),
            (r"GET /v1/files/([\w-]+)", self.file), (r"DELETE /v1/files/([\w-]+)", self.delete_file),
            (r"GET /v1/fine-tunes/models/limits", self.limits), (r"POST /v1/fine-tunes/estimate-price", self.estimate),
            (r"POST /v1/fine-tunes", self.create), (r"GET /v1/fine-tunes", self.list_jobs),
            (r"GET /v1/fine-tunes/([\w-]+)", self.job), (r"GET /v1/fine-tunes/([\w-]+)/events", self.list_events),
            (r"POST /v1/fine-tunes/([\w-]+)/cancel", self.cancel),
            (rf"(?:GET|POST) {PROJECT}/endpoints", self.endpoint),
            (rf"DELETE {PROJECT}/endpoints/(\w+)", self.delete_endpoint),
            (rf"GET {PROJECT}/endpoints/(\w+)", lambda asked, number: self.endpoints[number]),
            (rf"GET {PROJECT}/endpoints/\w+/(?:ab|shadow)Experiments", lambda asked: self.page(asked, [])),
            (rf"(?:GET|POST) {PROJECT}/endpoints/(\w+)/deployments", self.deploy),
            (rf"(?:GET|PATCH|DELETE) {PROJECT}/endpoints/\w+/deployments/(\w+)", self.deployment),
            (rf"DELETE {PROJECT}/models/(\w+)", lambda asked, number: {}),
        ):  # fmt: skip
            if found := re.fullmatch(pattern, what):
                return answer(asked, *found.groups())
        raise error(404, f"Unknown path {what}", "not_found")

    def ask(self, asked: Asked) -> dict[str, Any]:
        model = asked.json()["model"]
        if self.tuned(model):
            ready = [d for d in self.deployments.values() if d["name"] == model and d["autoscaling"]["minReplicas"]]
            if not ready or ready[0]["status"]["state"] != "DEPLOYMENT_STATE_READY":
                raise error(400, f"Unable to access non-serverless model {model}.", code="model_not_available")
        return self.chat(asked)

    def page(self, asked: Asked, items: list[Any]) -> dict[str, Any]:
        """Return one item a page: every list of version 2 has pages."""
        start = int(asked.query.get("after", 0))
        more = str(start + 1) if start + 1 < len(items) else None
        return {"object": "list", "data": items[start : start + 1], "next_cursor": more}

    def supported(self, asked: Asked) -> dict[str, Any]:
        other = supported_model("arch_0", BASE + "-Turbo", "ml_other")
        return self.page(asked, [other, supported_model("arch_1", BASE, "ml_base")])

    def configs(self, asked: Asked) -> dict[str, Any]:
        assert asked.query["referenceModelId"] == "ml_base"
        return self.page(asked, [config("cr_2", "2"), config("cr_1", "1"), config("cr_8", "8")])

    def address_for(self, asked: Asked) -> None:
        number = f"file-{len(self.files) + 1}"
        self.files[number] = {
            "id": number, "bytes": 0, "created_at": 1, "filename": "gold.jsonl", "FileType": "jsonl", "object": "file",
            "purpose": "fine-tune", "processing_status": "PENDING",
        }  # fmt: skip
        raise Refusal(302, {}, {"Location": f"{self.address}/storage/{number}", "X-Together-File-Id": number})

    def store(self, asked: Asked, number: str) -> dict[str, Any]:
        self.stored[number] = asked.body
        return {}

    def preprocess(self, asked: Asked, number: str) -> dict[str, Any]:
        self.files[number].update(bytes=len(self.stored[number]), processing_status="QUEUED")
        return self.files[number]

    def file(self, asked: Asked, number: str) -> dict[str, Any]:
        if number not in self.files:
            raise error(404, "File not found", "not_found")
        return self.files[number]

    def delete_file(self, asked: Asked, number: str) -> dict[str, Any]:
        self.files.pop(number)
        return {"id": number, "deleted": True}

    def limits(self, asked: Asked) -> dict[str, Any]:
        lora = {"default_rank": 64, "max_rank": 64, "max_batch_size": 96, "max_batch_size_dpo": 48,
                "min_batch_size": 8, "target_modules": ["q_proj"]}  # fmt: skip
        return {
            "model_name": asked.query["model_name"], "lora_training": lora, "full_training": None,
            "default_gradient_accumulation_steps": 1, "max_learning_rate": 1.0, "min_learning_rate": 0.0,
            "max_num_checkpoints": 10, "max_num_epochs": 20, "max_num_evals": 10, "max_seq_length_sft": 8192,
            "max_seq_length_dpo": 8192, "min_max_seq_length": 1024, "merge_output_lora": True,
            "supports_full_training": False, "supports_reasoning": False, "supports_tools": True,
            "supports_vision": False,
        }  # fmt: skip

    def estimate(self, asked: Asked) -> dict[str, Any]:
        self.looks += 1
        number = asked.json()["training_file"]
        if self.looks == 1:
            return {"estimation_available": False, "unavailable_reason": "train_file_not_validated"}
        if self.file_error:
            report = {"valid": False, "error": self.file_error, "error_type": "INVALID_FORMAT", "file_id": number}
            self.files[number].update(processing_status="INVALID_FORMAT", validation_report=report)
            return {"estimation_available": False, "unavailable_reason": "train_file_invalid"}
        return {
            "estimation_available": True, "estimated_total_price": 4.5, "allowed_to_proceed": self.balance >= 4.5,
            "estimated_train_token_count": 9000, "estimated_eval_token_count": 0, "user_limit": self.balance,
        }  # fmt: skip

    def create(self, asked: Asked) -> dict[str, Any]:
        told = asked.json()
        self.created.append(told)
        number = f"ft-{len(self.jobs) + 1}"
        self.jobs[number] = {
            "id": number, "status": "pending", "user_id": "user_1", "created_at": WHEN, "updated_at": WHEN,
            "model": told["model"], "training_file": told["training_file"], "n_epochs": told["n_epochs"],
            "model_output_name": f"acme/Qwen3-8B:{told['suffix']}:{number}", "token_count": None, "total_price": None,
        }  # fmt: skip
        self.events[number] = []
        self.tell(number, "job_pending", "Fine-tune request created")
        return self.jobs[number]

    def tell(self, job: str, kind: str, message: str, **figures: Any) -> None:
        """Add an event."""
        events = self.events[job]
        when = f"2026-11-22T10:00:{len(events):02}Z"
        events.append({"object": "fine-tune-event", "created_at": when, "level": "info", "message": message,
                       "type": kind, **figures})  # fmt: skip

    def list_jobs(self, asked: Asked) -> dict[str, Any]:
        return {"data": list(self.jobs.values())}

    def list_events(self, asked: Asked, number: str) -> dict[str, Any]:
        return {"data": self.events[number]}

    def job(self, asked: Asked, number: str) -> dict[str, Any]:
        if number not in self.jobs:
            raise error(404, "Fine-tune job not found", "not_found")
        job = self.jobs[number]
        if not self.holding:
            self.go_on(job)
        return job

    def go_on(self, job: dict[str, Any]) -> None:
        """Bring a job to its next state."""
        number = job["id"]
        if job["status"] == "pending":
            job["status"] = "running"
            self.tell(number, "training_start", "Training started", total_steps=4)
            for step in (2, 4):
                self.tell(number, "checkpoint_save", f"Step {step}", step=step, total_steps=4)
        elif job["status"] == "running" and self.fails:
            job["status"] = "error"
            self.tell(number, "job_error", self.fails)
        elif job["status"] == "running":
            job["status"] = "uploading"
        elif job["status"] == "uploading":
            job.update(status="completed", token_count=9000, model_object_id="ml_tuned",
                       model_object_name="acme/tuned", adapter_object_id="ml_adapter")  # fmt: skip
            self.tell(number, "job_complete", "Job finished")

    def cancel(self, asked: Asked, number: str) -> dict[str, Any]:
        self.jobs[number]["status"] = "cancel_requested"
        return self.jobs[number]

    def endpoint(self, asked: Asked) -> dict[str, Any]:
        if asked.method == "GET":
            for number, told in self.endpoints.items():
                told["deployments"] = [summary(one) for one in self.deployments.values() if one["endpointId"] == number]
            return self.page(asked, list(self.endpoints.values()))
        number = f"ep_{len(self.endpoints) + 1}"
        self.endpoints[number] = {
            "id": number, "name": f"acme/{asked.json()['name']}", "projectId": "proj_1", "createdAt": WHEN,
            "updatedAt": WHEN, "deployments": [], "endpointType": "ENDPOINT_TYPE_DEDICATED", "etag": "1",
            "trafficSplit": [], "visibility": "VISIBILITY_PRIVATE",
        }  # fmt: skip
        return self.endpoints[number]

    def delete_endpoint(self, asked: Asked, number: str) -> dict[str, Any]:
        if any(deployment["endpointId"] == number for deployment in self.deployments.values()):
            raise error(409, "The endpoint has deployments.")
        del self.endpoints[number]
        return {}

    def deploy(self, asked: Asked, endpoint: str) -> dict[str, Any]:
        if asked.method == "GET":
            return self.page(asked, [one for one in self.deployments.values() if one["endpointId"] == endpoint])
        told = asked.json()
        assert told["inactiveTimeout"] >= 30
        number = f"dep_{len(self.deployments) + 1}"
        self.deployments[number] = {
            "id": number, "name": f"{self.endpoints[endpoint]['name']}/{told['name']}", "endpointId": endpoint,
            "autoscaling": told["autoscaling"], "config": told["config"], "configId": told["config"][-4:],
            "model": told["model"] + "/revisions/rv_1", "modelId": "ml_tuned", "modelRevisionId": "rv_1",
            "hardware": "1xnvidia-h100-80gb", "projectId": "proj_1", "createdAt": WHEN, "updatedAt": WHEN,
            "etag": "1", "trafficMode": "TRAFFIC_MODE_LIVE", "inactiveTimeout": told["inactiveTimeout"],
            "status": {"state": "DEPLOYMENT_STATE_STOPPED", "message": "No replicas."},
        }  # fmt: skip
        return self.deployments[number]

    def deployment(self, asked: Asked, number: str) -> dict[str, Any]:
        told = self.deployments[number]
        status = told["status"]
        if asked.method == "DELETE":
            if status["state"] != "DEPLOYMENT_STATE_STOPPED":
                raise error(409, "Stop the deployment first.")
            return self.deployments.pop(number)
        if asked.method == "PATCH":
            told["autoscaling"] = asked.json()["autoscaling"]
            replicas = told["autoscaling"]["minReplicas"]
            status["state"] = f"DEPLOYMENT_STATE_{'PROVISIONING' if replicas else 'STOPPING'}"
        elif status["state"] == "DEPLOYMENT_STATE_STOPPING":
            status["state"] = "DEPLOYMENT_STATE_STOPPED"
        elif status["state"] == "DEPLOYMENT_STATE_PROVISIONING" and not self.provisioning_for_ever:
            status["state"] = "DEPLOYMENT_STATE_READY"
        return told


def summary(deployment: dict[str, Any]) -> dict[str, Any]:
    """Return what an endpoint tells of a deployment."""
    same = ("id", "autoscaling", "createdAt", "model", "modelId", "name", "trafficMode")
    told = {name: deployment[name] for name in same}
    return {**told, "state": deployment["status"]["state"], "estimatedEffectiveTrafficShare": 0.0}


def hardware() -> list[dict[str, Any]]:
    """Return what Together rents."""
    return [
        {"id": f"it_{count}", "name": f"{count}xnvidia-h100-80gb", "description": "", "gpuCount": count,
         "gpuMemoryGib": 80, "gpuType": "H100", "priceCentsPerHour": CENTS * count, "regions": []}
        for count in (2, 1)
    ]  # fmt: skip


def config(number: str, count: str) -> dict[str, Any]:
    """Return a way to serve the base."""
    selectors = [{"key": "accelerator_count", "value": count}, {"key": "accelerator_type", "value": "nvidia-h100-80gb"}]
    return {"id": number, "certifications": [], "projectId": "proj_together", "selectors": selectors,
            "referenceModel": "projects/proj_together/models/ml_base", "referenceModelId": "ml_base"}  # fmt: skip


def supported_model(number: str, name: str, base: str) -> dict[str, Any]:
    """Return an entry of the catalogue."""
    return {
        "id": number, "name": name, "baseModelId": base, "baseModel": f"projects/proj_together/models/{base}",
        "capabilities": ["CAPABILITY_CHAT"], "createdAt": WHEN, "updatedAt": WHEN, "deploymentProfiles": [],
        "displayName": name, "displayType": "chat", "inputModalities": ["MODALITY_TEXT"], "publisher": "Qwen",
        "outputModalities": ["MODALITY_TEXT"], "products": ["PRODUCT_FINE_TUNING", "PRODUCT_DEDICATED"],
        "status": "SUPPORTED_MODEL_STATUS_SUPPORTED",
    }  # fmt: skip
