"""CSV and TSV: the dialect is found, not assumed; every row that does not fit is kept as a value."""

from __future__ import annotations

import csv
import glob
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.formats import Source
from advisor.world.datasets.header import is_header
from advisor.world.datasets.jsonlines import bounded_lines
from advisor.world.datasets.records import LINE_LIMIT, Record
from advisor.world.datasets.text import clean, is_damaged

SAMPLE = 20_000
"""Lines on which the dialect is decided."""

_DELIMITERS = (",", "\t", ";", "|")


class Dialect(NamedTuple):
    """How the cells of a file are told apart."""

    delimiter: str
    quoted: bool
    header: bool
    names: tuple[str, ...]
    renamed: tuple[str, ...] = ()
    """Names that stood more than once in the header."""


def find_dialect(source: Source) -> Dialect:
    """Return the delimiter, quoting and column names that fit the most lines."""
    csv.field_size_limit(LINE_LIMIT)
    with source.open_text() as stream:
        lines = [line for _, line in islice(bounded_lines(stream), SAMPLE) if line is not None]
    likely = _sniffed(source)
    candidates = sorted({likely, "\t" if source.format == "tsv" else ",", *_DELIMITERS} - {""})
    best = max(
        ((delimiter, quoted) for delimiter in candidates for quoted in (True, False)),
        key=lambda choice: (*_fit(lines, *choice), choice[0] == likely, choice[1]),
    )
    rows = [row for row in _parsed(lines, *best) if isinstance(row, list) and row]
    header = bool(rows) and is_header(rows[0], rows[1:1000])
    first = rows[0] if rows else []
    names = _names(first) if header else tuple(f"column_{i}" for i in range(1, len(first) + 1))
    seen = [name.strip() for name in first] if header else []
    renamed = tuple(dict.fromkeys(name for name in seen if name and seen.count(name) > 1))
    return Dialect(best[0], best[1], header, names, renamed)


def read_delimited(source: Source, dialect: Dialect) -> Iterator[Record | BadRow]:
    """Yield every row after the header as a record, its line the one it begins on, or as a bad row."""
    csv.field_size_limit(LINE_LIMIT)
    name = clean(source.path.name)
    skipped: list[int] = []
    width = len(dialect.names)
    with source.open_text() as stream:
        reader = _reader(_kept(stream, skipped), dialect.delimiter, dialect.quoted)
        before, header = 0, dialect.header
        while True:
            line = before + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield BadRow(file=name, line=line, why=f"has a quote out of place ({clean(str(error), 60)})")
                continue
            finally:
                before = reader.line_num + len(skipped)
            if not cells:
                continue
            if header:
                header = False
                continue
            yield _row(cells, dialect.names, width, name, line)
    for line in skipped:
        yield BadRow(file=name, line=line, why=f"is longer than {LINE_LIMIT // 2**20} MB")


def _row(cells: list[str], names: Sequence[str], width: int, file: str, line: int) -> Record | BadRow:
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) != width:
        return BadRow(file=file, line=line, why=f"has {len(cells)} columns where the others have {width}")
    if any(map(is_damaged, cells)):
        return BadRow(file=file, line=line, why="has bytes that are no characters")
    return Record(line, dict(zip(names, cells, strict=True)))


def _reader(lines: Iterator[str], delimiter: str, quoted: bool) -> Any:
    if quoted:
        return csv.reader(lines, delimiter=delimiter, strict=True)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _kept(stream: Any, skipped: list[int]) -> Iterator[str]:
    for number, line in bounded_lines(stream):
        if line is None:
            skipped.append(number)
        else:
            yield line


def _parsed(lines: Sequence[str], delimiter: str, quoted: bool) -> Iterator[list[str] | None]:
    reader = _reader(iter(lines), delimiter, quoted)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _fit(lines: Sequence[str], delimiter: str, quoted: bool) -> tuple[bool, float]:
    """Return whether a dialect gives columns at all, and the share of lines in rows of the usual width."""
    widths: dict[int, int] = {}
    total = 0
    for row in _parsed(lines, delimiter, quoted):
        if row is None or row:
            total += 1
            width = len(row) if row else 0
            widths[width] = widths.get(width, 0) + 1
    if not total:
        return False, 0.0
    usual = max(widths, key=lambda width: (widths[width], width))
    # Rounded, so that one odd row does not decide between two delimiters.
    return usual > 1, round(widths[usual] / total, 2)


def _names(header: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        base = name = cell.strip() or f"column_{number}"
        copy = 2
        while name in names:
            name, copy = f"{base}_{copy}", copy + 1
        names.append(name)
    return tuple(names)


def _plain_path(source: Source) -> str:
    # DuckDB reads a path as a pattern, and "t[1]*.csv" would open its neighbours.
    return glob.escape(str(source.path))


def _sniffed(source: Source) -> str:
    """Return the delimiter DuckDB finds, or nothing where it finds none."""
    import duckdb  # a start-up that reads no data does not pay for it

    if source.encoding.name != "utf-8" or source.zipped:
        return ""
    try:
        with duckdb.connect() as database:
            found = database.execute(
                "select Delimiter from sniff_csv(?, ignore_errors=true, all_varchar=true)", [_plain_path(source)]
            ).fetchone()
    except duckdb.Error:
        return ""
    return str(found[0]) if found and len(str(found[0])) == 1 else ""


def count_rows(source: Source, dialect: Dialect) -> int | None:
    """Return the rows a second reader finds in the same file, or None where it cannot read it."""
    import duckdb  # a start-up that reads no data does not pay for it

    if source.encoding.name != "utf-8" or source.encoding.damaged or source.zipped:
        return None
    # The names are ours: a header never becomes part of a query.
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(dialect.names)))
    quote = '"' if dialect.quoted else ""
    query = (
        f"select count(*) from read_csv(?, columns={{{columns}}}, delim=?, quote=?, escape=?, header=?, "
        "auto_detect=false, store_rejects=true, null_padding=false)"
    )
    try:
        with duckdb.connect() as database:
            bound = [_plain_path(source), dialect.delimiter, quote, quote, dialect.header]
            found = database.execute(query, bound).fetchone()
    except duckdb.Error:
        return None
    return int(found[0]) if found else None


def check_rows(source: Source, dialect: Dialect) -> None:
    """Refuse a file that has nothing below its header.

    Raises:
        UnreadableDataset: no row at all.
    """
    if dialect.header and next(read_delimited(source, dialect), None) is None:
        raise UnreadableDataset(
            f"{clean(source.path.name)} holds a header and no rows.",
            "",
            "Check that the export finished, then try again.",
        )
