"""CSV and TSV: the dialect is found, not assumed; every row that does not fit is kept as a value."""

from __future__ import annotations

import csv
import glob
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from advisor.domain.dataset import BadRow
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.encodings import joined
from advisor.world.datasets.files.formats import Source
from advisor.world.datasets.files.header import Heading, find_heading
from advisor.world.datasets.files.lines import bounded_lines
from advisor.world.datasets.files.quoted_rows import QuotedRows
from advisor.world.datasets.records import LINE_LIMIT, Record
from advisor.world.datasets.roles.names import is_known_name
from advisor.world.datasets.text import clean, count, is_damaged

SAMPLE_LINES = 20_000
SAMPLE_SIZE = 4 * 2**20
"""Lines and characters on which the dialect is decided."""

_DELIMITERS = (",", ";", "|", "\t")

LARGE = 16 * 2**20
"""Bytes of a table from which on DuckDB is its first reader, where it can be, and no second one is asked."""


class Dialect(NamedTuple):
    """How the cells of a file are told apart."""

    delimiter: str
    quoted: bool
    header: bool
    names: tuple[str, ...]
    renamed: tuple[str, ...] = ()
    """Names that stood more than once in the header."""
    above: int = 0
    """Rows above the table, such as a title."""

    @property
    def heading(self) -> Heading:
        """What stands above the rows."""
        return Heading(self.header, self.names, self.renamed, self.above)


def find_dialect(source: Source) -> Dialect:
    """Return the delimiter, quoting and column names that fit the most lines."""
    csv.field_size_limit(LINE_LIMIT)
    lines = _sample(source)
    delimiter, quoted, fit = _best(lines, _DELIMITERS[::-1] if source.format == "tsv" else _DELIMITERS)
    if fit.width <= 1 and (unusual := _sniffed(source, lines)):
        delimiter, quoted, fit = _best(lines, (unusual,))
    rows = [row for row in _parsed(lines, delimiter, quoted) if row]
    above = 0
    if fit.width > 1 and _is_prose(rows[:1], fit):
        # A delimiter that never occurs keeps every line whole.
        delimiter, quoted = "\x1f", False
        rows = [[line.rstrip("\r\n")] for line in lines if line.strip()]
    elif fit.width > 1 and rows and len(rows[0]) == 1:
        above = next(number for number, row in enumerate(rows) if len(row) == fit.width)
    return Dialect(delimiter, quoted, *find_heading(rows, above))


def _is_prose(first: Sequence[list[str]], fit: _Fit) -> bool:
    """Say whether the delimiters are the commas of one column of text."""
    title = len(first[0]) == 1 if first else False
    return fit.share < 0.6 or (title and (fit.share < 0.9 or is_known_name(first[0][0])))


def _best(lines: Sequence[str], delimiters: Sequence[str]) -> tuple[str, bool, _Fit]:
    """Return the delimiter and quoting that explain most, the earlier among equals, and how much."""
    fits = {(d, quoted): _fit(lines, d, quoted) for d in delimiters for quoted in (True, False)}
    delimiter = max(delimiters, key=lambda d: max(fits[d, True].rank, fits[d, False].rank))
    quoted = fits[delimiter, True].keeps_up_with(fits[delimiter, False]) or _are_wrapped(lines, delimiter, fits)
    return delimiter, quoted, fits[delimiter, quoted]


def _are_wrapped(lines: Sequence[str], delimiter: str, fits: Mapping[tuple[str, bool], _Fit]) -> bool:
    """Say whether cells stand within quotes as a rule, where both readings explain every row."""
    if fits[delimiter, True].odd or fits[delimiter, False].odd:
        return False
    cells = [cell for row in _parsed(lines, delimiter, False) for cell in row or () if '"' in cell]
    wrapped = sum(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in cells)
    return wrapped > sum(cell.count('"') % 2 for cell in cells)


