"""Which packages and programs are installed; none is imported or run."""

from __future__ import annotations

import json
import shutil
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from advisor.domain.machine import OURS, Origin

PACKAGES = (
    "dspy", "litellm", "openai", "textual", "pydantic", "duckdb", "numpy",
    "torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes", "safetensors",
    "vllm", "fastapi", "uvicorn",
    "skypilot", "together", "rensa", "scikit-learn", "pyarrow", "aiohttp", "textual-serve",
)  # fmt: skip
PROGRAMS = ("pip", "pipx", "uv", "vllm", "sky", "ollama", "llama-server")
CUDA_RUNTIMES = ("nvidia-cuda-runtime", "nvidia-cuda-runtime-cu12", "nvidia-cuda-runtime-cu11")
"""What a build of torch for CUDA brings along; the index's own build does not say so in its version."""


def versions() -> dict[str, str]:
    """Return the installed versions, in the order they are told in."""
    found = {name: version for name in PACKAGES if (version := _version(name))}
    if "torch" in found and "+" not in found["torch"]:
        runtime = next((version for name in CUDA_RUNTIMES if (version := _version(name))), None)
        if runtime:
            found["torch"] += f"+cu{''.join(runtime.split('.')[:2])}"
    return found


def programs() -> tuple[str, ...]:
    """Return the programs on the path."""
    return tuple(name for name in PROGRAMS if shutil.which(name))


def origin() -> Origin | None:
    """Return the folder or the address this program was installed from; None where it was by its name."""
    try:
        told = json.loads(metadata.distribution(OURS).read_text("direct_url.json") or "null")
        parts = urlsplit(told["url"])
        if "dir_info" in told:
            folder = url2pathname(parts.path)
            editable = told["dir_info"].get("editable") is True
            return Origin(place=folder, editable=editable) if Path(folder).is_dir() else None
        vcs = told.get("vcs_info", {}).get("vcs")
        return Origin(place=f"{vcs}+{told['url']}" if vcs else str(told["url"]), folder=False)
    except (metadata.PackageNotFoundError, ValueError, TypeError, KeyError, AttributeError, OSError):
        return None


def _version(package: str) -> str | None:
    try:
        # A folder that was left half removed has no version.
        return metadata.version(package) or None
    except metadata.PackageNotFoundError:
        return None
