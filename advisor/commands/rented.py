"""`advisor run DIR --on sky`: the run on a rented GPU; SkyPilot shows the price and asks.

That yes is to the machine alone: where other providers are shown rows, this asks for one before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from advisor import run_telling
from advisor.commands.yes import ask_for_yes
from advisor.domain.doctor import SKYPILOT
from advisor.domain.forecast import forecast
from advisor.domain.plan import Plan
from advisor.domain.preflight import TO_THE_HUB
from advisor.domain.providers import beside_the_host
from advisor.domain.renting import Rental, models_left_behind, rental
from advisor.errors import RunFailed, UsageError
from advisor.world import sky


def run_rented(project: Path, plan: Plan) -> int:
    """Hand the project to SkyPilot and return 0 once its run there has ended.

    Raises:
        UsageError: the project cannot be rented for, something it needs there is missing, or nobody is there to see
            the price, or the other providers were refused.
        RunFailed: SkyPilot ended with a fault, or the price was refused.
    """
    _leaves_no_model_behind(plan)
    rented = rental(plan)
    if rented is None or not (project / sky.TASK).is_file():
        raise UsageError(
            "This project does not train on a GPU of its own, so none can be rented for it.",
            f"It has no {sky.TASK}.",
            "Write one with --set host=sky.",
        )
    _has_its_keys(rented)
    found = sky.program()
    if found is None:
        raise UsageError(
            "SkyPilot is not installed.", "It rents the machine.", f"Install it for your cloud: {SKYPILOT}.",
        )  # fmt: skip
    arguments = sky.command(rented.cluster, rented.secrets)
    _agree(plan, rented, arguments)
    if code := sky.launch(project, [found, *arguments[1:]]):
        raise RunFailed(
            f"SkyPilot ended with {code}.", "What it said stands above.",
            f"sky status shows what is still rented; sky down {rented.cluster} gives it back.",
        )  # fmt: skip
    return 0


def _agree(plan: Plan, rented: Rental, arguments: Sequence[str]) -> None:
    """Show what is started and sent where, and wait for a yes to those who answer beside the machine.

    Raises:
        UsageError: the answer was no, or nobody is there to see the price.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            "Nobody is here to see the price.", "SkyPilot shows it and asks.", "Run it on a terminal."
        )  # fmt: skip
    others, rows = run_telling.others_in_words(plan), sum(plan.split)
    sys.stderr.write(
        f"This folder, with {rows:,} rows in data/, is copied to a machine in your cloud and a bucket there. SkyPilot "
        f"shows the price an hour and asks; ten minutes after the run the machine removes itself.\n"
        f"{run_telling.who_answers(plan, forecast(plan))}\n"
        f"  {' '.join(arguments)}\n  sky down {rented.cluster}    ends it at any time\n"
    )
    if others:
        sys.stderr.write(f"May rows be shown to {others}? y / n ")
        ask_for_yes()
    sys.stderr.flush()


def _leaves_no_model_behind(plan: Plan) -> None:
    if left := models_left_behind(plan):
        raise UsageError(
            f"{left[0]} is a folder of this computer.", "The rented machine gets this project and nothing else.",
            TO_THE_HUB,
        )  # fmt: skip

    for _, model, provider in beside_the_host(plan):
        if provider.here:
            raise UsageError(
                f"{model} answers on this computer only.", "The rented machine cannot ask it.",
                "Write the project with a model that can be asked from there.",
            )  # fmt: skip


def _has_its_keys(rented: Rental) -> None:
    """A missing key would end the run on a machine that is paid for by then."""
    if missing := [name for name in rented.keys if not os.environ.get(name)]:
        raise UsageError(
            f"{' and '.join(missing)} is not set.", "A model of this project answers at another provider, by that key.",
            f"Set it first: export {missing[0]}=...",
        )  # fmt: skip
