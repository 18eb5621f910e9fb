"""Reading a dataset and saying what is in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from advisor.domain.dataset import DatasetReport, Field, Finding
from advisor.domain.shell_words import shell_word
from advisor.errors import UnreadableDataset, UsageError
from advisor.world.datasets.counting.batch_readers import read_batches
from advisor.world.datasets.counting.counts import Counts
from advisor.world.datasets.counting.duck_batches import Misfit
from advisor.world.datasets.counting.tally import Tally, inputs_of
from advisor.world.datasets.files.readers import Table, open_table
from advisor.world.datasets.findings.file_findings import file_findings
from advisor.world.datasets.findings.quality_findings import in_order, quality_findings, rare_labels
from advisor.world.datasets.records import CHAT_LABEL, Roles, as_text
from advisor.world.datasets.roles.columns import find_roles
from advisor.world.datasets.roles.profiles import PROFILED, Sample, take_sample
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, mended

SAMPLES = 3
SAMPLE_WIDTH = 160


class Progress(NamedTuple):
    """How far counting has come."""

    rows: int
    share: float
    """Of the file, 0 to 1; 0 where that is not known."""
    labels: int
    """Different labels so far, where they are classes."""


Watch = Callable[[Progress], None]


class _Told(NamedTuple):
    """What the caller named, and is not guessed."""

    table: bool
    inputs: bool
    label: bool


def inspect(
    path: Path,
    *,
    table: str = "",
    label_field: str | None = None,
    input_fields: tuple[str, ...] = (),
    limit: int | None = None,
    watch: Watch = lambda progress: None,
) -> DatasetReport:
    """Return what the file at `path` holds; the table of several and fields that are not named are guessed.

    `limit` reads only the first rows, which the report then says. `watch` hears how far it has come after every few
    thousand rows; whatever it raises ends the inspection.

    Raises:
        UnreadableDataset: nothing in it can be read as rows.
        UsageError: a named table or field does not exist.
    """
    opened = open_table(path, table)
    sample = take_sample(islice(opened.records(limit), PROFILED))
    roles = find_roles(sample, label_field, input_fields)
    counts = _count(opened, roles, sample, limit, watch)
    if counts.late:
        sample = take_sample((*sample.records, *counts.late))
        wider = find_roles(sample, label_field, input_fields)
        if wider != roles:
            roles, counts = wider, _count(opened, wider, sample, limit, watch)
    if not counts.rows:
        raise _no_rows(path, counts)
    _check_named(sample, roles, label_field, input_fields)
    findings = [*quality_findings(counts, path), *file_findings(opened, counts, sample, limit)]
    told = _Told(bool(table), bool(input_fields), label_field is not None)
    return _report(opened, counts, sample, in_order(findings), told)


def _count(table: Table, roles: Roles, sample: Sample, limit: int | None, watch: Watch) -> Counts:
    """Count every row, by the ordinary reader where the fastest one cannot go on."""
    try:
        return _counted(table, roles, sample, limit, watch, fast=True)
    except Misfit:
        return _counted(table, roles, sample, limit, watch, fast=False)


def _counted(table: Table, roles: Roles, sample: Sample, limit: int | None, watch: Watch, *, fast: bool) -> Counts:
    known = {profile.name for profile in sample.profiles}
    tally = Tally(roles, known)
    for batch in read_batches(table, (*roles.fields, *_late_columns(table, known)), limit, fast=fast):
        tally.add(batch)
        watch(Progress(tally.rows, batch.share, len(tally.labels)))
    counts = tally.counts()
    return counts._replace(examples=tuple(_examples(table, counts, limit, fast=fast)))


def _late_columns(table: Table, known: Collection[str]) -> Iterator[str]:
    """Yield the columns that only a later file of a folder has; unless they are asked for they come as counts."""
    for part in table.parts:
        names: Iterable[str] = part.table.dialect.names if part.table.dialect else ()
        if part.table.source.format == "parquet":
            names = next((record.values for record in part.table.records(1)), ())
        yield from (name for name in names if name not in known)


def _examples(table: Table, counts: Counts, limit: int | None, *, fast: bool) -> Iterator[str]:
    """Yield the inputs that carry several labels; only their keys were kept, so that they are looked up again."""
    wanted = {conflict.row: conflict for conflict in counts.conflicts.examples}
    start = 0
    for batch in read_batches(table, counts.roles.fields, limit, fast=fast) if wanted else ():
        rows = [row for row in sorted(wanted) if start <= row < start + batch.size]
        inputs, _ = inputs_of(counts.roles, batch) if rows else ([], ())
        for row in rows:
            yield counts.shown(wanted.pop(row), " · ".join(texts[row - start] for texts in inputs))
        start += batch.size
        if not wanted:
            return


def _no_rows(path: Path, counts: Counts) -> UnreadableDataset:
    name = clean(path.name)
    if not counts.bad_row_samples:
        return UnreadableDataset(f"{name} holds no rows.", "", "Check that the export finished, then try again.")
    first = counts.bad_row_samples[0]
    return UnreadableDataset(
        f"I could not read a single row of {name}.",
        f"Line {first.line} {first.why}{', and the others are no better' if counts.bad_rows > 1 else ''}.",
        "Correct it there, or export the file again as CSV or JSON Lines.",
    )


def _check_named(sample: Sample, roles: Roles, label: str | None, inputs: Sequence[str]) -> None:
    existing = [profile.name for profile in sample.profiles]
    if roles.task == "chat":
        existing.append(CHAT_LABEL)
    for name in (*inputs, *([label] if label is not None else [])):
        if name not in existing:
            raise _unknown_field(name, existing)
    if label is not None and label in inputs:
        raise UsageError(
            f"`{clean(label, 40)}` cannot be both an input and the label.", "", "Name another column for one of them."
        )


def _unknown_field(name: str, existing: Sequence[str]) -> UsageError:
    near = get_close_matches(name.casefold(), [field.casefold() for field in existing], n=3, cutoff=0.5)
    ordered = sorted(existing, key=lambda field: near.index(field.casefold()) if field.casefold() in near else 3)
    shown = ", ".join(_field_shown(field) for field in ordered[:12])
    more = f" and {len(ordered) - 12} more" if len(ordered) > 12 else ""
    return UsageError(
        f"There is no field `{clean(name, 40)}`.",
        f"The data has {shown}{more}.",
        "Name one of these, spelled as it is.",
    )


def _field_shown(name: str) -> str:
    """Return a field's name, as a shell takes it where something in it cannot be shown."""
    return f"`{clean(name, 40)}`" if name.isprintable() else clean(shell_word(name), 80)


