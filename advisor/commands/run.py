"""`advisor run DIR`: run a written project, streaming what happens."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import cast

from advisor import run_telling
from advisor.commands.rented import run_rented
from advisor.commands.yes import ask_for_yes
from advisor.domain.barred import without_leave
from advisor.domain.cleaning import escaped_json
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.forecast import forecast
from advisor.domain.plan import Plan
from advisor.domain.preflight import closed_door, shut
from advisor.domain.rules import TRAINING_ROUTES
from advisor.domain.shell_words import shell_line
from advisor.errors import HostRefused, UsageError
from advisor.following import follow, show_result
from advisor.interrupting import run_interruptibly
from advisor.lookup import look_up
from advisor.running import Running, read_plan
from advisor.startable import lacks
from advisor.world import machine


def main(argv: list[str]) -> int:
    """Run a project; the exit code is the run's."""
    parser = argparse.ArgumentParser(prog="advisor run", description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--budget", type=float, metavar="USD", help="stop there, whatever it is doing")
    parser.add_argument("--limit", type=int, metavar="N", help="a cheap trial on N rows to train and N to choose on")
    parser.add_argument("--resume", action="store_true", help="go on with the newest unfinished run")
    parser.add_argument(
        "--train-again",
        action="store_true",
        help="with --resume: pay once more for a training that its host has lost or that was cancelled",
    )
    parser.add_argument("--detach", action="store_true", help="let it go on by itself")
    parser.add_argument("--yes", action="store_true", help="the consent a terminal would ask for")
    parser.add_argument("--json", action="store_true", help="one event a line on stdout")
    parser.add_argument("--on", choices=["sky"], help="on a rented GPU: SkyPilot shows the price and asks")
    options = parser.parse_args(argv)
    if options.on and (unheard := _given(options)):
        parser.error(f"{', '.join(unheard)} cannot be passed on with --on; SkyPilot runs the project's own command")
    plan = read_plan(options.project)
    if options.on:
        return run_rented(options.project, plan)
    if plan.rented:
        raise UsageError(
            "This project trains on a rented GPU.", "Here it would train on this computer.",
            f"Add --on sky, or run {options.project / 'optimize.py'} itself to train here all the same.",
        )  # fmt: skip
    budget = options.budget if options.budget is not None else plan.budget_usd
    _keep_rows_here(plan)
    if plan.route in TRAINING_ROUTES and not plan.practice:
        _look_at_the_door(plan)
    if lacking := lacks(plan, machine.look()):
        raise UsageError(" ".join(lacking), "", f"`{_as_typed(options)}` starts it then.")
    _agree(plan, options, budget)
    return run_interruptibly(_run(plan, options, budget))


def _given(options: argparse.Namespace) -> dict[str, float | bool]:
    """Return the options that say how a run here goes, with their values."""
    names = ("budget", "limit", "resume", "train_again", "detach", "yes", "json")
    told = {f"--{name.replace('_', '-')}": getattr(options, name) for name in names}
    return {name: value for name, value in told.items() if value is not None and value is not False}


def _as_typed(options: argparse.Namespace) -> str:
    """Return the command line that was given."""
    words = [[name] if value is True else [name, f"{value:.12g}"] for name, value in _given(options).items()]
    return shell_line(["advisor", "run", str(options.project), *(word for pair in words for word in pair)])


async def _run(plan: Plan, options: argparse.Namespace, budget: float | None) -> int:
    async with Running(options.project, plan) as running:
        folder = await running.start(
            budget=budget,
            resume=options.resume,
            limit=options.limit,
            train_again=options.train_again,
        )
        if options.detach:
            running.leave()
            found = escaped_json(json.dumps({"run": str(folder)}, ensure_ascii=False))
            sys.stdout.write((found if options.json else str(folder)) + "\n")
            return 0
        await follow(running, as_json=options.json)
        return show_result(running, as_json=options.json)


def _keep_rows_here(plan: Plan) -> None:
    """Stop where rows that must stay would be sent somewhere; the run itself looks again at where it is sent.

    Raises:
        HostRefused: somebody else would receive them.
    """
    if refused := without_leave(plan):
        raise HostRefused(refused, "", "Write the project again for this computer, or without that.")


def _look_at_the_door(plan: Plan) -> None:
    """Stop where nobody can train there any more, and warn of what else has changed since the plan was made.

    Raises:
        HostRefused: the host has closed, or the model is gone.
    """
    told = (("host", plan.host.name), ("student_model", plan.student.model))
    facts = Facts().learn(*(Fact(name=cast(FactName, name), value=value, source=Source.told) for name, value in told))
    found = look_up(facts)
    facts = facts.learn(*found.facts)
    if (closed := shut(facts)) is not None:
        raise HostRefused(closed.why, "", closed.try_this)
    doubt = closed_door(facts)
    for warning in (*([doubt.why] if doubt else []), *found.warnings):
        sys.stderr.write(f"! {warning}\n")


def _agree(plan: Plan, options: argparse.Namespace, budget: float | None) -> None:
    """Show what a yes agrees to and wait for it.

    Raises:
        UsageError: the answer was no, or nobody is there to give one.
    """
    sentence = run_telling.consent(
        plan, forecast(plan), elsewhere=machine.host_in_environment(), budget=budget, limit=options.limit
    )
    asks = not options.yes and sys.stdin.isatty()
    sys.stderr.write(sentence + (" " if asks else "\n"))
    sys.stderr.flush()
    if options.yes:
        return
    if not asks:
        raise UsageError("Nobody said yes.", "There is no terminal to ask on.", "Add --yes to agree.")
    ask_for_yes()
