"""What a conversation knows and has concluded, kept in step: every new fact renews the advice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from advisor import project
from advisor.domain.cleaning import clean
from advisor.domain.dataset import DatasetReport
from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.results import without_runs
from advisor.world import machine

OF_THE_FILE: tuple[FactName, ...] = (
    "data_path", "task", "input_fields", "label_field", "rows", "labelled_examples", "usable_examples", "classes",
    "accuracy_ceiling", "majority_share",
)  # fmt: skip
"""Facts that another file makes void."""

WHO_ANSWERS: tuple[FactName, ...] = ("host", "student_model")
"""Facts without which a measured score says nothing."""


class Known(NamedTuple):
    """What `CaseFile.restore` goes back to."""

    facts: Facts
    report: DatasetReport | None


class CaseFile:
    """Facts, the inspected dataset and the advice they come to."""

    def __init__(self, facts: Facts) -> None:
        self.report: DatasetReport | None = None
        self.keys: tuple[str, ...] = ()
        """Names of the keys in the environment."""
        self._conclude(facts)

    @property
    def title(self) -> str:
        """The file in hand."""
        return clean(Path(self.report.path).name, 60) if self.report else "no file yet"

    @property
    def known(self) -> Known:
        """A moment to go back to."""
        return Known(self.facts, self.report)

    def restore(self, known: Known) -> None:
        """Go back to an earlier moment."""
        self.report = known.report
        self._conclude(known.facts)

    def learn(self, *facts: Fact) -> None:
        """Add facts and take the advice up again; with another model or host, what runs measured is void."""
        known = self.facts
        moved = [fact for fact in facts if fact.name in WHO_ANSWERS and known.has(fact.name)]
        if any(fact.value != found.value for fact in moved if (found := known.get(fact.name)) is not None):
            known = without_runs(known)
        self._conclude(known.learn(*facts))

    async def look_around(self) -> None:
        """Learn what this computer has: keys by name, graphics processors."""
        found = await asyncio.to_thread(machine.look)
        self.keys = found.keys
        self.learn(*found.facts())

    async def read_file(self, path: Path) -> DatasetReport:
        """Inspect another file; what was known of the one before is void."""
        if self.report is not None and Path(self.report.path) != path:
            self.report = None
            self._conclude(without_runs(self.facts.without(*OF_THE_FILE)))
        return await self._inspect(path)

    async def read_again(self) -> DatasetReport | None:
        """Inspect the file again when the user named other fields than it was read with."""
        report = self.report
        if report is None:
            return None
        named = Facts().learn(*self._roles())
        label, inputs = named.text("label_field"), named.words("input_fields")
        if label in (None, report.label_field) and inputs in ((), report.input_fields):
            return None
        return await self._inspect(Path(report.path))

    def _roles(self) -> Iterator[Fact]:
        """The fields the user named; a guess is made anew with every reading."""
        for name in ("label_field", "input_fields"):
            fact = self.facts.get(name)
            if fact is not None and fact.source >= Source.told:
                yield fact

    async def _inspect(self, path: Path) -> DatasetReport:
        study = await project.study(path, Facts().learn(*self._roles()))
        assert study.report is not None
        self.report = study.report
        self._conclude(self.facts.learn(*study.facts.records))
        return study.report

    def _conclude(self, facts: Facts) -> None:
        advice = project.conclude(facts, self.report)
        self.facts, self.checklist, self.recommendation, self.plan, self.forecast = advice
