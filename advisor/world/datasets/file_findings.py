"""What is odd about the file itself rather than its rows."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain.dataset import Finding
from advisor.world.datasets.delimited import Dialect, count_rows
from advisor.world.datasets.encodings import Encoding
from advisor.world.datasets.jsonlines import repeated_keys
from advisor.world.datasets.profiles import Sample
from advisor.world.datasets.quality import Tally
from advisor.world.datasets.readers import Table
from advisor.world.datasets.text import count, named

WIDE = 500
"""Columns beyond which a table is more likely a matrix of features."""


def file_findings(table: Table, tally: Tally, sample: Sample, limit: int | None) -> Iterator[Finding]:
    """Yield what the format, the encoding and the header say."""
    read = tally.rows + tally.bad_rows
    if limit is not None and read >= limit:
        yield Finding(
            severity="notes",
            about="reading",
            what=f"I read the first {count(read, 'row')} only.",
            consequence="Every count here is of those rows, not of the file.",
        )
    yield from _encoding(table.source.encoding)
    if table.dialect is not None:
        yield from _dialect(table.dialect)
        if limit is None and len(table.dialect.names) <= WIDE:
            yield from _second_reader(table, table.dialect, tally)
    if table.source.format == "jsonl" and (repeated := repeated_keys(table.source)):
        yield Finding(
            severity="warns",
            about="reading",
            what=f"Some objects name {named(repeated)} more than once.",
            consequence="I read the last value; check that it is the right one.",
        )
    nested = [profile.name for profile in sample.profiles if profile.nested]
    if nested and not (tally.roles.label_field and tally.roles.input_fields):
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


def _encoding(encoding: Encoding) -> Iterator[Finding]:
    where = f"byte {encoding.bad_offset:,} (line {encoding.bad_line:,})" if encoding.bad_offset is not None else ""
    if encoding.damaged:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"The file is UTF-8 with stray bytes, the first at {where}.",
            consequence="Rows that hold one are left out.",
        )
    elif where:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"The file is not UTF-8 from {where} on; I read it as {encoding.shown}.",
            consequence="Check a row with accents; if it looks wrong, save the file as UTF-8.",
        )
    elif encoding.name != "utf-8":
        yield Finding(
            severity="notes",
            about="reading",
            what=f"The file is {encoding.shown}; I read it as such.",
            consequence="What I write for the run is UTF-8.",
        )
    elif encoding.bom:
        yield Finding(
            severity="notes",
            about="reading",
            what="The file begins with a byte order mark.",
            consequence="I leave it out; some training hosts refuse files that have one.",
        )


def _dialect(dialect: Dialect) -> Iterator[Finding]:
    if not dialect.header:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"The first row looks like data, not like column names; I call the columns {named(dialect.names)}.",
            consequence="If it is a header after all, one row is counted too many.",
        )
    if dialect.above:
        yield Finding(
            severity="notes",
            about="reading",
            what=f"{count(dialect.above, 'line')} above the table left out.",
            consequence="They do not have its columns; nothing is lost if they are a title.",
        )
    if dialect.renamed:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"The header names {named(dialect.renamed)} more than once.",
            consequence="I number the later ones; say which is meant if it is the input or the label.",
        )


def _second_reader(table: Table, dialect: Dialect, tally: Tally) -> Iterator[Finding]:
    second = count_rows(table.source, dialect)
    if second is not None and second != tally.rows:
        yield Finding(
            severity="warns",
            about="reading",
            what=f"Two readers disagree on this file: {tally.rows:,} rows and {second:,}.",
            consequence="Quotes are probably unbalanced somewhere; compare the count with what you expect.",
        )
