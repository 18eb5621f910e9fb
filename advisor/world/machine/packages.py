"""Which packages and programs are installed; none is imported or run."""

from __future__ import annotations

import shutil
from importlib import metadata

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


def _version(package: str) -> str | None:
    try:
        # A folder that was left half removed has no version.
        return metadata.version(package) or None
    except metadata.PackageNotFoundError:
        return None
