"""`advisor report DIR`: what a run found, finished or not, from its files alone."""

from __future__ import annotations

import argparse
import sys

from advisor import run_telling
from advisor.commands.chosen import chosen_run, parser_for
from advisor.domain.cleaning import escaped_json
from advisor.errors import RunFailed
from advisor.following import show_result
from advisor.running import Running


def main(argv: list[str]) -> int:
    """Write `report.md` anew and print the comparison."""
    parser = parser_for("report", __doc__)
    parser.add_argument("--json", action="store_true", help="the comparison as JSON")
    options = parser.parse_args(argv)
    running = chosen_run(options)
    running.read()
    return _report(running, options)


def _report(running: Running, options: argparse.Namespace) -> int:
    comparison = running.comparison()
    if comparison is None:
        sys.stdout.write(run_telling.dev_scores(running.view) + "\n")
        if running.view.state == "done":
            return 0
        raise RunFailed(
            f"The run {running.started.name} has not scored the test rows yet.",
            running.view.why or "It is still going, or it ended before that.",
            f"Resume it with `advisor run {options.project} --resume`.",
        )
    if options.json:
        sys.stdout.write(escaped_json(comparison.model_dump_json(indent=2)) + "\n")
        return 0
    show_result(running)
    return 0
