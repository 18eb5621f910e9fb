"""`advisor inspect PATH`: what a dataset holds and what that means, then what a closer look adds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.commands import fixing
from advisor.commands.table import add_table
from advisor.errors import UnreadableDataset

if TYPE_CHECKING:
    from advisor.domain.dataset import DatasetReport
    from advisor.reading_line import ReadingLine


def main(argv: list[str]) -> int:
    """Inspect one file, then look closer; 4 when something in it stops every route."""
    options = _options(argv)
    copied = fixing.wanted(options)
    from advisor import project, telling
    from advisor.domain.deep_words import CHECKS
    from advisor.world.datasets.closer.close_look import look_closer

    report = _inspected(options)
    if copied:
        with _followed() as line:
            fixed = fixing.run(options, report, line.show)
        _write(fixed, options)
        return 0
    if not options.json:
        _write(telling.report(report), options)
    with _followed() as line:
        closer = look_closer(report, deep=CHECKS if options.deep else (), watch=line.show)
    _write(closer.model_dump_json(indent=2) if options.json else "\n" + telling.closer(report, closer), options)
    return UnreadableDataset.exit_code if project.blocking(report) else 0


def _inspected(options: argparse.Namespace) -> DatasetReport:
    from advisor.domain.cleaning import clean
    from advisor.domain.dialogue import ReadingProgress
    from advisor.world.datasets.inspection import inspect

    name = clean(options.path.name, 60)
    with _followed() as line:
        return inspect(
            options.path,
            table=options.table or "",
            label_field=options.label,
            input_fields=tuple(options.input),
            watch=lambda progress: line.show(ReadingProgress(name, *progress)),
        )


@contextmanager
def _followed() -> Iterator[ReadingLine]:
    """Show how far something is, and take that away when it is over."""
    from advisor.reading_line import ReadingLine

    line = ReadingLine()
    try:
        yield line
    finally:
        line.clear()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="advisor inspect", description=__doc__)
    parser.add_argument("path", type=Path)
    add_table(parser)
    parser.add_argument("--label", metavar="FIELD", help="the field with the right answer")
    parser.add_argument("--input", action="append", default=[], metavar="FIELD", help="a field the program reads")
    parser.add_argument(
        "--deep", action="store_true", help="also near copies, label noise and a learning curve: takes minutes"
    )
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    fixing.add_options(parser)
    return parser.parse_args(argv)


def _write(text: str, options: argparse.Namespace) -> None:
    from advisor.domain.cleaning import escaped_json

    if text:
        sys.stdout.write((escaped_json(text) if options.json else text) + "\n")
        sys.stdout.flush()