def _sample(source: Source) -> list[str]:
    lines: list[str] = []
    size = 0
    with source.open_text() as stream:
        for _, line in bounded_lines(stream):
            if line is not None:
                lines.append(line)
            size += LINE_LIMIT if line is None else len(line)
            if len(lines) >= SAMPLE_LINES or size >= SAMPLE_SIZE:
                break
    return lines


def read_delimited(source: Source, dialect: Dialect) -> Iterator[Record | BadRow]:
    """Yield every row after the header as a record, its line the one it begins on, or as a bad row."""
    csv.field_size_limit(LINE_LIMIT)
    name = clean(source.path.name)
    skipped: list[int] = []
    width, halved = len(dialect.names), source.encoding.halved
    with source.open_text() as stream:
        reader = _reader(_kept(stream, skipped), dialect.delimiter, dialect.quoted)
        before, passed = 0, dialect.above + dialect.header
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
            if passed:
                passed -= 1
                continue
            yield _row(list(map(joined, cells)) if halved else cells, dialect.names, width, name, line)
    for line in skipped:
        yield BadRow(file=name, line=line, why=f"is longer than {LINE_LIMIT // 2**20} MB")


def _row(cells: list[str], names: Sequence[str], width: int, file: str, line: int) -> Record | BadRow:
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) != width:
        return BadRow(file=file, line=line, why=f"has {count(len(cells), 'column')}, the first row {width}")
    if any(map(is_damaged, cells)):
        return BadRow(file=file, line=line, why="has bytes that are no characters")
    return Record(line, dict(zip(names, cells, strict=True)))


def _reader(lines: Iterator[str], delimiter: str, quoted: bool) -> Any:
    if quoted:
        return QuotedRows(lines, delimiter)
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
            # The sample may end within quotes; that says nothing against them.
            if reader.line_num < len(lines):
                yield None


class _Fit(NamedTuple):
    """How well a dialect explains the sample."""

    width: int
    rows: int
    odd: int
    """Rows of another width, or with a quote out of place."""
    first_fits: bool

    @property
    def rank(self) -> tuple[bool, float]:
        """Whether it gives columns at all, and the share of rows it explains, the first counting for a tenth."""
        return self.width > 1, round(self.share, 2) + 0.1 * self.first_fits

    @property
    def share(self) -> float:
        """The share of rows it explains."""
        return self.rows / (self.rows + self.odd) if self.rows else 0.0

    def keeps_up_with(self, unquoted: _Fit) -> bool:
        """Say whether reading quotes as quotes explains as much: an unbalanced one swallows rows."""
        if self.odd != unquoted.odd:
            return self.odd < unquoted.odd
        return self.rows >= unquoted.rows or self.odd > 0


def _fit(lines: Sequence[str], delimiter: str, quoted: bool) -> _Fit:
    rows = (row for row in _parsed(lines, delimiter, quoted) if row is None or row)
    seen = [0 if row is None else len(row) for row in rows]
    if not seen:
        return _Fit(0, 0, 0, False)
    widths = Counter(seen)
    width = max(widths, key=lambda width: (widths[width], width))
    return _Fit(width, widths[width], len(seen) - widths[width], seen[0] == width)


def _plain_path(source: Source) -> str:
    # DuckDB reads a path as a pattern, and "t[1]*.csv" would open its neighbours.
    return glob.escape(str(source.path))


def _sniffed(source: Source, lines: Sequence[str]) -> str:
    """Return the delimiter DuckDB finds, or nothing where it finds none."""
    import duckdb  # a start-up that reads no data does not pay for it

    # DuckDB takes seconds to sniff lines of a megabyte.
    if source.encoding.name != "utf-8" or source.zipped or max(map(len, lines), default=0) > 2**16:
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

    if source.encoding.name != "utf-8" or source.encoding.damaged or source.zipped or dialect.above:
        return None
    if source.path.stat().st_size >= LARGE:
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
