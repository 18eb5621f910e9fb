"""The project of a case and its run: written once, started on a yes, measured at the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import project as projects
from advisor import run_telling
from advisor.case_file import CaseFile
from advisor.domain.barred import against_it
from advisor.domain.comparison import Comparison
from advisor.domain.dataset import DatasetReport
from advisor.domain.dialogue import ProjectFile
from advisor.domain.facts import Fact
from advisor.domain.paying_again import waits_for_leave
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.project_size import LARGE, expected_size
from advisor.domain.results import learned_from
from advisor.domain.rules import TRAINING_ROUTES
from advisor.errors import AdvisorError
from advisor.run_record import RunRecord
from advisor.world import machine, project_folder

if TYPE_CHECKING:
    from advisor.running import Running

Lacking = Callable[[Plan], tuple[str, ...]]
"""Says what a plan lacks on a computer to start; a replay has that of the computer it was kept on."""


class Workbench:
    """Where a case is acted on."""

    def __init__(
        self, case: CaseFile, out: Path | None = None, projects_in: Path | None = None, lacking: Lacking | None = None
    ) -> None:
        self._case = case
        self._lacking = lacking or case.lacking
        self._out = out
        self._projects_in = projects_in
        self.project: Path | None = None
        self.size = 0
        """Bytes of its files, as it was written."""
        self.view: RunView | None = None
        """The run in hand or the last one."""
        self.record = RunRecord()
        """What that run leaves on disk."""
        self.comparison: Comparison | None = None
        self.looks = 0
        """Runs before the last one that had scored the same test rows."""
        self.running: Running | None = None
        self.broken_off = False
        """Whether the last run can be gone on with."""
        self.pays_again = False
        """Whether going on with it trains, and pays, a second time: its host has lost the job."""
        self._written: tuple[Plan, Path, Plan, str] | None = None
        """What was planned, where it was written, the plan with its exact split, and the state of the file."""
        self._untouched = ""
        self._last: tuple[Path, Plan] | None = None
        """Project and plan of the last run."""

    @property
    def consent(self) -> str:
        """The sentence a yes agrees to, or nothing while there is no project, or one that is run elsewhere."""
        plan, forecast = self._case.plan, self._case.forecast
        if plan is None or forecast is None or self.project is None or plan.rented or self.lacks:
            return ""
        elsewhere = machine.host_in_environment()
        against = against_it(self._case.facts, trains=plan.route in TRAINING_ROUTES)
        return run_telling.consent(plan, forecast, elsewhere=elsewhere, budget=plan.budget_usd, against=against)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What keeps the run from starting on this computer."""
        return self._lacking(self._case.plan) if self._case.plan else ()

    @property
    def waits(self) -> bool:
        """Whether a project is written that can be run here once what it lacks is supplied."""
        plan = self._case.plan
        return plan is not None and self.project is not None and not plan.rented and bool(self.lacks)

    @property
    def instead(self) -> str:
        """What stands where no yes is asked for: how a rented machine is used, or what is lacking here to start."""
        plan, forecast = self._case.plan, self._case.forecast
        if plan is None or forecast is None or self.project is None:
            return ""
        if plan.rented:
            return run_telling.rented(plan, forecast, self.project)
        broken = self.broken_off and self._last is not None and self._last[0] == self.project
        return run_telling.hindered(self.lacks, self.project, resumes=broken) if self.lacks else ""

    def project_files(self) -> tuple[ProjectFile, ...]:
        """Return the files of the written project, those one reads first in front."""
        return project_folder.files_of(self.project) if self.project else ()

    def clear(self) -> None:
        """Put project and run aside; what is on disk stays."""
        self.project, self.comparison, self.broken_off, self.pays_again = None, None, False, False

    def write_project(self, plan: Plan, report: DatasetReport) -> str:
        """Write the project, or keep the one written before when nothing has changed; return its fingerprint.

        Raises:
            UsageError: the folder is taken or cannot be written.
        """
        written = self._written
        if written is None or not self._stands(plan):
            self._withdraw()
            folder, exact = projects.write(plan, report, self._out, self._projects_in)
            written = self._written = (plan, folder, exact, self._case.state)
            self.size = project_folder.size_of(folder)
            self._untouched = project_folder.everything(folder)
            # A later plan of the same conversation gets a folder of its own beside this one.
            self._out, self._projects_in = None, self._projects_in or folder.parent
        _, self.project, exact, _ = written
        self._case.go_by(exact)
        return project_folder.digest(self.project)

    def large_project(self, plan: Plan, report: DatasetReport) -> tuple[Path, int] | None:
        """Return where a large project will be written and about how large it is; None for a small or written one."""
        size = expected_size(report)
        if size <= LARGE or self._stands(plan):
            return None
        self._withdraw()
        return projects.place_for(plan, report, self._out, self._projects_in), size

    def _stands(self, plan: Plan) -> bool:
        """Whether the project of a plan is on disk, written from the file as it is now."""
        written = self._written
        if written is None or written[3] != self._case.state or not written[1].is_dir():
            return False
        if written[0] == plan:
            return True
        # Where only the forecast goes by something else now, a project that was used is still the one to run.
        return plan.is_as(written[0]) and project_folder.everything(written[1]) != self._untouched

    def take_up_project(self, folder: Path, exact: Plan, state: str) -> None:
        """Go on with a project written in an earlier sitting, if it is still what is planned, from the same file."""
        plan = self._case.plan
        if plan is not None and plan.is_as(exact) and folder.is_dir():
            self._written = (plan, folder, exact, state)
            self.size = project_folder.size_of(folder)
            self._out, self._projects_in = None, folder.parent

    def _withdraw(self) -> None:
        """A changed answer replaces a project nobody has used, instead of leaving it beside the new one."""
        if self._written is not None:
            project_folder.withdraw(self._written[1], self._untouched)

    async def start(self, *, resume: bool = False, train_again: bool = False) -> Running:
        """Start the run that was agreed to, or go on with the one that was broken off.

        `train_again` pays once more for a training that its host has lost.

        Raises:
            AdvisorError: it cannot be started.
        """
        from advisor.running import Running  # not needed before a run

        plan = self._case.plan
        assert self.project is not None and plan is not None
        self.running = Running(self.project, plan)
        try:
            await self.running.start(budget=plan.budget_usd, resume=resume, train_again=train_again)
        except AdvisorError:
            await self.close()
            raise
        return self.running

    def take_up_run(self, folder: Path) -> None:
        """Follow a run that was started in an earlier sitting.

        Raises:
            UsageError: its project is gone.
        """
        from advisor.running import followed  # not needed before a run

        self.running = followed(folder)
        self.project = self.running.project
        self._case.go_by(self.running.plan)

    async def follow(self, running: Running) -> AsyncGenerator[RunView]:
        """Yield the state of a run after every event; ends when the run has."""
        self.record = RunRecord(running.started.folder)
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
        self.pays_again = self.broken_off and waits_for_leave(self.view)
        if self.comparison is None:
            return (), None
        return learned_from(self.comparison, self.view.run, self._case.facts.number("target_score")), report

    def take_up_broken(self, folder: Path | None = None) -> bool:
        """Go back to the plan of the run that was broken off, the last one or that of an earlier sitting.

        False where it cannot be gone on with.

        Raises:
            UsageError: its project is gone.
        """
        from advisor.running import followed  # not needed before a run

        if folder is not None:
            run = followed(folder)
            run.read()
            self.broken_off, self._last = run.broken_off(), (run.project, run.plan)
            self.pays_again = self.broken_off and waits_for_leave(run.view)
        if not self.broken_off or self._last is None:
            return False
        self.project, plan = self._last
        self._case.go_by(plan)
        return True

    async def cancel_run(self, *, at_once: bool = False) -> None:
        """End the run in hand; `at_once` waits for nothing it would write first."""
        if self.running is not None:
            await self.running.cancel(at_once=at_once)

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
