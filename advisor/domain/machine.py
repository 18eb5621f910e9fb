"""What a computer has, as far as it was looked at: processors, memory, packages, model servers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from advisor.domain.facts import Believed, Fact, Gpu, Source

Toolkit = Literal["cuda", "rocm", "metal"]
Kind = Literal["ollama", "vllm", "lm_studio", "llama_cpp", "transformers", "openai_compatible", "unknown"]

GIB = 2**30
OURS = "dspy-finetune-advisor"
"""This package, as it is installed."""


class _Found(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Processor(_Found):
    """A graphics processor."""

    name: str
    toolkit: Toolkit
    gib: float
    free_gib: float | None = None
    """What other programs leave of it at the moment; None when it could not be found out."""
    driver: str | None = None


class Graphics(_Found):
    """The graphics processors and what drives them."""

    processors: tuple[Processor, ...] | None = ()
    """None when it could not be found out."""
    toolkit_version: str | None = None
    """The newest CUDA the driver can serve, or the installed ROCm."""
    told_by: str = ""
    """The program that was asked."""
    trouble: str = ""
    """Why it could not be found out."""


class Room(_Found):
    """Free disk where something large will be written."""

    holds: str
    folder: str
    free_gib: float


class ModelServer(_Found):
    """A program on this computer that answers as a model does."""

    kind: Kind
    address: str
    """Where its API is reached, `/v1` included where it has one."""
    models: tuple[str, ...] = ()
    more: int = 0
    """Models beyond those named."""


class Reached(_Found):
    """Whether a host on the network answered."""

    host: str
    answered: bool
    why: str = ""


class Origin(_Found):
    """Where this program was installed from, when it was from no index."""

    place: str
    """A folder, or an address as pip reads it."""
    folder: bool = True
    editable: bool = False


class Machine(_Found):
    """What this computer can do."""

    python: str
    system: str
    keys: tuple[str, ...]
    """Names of the variables that hold a key; never a value."""
    graphics: Graphics
    packages: dict[str, str]
    """Installed versions of the packages that matter here."""
    programs: tuple[str, ...] = ()
    """Programs on the path that matter here."""
    origin: Origin | None = None
    """None where it was installed by its name."""
    cores: int | None = None
    memory_gib: float | None = None
    free_memory_gib: float | None = None
    rooms: tuple[Room, ...] = ()
    servers: tuple[ModelServer, ...] = ()
    settings: tuple[str, ...] = ()
    """Names of the variables that say where a run goes; never a value."""
    host_named: str | None = None
    """The host name that calls are sent to instead of the planned one."""
    server_addresses: dict[str, str] = {}
    """Where the environment says that model servers answer, by the name before a model's."""
    reached: tuple[Reached, ...] = ()
    """Empty unless the network was asked for."""

    @property
    def gpus(self) -> tuple[Gpu, ...] | None:
        """The processors of cards of their own; None when it could not be found out."""
        found = self.graphics.processors
        if found is None:
            return None
        return tuple(Gpu(name=one.name, gib=one.gib) for one in found if one.toolkit != "metal")

    def facts(self, known: Believed) -> tuple[Fact, ...]:
        """Return the processors found; finding none counts only where training is to run here and nobody named one."""
        evidence = self.graphics.told_by or "nvidia-smi and rocm-smi name none"
        found = (Fact(name="gpus", value=self.gpus or (), source=Source.measured, evidence=evidence),)
        if self.gpus:
            return found
        none = self.graphics.processors == () and not self.graphics.trouble
        return found if none and known.text("host") == "local" and not known.has("gpus") else ()

    def best(self, *toolkits: Toolkit) -> Processor | None:
        """Return the processor with the most memory free, of these kinds or of any."""
        found = [one for one in self.graphics.processors or () if not toolkits or one.toolkit in toolkits]
        return max(found, key=lambda one: usable_gib(one), default=None)

    def alike(self, one: Processor) -> tuple[Processor, ...]:
        """Return the processors of this kind, which can train together; Metal has but one."""
        return tuple(other for other in self.graphics.processors or () if _kind(other) == _kind(one))


def _kind(one: Processor) -> tuple[str, Toolkit, float]:
    return one.name, one.toolkit, one.gib


METAL_SHARE = 2 / 3
"""Of the memory a Mac has, what Metal lets one program use at least. Source: Apple, recommendedMaxWorkingSetSize."""


def usable_gib(processor: Processor) -> float:
    """Return the memory a program can count on now."""
    if processor.free_gib is not None:
        return processor.free_gib
    return processor.gib * METAL_SHARE if processor.toolkit == "metal" else processor.gib
