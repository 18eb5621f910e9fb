"""The graphics processors, as their own drivers tell of them."""

from __future__ import annotations

import contextlib
import json
import platform
import re
import shutil
import subprocess
import time
from pathlib import Path

from advisor.domain.cleaning import clean
from advisor.domain.machine import GIB, Graphics, Processor

NVIDIA = ("nvidia-smi", "--query-gpu=name,memory.total,memory.free,driver_version", "--format=csv,noheader,nounits")
AMD = ("rocm-smi", "--showproductname", "--showmeminfo", "vram", "--showdriverversion", "--json")
CUDA = re.compile(r"CUDA (?:\w+ )?Version\s*:\s*(\d+\.\d+)")
ROCM_VERSION = Path("/opt/rocm/.info/version")
LONGEST = 80


def look(patience: float) -> Graphics:
    """Return the processors of the first maker whose program is there; nobody is waited for longer than `patience`."""
    if platform.system() == "Darwin":
        return _apple(patience)
    for program, read in ((NVIDIA, _nvidia), (AMD, _amd)):
        if shutil.which(program[0]):
            return read(patience)
    return Graphics()


def _nvidia(patience: float) -> Graphics:
    table, header = _ask(patience, NVIDIA, NVIDIA[:1])
    if table is None:
        return _silent(NVIDIA[0], patience)
    found = []
    for line in table.splitlines():
        name, *numbers = line.rsplit(",", 3)
        if len(numbers) == 3 and numbers[0].strip().isdigit():
            found.append(
                Processor(
                    name=_name(name.strip().removeprefix("NVIDIA ")),
                    toolkit="cuda",
                    gib=_mebibytes(numbers[0]),
                    free_gib=_mebibytes(numbers[1]) if numbers[1].strip().isdigit() else None,
                    driver=_name(numbers[2]) or None,
                )
            )
    version = CUDA.search(header or "")
    return Graphics(processors=tuple(found), toolkit_version=version.group(1) if version else None, told_by=NVIDIA[0])


def _amd(patience: float) -> Graphics:
    (told,) = _ask(patience, AMD)
    try:
        # Warnings may stand before it.
        cards = json.loads(told[told.index("{") :]) if told else None
    except (ValueError, RecursionError):
        cards = None
    if not isinstance(cards, dict):
        return _silent(AMD[0], patience)
    system = cards.get("system")
    driver = _name(system.get("Driver version", "")) if isinstance(system, dict) else ""
    found = tuple(card for value in cards.values() if (card := _amd_card(value, driver)))
    return Graphics(processors=found, toolkit_version=_rocm_version(), told_by=AMD[0])


def _amd_card(value: object, driver: str) -> Processor | None:
    if not isinstance(value, dict):
        return None
    # The spelling of the keys has changed between releases.
    told = {str(key).casefold(): str(held) for key, held in value.items()}
    total, used = told.get("vram total memory (b)", ""), told.get("vram total used memory (b)", "")
    if not total.isdecimal() or len(total) > LONGEST:
        return None
    name = next((told[key] for key in ("card series", "card model") if told.get(key)), "AMD")
    free = (int(total) - int(used)) / GIB if used.isdecimal() and len(used) <= LONGEST else None
    return Processor(
        name=_name(name),
        toolkit="rocm",
        gib=round(int(total) / GIB, 1),
        free_gib=None if free is None else round(max(0.0, free), 1),
        driver=driver or None,
    )


def _rocm_version() -> str | None:
    try:
        with ROCM_VERSION.open(encoding="utf-8", errors="replace") as file:
            return _name(file.readline(LONGEST)) or None
    except OSError:
        return None


def _apple(patience: float) -> Graphics:
    """A Mac's processor shares the computer's memory; those with one of Intel's have nothing to train on."""
    if platform.machine() != "arm64":
        return Graphics()
    (told,) = _ask(patience, ("sysctl", "-n", "machdep.cpu.brand_string", "hw.memsize"))
    name, _, size = (told or "").strip().partition("\n")
    if not size.isdecimal() or len(size) > LONGEST:
        return _silent("sysctl", patience)
    one = Processor(name=_name(name), toolkit="metal", gib=round(int(size) / GIB, 1))
    return Graphics(processors=(one,), told_by="sysctl")


def _ask(patience: float, *commands: tuple[str, ...]) -> list[str | None]:
    """Return what each program printed; None for one that failed or was still at it when patience ran out."""
    ends = time.monotonic() + patience
    return [_told(process, ends) for process in [_started(command) for command in commands]]


def _started(command: tuple[str, ...]) -> subprocess.Popen[str] | None:
    try:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, errors="replace",
        )  # fmt: skip
    except OSError:
        return None


def _told(process: subprocess.Popen[str] | None, ends: float) -> str | None:
    if process is None:
        return None
    try:
        told, _ = process.communicate(timeout=max(0.05, ends - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        # One that hangs inside the driver does not even die.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
        if process.stdout:
            process.stdout.close()
        return None
    return told if process.returncode == 0 else None


def _silent(program: str, patience: float) -> Graphics:
    return Graphics(
        processors=None, told_by=program, trouble=f"{program} failed, or did not answer within {patience:g} s"
    )


def _mebibytes(text: str) -> float:
    return round(int(text) / 1024, 1)


def _name(text: object) -> str:
    return clean(str(text), LONGEST)
