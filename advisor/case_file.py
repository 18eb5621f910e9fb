"""What a conversation knows and has concluded, kept in step: every new fact renews the advice."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import NamedTuple

from advisor import project
from advisor.domain.cleaning import clean
from advisor.domain.close_look import Deep
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import ReadingProgress
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.forecast import forecast
from advisor.domain.machine import Machine
from advisor.domain.plan import Plan
from advisor.looking import Checked, CloserLook, DeepLook, FirstLook
from advisor.startable import lacks
from advisor.world import machine


class Reading(NamedTuple):
    """A file, the table and the fields it was read by, and its state on disk."""

    path: Path
    table: str | None
    label: str | None
    inputs: tuple[str, ...]
    state: str
    """Its size in bytes and the time of its last change in nanoseconds."""


class Looked(NamedTuple):
    """A report before a closer look and after it."""

    before: DatasetReport
    found: DatasetReport


TICK_S = 0.25
"""Seconds between two words on how far a deep check is."""


class CaseFile:
    """Facts, the inspected dataset and the advice they come to."""

    def __init__(self, facts: Facts) -> None:
        self.report: DatasetReport | None = None
        self.state = ""
        """Size and time of the last change of the file in hand, as it was read."""
        self.machine: Machine | None = None
        """What this computer has, once it was looked at."""
        self._reports: dict[Reading, DatasetReport] = {}
        self.first_look = FirstLook()
        self.deep_look: DeepLook | None = None
        """The deep checks of the file in hand, once there were any."""
        self.stopped: tuple[Deep, ...] = ()
        """Deep checks that were ended before they were done; whoever says so empties it."""
        self._reading: Reading | None = None
        self._closer: CloserLook | None = None
        self.conclude(facts)

    @property
    def title(self) -> str:
        """The file in hand."""
        return clean(Path(self.report.path).name, 60) if self.report else "no file yet"

    def conclude(self, facts: Facts) -> None:
        """Take the advice up again from these facts and what this computer has."""
        here = self.machine.facts(facts) if self.machine else ()
        advice = project.conclude(facts.learn(*here), self.report)
        self.facts, self.checklist, self.recommendation, self.plan, self.forecast = advice

    def go_by(self, plan: Plan) -> None:
        """Take a plan that was written, with its exact split, in place of the one last concluded."""
        self.plan, self.forecast = plan, forecast(plan)

    async def look_around(self) -> None:
        """Find what this computer has: keys by name, graphics processors, models that answer."""
        self.machine = await asyncio.to_thread(partial(machine.look, answering=True))

    def lacking(self, plan: Plan) -> tuple[str, ...]:
        """Say what this computer lacks to start a plan; nothing before it was looked at."""
        return lacks(plan, self.machine) if self.machine else ()

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
            with self.first_look:
                report = self._reports[reading] = await project.inspect(path, named, self.first_look.hear)
        self.report, self.state = report, reading.state
        self._begin_closer_look(reading, report)
        return project.facts_of(report)

    def stop_reading(self) -> None:
        """End the reading of a file at its next step; where none is read, the deep checks."""
        if self.first_look.reads:
            self.first_look.stop()
        elif self.deep_look is not None:
            self.stopped += self.deep_look.stop()

    def _begin_closer_look(self, reading: Reading, report: DatasetReport) -> None:
        if self._reading == reading:
            return
        self.stop_looking()
        self._reading = reading
        if report.close is None and project.blocking(report) is None:
            self._closer = CloserLook(report)

    async def look_closer(self) -> Looked | None:
        """Wait for the closer look and take it in; None where there was none."""
        closer, reading = self._closer, self._reading
        if closer is None or reading is None:
            return None
        found = await closer.result()
        # What deep checks have added to it since stays.
        if self._reports[reading] is closer.before:
            self._reports[reading] = found
        if self.report is closer.before:
            self.report = self._reports[reading]
        return Looked(closer.before, found)

    def stop_looking(self) -> None:
        """End the closer look and the deep checks."""
        if self._closer is not None:
            self._closer.stop()
            self._closer = None
        if self.deep_look is not None:
            self.stopped += self.deep_look.stop()
            self.deep_look = None

    # The deep checks.

    @property
    def checking(self) -> ReadingProgress | None:
        """How far the one in hand is."""
        return self.deep_look.progress if self.deep_look else None

    @property
    def checked(self) -> bool:
        """Whether one is over and that was not said."""
        return bool(self.stopped) or (self.deep_look is not None and self.deep_look.has_ended)

    async def look_deeper(self, checks: Collection[Deep]) -> None:
        """Begin deep checks beside the conversation; what cannot be begun here is in the report at once."""
        from advisor.world.datasets.closer.close_look import look_deeper
        from advisor.world.datasets.closer.deep_checks import hindered

        report, reading = self.report, self._reading
        if report is None or report.close is None or reading is None:
            return
        hopeless = [check for check in checks if hindered(check, report.task) is not None]
        if hopeless:
            self.report = self._reports[reading] = look_deeper(report, hopeless)
        self.deep_look = self.deep_look or DeepLook(self.report or report)
        self.deep_look.ask(check for check in checks if check not in hopeless)

    def take_in_checks(self) -> tuple[Checked, ...]:
        """Take in what deep checks have found since, and return the checks that are over."""
        from advisor.world.datasets.closer.close_look import taken_over

        if self.deep_look is None or self.report is None or self._reading is None:
            return ()
        over = self.deep_look.take()
        for check, found in over:
            if found is not None:
                self.report = self._reports[self._reading] = taken_over(self.report, found, check)
        return over

    async def wait_for_checks(self) -> None:
        """Wait until no deep check is under way, telling whoever listens how far it is."""
        while (look := self.deep_look) is not None and look.under_way:
            await look.wait(TICK_S)
            if (progress := look.progress) is not None:
                self.first_look.listener(progress)

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
