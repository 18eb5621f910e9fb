"""`advisor inspect PATH`: what a dataset holds and what that means."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from advisor.commands import fixing
from advisor.errors import UnreadableDataset


def main(argv: list[str]) -> int:
    """Inspect one file; 4 when something in it stops every route."""
    parser = argparse.ArgumentParser(prog="advisor inspect", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--label", metavar="FIELD", help="the field with the right answer")
    parser.add_argument("--input", action="append", default=[], metavar="FIELD", help="a field the program reads")
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    fixing.add_options(parser)
    options = parser.parse_args(argv)
    from advisor import project, telling
    from advisor.world.datasets.inspection import inspect

    report = inspect(options.path, label_field=options.label, input_fields=tuple(options.input))
    if fixing.wanted(options):
        sys.stdout.write(fixing.run(options, report) + "\n")
        return 0
    shown = report.model_dump_json(indent=2) if options.json else telling.report(report)
    sys.stdout.write(shown + "\n")
    return UnreadableDataset.exit_code if project.blocking(report) else 0
