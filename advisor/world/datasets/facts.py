"""What a report lets the advisor know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import Fact, FactName, FactValue, Source
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean


def facts_of(report: DatasetReport) -> tuple[Fact, ...]:
    """Return the facts in a report: counts measured, roles assumed until the user names them."""
    evidence = clean(PurePath(report.path).name)
    return tuple(
        Fact(name=name, value=value, source=source, evidence=evidence) for name, value, source in _known(report)
    )


def _known(report: DatasetReport) -> Iterator[tuple[FactName, FactValue, Source]]:
    measured = Source.measured
    yield "data_path", report.path, measured
    if report.table_told or len(report.tables) > 1:
        yield "data_table", report.table, Source.told if report.table_told else Source.assumed
    yield "rows", report.rows, measured
    if report.input_fields:
        yield "input_fields", report.input_fields, Source.told if report.inputs_told else Source.assumed
    if report.label_field is None:
        return
    yield "label_field", report.label_field, Source.told if report.label_told else Source.assumed
    yield "labelled_examples", report.labelled, measured
    yield "usable_examples", report.usable, measured
    if report.task:
        yield "task", report.task, Source.assumed
    if report.task in CLASS_LIKE and report.label_counts:
        yield "classes", report.classes, measured
        yield "accuracy_ceiling", report.accuracy_ceiling, measured
        yield "majority_share", round(max(report.label_counts.values()) / report.labelled, 4), measured
