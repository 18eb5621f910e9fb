"""`advisor run DIR`: run a written project, streaming what happens."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from advisor import run_telling
from advisor.domain.cleaning import escaped_json
from advisor.domain.plan import Plan
from advisor.errors import UsageError
from advisor.following import follow, show_result
from advisor.interrupting import run_interruptibly
from advisor.running import Running, read_plan
from advisor.world import machine


def main(argv: list[str]) -> int:
    """Run a project; the exit code is the run's."""
    parser = argparse.ArgumentParser(prog="advisor run", description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--budget", type=float, metavar="USD", help="stop there, whatever it is doing")
    parser.add_argument("--limit", type=int, metavar="N", help="a cheap trial on N rows to train and N to choose on")
    parser.add_argument("--resume", action="store_true", help="go on with the newest unfinished run")
    parser.add_argument("--detach", action="store_true", help="let it go on by itself")
    parser.add_argument("--yes", action="store_true", help="the consent a terminal would ask for")
    parser.add_argument("--json", action="store_true", help="one event a line on stdout")
    options = parser.parse_args(argv)
    plan = read_plan(options.project)
    budget = options.budget if options.budget is not None else plan.budget_usd
    _agree(plan, options, budget)
    return run_interruptibly(_run(plan, options, budget))


async def _run(plan: Plan, options: argparse.Namespace, budget: float | None) -> int:
    async with Running(options.project, plan) as running:
        folder = await running.start(
            budget=budget,
            resume=options.resume,
            limit=options.limit,
        )
        if options.detach:
            running.leave()
            found = escaped_json(json.dumps({"run": str(folder)}, ensure_ascii=False))
            sys.stdout.write((found if options.json else str(folder)) + "\n")
            return 0
        await follow(running, as_json=options.json)
        return show_result(running, as_json=options.json)


def _agree(plan: Plan, options: argparse.Namespace, budget: float | None) -> None:
    """Show what a yes agrees to and wait for it.

    Raises:
        UsageError: the answer was no, or nobody is there to give one.
    """
    sentence = run_telling.consent(
        plan, run_telling.forecast_of(plan), elsewhere=machine.host_in_environment(), budget=budget, limit=options.limit
    )
    asks = not options.yes and sys.stdin.isatty()
    sys.stderr.write(sentence + (" " if asks else "\n"))
    sys.stderr.flush()
    if options.yes:
        return
    if not asks:
        raise UsageError("Nobody said yes.", "There is no terminal to ask on.", "Add --yes to agree.")
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError("Nothing was run.")
