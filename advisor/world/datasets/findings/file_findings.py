"""What is odd about the file itself rather than its rows."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain.dataset import Finding
from advisor.world.datasets.counting.counts import Counts
from advisor.world.datasets.counting.duck_batches import is_for_duckdb
from advisor.world.datasets.files.delimited import count_rows
from advisor.world.datasets.files.jsonlines import repeated_keys
from advisor.world.datasets.files.readers import Table
from advisor.world.datasets.findings.chat_findings import chat_findings
from advisor.world.datasets.roles.profiles import Sample
from advisor.world.datasets.text import count, named

WIDE = 500
"""Columns beyond which a table is more likely a matrix of features."""


def file_findings(table: Table, counts: Counts, sample: Sample, limit: int | None) -> Iterator[Finding]:
    """Yield what the format, the encoding and the header say."""
    read = counts.rows + counts.bad_rows
    if limit is not None and read >= limit:
        yield Finding(
            severity="notes",
            about="reading",
            what=f"I read the first {count(read, 'row')} only.",
            consequence="Every count here is of those rows, not of the file.",
        )
    yield from table.findings
    yield from chat_findings(sample, counts.roles)
    if limit is None:
        yield from _second_reader(table, counts)
    if repeated := list(dict.fromkeys(key for file in table.files for key in _repeated(file))):
        yield Finding(
            severity="warns",
            about="reading",
            what=f"Some objects name {named(repeated)} more than once.",
            consequence="I read the last value; check that it is the right one.",
        )
    nested = [profile.name for profile in sample.profiles if profile.nested]
    if nested and not (counts.roles.label_field and counts.roles.input_fields):
        yield Finding(
            severity="blocks",
            about="roles",
            what=f"The rows are nested: {named(nested)} holds lists of objects.",
            consequence="I count the outer rows only; write one row for each example, then give me that file.",
        )
    if len(sample.profiles) > WIDE:
        yield Finding(
            severity="warns",
            about="roles",
            what=f"{len(sample.profiles):,} columns.",
            consequence="That is more like a table of numbers than text for a language model; name the input yourself.",
        )


def _repeated(table: Table) -> tuple[str, ...]:
    return repeated_keys(table.source) if table.source.format in ("json", "jsonl") else ()


def _second_reader(table: Table, counts: Counts) -> Iterator[Finding]:
    dialects = [(file, file.dialect) for file in table.files if file.dialect and len(file.dialect.names) <= WIDE]
    if len(dialects) < len(table.files):
        return
    # What DuckDB read itself needs no second opinion from it.
    if all(is_for_duckdb(file.source, dialect) for file, dialect in dialects):
        return
    seen = [count_rows(file.source, dialect) for file, dialect in dialects]
    second = sum(n or 0 for n in seen)
    if None not in seen and second != counts.rows:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"Two readers disagree on this file: {counts.rows:,} rows and {second:,}.",
            consequence="Quotes are probably unbalanced somewhere; compare the count with what you expect.",
        )
