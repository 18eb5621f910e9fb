"""How hosts that speak OpenAI's fine-tuning API differ from one another: facts only, each with where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

MIB = 1024 * 1024

Deploy = Literal["at_once", "adapter", "by_hand"]
"""The tuned model answers at once; an adapter is registered first; or the user deploys it with another key."""


@dataclass(frozen=True)
class Dialect:
    """What is special about one host."""

    source: str
    """Where and when this was read."""
    settings_at: Literal["method", "top"] = "method"
    """Where a job's settings stand: inside `method`, or as `hyperparameters` beside `model`."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What every job there must say."""
    deploy: Deploy = "at_once"
    files_are_checked: bool = False
    """A file can be trained on only once the host has looked at it."""
    newest_event_first: bool = True
    """Otherwise the order is not promised, and all are read each time."""
    fewest_rows: int = 10
    largest_file: int = 512 * MIB
    served: tuple[str, ...] = ()
    """The only bases whose tunes it serves, where it says so."""
    bills: str = ""
    """What is billed once the model is trained; said before the yes."""


OPENAI = Dialect(source="OpenAI, API reference, fine-tuning and files, 2026-11-22")

DIALECTS = {
    "nebius": Dialect(
        source="docs.tokenfactory.nebius.com, api-reference: fine-tuning, models, 2026-11-22",
        settings_at="top",
        # Without it the whole model is trained, and only adapters are served by the token.
        settings={"lora": True},
        deploy="adapter",
        newest_event_first=False,
        largest_file=5 * 1024 * MIB,
        served=("Meta-Llama-3.1-8B-Instruct", "Llama-3.3-70B-Instruct"),
        bills="The tuned model is served by the token; nothing is billed while nobody asks it.",
    ),
    "foundry": Dialect(
        source="learn.microsoft.com, Foundry, fine-tuning and fine-tuning-deploy, 2026-11-22",
        deploy="by_hand",
        files_are_checked=True,
        bills=(
            "The tuned model answers only once you deploy it: standard deployments are billed by the hour until they "
            "are deleted, the developer tier by the token, for 24 hours. This run deploys nothing there."
        ),
    ),
}


def dialect_of(host: str) -> Dialect:
    """Return what is special about a host; a host not known is taken to do as OpenAI does."""
    return DIALECTS.get(host, OPENAI)
