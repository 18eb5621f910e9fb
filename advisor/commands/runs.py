"""`advisor runs DIR`: the runs of a project, newest first."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from advisor.domain.cleaning import clean, escaped_json
from advisor.domain.progress import RunView
from advisor.running import read_plan
from advisor.world.run_folder import Run, is_live, read_events, runs_of


def main(argv: list[str]) -> int:
    """List the runs of a project with how they ended."""
    parser = argparse.ArgumentParser(prog="advisor runs", description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--json", action="store_true", help="one run a line")
    options = parser.parse_args(argv)
    read_plan(options.project)
    for run in runs_of(options.project):
        found = _found(run)
        line = f"{clean(run.name, 80)}  {found['state']:<15} {found['calls']:>8} calls"
        sys.stdout.write((escaped_json(json.dumps(found, ensure_ascii=False)) if options.json else line) + "\n")
    return 0


def _found(run: Run) -> dict[str, object]:
    view = RunView()
    for event in read_events(run.folder):
        view = view.after(event)
    live = is_live(run.folder)
    ended = view.state if view.over else "running" if live else "died"
    return {"run": run.name, "state": ended, "calls": view.meter.calls, "dollars": view.meter.dollars}
