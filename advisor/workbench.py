"""The case in hand with its project and its run: written once, started on a yes, measured at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import project as projects
from advisor import run_telling
from advisor.case_file import CaseFile
from advisor.domain.browsing import PathChoice
from advisor.domain.comparison import Comparison
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import ProjectFile
from advisor.domain.facts import Fact, Facts
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.results import learned_from
from advisor.run_record import RunRecord
from advisor.world import browsing, machine, project_folder

if TYPE_CHECKING:
    from advisor.running import Running


class Workbench(RunRecord, CaseFile):
    """A case file that can be acted on."""

    def __init__(self, facts: Facts, out: Path | None = None, projects_in: Path | None = None) -> None:
        super().__init__(facts)
        self._out = out
        self._projects_in = projects_in
        self.project: Path | None = None
        self.view: RunView | None = None
        """The run in hand or the last one."""
        self.comparison: Comparison | None = None
        self.looks = 0
        """Runs before the last one that had scored the same test rows."""
        self.running: Running | None = None
        self.broken_off = False
        """Whether the last run can be gone on with."""
        self._written: tuple[Plan, Path, Plan, str] | None = None
        """What was planned, where it was written, the plan with its exact split, and the state of the file."""
        self._untouched = ""
        self._last: tuple[Path, Plan] | None = None
        """Project and plan of the last run."""

    @property
    def consent(self) -> str:
        """The sentence a yes agrees to, or nothing while there is no project."""
        if self.plan is None or self.forecast is None or self.project is None:
            return ""
        return run_telling.consent(
            self.plan, self.forecast, elsewhere=machine.host_in_environment(), budget=self.plan.budget_usd
        )

    def project_files(self) -> tuple[ProjectFile, ...]:
        """Return the files of the written project, those one reads first in front."""
        return project_folder.files_of(self.project) if self.project else ()

    def paths_like(self, text: str) -> tuple[PathChoice, ...]:
        """Return the files and folders that go on from a typed path."""
        return browsing.paths_like(text)

    def write_project(self, plan: Plan, report: DatasetReport) -> str:
        """Write the project, or keep the one written before when nothing has changed; return its fingerprint.

        Raises:
            UsageError: the folder is taken or cannot be written.
        """
        written = self._written
        if written is None or written[0] != plan or written[3] != self.state or not written[1].is_dir():
            self._withdraw()
            folder, exact = projects.write(plan, report, self._out, self._projects_in)
            self._written = (plan, folder, exact, self.state)
            self._untouched = project_folder.everything(folder)
            self.broken_off = False
            # A later plan of the same conversation gets a folder of its own beside this one.
            self._out, self._projects_in = None, self._projects_in or folder.parent
        assert self._written is not None
        _, self.project, self.plan, _ = self._written
        return project_folder.digest(self.project)

    def take_up_project(self, folder: Path, exact: Plan, state: str) -> None:
        """Go on with a project written in an earlier sitting, if it is still what is planned, from the same file."""
        same = self.plan is not None and self.plan.model_copy(update={"split": exact.split}) == exact
        if same and self.plan is not None and sum(self.plan.split) == sum(exact.split) and folder.is_dir():
            self._written = (self.plan, folder, exact, state)
            self._out, self._projects_in = None, folder.parent

    def _withdraw(self) -> None:
        """A changed answer replaces a project nobody has used, instead of leaving it beside the new one."""
        if self._written is not None:
            project_folder.withdraw(self._written[1], self._untouched)

    async def start(self) -> Running:
        """Start the run that was agreed to, or go on with the one that was broken off."""
        from advisor.running import Running  # not needed before a run

        assert self.project is not None and self.plan is not None
        self.running = Running(self.project, self.plan)
        await self.running.start(budget=self.plan.budget_usd, resume=self.broken_off)
        return self.running

    def take_up_run(self, folder: Path) -> None:
        """Follow a run that was started in an earlier sitting.

        Raises:
            UsageError: its project is gone.
        """
        from advisor.running import followed  # not needed before a run

        self.running = followed(folder)
        self.project, self.plan = self.running.project, self.running.plan

    async def run(self) -> AsyncIterator[RunView]:
        """Run the project, yielding its state after every event; ends when the run has."""
        running = self.running or await self.start()
        self.run_folder = running.started.folder
        async for _ in running.events():
            self.view = running.view
            yield running.view

    async def finish_run(self) -> tuple[tuple[Fact, ...], Path | None]:
        """End the run's processes, keep its report and return what it measured."""
        assert self.running is not None
        running, self.running = self.running, None
        self.view, self._last = running.view, (running.project, running.plan)
        await running.close()
        self.comparison, report = running.comparison(), _reported(running)
        self.looks = running.earlier_looks()
        self.broken_off = running.broken_off()
        if self.comparison is None:
            return (), None
        return learned_from(self.comparison, self.view.run, self.facts.number("target_score")), report

    def take_up_broken(self) -> None:
        """Go back to the plan of the run that was broken off, whatever would be planned now."""
        if self._last is not None:
            self.project, self.plan = self._last
            self.forecast = run_telling.forecast_of(self.plan)

    async def cancel_run(self) -> None:
        """End the run in hand."""
        if self.running is not None:
            await self.running.cancel()

    async def leave_run(self) -> Path | None:
        """Let the run go on by itself and return its folder."""
        if self.running is None:
            return None
        running, self.running = self.running, None
        running.leave()
        await running.close()
        return running.run.folder if running.run else None

    async def close(self) -> None:
        """End whatever still runs, unless it was left to itself."""
        if self.running is not None:
            await self.running.close()
            self.running = None


def _reported(running: Running) -> Path | None:
    """Return the run's report; None where it cannot be written: what was measured stands all the same."""
    try:
        return running.write_report()
    except OSError:
        return None
