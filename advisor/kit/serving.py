"""Load a program of a finished run and let it answer."""

from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
from pathlib import Path
from typing import Any

import dspy

from advisor.kit.endpoint import cast, resolve
from advisor.kit.files import shown_json
from advisor.kit.forgetting import forget
from advisor.kit.hosts.hosted import how_to_start
from advisor.kit.journal import ending, read_events
from advisor.kit.local.servers import Servers
from advisor.kit.models import Models, clean_environment
from advisor.kit.opening import COMPLETE, all_runs
from advisor.kit.plan import read_plan
from advisor.kit.programs import Programs
from advisor.kit.refusals import words
from advisor.kit.stops import Stop


def load(project: Path, task: Any, name: str | None = None, folder: Path | None = None) -> Any:
    """Return a program, ready to answer: the one the last run with a comparison recommends, or the one named.

    Raises:
        Stop: there is no finished run or no such program, or no server is known.
    """
    clean_environment()
    folder = folder or _last_finished(project / "runs")
    programs = Programs(folder / "programs", task.Program)
    name = name or _recommended(folder)
    saved = programs.about(name)
    if saved is None:
        known = ", ".join(programs.names()) or "none"
        raise Stop("usage", f"{folder} has no program {name!r}.", f"It has: {known}.")
    plan = read_plan(project / "plan.json")
    endpoint = resolve(plan, os.environ)
    servers = Servers(project, folder / "servers", _tell) if plan.host.driver == "local" else None
    if servers:
        dspy.configure(callbacks=[servers])
        atexit.register(servers.end)
    if said := how_to_start(folder, saved.model):
        _tell(said)
    return programs.load(name, Models(plan, endpoint, cast(plan, os.environ), servers))


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def _last_finished(runs: Path) -> Path:
    """Return the newest finished run; a trial, which compares nothing, only where there is no other."""
    trials = []
    for folder in all_runs(runs):
        events = list(read_events(folder / "events.jsonl"))
        last = ending(events)
        if last is None or last["outcome"] not in COMPLETE:
            continue
        if any(event["kind"] == "compared" for event in events):
            return folder
        trials.append(folder)
    if not trials:
        raise Stop("usage", f"There is no finished run in {runs}.", "Run optimize.py first.")
    return trials[0]


def _recommended(folder: Path) -> str:
    compared = [event for event in read_events(folder / "events.jsonl") if event["kind"] == "compared"]
    if not compared:
        raise Stop("usage", f"The run {folder.name} compared nothing.", "Name a program with --program.")
    return str(compared[-1]["comparison"]["recommended"])


def answer(program: Any, task: Any, text: str) -> dict[str, Any]:
    """Return the label for one text, or for one JSON object with the input fields of the data."""
    label = task.LABEL
    try:
        prediction = program(**_inputs(task, text))
        told = {label[1]: prediction[label[0]]}
        return told | ({"reasoning": prediction.reasoning} if "reasoning" in prediction else {})
    except Exception as error:
        # One text the model cannot answer must not end the service for the next.
        return {"error": f"{type(error).__name__}: {words(error)}"}


def _inputs(task: Any, text: str) -> dict[str, str]:
    names = task.INPUTS
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if isinstance(told, dict) and set(names.values()) <= set(told):
        return {ours: str(told[theirs]) for ours, theirs in names.items()}
    if len(names) == 1:
        return {next(iter(names)): text}
    raise ValueError(f"send a JSON object with {', '.join(map(repr, names.values()))}")


def main(project: Path, task: Any, about: str | None) -> int:
    """Answer the text in the arguments, or every line of standard input, as JSON lines."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", help="the text to answer; without it, one text a line from standard input")
    parser.add_argument("--program", metavar="NAME", help="baseline, optimized, tuned, ... (default: the recommended)")
    parser.add_argument("--run-dir", type=Path, metavar="DIR", help="folder of the run (default: the last finished)")
    parser.add_argument("--forget", metavar="NAME", help="remove a tuned program's model and rows from the host")
    options = parser.parse_args()
    dspy.configure_cache(enable_disk_cache=False)
    try:
        if options.forget:
            lines = forget(project, options.forget, options.run_dir or _last_finished(project / "runs"))
            sys.stdout.write("\n".join([*lines, ""]))
            return 0
        program = load(project, task, options.program, options.run_dir)
    except Stop as stop:
        sys.stderr.write(f"{stop}\n")
        return stop.exit_code
    failed = False
    for text in [options.text] if options.text is not None else map(str.strip, sys.stdin):
        if text:
            told = answer(program, task, text)
            failed = failed or "error" in told
            sys.stdout.write(shown_json(told) + "\n")
            sys.stdout.flush()
    return 7 if failed else 0
