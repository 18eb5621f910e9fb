"""A server that follows Nebius Token Factory's published API, where it is not OpenAI's.

docs.tokenfactory.nebius.com, api-reference (OpenAPI 20260506-297d05704): fine-tuning/create-a-fine-tuning-job (settings
as `hyperparameters`, `lora` false unless said), fine-tuning/get-fine-tuning-job-info (no `fine_tuned_model`),
fine-tuning/list-fine-tuning-checkpoints, models/create-a-custom-model, models/get-a-custom-model-by-short-name,
models/list-of-custom-models, models/delete-a-model-by-short-name; validation errors are FastAPI's `detail`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from tests.hosts.api import Asked, Refusal
from tests.hosts.openai_api import OpenAI

SETTINGS = (
    "batch_size", "learning_rate", "n_epochs", "warmup_ratio", "weight_decay", "packing", "max_grad_norm",
    "context_length", "lora", "lora_r", "lora_alpha", "lora_dropout",
)  # fmt: skip


class Nebius(OpenAI):
    """Lists events oldest first: its pages promise no order."""

    def __init__(self) -> None:
        super().__init__()
        self.adapters: dict[str, dict[str, Any]] = {}
        self.looks = 0
        self.becomes = "active"

    def tuned(self, model: str) -> bool:
        return model in self.adapters

    def answer(self, asked: Asked) -> Any:
        if asked.path == "/v0/models" and asked.method == "GET":
            return list(self.adapters.values())
        if asked.path == "/v0/models":
            return self.add_adapter(asked.json())
        if asked.path.startswith("/v0/models/"):
            return self.adapter(asked.method, unquote(asked.path.removeprefix("/v0/models/")))
        return super().answer(asked)

    def create(self, told: dict[str, Any]) -> dict[str, Any]:
        for name in told["hyperparameters"]:
            if name not in SETTINGS:
                where = ["body", "hyperparameters", name]
                detail = {"type": "extra_forbidden", "loc": where, "msg": "Extra inputs are not permitted"}
                raise Refusal(422, {"detail": [detail]})
        return super().create(told)

    def job(self, number: str, what: str, asked: Asked) -> dict[str, Any]:
        if what == "/checkpoints":
            points = [
                {"id": f"ftckpt_{step}", "object": "fine_tuning.job.checkpoint", "created_at": step,
                 "fine_tuned_model_checkpoint": "", "fine_tuning_job_id": number, "metrics": {"step": step},
                 "step_number": step, "result_files": [f"file-{step}"]}
                for step in (3, 5, 4)
            ]  # fmt: skip
            return self.page(points, asked)
        if what == "/events":
            return self.page(self.events[number], asked)
        told = super().job(number, what, asked)
        return {name: value for name, value in told.items() if name != "fine_tuned_model"}

    def name_of(self, job: dict[str, Any]) -> None:
        return None

    def add_adapter(self, told: dict[str, Any]) -> dict[str, Any]:
        name = f"{told['base_model']}-LoRa:{told['name']}-udpd"
        job, _, checkpoint = told["source"].partition(":")
        self.adapters[name] = {
            "name": name, "base_model": told["base_model"], "source": told["source"], "created_at": 1,
            "status": "validating", "type": "text2text", "job_id": job, "checkpoint_id": checkpoint, "flavors": [],
        }  # fmt: skip
        return self.adapters[name]

    def adapter(self, method: str, name: str) -> dict[str, Any]:
        if name not in self.adapters:
            raise Refusal(404, {"detail": "Model not found"})
        if method == "DELETE":
            return {**self.adapters.pop(name), "status": "deleted"}
        self.looks += 1
        if self.looks > 1:
            self.adapters[name]["status"] = self.becomes
            self.adapters[name]["status_reason"] = "rank too high" if self.becomes == "error" else None
        return self.adapters[name]
