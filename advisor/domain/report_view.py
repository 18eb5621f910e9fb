"""The report of a dataset as sections one can go through; both front ends and the command show these words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from advisor.domain.ceiling import in_short
from advisor.domain.choice_words import in_words
from advisor.domain.cleaning import clean, shown_label
from advisor.domain.close_view import closer_sections, missing
from advisor.domain.dataset import MIN_GROUPS_PER_CLASS, DatasetReport, Field, Finding, Topic
from advisor.domain.leaks_view import leaks
from advisor.domain.report_parts import (
    Bar,
    Bars,
    FieldRow,
    Fields,
    Pair,
    Part,
    Remark,
    Section,
    SectionName,
    Severity,
    Table,
    Title,
    Words,
)
from advisor.domain.statistics import percent

STANDS_IN: dict[Topic, SectionName] = {
    "roles": "fields", "amount": "overview", "reading": "overview", "labels": "labels", "copies": "copies",
    "conflicts": "copies", "near": "copies", "leaks": "leaks", "tokens": "length", "text": "personal",
    "personal": "personal", "noise": "noise", "curve": "curve", "test": "test",
}  # fmt: skip
"""The section of each topic."""

PROFILED_ROWS = 5000
"""Rows the inspection looks at for what kind of field each is."""

MOST_LABELS = 2000
"""Labels drawn at once; the search goes through all of them."""

SAMPLE = 160
SAMPLE_NAME = 60
"""Characters of a field's name as the sample rows have it."""

_ORDER: tuple[Severity, ...] = ("blocks", "warns", "notes")


def sections(report: DatasetReport, *, looking: bool = True) -> tuple[Section, ...]:
    """Return every section of a report, in the order they are read; `looking` says that a closer look will come."""
    told: tuple[tuple[SectionName, str, tuple[Part, ...]], ...] = (
        ("overview", "overview", _overview(report)),
        ("findings", "findings", _findings(report)),
        ("fields", "fields", _fields(report)),
        ("labels", "labels", labels(report)),
        ("copies", "copies, conflicts", _copies(report)),
        ("leaks", "leaks", leaks(report)),
        *closer_sections(report, looking=looking),
    )
    return tuple(_section(report, name, title, parts) for name, title, parts in told)


def _section(report: DatasetReport, name: SectionName, title: str, parts: tuple[Part, ...]) -> Section:
    here = report.findings if name == "findings" else _about(report, name)
    worst = next((severity for severity in _ORDER if any(one.severity == severity for one in here)), None)
    means: list[Part] = [] if name == "findings" or not here else [Title("what that means"), *map(_remark, here)]
    return Section(name, title, (*parts, *means), worst)


def _about(report: DatasetReport, name: SectionName) -> tuple[Finding, ...]:
    return tuple(finding for finding in report.findings if STANDS_IN[finding.about] == name)


def _remark(finding: Finding) -> Remark:
    examples = tuple(clean(example, 300) for example in finding.examples)
    return Remark(finding.severity, clean(finding.what, 1000), clean(finding.consequence, 1000), examples)


def _overview(report: DatasetReport) -> tuple[Part, ...]:
    inputs = ", ".join(clean(name, 40) for name in report.input_fields) or "none found"
    return tuple(
        part
        for part in (
            Pair("file", clean(report.path, 300)),
            Pair("table", _table(report)),
            Pair("format", clean(f"{report.format}, {report.encoding}", 80)),
            Pair(
                "rows", f"{report.rows:,} read" + (f", {report.bad_rows:,} more unreadable" if report.bad_rows else "")
            ),
            Pair("labelled", f"{report.labelled:,}"),
            Pair("usable", f"{report.usable:,} different inputs with a label"),
            Pair("task", in_words("task", report.task) if report.task else "not known"),
            Pair("input", inputs + ("" if report.inputs_told else ", a guess")),
            Pair("label", _label(report)),
            Pair("labels", f"{report.classes:,}" if _has_classes(report) else ""),
            Pair("splits", " · ".join(f"{clean(name, 30)} {rows:,}" for name, rows in report.splits.items())),
            Pair("findings", _counted(report.findings)),
            *_unreadable(report),
        )
        if not isinstance(part, Pair) or part.value
    )


