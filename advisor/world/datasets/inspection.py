"""Reading a dataset and saying what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from advisor.domain.dataset import DatasetReport, Field, Finding
from advisor.errors import UnreadableDataset, UsageError
from advisor.world.datasets.columns import find_roles
from advisor.world.datasets.file_findings import file_findings
from advisor.world.datasets.findings import in_order, quality_findings
from advisor.world.datasets.profiles import PROFILED, Sample, take_sample
from advisor.world.datasets.quality import Tally
from advisor.world.datasets.readers import Table, open_table
from advisor.world.datasets.records import CHAT_LABEL, Roles, as_text
from advisor.world.datasets.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, mended

SAMPLES = 3
SAMPLE_WIDTH = 160


def inspect(
    path: Path, *, label_field: str | None = None, input_fields: tuple[str, ...] = (), limit: int | None = None
) -> DatasetReport:
    """Return what the file at `path` holds; fields that are not named are guessed.

    `limit` reads only the first rows, which the report then says.

    Raises:
        UnreadableDataset: nothing in it can be read as rows.
        UsageError: a named field does not exist.
    """
    table = open_table(path)
    sample = take_sample(islice(table.records(limit), PROFILED))
    roles = find_roles(sample, label_field, input_fields)
    tally = _count(table, roles, sample, limit)
    if tally.late:
        sample = take_sample((*sample.records, *tally.late))
        wider = find_roles(sample, label_field, input_fields)
        if wider != roles:
            roles, tally = wider, _count(table, wider, sample, limit)
    if not tally.rows:
        raise _no_rows(path, tally)
    _check_named(sample, roles, label_field, input_fields)
    findings = [*quality_findings(tally), *file_findings(table, tally, sample, limit)]
    told = (bool(input_fields), label_field is not None)
    return _report(table, tally, sample, in_order(findings), told)


def _count(table: Table, roles: Roles, sample: Sample, limit: int | None) -> Tally:
    tally = Tally(roles, frozenset(profile.name for profile in sample.profiles))
    for row in table.rows(limit):
        tally.add(row)
    return tally


def _no_rows(path: Path, tally: Tally) -> UnreadableDataset:
    name = clean(path.name)
    if not tally.bad_row_samples:
        return UnreadableDataset(f"{name} holds no rows.", "", "Check that the export finished, then try again.")
    first = tally.bad_row_samples[0]
    return UnreadableDataset(
        f"I could not read a single row of {name}.",
        f"Line {first.line} {first.why}{', and the others are no better' if tally.bad_rows > 1 else ''}.",
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
    shown = ", ".join(f"`{clean(field, 40)}`" for field in ordered[:12])
    more = f" and {len(ordered) - 12} more" if len(ordered) > 12 else ""
    return UsageError(
        f"There is no field `{clean(name, 40)}`.",
        f"The data has {shown}{more}.",
        "Name one of these, spelled as it is.",
    )


def _report(
    table: Table, tally: Tally, sample: Sample, findings: tuple[Finding, ...], told: tuple[bool, bool]
) -> DatasetReport:
    roles = tally.roles
    return DatasetReport(
        path=mended(str(table.source.path)),
        format=table.source.format,
        rows=tally.rows,
        usable=tally.usable,
        labelled=tally.labelled,
        input_fields=roles.input_fields,
        inputs_told=told[0],
        label_field=roles.label_field,
        label_told=told[1],
        label_confidence=roles.confidence,
        task=roles.task,
        classes=len(tally.labels),
        label_counts=dict(tally.labels.most_common()) if roles.task in CLASS_LIKE else {},
        missing_labels=tally.rows - tally.labelled if roles.label_field else 0,
        duplicates=tally.duplicates,
        normalized_duplicates=tally.normalized_duplicates,
        conflicting_inputs=tally.conflicting_inputs,
        conflicting_rows=tally.conflicting_rows,
        accuracy_ceiling=round(tally.accuracy_ceiling, 4),
        leaks=tally.leaks(),
        encoding=table.source.encoding.name,
        tokens=tally.tokens.result(),
        bad_rows=tally.bad_rows,
        bad_row_samples=tuple(tally.bad_row_samples),
        warnings=tuple(finding.what for finding in findings if finding.severity != "notes"),
        findings=findings,
        fields=tuple(_fields(tally, sample)),
        samples=tuple(_samples(sample)),
        splits=dict(tally.splits),
    )


def _fields(tally: Tally, sample: Sample) -> Iterator[Field]:
    roles = tally.roles
    for profile in sample.profiles:
        role = "input" if profile.name in roles.input_fields else "ignored"
        yield Field(
            name=profile.name,
            role="label" if profile.name == roles.label_field else role,
            filled=tally.filled[profile.name],
            distinct=profile.distinct,
            kind=profile.kind,
        )


def _samples(sample: Sample) -> Iterator[dict[str, str]]:
    for record in sample.records[:SAMPLES]:
        yield {clean(name, 60): clean(as_text(value), SAMPLE_WIDTH) for name, value in record.values.items()}
