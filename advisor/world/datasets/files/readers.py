"""One way to read records, whatever the format."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from advisor.domain.dataset import Finding
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.arrow import check_arrow, read_arrow
from advisor.world.datasets.files.choosing import nothing_to_choose
from advisor.world.datasets.files.databases import open_database
from advisor.world.datasets.files.delimited import check_rows, find_dialect, read_delimited
from advisor.world.datasets.files.encodings import Encoding, encoding_findings
from advisor.world.datasets.files.folders import Chosen, Plan, arrange, data_files, in_reading_order, saved_splits
from advisor.world.datasets.files.formats import Source, identify
from advisor.world.datasets.files.header import heading_findings
from advisor.world.datasets.files.jsonarray import is_streamed, read_json_array
from advisor.world.datasets.files.jsonlines import read_json_lines
from advisor.world.datasets.files.jsonwhole import json_findings, read_json
from advisor.world.datasets.files.opening import broken_archive, mode_of, unpacking_errors
from advisor.world.datasets.files.parquet import read_parquet
from advisor.world.datasets.files.tables import Part, Table
from advisor.world.datasets.files.workbooks import open_sheet
from advisor.world.datasets.records import Record
from advisor.world.datasets.text import clean

__all__ = ["Table", "open_table"]

PEEKED = 100
"""Records of a file in a folder that its columns are taken from."""


def open_table(path: Path, wanted: str = "") -> Table:
    """Return the readable table in a file or a folder; of a workbook or a database the one `wanted`, or the best.

    Raises:
        UnreadableDataset: nothing in it can be read as rows.
        UsageError: there is no such table.
    """
    if stat.S_ISDIR(mode_of(path)):
        return _open_folder(path, wanted)
    table = _open_file(path, wanted)
    return table._replace(findings=(*encoding_findings(table.source.encoding), *table.findings))


def _open_file(path: Path, wanted: str = "") -> Table:
    source = identify(path)
    if source.format == "excel":
        sheet, names, findings = open_sheet(path, wanted)
        said = (*findings, *heading_findings(sheet.heading))
        return Table(source._replace(inside=sheet.name), sheet.rows, findings=said, tables=names)
    if source.format == "sqlite":
        stored, names, findings = open_database(path, wanted)
        return Table(source._replace(inside=stored.name), stored.rows, findings=findings, tables=names)
    if wanted:
        raise nothing_to_choose(path.name)
    return _open_plain(source)


def _open_plain(source: Source) -> Table:
    """Return the table of a file that holds one."""
    path = source.path
    if source.format in ("csv", "tsv"):
        return _open_delimited(source)
    if source.format == "jsonl":
        return Table(source, partial(read_json_lines, source))
    if source.format == "json":
        try:
            if is_streamed(source):
                return Table(source, partial(read_json_array, source))
            return Table(source, partial(read_json, source), findings=json_findings(source))
        except unpacking_errors() as error:
            raise broken_archive(path, error) from None
    if source.format == "arrow":
        check_arrow(path)
        return Table(source, partial(read_arrow, path))
    return Table(source, partial(read_parquet, source))


def _open_delimited(source: Source) -> Table:
    try:
        dialect = find_dialect(source)
        check_rows(source, dialect)
    except unpacking_errors() as error:
        raise broken_archive(source.path, error) from None
    source = source._replace(format="tsv" if dialect.delimiter == "\t" else "csv")
    return Table(source, partial(read_delimited, source, dialect), dialect, tuple(heading_findings(dialect.heading)))


def _open_folder(folder: Path, wanted: str) -> Table:
    saved = saved_splits(folder)
    opened, failed = _open_each([file.path for file in saved] or data_files(folder))
    if not opened:
        raise next(iter(failed.values()))
    if saved:
        plan = Plan(tuple(file for file in saved if file.path in opened))
    else:
        plan = arrange(folder, {path: _columns(table) for path, table in opened.items()})
    findings = (*_encodings(opened), *plan.findings, *(_not_read(path, error) for path, error in failed.items()))
    if len(plan.files) == 1 and not plan.files[0].split:
        only = _open_file(plan.files[0].path, wanted) if wanted else opened[plan.files[0].path]
        return only._replace(findings=(*only.findings, *findings))
    if wanted:
        raise nothing_to_choose(folder.name)
    return _together(folder, plan.files, opened, findings)


def _together(
    folder: Path, chosen: tuple[Chosen, ...], opened: dict[Path, Table], findings: tuple[Finding, ...]
) -> Table:
    parts = tuple(Part(opened[file.path], file.split, file.label) for file in in_reading_order(chosen))
    encodings = {part.table.source.encoding for part in parts}
    source = Source(folder, "folder", encodings.pop() if len(encodings) == 1 else Encoding("utf-8"))
    # What one file says of itself is said once for all of them, the label of their names once for all classes.
    said = {finding.what: finding for part in parts for finding in part.table.findings if not _of_names(part, finding)}
    said.update((finding.what, finding) for finding in findings)
    return Table(source, lambda: iter(()), findings=tuple(said.values()), parts=parts)


def _of_names(part: Part, finding: Finding) -> bool:
    return part.label is not None and finding.about == "roles"


def _encodings(opened: dict[Path, Table]) -> Iterator[Finding]:
    for path, table in opened.items():
        yield from encoding_findings(table.source.encoding, clean(path.name, 60))


def _open_each(paths: list[Path] | tuple[Path, ...]) -> tuple[dict[Path, Table], dict[Path, UnreadableDataset]]:
    opened: dict[Path, Table] = {}
    failed: dict[Path, UnreadableDataset] = {}
    for path in paths:
        try:
            opened[path] = _open_file(path)
            next(opened[path].rows(1), None)
        except UnreadableDataset as error:
            opened.pop(path, None)
            failed[path] = error
    return opened, failed


def _columns(table: Table) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for row in islice(table.rows(), PEEKED):
        if isinstance(row, Record):
            names.update(dict.fromkeys(row.values))
    return tuple(names)


def _not_read(path: Path, error: UnreadableDataset) -> Finding:
    return Finding(
        severity="warns",
        what=f"I could not read `{clean(path.name, 60)}` of the folder.",
        consequence=clean(f"Its rows are in no count here. {error}", 300),
    )
