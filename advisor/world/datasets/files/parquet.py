"""Parquet files, through DuckDB."""

from __future__ import annotations

import glob
from collections.abc import Iterator

from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.shapes import plain_row
from advisor.world.datasets.records import Record, readable
from advisor.world.datasets.text import clean

READ = "read_parquet(?, hive_partitioning=false)"
"""What DuckDB reads from; by itself it makes a column of a folder called `label=a`, in place of the file's own."""

_BATCH = 2048


def read_parquet(source: Source) -> Iterator[Record]:
    """Yield every row, numbered from 1.

    Raises:
        UnreadableDataset: the file is cut short or damaged.
    """
    import duckdb  # a start-up that reads no data does not pay for it

    number = 0
    try:
        with duckdb.connect() as database:
            # Escaped, because DuckDB reads a path as a pattern.
            rows = database.execute(f"select * from {READ}", [glob.escape(str(source.path))])
            names = [column[0] for column in rows.description or ()]
            while batch := rows.fetchmany(_BATCH):
                for row in batch:
                    number += 1
                    values = {name: readable(value) for name, value in zip(names, row, strict=True)}
                    yield Record(number, plain_row(values) if "answers" in values else values)
    except duckdb.Error as error:
        raise UnreadableDataset(
            f"{clean(source.path.name)} is a damaged Parquet file.",
            f"{_reason(error)}.",
            "Download or export it again.",
        ) from None


def _reason(error: Exception) -> str:
    """Return what DuckDB says without the query and the path, which mean nothing to the reader."""
    first = str(error).split("\n", 1)[0].split(": ", 1)[-1]
    return clean(first.split(" '", 1)[0].split(' "', 1)[0], 120).rstrip(".")