def _report(table: Table, counts: Counts, sample: Sample, findings: tuple[Finding, ...], told: _Told) -> DatasetReport:
    roles = counts.roles
    return DatasetReport(
        path=mended(str(table.source.path)),
        table=mended(table.source.inside),
        tables=tuple(map(mended, table.tables)),
        table_told=told.table,
        format=table.source.format,
        rows=counts.rows,
        usable=counts.usable,
        labelled=counts.labelled,
        input_fields=roles.input_fields,
        inputs_told=told.inputs,
        label_field=roles.label_field,
        label_told=told.label,
        label_confidence=roles.confidence,
        task=roles.task,
        classes=len(counts.labels),
        label_counts=dict(counts.labels.most_common()) if roles.task in CLASS_LIKE else {},
        rare_labels=rare_labels(counts).rare if roles.task in CLASS_LIKE else {},
        missing_labels=counts.rows - counts.labelled if roles.label_field else 0,
        duplicates=counts.duplicates,
        normalized_duplicates=counts.normalized_duplicates,
        conflicting_inputs=counts.conflicting_inputs,
        conflicting_rows=counts.conflicting_rows,
        accuracy_ceiling=round(counts.accuracy_ceiling, 4),
        leaks=counts.leaks,
        encoding=table.source.encoding.name,
        tokens=counts.tokens.result(),
        bad_rows=counts.bad_rows,
        bad_row_samples=counts.bad_row_samples,
        warnings=tuple(finding.what for finding in findings if finding.severity != "notes"),
        findings=findings,
        fields=tuple(_fields(counts, sample)),
        samples=tuple(_samples(sample)),
        splits=dict(counts.splits),
        split_field=roles.split_field,
    )


def _fields(counts: Counts, sample: Sample) -> Iterator[Field]:
    roles = counts.roles
    for profile in sample.profiles:
        role = "input" if profile.name in roles.input_fields else "ignored"
        yield Field(
            name=profile.name,
            role="label" if profile.name == roles.label_field else role,
            filled=counts.filled.get(profile.name, 0),
            distinct=profile.distinct,
            kind=profile.kind,
        )


def _samples(sample: Sample) -> Iterator[dict[str, str]]:
    for record in sample.records[:SAMPLES]:
        yield {clean(name, 60): clean(as_text(value), SAMPLE_WIDTH) for name, value in record.values.items()}
