"""What a conversation knows and has concluded, kept in step: every new fact renews the advice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple

from advisor import project
from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.forecast import Forecast
from advisor.domain.plan import Plan
from advisor.looking import CloserLook, FirstLook
from advisor.world import machine


class Reading(NamedTuple):
    """A file, the table and the fields it was read by, and its state on disk."""

    path: Path
    table: str | None
    label: str | None
    inputs: tuple[str, ...]
    state: str
    """Its size in bytes and the time of its last change in nanoseconds."""


class CaseFile:
    """Facts, the inspected dataset and the advice they come to."""

    def __init__(self, facts: Facts) -> None:
        self.report: DatasetReport | None = None
        self.keys: tuple[str, ...] = ()
        """Names of the keys in the environment."""
        self.state = ""
        """Size and time of the last change of the file in hand, as it was read."""
        self._machine: tuple[Fact, ...] = ()
        self._reports: dict[Reading, DatasetReport] = {}
        self.first_look = FirstLook()
        self._closer: tuple[Reading, CloserLook] | None = None
        self.conclude(facts)

    @property
    def title(self) -> str:
        """The file in hand."""
        return clean(Path(self.report.path).name, 60) if self.report else "no file yet"

    def conclude(self, facts: Facts) -> None:
        """Take the advice up again from these facts and what this computer has."""
        advice = project.conclude(facts.learn(*self._machine), self.report)
        self.facts, self.checklist, self.recommendation, self.plan, self.forecast = advice

    def go_by(self, plan: Plan, forecast: Forecast | None = None) -> None:
        """Take a plan that was written, with its exact split, in place of the one last concluded."""
        self.plan, self.forecast = plan, forecast or self.forecast

    async def look_around(self) -> None:
        """Find what this computer has: keys by name, graphics processors."""
        found = await asyncio.to_thread(machine.look)
        self.keys, self._machine = found.keys, found.facts()

    async def read_file(self, path: Path, facts: Facts) -> tuple[Fact, ...]:
        """Inspect a file by the fields the user named, once for each state of it, and return what it shows.

        A closer look at it begins when that is done.

        Raises:
            UnreadableDataset: it cannot be read, or its faults stop any route.
            UsageError: the reading was stopped.
        """
        named = _roles(facts) if facts.text("data_path") in (None, str(path)) else Facts()
        table, label, inputs = named.text("data_table"), named.text("label_field"), named.words("input_fields")
        reading = Reading(path, table, label, inputs, _state(path))
        report = self._reports.get(reading)
        if report is None:
            self.first_look.begin()
            report = self._reports[reading] = await project.inspect(path, named, self.first_look.hear)
        self.report, self.state = report, reading.state
        self._begin_closer_look(reading, report)
        return project.facts_of(report)

    def _begin_closer_look(self, reading: Reading, report: DatasetReport) -> None:
        if self._closer is not None and self._closer[0] == reading:
            return
        self.stop_looking()
        if report.close is None and project.blocking(report) is None:
            self._closer = (reading, CloserLook(report))

    async def look_closer(self) -> DatasetReport | None:
        """Wait for the closer look and take it in; return the report it began with, None where there was no look."""
        if self._closer is None:
            return None
        reading, closer = self._closer
        found = await closer.result()
        self._reports[reading] = found
        if self.report is closer.before:
            self.report = found
        return closer.before

    def stop_looking(self) -> None:
        """End the closer look."""
        if self._closer is not None:
            self._closer[1].stop()
            self._closer = None

    def reads_otherwise(self, facts: Facts) -> bool:
        """Say whether the user has named another table or other fields than the file was read by."""
        named, report = _roles(facts), self.report
        label, inputs = named.text("label_field"), named.words("input_fields")
        return report is not None and (
            named.text("data_table") not in (None, report.table)
            or label not in (None, report.label_field)
            or inputs not in ((), report.input_fields)
        )


def _roles(facts: Facts) -> Facts:
    """Return the table and fields the user named; a guess is made anew with every reading."""
    named = (facts.get("data_table"), facts.get("label_field"), facts.get("input_fields"))
    return Facts().learn(*(fact for fact in named if fact is not None and fact.source >= Source.told))


def _state(path: Path) -> str:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}"
