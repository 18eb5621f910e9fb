"""The closer look: what a second pass over the rows and a tokenizer show, after the first report has counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from advisor.domain import statistics
from advisor.domain.cleaning import clean
from advisor.domain.close_look import CloseLook, Deep, NotRun, Power
from advisor.domain.dataset import DatasetReport, Tokens, split_sizes
from advisor.domain.dialogue import ReadingProgress
from advisor.world.datasets.closer import tokenizer
from advisor.world.datasets.closer.close_findings import close_findings
from advisor.world.datasets.closer.deep_checks import Watch, look_deep, unwatched
from advisor.world.datasets.closer.giveaways import GiveawayTally
from advisor.world.datasets.closer.token_count import Texts, TokenGauge
from advisor.world.datasets.closer.traces import TraceTally
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.findings.quality_findings import in_order
from advisor.world.datasets.records import Record, Roles, as_text, is_filled
from advisor.world.datasets.roles.tasks import CLASS_LIKE

CONTEXTS = (8_192, 131_072)
"""Tokens of the smallest and of a usual context among the models that can be tuned."""

DISAGREEMENTS = (0.05, 0.1, 0.2)
"""Shares of rows on which two programs differ, for which the test part is judged."""

READ_ROWS = 200_000
"""Rows looked through for patterns; lengths are taken of all."""

READ_SECONDS = 30.0
"""Time after which only lengths are taken."""

TOLD_ROWS = 1_000
"""Rows from one word on how far it is to the next."""

_PLAIN_MESSAGES = 3
"""System, user and assistant: what DSPy makes of one row."""


class Limits(NamedTuple):
    """How far a closer look goes."""

    rows: int | None = None
    """Rows read at all; None for every row."""
    read_rows: int = READ_ROWS
    read_seconds: float = READ_SECONDS
    contexts: tuple[int, ...] = CONTEXTS


def never() -> bool:
    """Say that nobody cancelled."""
    return False


def roles_of(report: DatasetReport) -> Roles:
    """Return the roles a report settled on."""
    return Roles(report.input_fields, report.label_field, report.label_confidence, report.task, report.split_field)


def look_closer(
    report: DatasetReport,
    *,
    deep: Collection[Deep] = (),
    limits: Limits = Limits(),  # noqa: B008 - frozen
    cancelled: Callable[[], bool] = never,
    watch: Watch = unwatched,
) -> DatasetReport:
    """Return the report with what a second pass over its file shows, and with tokens counted.

    Blocks for seconds, with `deep` for minutes: call it in a thread. When cancelled the report comes back as it was.
    `watch` hears how far it is.

    Raises:
        UnreadableDataset: the file can no longer be read.
    """
    if not report.input_fields:
        return report
    second, name = _SecondPass(report, limits), clean(Path(report.path).name, 60)
    for row, record in enumerate(open_table(Path(report.path), report.table).records(limits.rows), 1):
        if cancelled():
            return report
        second.add(record)
        if row % TOLD_ROWS == 0:
            watch(ReadingProgress(name, row, min(1.0, row / max(1, report.rows)), 0, doing="looking closer at"))
    tokens, missing = _count_tokens(second.gauge, limits, cancelled)
    close = second.result().model_copy(update={"power": _power(report), "not_run": missing})
    if deep and not cancelled():
        close = look_deep(report, roles_of(report), close, deep, cancelled, watch=watch)
    return report if cancelled() else with_close(report, close, tokens)


def look_deeper(
    report: DatasetReport, checks: Collection[Deep], *, cancelled: Callable[[], bool] = never
) -> DatasetReport:
    """Return a report that was looked at closely with deep checks added; blocks for minutes, as `look_closer` does."""
    if report.close is None:
        return look_closer(report, deep=checks, cancelled=cancelled)
    again = tuple(missing for missing in report.close.not_run if missing.check not in checks)
    close = report.close.model_copy(update={"not_run": again})
    close = look_deep(report, roles_of(report), close, checks, cancelled)
    return report if cancelled() else with_close(report, close, report.tokens)


def taken_over(report: DatasetReport, found: DatasetReport, check: Deep) -> DatasetReport:
    """Return a report with what another one on the same rows found by a deep check, or why it found nothing."""
    if report.close is None or found.close is None:
        return found
    missing = (
        *(one for one in report.close.not_run if one.check != check),
        *(one for one in found.close.not_run if one.check == check),
    )
    close = report.close.model_copy(update={check: getattr(found.close, check), "not_run": missing})
    return with_close(report, close, report.tokens)


def with_close(report: DatasetReport, close: CloseLook, tokens: Tokens | None) -> DatasetReport:
    """Return a report with a closer look in it, findings included; one of before is replaced."""
    old = set(close_findings(report, report.close, report.tokens)) if report.close else set()
    # The first report counts control characters too, and only those.
    twice = any(trace.kind == "control" for trace in close.traces)
    kept = [each for each in report.findings if each not in old and not (twice and each.about == "text")]
    findings = in_order([*kept, *close_findings(report, close, tokens)])
    return report.model_copy(update={
        "close": close,
        "tokens": tokens or report.tokens,
        "findings": findings,
        "warnings": tuple(finding.what for finding in findings if finding.severity != "notes"),
    })  # fmt: skip


class _SecondPass:
    """What is gathered from row to row."""

    def __init__(self, report: DatasetReport, limits: Limits) -> None:
        self._roles = roles_of(report)
        self._limits = limits
        self._traces = TraceTally()
        self._giveaways = GiveawayTally(report, self._roles)
        self._rows = self._read = 0
        self._until = time.monotonic() + limits.read_seconds
        self.gauge = TokenGauge()

    def add(self, record: Record) -> None:
        self._rows += 1
        inputs, label = self._roles.inputs(record), self._roles.label(record)
        if not any(map(is_filled, inputs)):
            return
        asked, answered = "\n".join(inputs), as_text(label)
        self.gauge.add(Texts(asked, answered, self._messages(record)))
        if self._rows > self._limits.read_rows or time.monotonic() > self._until:
            return
        self._read = self._rows
        self._traces.add(asked if self._roles.task in CLASS_LIKE else f"{asked}\n{answered}")
        self._giveaways.add(record)

    def _messages(self, record: Record) -> int:
        turns = record.values.get(self._roles.input_fields[0]) if self._roles.task == "chat" else None
        return len(turns) if isinstance(turns, list) else _PLAIN_MESSAGES

    def result(self) -> CloseLook:
        """Return what the rows showed."""
        return CloseLook(
            rows=self._read,
            complete=self._read == self._rows and self._limits.rows is None,
            traces=self._traces.result(),
            giveaways=self._giveaways.result(),
            echo=self._giveaways.echo(),
        )


def _count_tokens(
    gauge: TokenGauge, limits: Limits, cancelled: Callable[[], bool]
) -> tuple[Tokens | None, tuple[NotRun, ...]]:
    count = tokenizer.load()
    if count is None:
        why = "No tokenizer is installed here; the lengths stay estimates from characters."
        return None, (NotRun(check="tokens", why=why, try_this="pip install tiktoken litellm"),)
    return gauge.result(count, limits.contexts, cancelled), ()


def _power(report: DatasetReport) -> tuple[Power, ...]:
    if report.task not in CLASS_LIKE or any(finding.severity == "blocks" for finding in report.findings):
        return ()
    rows = split_sizes(report.usable).test
    return tuple(
        Power(rows=rows, disagreement=share, difference=statistics.detectable_difference(rows, share))
        for share in DISAGREEMENTS
    )
