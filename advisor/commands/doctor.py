"""`advisor doctor`: what this computer and its keys can do, and what is missing."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.domain.fitting import Fitting
    from advisor.domain.machine import Machine

LONGEST_CONTEXT, LARGEST_BATCH = 1_000_000, 10_000


def main(argv: list[str]) -> int:
    """Look at this computer and tell what it can do; 0 whatever is missing."""
    options = _options(argv)
    # Imported here: `--help` needs none of it.
    from advisor.domain import doctor, doctor_text
    from advisor.domain.cleaning import escaped_json
    from advisor.world import machine

    found = machine.examine(online=options.online)
    answer = _fitting(options, found) if options.model is not None else None
    routes = doctor.judge(found)
    if options.json:
        told = {"machine": found.model_dump(), "routes": [route.model_dump() for route in routes]}
        told |= {"fit": answer.model_dump()} if answer else {}
        sys.stdout.write(escaped_json(json.dumps(told, ensure_ascii=False, indent=2)) + "\n")
    else:
        width = min(doctor_text.WIDTH, shutil.get_terminal_size().columns)
        sys.stdout.write((doctor_text.fits(answer, width) if answer else doctor_text.told(found, routes, width)) + "\n")
    return 0


def _fitting(options: argparse.Namespace, found: Machine) -> Fitting:
    from advisor.domain.cleaning import clean
    from advisor.domain.fit import Work
    from advisor.domain.fitting import fitting
    from advisor.domain.model_shape import billions_in, closed_model, commonly_known, read_config
    from advisor.world.machine import configs

    work, name = Work(context=options.context, batch=options.batch), clean(options.model, 120)
    here = configs.find(options.model)
    if here is not None:
        shape = read_config(here[0])
        if isinstance(shape, str):
            raise UsageError(f"{here[1]} does not tell enough of {name!r}.", shape, "Name another model.")
        return fitting(name, here[1], shape, work, found)
    known = commonly_known(options.model)
    if known is None:
        if _is_folder(options.model):
            raise UsageError(
                f"The folder {name!r} has no config.json.", "That file says how large a model is.",
                "Name the folder the model was saved to, or fetch that one file: hf download MODEL config.json.",
            )  # fmt: skip
        if closed_model(options.model):
            raise UsageError(
                f"{name!r} is no open model: its weights cannot be had, so it cannot be trained here.", "",
                "`advisor models` says who tunes it; an open one is, for example, Qwen/Qwen3-8B.",
            )  # fmt: skip
        if billions := billions_in(options.model):
            raise UsageError(
                f"By its name {name!r} has about {billions:g} billion weights: alone about {2 * billions:,.0f} "
                f"GiB in 16 bits and about {billions * 0.55:,.0f} GiB in 4 bits, training comes on top.",
                "That is an estimate from the name: its config.json is not here, and I download nothing.",
                "For the whole calculation fetch that one file: hf download MODEL config.json.",
            )  # fmt: skip
        raise UsageError(
            f"I do not know how large {name!r} is.",
            "No folder of that name and no model cache here has its config.json, and I download nothing.",
            "Fetch that one file: hf download MODEL config.json, or name a model such as Qwen/Qwen3-8B.",
        )
    return fitting(known.name, known.source, known.shape, work, found)


def _is_folder(name: str) -> bool:
    """Whether a folder has this name; a model's name may be none that a path can have."""
    try:
        return bool(name) and Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="advisor doctor", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    parser.add_argument("--online", action="store_true", help="also ask whether the hosts can be reached; sends no key")
    parser.add_argument("--model", metavar="NAME_OR_FOLDER", help="whether this model can be trained here")
    parser.add_argument("--context", type=_number(LONGEST_CONTEXT), default=2048, metavar="N",
                        help="tokens of the longest row (2048)")  # fmt: skip
    parser.add_argument("--batch", type=_number(LARGEST_BATCH), default=1, metavar="N", help="rows at a time (1)")
    options = parser.parse_args(argv)
    if options.model is None and (options.context, options.batch) != (2048, 1):
        parser.error("--context and --batch say nothing without --model")
    return options


class _number:
    """A whole number from 1 to a largest."""

    def __init__(self, largest: int) -> None:
        self._largest = largest

    def __call__(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
        if not 1 <= number <= self._largest:
            raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number from 1 to {self._largest:,}")
        return number
