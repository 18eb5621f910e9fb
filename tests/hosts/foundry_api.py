"""A server that follows Microsoft Foundry's published API, where it is not OpenAI's.

learn.microsoft.com, Foundry, fine-tuning (project endpoint `/api/projects/<project>/openai/v1/`, key in `api-key` or as
a bearer; files go `pending` to `processed`; a job on a file not processed is refused) and fine-tuning-deploy (a tuned
model is called `<base>.ft-<32 hex digits>`; calls name a deployment, which only the control plane makes).
"""

from __future__ import annotations

from typing import Any

from tests.hosts.api import Asked
from tests.hosts.openai_api import OpenAI, error


class Foundry(OpenAI):
    """`deployments` is what the user's own commands would have made."""

    prefix = "/api/projects/tickets/openai/v1"

    def __init__(self) -> None:
        super().__init__()
        self.deployments: dict[str, str] = {"gpt-4.1-mini": "gpt-4.1-mini"}
        self.looks = 0
        self.file_ends = "processed"

    @property
    def base_url(self) -> str:
        return self.address + self.prefix

    def tuned(self, model: str) -> bool:
        return ".ft-" in self.deployments[model]

    def chat(self, asked: Asked) -> dict[str, Any]:
        if asked.json()["model"] not in self.deployments:
            raise error(404, "The API deployment for this resource does not exist.", "DeploymentNotFound")
        return super().chat(asked)

    def add_file(self, asked: Asked) -> dict[str, Any]:
        told = super().add_file(asked)
        told["status"] = "pending"
        return told

    def file(self, method: str, number: str) -> dict[str, Any]:
        told = super().file(method, number)
        self.looks += 1
        if method == "GET" and self.looks > 2:
            told["status"] = self.file_ends
            told["status_details"] = "moderation" if self.file_ends == "error" else None
        return told

    def create(self, told: dict[str, Any]) -> dict[str, Any]:
        if self.files[told["training_file"]]["status"] != "processed":
            raise error(400, "The specified file is not ready.", "invalidPayload")
        return super().create(told)

    def name_of(self, job: dict[str, Any]) -> str:
        return f"{job['model']}-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83"
