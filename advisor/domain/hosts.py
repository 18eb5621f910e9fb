"""The training hosts this version can drive, and which doors are closed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from advisor.domain.facts import Believed
from advisor.domain.plan import Host, Role

CHECKED = "2026-11-22"
"""When the hosts' own pages were read."""

PRACTICE_SMALL = "practice-small"
PRACTICE_LARGE = "practice-large"


class KnownHost(BaseModel):
    """A place to train, as far as it is known."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    host: Host
    title: str
    drivable: bool
    """Whether a generated project of this version can train there."""
    note: str
    source: str


def _known(
    name: str, title: str, url: str | None, key: str, upload_to: str, drivable: bool, note: str, source: str
) -> KnownHost:
    host = Host(name=name, base_url=url, key_variable=key, upload_to=upload_to, free=name == "practice")
    return KnownHost(host=host, title=title, drivable=drivable, note=note, source=source)


HOSTS: dict[str, KnownHost] = {
    known.host.name: known
    for known in (
        _known("practice", "the practice model on this computer", None, "ADVISED_API_KEY", "127.0.0.1", True,
               "free, for learning; its scores say nothing about a real model", "built in"),
        _known("openai", "OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY", "api.openai.com", True,
               "only for organisations with inference on a tuned model in the last 60 days; ends 2027-01-06",
               f"developers.openai.com, deprecations, {CHECKED}"),
        _known("nebius", "Nebius Token Factory", "https://api.tokenfactory.nebius.com/v1/", "NEBIUS_API_KEY",
               "api.tokenfactory.nebius.com", True, "OpenAI-compatible; the tuned model needs a deploy step",
               f"docs.tokenfactory.nebius.com, {CHECKED}"),
        _known("other", "another OpenAI-compatible host", None, "ADVISED_API_KEY", "", True,
               "set ADVISED_BASE_URL and ADVISED_UPLOAD_TO", "OpenAI's published API"),
        _known("local", "your own GPU", None, "ADVISED_API_KEY", "127.0.0.1", False,
               "training on this computer's GPU is not in this version", "this project's change log"),
        _known("foundry", "Microsoft Foundry", None, "AZURE_OPENAI_API_KEY", "", False,
               "its deployment step is not in this version", f"learn.microsoft.com, {CHECKED}"),
        _known("together", "Together AI", None, "TOGETHER_API_KEY", "", False,
               "its own SDK and endpoints are not in this version", f"docs.together.ai, {CHECKED}"),
    )
}  # fmt: skip

PRICES: dict[str, tuple[float, float, float | None]] = {
    "gpt-4o": (2.50, 10.00, 25.00),
    "gpt-4o-mini": (0.15, 0.60, 3.00),
    "gpt-4.1-mini": (0.40, 1.60, None),
    "gpt-4.1-nano": (0.10, 0.40, None),
    "gpt-6-luna": (0.10, 0.50, None),
}
"""Dollars per million input, output and trained tokens. Source: litellm's bundled map and OpenAI, 2026-11-22."""


def closed_door(facts: Believed) -> str | None:
    """Return why the chosen host cannot train for this user, or None."""
    name = facts.text("host")
    known = HOSTS.get(name or "")
    if known is None:
        return None
    if not known.drivable:
        return f"{known.title}: {known.note}."
    if name == "openai" and facts.flag("openai_tuned_recently") is False:
        return (
            "OpenAI trains only for organisations that used a tuned model there in the last 60 days "
            "(since 2026-07-02), and for nobody after 2027-01-06."
        )
    if facts.flag("data_must_stay") and name not in ("practice", "local"):
        return f"{known.title} would receive your rows, and you said they must stay on this computer."
    return None


def role(model: str, *, free: bool) -> Role:
    """Return a model with its prices; unknown prices stay unknown."""
    if free:
        return Role(model=model, price_in=0.0, price_out=0.0, train_price=0.0)
    price = PRICES.get(model.rpartition("/")[2])
    return Role(model=model) if price is None else Role(
        model=model, price_in=price[0], price_out=price[1], train_price=price[2]
    )  # fmt: skip
