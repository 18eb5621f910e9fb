"""What this computer has: keys by name, graphics processors, package versions. Asks no network."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from importlib import metadata
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from advisor.domain.facts import Fact, Gpu, Source

KEYS = (
    "OPENAI_API_KEY", "TOGETHER_API_KEY", "NEBIUS_API_KEY", "FIREWORKS_API_KEY", "AZURE_API_KEY", "TINKER_API_KEY",
    "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GROQ_API_KEY", "MISTRAL_API_KEY", "HF_TOKEN",
)  # fmt: skip
PACKAGES = ("dspy", "litellm", "textual", "pydantic", "duckdb", "numpy", "torch", "trl", "peft", "vllm", "transformers")
NVIDIA_DEADLINE_S = 2.0


class Machine(BaseModel):
    """What this computer can do."""

    model_config = ConfigDict(frozen=True)

    python: str
    system: str
    keys: tuple[str, ...]
    """Names of the variables that hold a key; never a value."""
    gpus: tuple[Gpu, ...] | None
    """None when it could not be found out; Apple's own processors are not looked for."""
    packages: dict[str, str]
    """Installed versions of the packages that matter here."""

    def facts(self) -> tuple[Fact, ...]:
        """Return the processors found; finding none says nothing of those the user has elsewhere."""
        if not self.gpus:
            return ()
        return (Fact(name="gpus", value=self.gpus, source=Source.measured, evidence="nvidia-smi"),)


def look(environment: Mapping[str, str] | None = None) -> Machine:
    """Return what this computer has."""
    known = os.environ if environment is None else environment
    return Machine(
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        keys=tuple(name for name in KEYS if known.get(name, "").strip()),
        gpus=_gpus(),
        packages={name: version for name in PACKAGES if (version := _version(name))},
    )


def host_in_environment(environment: Mapping[str, str] | None = None) -> str | None:
    """Return the host name that `ADVISED_BASE_URL` sends a project's calls to, where it is set."""
    known = os.environ if environment is None else environment
    try:
        return urlsplit(known.get("ADVISED_BASE_URL", "").strip()).hostname
    except ValueError:
        return "an address that cannot be read"


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _gpus() -> tuple[Gpu, ...] | None:
    """Ask nvidia-smi; without it there is no NVIDIA processor to train on."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return None if platform.system() == "Darwin" else ()
    try:
        told = subprocess.run(
            [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"],
            capture_output=True, text=True, errors="replace", timeout=NVIDIA_DEADLINE_S, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return _read_gpus(told.stdout) if told.returncode == 0 else None


def _read_gpus(table: str) -> tuple[Gpu, ...]:
    found = []
    for line in table.splitlines():
        name, _, mebibytes = line.rpartition(",")
        if mebibytes.strip().isdigit():
            found.append(Gpu(name=name.strip().removeprefix("NVIDIA "), gib=round(int(mebibytes) / 1024, 1)))
    return tuple(found)