def _table(report: DatasetReport) -> str:
    if len(report.tables) < 2:
        return clean(report.table, 40)
    guess = "" if report.table_told else ", a guess"
    return f"{clean(report.table, 40)}{guess}, one of {len(report.tables):,}"


def _label(report: DatasetReport) -> str:
    if report.label_field is None:
        return "none found"
    return clean(report.label_field, 40) + ("" if report.label_told else ", a guess")


def _counted(findings: tuple[Finding, ...]) -> str:
    words = {"blocks": ("blocks", "block"), "warns": ("warns", "warn"), "notes": ("note", "notes")}
    counts = {severity: sum(one.severity == severity for one in findings) for severity in _ORDER}
    told = [f"{n:,} {words[severity][n != 1]}" for severity, n in counts.items() if n]
    return ", ".join(told) or "none: nothing here stands in the way"


def _unreadable(report: DatasetReport) -> Iterator[Part]:
    if report.bad_row_samples:
        shown = len(report.bad_row_samples)
        yield Title(f"rows that could not be read, {shown:,} of {max(shown, report.bad_rows):,}")
        rows = tuple((f"{clean(row.file, 60)}:{row.line}", clean(row.why, 200)) for row in report.bad_row_samples)
        yield Table(("where", "why"), rows, frozenset({0, 1}))


def _findings(report: DatasetReport) -> tuple[Part, ...]:
    if not report.findings:
        return (Words("Nothing was found that changes what can be done with this data."),)
    return tuple(_remark(finding) for finding in report.findings)


def _fields(report: DatasetReport) -> tuple[Part, ...]:
    told: list[Part] = [Words(_roles(report))]
    if report.label_field is not None:
        rows = tuple(_sample_row(report, row) for row in report.samples)
        told += [Title("three rows as the program would see them"), Table(("input", "label"), rows, frozenset({0, 1}))]
    seen = f"; {told_of}" if (told_of := counted_among(report)) else ""
    told += [Title(f"fields, with values of the first rows{seen}"), Fields(tuple(field_rows(report)))]
    return tuple(told)


def _roles(report: DatasetReport) -> str:
    inputs = ", ".join(f"`{clean(name, 40)}`" for name in report.input_fields) or "no field"
    label = f"`{clean(report.label_field, 40)}`" if report.label_field else "no field"
    if report.label_told:
        return f"The program reads {inputs}; the right answer is {label}, as you said."
    return f"I take {inputs} as what the program reads and {label} as the right answer. That is a guess."


def _sample_row(report: DatasetReport, row: dict[str, str]) -> tuple[str, str]:
    values = [row.get(clean(name, SAMPLE_NAME), "") for name in report.input_fields]
    label = row.get(clean(report.label_field or "", SAMPLE_NAME), "")
    return clean(" · ".join(filter(None, values)), SAMPLE), clean(label, 60)


def field_rows(report: DatasetReport) -> Iterator[FieldRow]:
    """Yield every field with its role, its figures and values of the first rows."""
    for field in report.fields:
        name = clean(field.name, SAMPLE_NAME)
        yield FieldRow(
            name=field.name,
            shown=clean(field.name, 40),
            role=field.role,
            said=_said(report, field),
            filled=f"{math.floor(100 * field.filled / max(1, report.rows))}%",
            distinct=f"{_distinct(report, field):,}",
            kind=field.kind,
            samples=tuple(clean(row.get(name, ""), SAMPLE) for row in report.samples),
        )


def _distinct(report: DatasetReport, field: Field) -> int:
    """Return its different values; those of the label are counted in all rows."""
    return report.classes if field.role == "label" and report.task == "classification" else field.distinct


