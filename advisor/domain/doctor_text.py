"""What the doctor found, in words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import NamedTuple

from advisor.domain.doctor import Readiness, gpu_title, torch_build
from advisor.domain.fit import PUBLISHED_BY, TITLES
from advisor.domain.fitting import Fitting, MethodFit
from advisor.domain.machine import Kind, Machine, ModelServer, Processor, Room
from advisor.domain.sharing import joined

WIDTH = 80
NARROWEST = 40
LABEL = 11
FRIENDS = ("dspy", "litellm", "torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes", "vllm")

SERVERS: dict[Kind, str] = {
    "ollama": "Ollama", "vllm": "vLLM", "lm_studio": "LM Studio", "llama_cpp": "llama.cpp",
    "transformers": "transformers serve", "openai_compatible": "an OpenAI-compatible server",
    "unknown": "something that is not a model server",
}  # fmt: skip


class Paragraph(NamedTuple):
    """A text to be broken at words, and what stands before its first line."""

    opening: str
    text: str


Line = str | Paragraph
"""A string is a line as it stands."""


def told(machine: Machine, routes: Iterable[Readiness], width: int = WIDTH) -> str:
    """Return the whole of it, for a terminal of that width."""
    return _set(["This computer", *_computer(machine), "", "What it can do", *_routes(routes)], width)


def _computer(machine: Machine) -> list[Line]:
    lines = _item("system", [_system(machine)])
    lines += _item("graphics", graphics(machine))
    lines += _item("keys", [", ".join(machine.keys) or "none of those I know"])
    lines += _item("servers", [_server(one) for one in machine.servers] or ["none answers on this computer"])
    lines += _item("disk", _disk(machine.rooms))
    lines += _item("packages", [_packages(machine)])
    lines += _item("programs", [", ".join(machine.programs) or "none of those I know"])
    if machine.reached:
        lines += _item("hosts", [f"{one.host} {'answers' if one.answered else one.why}" for one in machine.reached])
    return lines


def _disk(rooms: Iterable[Room]) -> list[str]:
    """As much free is the same disk, as a rule."""
    places: dict[float, list[str]] = {}
    for one in rooms:
        places.setdefault(one.free_gib, []).append(f"{one.holds} ({one.folder})")
    return [f"{free:g} GiB free for {', '.join(held)}" for free, held in places.items()]


def _system(machine: Machine) -> str:
    parts = [machine.system, f"Python {machine.python}"]
    if machine.cores:
        parts.append(f"{machine.cores} core{'s' * (machine.cores != 1)}")
    if machine.memory_gib:
        free = "" if machine.free_memory_gib is None else f", {machine.free_memory_gib:g} free"
        parts.append(f"{machine.memory_gib:g} GiB of memory{free}")
    return ", ".join(parts)


def graphics(machine: Machine) -> list[str]:
    """Return a line for every processor, or why there is none."""
    found = machine.graphics
    if found.processors is None:
        return [f"not found out: {found.trouble}"]
    if not found.processors:
        return ["no GPU: neither nvidia-smi nor rocm-smi names one"]
    return [_processor(one, found.toolkit_version) for one in found.processors]


def _processor(one: Processor, version: str | None) -> str:
    kit = {"cuda": "CUDA", "rocm": "ROCm", "metal": "Metal"}[one.toolkit] + (f" {version}" if version else "")
    memory = f"{one.gib:g} GiB" + ("" if one.free_gib is None else f", {one.free_gib:g} free")
    return ", ".join([gpu_title(one), memory, *([f"driver {one.driver}"] if one.driver else []), kit])


def _server(one: ModelServer) -> str:
    names = ", ".join(one.models) + (f" and {one.more:,} more" if one.more else "")
    return f"{SERVERS[one.kind]} at {one.address}" + (f": {names}" if names else "")


def _packages(machine: Machine) -> str:
    there = [f"{name} {machine.packages[name]}" for name in FRIENDS if name in machine.packages]
    build = torch_build(machine)
    if build:
        there = [f"torch {machine.packages['torch'].partition('+')[0]} ({build})" if one.startswith("torch ") else one
                 for one in there]  # fmt: skip
    missing = [name for name in FRIENDS if name not in machine.packages]
    return "; ".join(part for part in (", ".join(there), missing and f"not here: {', '.join(missing)}") if part)


def _item(label: str, values: list[str]) -> list[Line]:
    lines: list[Line] = []
    for value in values:
        lines.append(Paragraph(f"  {label if not lines else '':<{LABEL}}", value))
    return lines


def _set(lines: Iterable[Line], width: int) -> str:
    """Break paragraphs at words; what stands for itself, a command above all, stays whole."""
    return "\n".join(line if isinstance(line, str) else _broken(line, max(width, NARROWEST)) for line in lines)


def _broken(line: Paragraph, width: int) -> str:
    return textwrap.fill(
        line.text, width, initial_indent=line.opening, subsequent_indent=" " * len(line.opening),
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


def _routes(routes: Iterable[Readiness]) -> list[Line]:
    lines: list[Line] = []
    for one in routes:
        lines.append(Paragraph("  ✓ " if one.ready else "  ✗ ", f"{one.title}: {'ready' if one.ready else 'lacks'}"))
        for lack in one.lacks:
            lines.append(Paragraph("      ", lack.what))
            lines += [f"        {lack.command}"] if lack.command else []
        for note in one.notes:
            lines.append(Paragraph("      ", note))
    return lines


def fits(answer: Fitting, width: int = WIDTH) -> str:
    """Return whether a model fits, and what to do when it does not, for a terminal of that width."""
    opening = (
        f"{answer.model}: {answer.parameters / 1e9:.2f} billion weights, rows of up to {answer.context:,} tokens, "
        f"{answer.batch:,} at a time."
    )
    here = "No GPU was found here. What it takes, and the rented cards that have it:"
    if answer.processor is not None:
        here = f"On {gpu_title(answer.processor)}, {answer.free_gib:g} of {answer.processor.gib:g} GiB to use:"
    lines: list[Line] = [Paragraph("", opening), Paragraph("", here)]
    if answer.alike > 1:
        lines.append(Paragraph("", _alike(answer.alike)))
    lines += [_method(one) for one in answer.methods]
    for one in answer.methods:
        lines += _changes(one)
    largest = [f"{one.largest} with {TITLES[one.method]}" for one in answer.methods if one.largest]
    if largest:
        told = f"The largest of the common models that fit here, one row at a time: {', '.join(largest)}."
        lines.append(Paragraph("", told))
    return _set([*lines, Paragraph("", _basis(answer)), Paragraph("", f"Its numbers: {answer.source}.")], width)


def _alike(count: int) -> str:
    several = joined(count)
    who = f"All {count} of that kind" if several == count else f"{several} of the {count} of that kind"
    return (
        f"{who} train together: each with a copy of the weights where one card holds them, by QLoRA always, else with "
        "the weights shared out."
    )


def _method(one: MethodFit) -> Line:
    what = one.band if one.band is not None else ", ".join(one.cards or one.sets) or "more than eight cards"
    beside = " by the published minimum only" if one.by_published else ""
    if (shared := one.together) is not None:
        beside += f"; shared out among {shared.cards}: about {shared.need_gib:,.1f} GiB on each, {shared.band}"
    return Paragraph(f"  {TITLES[one.method]:<13}about {one.need_gib:>7,.1f} GiB   ", f"{what}{beside}")


def _changes(one: MethodFit) -> list[Line]:
    if not one.changes:
        return []
    lines: list[Line] = [
        Paragraph("", f"To make {TITLES[one.method]} fit, in this order, each on top of those before it:")
    ]
    lines += [Paragraph("  ", f"{knob.change}: about {knob.need_gib:,.1f} GiB, {knob.band}") for knob in one.changes]
    if one.changes[-1].band != "does not fit":
        return lines
    lines.append(Paragraph("  ", "then a smaller model" + (f": {one.largest} fits" if one.largest else "")))
    rented = "as it is, not even eight cards of the largest kind have that"
    if one.cards:
        rented = f"or, as it is, a rented card: {', '.join(one.cards)}"
    elif one.sets:
        rented = f"or, as it is, several rented cards that share the weights out: {', '.join(one.sets)}"
    elif one.method == "qlora":
        rented = "as it is, no single card has that"
    return [*lines, Paragraph("  ", rented)]


def _basis(answer: Fitting) -> str:
    published = [f"{TITLES[one.method]} {one.published_gb:g} GB" for one in answer.methods if one.published_gb]
    beside = f" Least published for this size: {', '.join(published)} ({PUBLISHED_BY})." if published else ""
    if any(one.together or one.sets for one in answer.methods):
        beside += " Of several cards each is given its part of weights, gradients and the optimizer's memory: our "
        beside += "formula, not validated on a GPU."
    return f"An estimate.{beside} A few steps on the longest row say whether it is right."
