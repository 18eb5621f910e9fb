"""What tells a program the answer before it reads: inputs in two splits, fields that hold the label, as a section."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.report_parts import Pair, Part, Table, Title, Words
from advisor.domain.statistics import percent


def leaks(report: DatasetReport) -> tuple[Part, ...]:
    """Return what the section of the leaks shows."""
    parts: list[Part] = []
    if report.leaks:
        rows = tuple(
            (f"{clean(one.first, 30)}, {clean(one.second, 30)}", f"{one.normalized_inputs:,}", f"{one.inputs:,}")
            for one in report.leaks
        )
        parts += [Title("inputs in two splits of the file"), Table(("splits", "inputs", "to the letter"), rows)]
    elif len(report.splits) > 1:
        parts.append(Words("No input stands in two splits of the file."))
    else:
        parts.append(Words("The file brings no splits along; I split it, copies on one side."))
    return (*parts, *_giveaways(report))


def _giveaways(report: DatasetReport) -> Iterator[Part]:
    close = report.close
    if close is None:
        return
    if close.giveaways:
        rows = tuple(
            (
                clean(one.field, 40),
                "same" if one.same else percent(one.purity),
                percent(one.majority),
                f"{one.rows:,}",
                "yes" if one.is_input else "no",
            )
            for one in close.giveaways
        )
        yield Title("fields that give the label away")
        yield Table(("field", "agrees", "by chance", "rows", "is read"), rows)
    else:
        yield Words("No single field gives the label away.")
    if close.echo is not None:
        yield Pair(
            "own label",
            f"in {percent(close.echo.own)} of the inputs; that of another row in {percent(close.echo.other)}",
        )
