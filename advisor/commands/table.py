"""`--table NAME`: which sheet of a workbook or table of a database is read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import UsageError

if TYPE_CHECKING:
    from advisor.domain.facts import Facts

HELP = "the sheet of a workbook or table of a database to read"


def add_table(parser: argparse.ArgumentParser) -> None:
    """Let a command that takes a data file take `--table`."""
    parser.add_argument("--table", metavar="NAME", help=HELP)


def table_given(data: Path | None, table: str | None) -> Facts:
    """Return what `--table` says.

    Raises:
        UsageError: there is no such table, or no file that it could be of.
        UnreadableDataset: the file cannot be read.
    """
    from advisor.domain.facts import Fact, Facts, Source  # pydantic takes longer than `--help` may

    if table is None:
        return Facts()
    if data is None:
        raise UsageError("--table is about a file.", "None was named.", "Name the workbook or the database before it.")
    from advisor.world.datasets.files.readers import open_table
    from advisor.world.datasets.text import mended

    chosen = mended(open_table(data, table).source.inside)
    return Facts().learn(Fact(name="data_table", value=chosen, source=Source.told, evidence="--table"))
