"""Processor cores, memory and free disk."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from advisor.domain.cleaning import clean
from advisor.domain.machine import GIB, Room

MEMINFO = Path("/proc/meminfo")
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def cores() -> int | None:
    """Return how many cores this program may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count()


def memory_gib() -> tuple[float | None, float | None]:
    """Return the memory there is and the memory that is free; None for what this system does not tell."""
    told = _first_lines(MEMINFO, 4096)
    sizes = {name: int(kib) * 1024 for name, kib in re.findall(r"(?m)^(\w+):\s+(\d{1,15}) kB", told)}
    total, free = sizes.get("MemTotal") or _pages(), sizes.get("MemAvailable")
    limit = _first_lines(CONTAINER_LIMIT, 40).strip()
    if total and limit.isdecimal() and int(limit) < total:
        total = int(limit)
        free = None if free is None else min(free, total)
    return _gib(total), _gib(free)


def rooms(environment: Mapping[str, str]) -> tuple[Room, ...]:
    """Return the free disk where projects and models are kept."""
    found = []
    for holds, folder in _places(environment):
        there = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
        try:
            free = shutil.disk_usage(there).free if there else None
        except OSError:
            free = None
        if free is not None:
            found.append(Room(holds=holds, folder=clean(str(folder), 120), free_gib=round(free / GIB, 1)))
    return tuple(found)


def model_cache(environment: Mapping[str, str]) -> Path:
    """Return where Hugging Face's libraries keep the models they have downloaded."""
    named = environment.get("HF_HUB_CACHE") or environment.get("HUGGINGFACE_HUB_CACHE")
    if named:
        return Path(named).expanduser()
    home = environment.get("HF_HOME")
    if home:
        return Path(home).expanduser() / "hub"
    cache = environment.get("XDG_CACHE_HOME")
    return (Path(cache).expanduser() if cache else _home() / ".cache") / "huggingface" / "hub"


def _places(environment: Mapping[str, str]) -> tuple[tuple[str, Path], ...]:
    named = environment.get("OLLAMA_MODELS")
    ollama = Path(named).expanduser() if named else _home() / ".ollama" / "models"
    places = (("projects", Path.cwd()), ("models", model_cache(environment)))
    return (*places, ("Ollama's models", ollama)) if ollama.is_dir() else places


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        return Path()


def _first_lines(path: Path, size: int) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(size)
    except OSError:
        return ""


def _pages() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _gib(size: int | None) -> float | None:
    return None if size is None else round(size / GIB, 1)