def counted_among(report: DatasetReport) -> str:
    """Say in which rows the different values of the fields are counted; nothing where in all."""
    if report.rows <= PROFILED_ROWS:
        return ""
    all_of = ", those of the label in all" if report.task == "classification" else ""
    return f"different among the first {PROFILED_ROWS:,} rows{all_of}"


def _said(report: DatasetReport, field: Field) -> str:
    told = {"label": report.label_told, "input": report.inputs_told, "ignored": True}[field.role]
    return field.role if told else f"{field.role}?"


def labels(report: DatasetReport, words: str = "") -> tuple[Part, ...]:
    """Return the labels as bars, those with `words` in them where any are given."""
    if not _has_classes(report) or not report.label_counts:
        return (Words("The right answers are no classes, so there is nothing to count by."),)
    bars, found = label_bars(report, words)
    more = f", the first {len(bars):,} shown" if found > len(bars) else ""
    wanted = clean(words, 60)
    title = f"{found:,} of {len(report.label_counts):,} labels with “{wanted}”{more}" if wanted else f"by rows{more}"
    return (*(() if wanted else _balance(report)), Title(title), Bars(bars))


def _balance(report: DatasetReport) -> Iterator[Part]:
    counts = list(report.label_counts.values())
    most, fewest = max(counts), min(counts)
    rare = sum(_is_rare(report, name, count) for name, count in report.label_counts.items())
    yield Pair("labels", f"{len(counts):,}")
    yield Pair("largest", f"{_rows(most)}, {percent(most / max(1, report.labelled))} of those labelled")
    yield Pair(
        "smallest",
        _rows(fewest) + (f"; the largest has {most / fewest:,.0f} times as many" if most >= 2 * fewest else ""),
    )
    yield Pair("rare", f"{rare:,} under {MIN_GROUPS_PER_CLASS} different examples, marked !" if rare else "none")
    if report.missing_labels:
        yield Pair("no label", _rows(report.missing_labels))


def label_bars(report: DatasetReport, words: str = "") -> tuple[tuple[Bar, ...], int]:
    """Return the labels with `words` in them, and how many there are: of very many only the first are drawn."""
    counts = sorted(report.label_counts.items(), key=lambda pair: -pair[1])
    wanted = words.casefold().strip()
    found = [pair for pair in counts if wanted in pair[0].casefold()] if wanted else counts
    most = max(report.label_counts.values(), default=1)
    bars = tuple(
        Bar(shown_label(name), n, n / max(1, report.labelled), n / max(1, most), _is_rare(report, name, n))
        for name, n in found[:MOST_LABELS]
    )
    return bars, len(found)


def _is_rare(report: DatasetReport, name: str, rows: int) -> bool:
    """Judge by different examples; fewer rows than that have no more of them."""
    return rows < MIN_GROUPS_PER_CLASS or name in report.rare_labels


def _copies(report: DatasetReport) -> tuple[Part, ...]:
    copies = f"{report.normalized_duplicates:,}, {report.duplicates:,} of them letter for letter"
    conflicts = f"{report.conflicting_inputs:,} in {_rows(report.conflicting_rows)}"
    return (
        Pair("copies", copies if report.normalized_duplicates else "none"),
        Pair("conflicts", f"{conflicts} with another answer" if report.conflicting_inputs else "none"),
        Pair("ceiling", in_short(report.accuracy_ceiling)),
        Words("A copy is an input seen before, but for case, spaces and punctuation. One of each counts."),
        *_near(report),
    )


def _near(report: DatasetReport) -> Iterator[Part]:
    near = report.close.near if report.close else None
    if near is not None:
        among = f" among {near.compared:,} drawn" if near.sampled else f" among {near.compared:,}"
        yield Pair("near copies", f"{near.inputs:,}{among}; {near.labelled_otherwise:,} with another label")
    elif report.close is not None:
        yield Title("near copies")
        yield Words(missing(report.close, "near", report))


def _rows(n: int) -> str:
    return f"{n:,} row" + ("" if n == 1 else "s")


def _has_classes(report: DatasetReport) -> bool:
    return report.task in ("classification", "multi_label")
