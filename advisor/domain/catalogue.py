"""Training hosts and models as they were found: what is open, until when, at what price, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from advisor.domain import figures

Admits = Literal["everyone", "recent_tuners", "nobody"]
Served = Literal["per_token", "dedicated", "this_machine", "no"]
Method = Literal["lora", "qlora", "full", "supervised"]
"""`supervised` where the host does not say how it trains."""


class Entry(BaseModel):
    """What is known of one thing; what is not known is None, never zero."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    source: str = Field(min_length=1)
    """The page it stands on."""
    checked: date
    """When that page was read."""
    note: str = ""
    hosting_per_hour: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Dollars for each hour a tuned model is kept ready, used or not."""
    hosting_on: str = ""
    """What that hour is an hour of."""

    @property
    def cited(self) -> str:
        """The page with the day it was read."""
        return f"{self.source}, {self.checked}"

    def stale(self, today: date) -> bool:
        """Whether it was read too long ago to be trusted unread."""
        return (today - self.checked).days > figures.STALE_DAYS.value


class HostEntry(Entry):
    """A place to train."""

    admits: Admits | None = None
    closes: date | None = None
    """The day training ends there for everybody."""
    served: Served | None = None
    """How a model tuned there answers, where its own entry does not say."""
    billed: bool = True
    least_rows: int | None = Field(default=None, ge=1)
    most_megabytes: int | None = Field(default=None, ge=1)
    """The largest training file it takes."""
    listed_as: str = ""
    """What litellm's price map writes before the names of its models."""


class ModelEntry(Entry):
    """A model at a host."""

    methods: tuple[Method, ...] | None = None
    """How it can be trained there; empty where it cannot."""
    context: int | None = Field(default=None, ge=1)
    """Tokens of the longest example it is trained on."""
    served: Served | None = None
    training: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Dollars per million trained tokens."""
    price_in: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Dollars per million tokens read by the model as it is."""
    price_out: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    tuned_in: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """The same of the tuned model."""
    tuned_out: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    retires: date | None = None
    """The day the tuned model stops answering."""
    trains_until: date | None = None
    """The day it can be trained no more."""


class Catalogue(BaseModel):
    """Every entry; models by `host/name`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    host: dict[str, HostEntry] = Field(default_factory=dict)
    model: dict[str, ModelEntry] = Field(default_factory=dict)

    def models_of(self, host: str) -> dict[str, ModelEntry]:
        """Return the models of a host by their names there."""
        split = ((key.partition("/"), entry) for key, entry in self.model.items())
        return {name: entry for (at, _, name), entry in split if at == host}

    def find(self, host: str, model: str) -> ModelEntry | None:
        """Return the entry of a model, however much of its path was written."""
        known, name = self.models_of(host), bare(model).lower()
        exact = next((entry for key, entry in known.items() if key.lower() == name), None)
        if exact is not None:
            return exact
        short = name.rpartition("/")[2]
        alike = [entry for key, entry in known.items() if key.lower().rpartition("/")[2] == short]
        return alike[0] if len(alike) == 1 else None


class Listed(NamedTuple):
    """A model as the price map that ships with litellm has it."""

    name: str
    """Its dated name, where the one asked for stands for the newest of several."""
    source: str
    price_in: float | None
    """Dollars per million tokens."""
    price_out: float | None
    tuned_in: float | None
    tuned_out: float | None
    context: int | None
    """Tokens it reads at most."""
    retires: date | None


Listing = Callable[[str], Listed | None]
"""Finds a model by the name the price map has it under."""

_PREFIXES = ("openai/", "azure/", "nebius/", "together_ai/", "fireworks_ai/accounts/fireworks/models/", "fireworks_ai/",
             "accounts/fireworks/models/", "hosted_vllm/", "tinker/")  # fmt: skip


def bare(model: str) -> str:
    """Return a model's name at its host, without what litellm writes before it."""
    return next((model[len(prefix) :] for prefix in _PREFIXES if model.startswith(prefix)), model)


def listed_at(catalogue: Catalogue, host: str, model: str, listing: Listing) -> Listed | None:
    """Return what the price map says of a model as this host serves it."""
    entry = catalogue.host.get(host)
    under = entry.listed_as if entry is not None else ""
    # Elsewhere "openai/" is what litellm writes before a name; at other hosts it may be the name's own beginning.
    names = dict.fromkeys((under + model.removeprefix(under), under + bare(model))) if under else ()
    own = next((found for name in names if (found := listing(name)) is not None), None)
    return own or listing(model) or (listing(bare(model)) if not under else None)
