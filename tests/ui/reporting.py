"""Steps and sessions for tests of the report as a screen."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot

from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import Step
from advisor.domain.facts import FactName
from advisor.ui.screens.report import ReportScreen
from advisor.ui.widgets.report_body import ReportBody
from tests.domain.reports import TICKETS
from tests.ui.driving import settled
from tests.ui.fakes import FakeSession

SIZES = [(60, 20), (80, 24), (200, 50)]


class Reads(FakeSession):
    """A session that counts again when a field is corrected."""

    def __init__(self, report: DatasetReport = TICKETS) -> None:
        super().__init__()
        self.report = report
        self.counting: asyncio.Event | None = None
        """While set and not released, it is still counted again."""

    async def correct(self, fact: FactName, text: str) -> Step:
        if self.counting is not None:
            await self.counting.wait()
        step = await super().correct(fact, text)
        assert self.report is not None
        told = {"label_field": text, "label_told": True} if fact == "label_field" else {}
        told |= {"input_fields": tuple(text.split(",")), "inputs_told": True} if fact == "input_fields" else {}
        self.report = self.report.model_copy(update=told)
        return step


AS_AN_INPUT = TICKETS.model_copy(update={"input_fields": ("id", "text"), "inputs_told": True, "fields": tuple(
    field.model_copy(update={"role": "input"}) if field.name == "id" else field for field in TICKETS.fields
)})  # fmt: skip
"""A report whose first field is an input that the user named."""


async def opened(pilot: Pilot[None], section: str = "overview") -> ReportScreen:
    """Open the report at a section."""
    await settled(pilot)
    await pilot.press("f9")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ReportScreen)
    names: list[str] = [one.name for one in screen.sections]
    for _ in range(names.index(section)):
        await pilot.press("right")
    assert named(screen) == section
    return screen


def named(screen: ReportScreen) -> str:
    return screen.section.name


def text(screen: ReportScreen) -> str:
    return screen.query_one(ReportBody).as_text
