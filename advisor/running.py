"""A generated project's run with the practice server it may need, from start to the last event."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType

from advisor.domain.comparison import Comparison, compare
from advisor.domain.events import RunEvent
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.report import report_values
from advisor.domain.run_end import run_end
from advisor.errors import UsageError
from advisor.world import practice_server, project_folder, runner, templates
from advisor.world.run_folder import Run, has_begun, is_complete, is_live, read_events

PRACTICE_STATE = "practice"
"""Where a project keeps the practice server's files: its tuned models stay with it."""


NO_OVERRIDES = dict.fromkeys(
    ("ADVISED_STUDENT", "ADVISED_TEACHER", "ADVISED_PROMPT_MODEL", "ADVISED_JUDGE", "ADVISED_UPLOAD_TO"), ""
)
"""A practice run asks the practice models, whatever the environment says for other runs."""


def read_plan(project: Path) -> Plan:
    """Return the plan a project was written from.

    Raises:
        UsageError: the folder is not a project of ours.
    """
    return project_folder.read_plan(project)


def followed(folder: Path) -> Running:
    """Return a run that was started elsewhere, to be followed.

    Raises:
        UsageError: its project is gone.
    """
    project = folder.parent.parent
    return Running(project, read_plan(project), Run(project, folder))


class Running:
    """One run being followed; leaving the context ends what it started, unless it was left to itself."""

    def __init__(self, project: Path, plan: Plan, run: Run | None = None) -> None:
        self.project = project.resolve()
        self.plan = plan
        self.view = RunView()
        self.run = run
        """The run; given when it was started elsewhere and is only followed here."""
        self._server: practice_server.PracticeServer | None = None
        self._left = run is not None
        self._asked = False
        """Whether the run has been asked to end."""

    async def __aenter__(self) -> Running:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(
        self, *, budget: float | None = None, resume: bool = False, limit: int | None = None, train_again: bool = False
    ) -> Path:
        """Start the run, a practice server first where the plan needs one, and return its folder."""
        env: dict[str, str] = {}
        beside: list[int] = []
        hold: list[int] = []
        if self.plan.practice:
            self._server = await practice_server.serve_async(self.project / PRACTICE_STATE, detached=True)
            env = {**NO_OVERRIDES, "ADVISED_BASE_URL": self._server.base_url}
            beside, lifeline = [self._server.pid], self._server.lifeline
            hold = [] if lifeline is None else [lifeline]
        self._asked = False
        self.run = runner.start(
            self.project, env=env, budget=budget, resume=resume, limit=limit, train_again=train_again,
            beside=beside, hold=hold,
        )  # fmt: skip
        return self.run.folder

    async def events(self) -> AsyncIterator[RunEvent]:
        """Yield every event until the run has ended, keeping `view` up to date."""
        async with contextlib.aclosing(runner.follow(self.started)) as events:
            async for event in events:
                self.view = self.view.after(event)
                yield event

    def read(self) -> None:
        """Take in what is on disk so far, without following."""
        for event in read_events(self.started.folder):
            self.view = self.view.after(event)

    @property
    def started(self) -> Run:
        """The run, once there is one."""
        if self.run is None:
            raise UsageError("No run has been started.")
        return self.run

    def comparison(self) -> Comparison | None:
        """Return what the run's record holds so far."""
        return compare(read_events(self.run.folder), self.plan) if self.run else None

    def write_report(self) -> Path | None:
        """Write `report.md` into the run's folder and return it; None before anything was compared."""
        comparison = self.comparison()
        if self.run is None or comparison is None:
            return None
        text = templates.render(
            "conversation/report.md", **report_values(comparison, self.view, self.plan), looks=self.earlier_looks()
        )
        path = self.run.folder / "report.md"
        path.write_text(text, encoding="utf-8")
        return path

    def earlier_looks(self) -> int:
        """Return how many earlier runs scored the same test rows."""
        return project_folder.earlier_looks(self.project, self.started.name)

    def broken_off(self) -> bool:
        """Whether the run has begun, is over and did not come to its end, so that it can be gone on with."""
        folder = self.started.folder
        return has_begun(folder) and not is_complete(folder) and not is_live(folder)

    async def cancel(self, *, at_once: bool = False) -> bool:
        """End the run, say whether it was there; nothing of it is left behind but its files.

        `at_once` waits for nothing it would write first, and neither does an interruption of the waiting; what is
        billed at a host is ended first all the same.
        """
        if self.run is None:
            return False
        try:
            return await self._cancel(self.run, at_once=at_once)
        except asyncio.CancelledError:
            await self._cancel(self.run, at_once=True)
            raise

    async def _cancel(self, run: Run, *, at_once: bool) -> bool:
        end = run_end(self.plan)
        grace = 0.0 if at_once and not end.waits else end.seconds
        asked, self._asked = self._asked and end.waits, True
        return await runner.cancel(run, grace, asked=asked, unended=end.unended)

    def leave(self) -> None:
        """Follow no longer; the run goes on by itself."""
        self._left = True

    async def close(self) -> None:
        """End what was started, unless it was left to itself."""
        server, self._server = self._server, None
        if self._left:
            if server is not None:
                server.release()
            return
        await self.cancel()
        if server is not None:
            await asyncio.to_thread(server.close)
