"""The run a command is about: the one named, or the newest of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.errors import UsageError
from advisor.running import Running, read_plan
from advisor.world.run_folder import runs_of


def parser_for(verb: str, about: str | None) -> argparse.ArgumentParser:
    """Return a parser that takes a project and, if need be, one of its runs."""
    parser = argparse.ArgumentParser(prog=f"advisor {verb}", description=about)
    parser.add_argument("project", type=Path)
    parser.add_argument("--run", metavar="NAME", help="a run's folder name (default: the newest)")
    return parser


def chosen_run(options: argparse.Namespace) -> Running:
    """Return the run, to be followed or read; it is not started here, so leaving it ends nothing.

    Raises:
        UsageError: no project, or no such run in it.
    """
    plan = read_plan(options.project)
    runs = runs_of(options.project)
    for run in runs:
        if options.run in (None, run.name):
            return Running(options.project, plan, run)
    known = ", ".join(run.name for run in runs[:5]) or "none yet"
    raise UsageError(
        f"There is no such run in {options.project.name}.", f"Its runs: {known}.", "Start one with `advisor run`."
    )
