"""A run while it goes on, and what it brought."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer

from advisor.domain.dialogue import Step
from advisor.domain.progress import RunView
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.choice import Choice, Way
from advisor.ui.text import line, percent
from advisor.ui.widgets.comparison import ComparisonPanel
from advisor.ui.widgets.curve import Curve
from advisor.ui.widgets.gates import Gates
from advisor.ui.widgets.pulse import Pulse
from advisor.ui.widgets.run_log import RunLog
from advisor.ui.widgets.stages import StageList
from advisor.ui.widgets.title_bar import TitleBar

FRAME = 1 / 30
CHART_SECONDS = 0.2

CANCEL = "Cancel the run? Finished stages are kept and need not be paid for again."
LEAVE = "Stop watching? The run goes on by itself; `advisor attach` follows it again."
ON_ITS_WAY = "The run goes on. d leaves it running, c cancels it."


class RunScreen(AdvisorScreen["Step | AdvisorError | None"]):
    """Follows a run; returns the step after it, or what went wrong; nothing when it was only looked at."""

    CSS_PATH = "run.tcss"
    AUTO_FOCUS = "#body"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cancel", "cancel…"),
        Binding("d", "leave", "leave it running"),
        Binding("l", "log", "log"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, session: SessionPort, *, follow: bool, clock: Callable[[], float]) -> None:
        super().__init__(session)
        self.clock = clock
        self.following = follow
        self._view = session.view if not follow and session.view else RunView()
        self._painted: RunView | None = None
        self._second = -1
        self._charted: RunView | None = None
        self._charted_at = 0.0
        self._outcome: Step | AdvisorError | None = None
        stages = session.forecast.stages if session.forecast else ()
        self._expected: dict[str, float] = {stage.stage: stage.calls.likely for stage in stages}

    def compose(self) -> ComposeResult:
        """The result over the stages, the curves over the log."""
        yield TitleBar()
        with VerticalScroll(id="body"):
            yield ComparisonPanel()
            yield StageList(self._expected)
            yield Gates(markup=False)
            with Horizontal(id="curves"):
                yield Curve("trials", id="trials")
                yield Curve("loss", id="loss")
        yield RunLog()
        yield Pulse(markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to follow, or show how it ended."""
        self.query_one(StageList).border_title = "run"
        self.query_one(RunLog).border_title = "log"
        if self.following:
            self.set_interval(FRAME, self._paint)
            self._follow()
        else:
            self._end()

    @property
    def unfinished(self) -> bool:
        """Whether a run is being followed."""
        return self.following

    def all_text(self) -> str:
        """Return the result, the stages and the log."""
        parts = [self.query_one(ComparisonPanel).as_text(), str(self.query_one(StageList).content)]
        return "\n\n".join(part for part in (*parts, "\n".join(self.query_one(RunLog).lines)) if part)

    @work(exclusive=True, group="run")
    async def _follow(self) -> None:
        views = self.session.run()
        try:
            async for view in views:
                self._view = view
            self._outcome = await self.session.after_run()
        except AdvisorError as error:
            self._outcome = error
        finally:
            # Left to the garbage collector, the run's files would stay open.
            if close := getattr(views, "aclose", None):
                await close()
        self.following = False
        self._end()

    def _end(self) -> None:
        self._painted = self._charted = None
        self._charted_at = 0.0
        self._paint()
        self.query_one(ComparisonPanel).show(self.session.comparison)
        self.remove_class("-log").add_class("-ended")
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        if isinstance(self._outcome, AdvisorError):
            self.notify(str(self._outcome), severity="error", markup=False)
        self.refresh_bindings()

    def _paint(self) -> None:
        """Show the newest view; called thirty times a second, draws only what changed."""
        view, now = self._view, self.clock()
        if view is not self._painted:
            self._painted = view
            self.query_one(StageList).show(view)
            self.query_one(Gates).show(view.gates)
            self.query_one(RunLog).show(view.log)
            self._second = -1
        if view is not self._charted and time.monotonic() - self._charted_at >= CHART_SECONDS:
            self._charted, self._charted_at = view, time.monotonic()
            self._chart(view)
        if int(now) != self._second:
            self._second = int(now)
            self._show_pulse(view, now)

    def _show_pulse(self, view: RunView, now: float) -> None:
        self.query_one(Pulse).show(view, view.eta(self._expected, now), now)
        # The run's own route: the plan has moved on once the run has taught something.
        route = view.route or (self.session.plan.route if self.session.plan else "")
        self.show_title(self.session.title, route.replace("_", " "))

    def _chart(self, view: RunView) -> None:
        tried = [stage for stage in view.stages if stage.trials]
        if tried:
            scores = [trial.score for trial in tried[-1].trials]
            best = percent(tried[-1].trials[-1].best)
            words = f"{line(tried[-1].name)}: {percent(min(scores))} to {percent(max(scores))}, best {best}"
            self.query_one("#trials", Curve).show(scores, words)
        if view.train_loss:
            losses = [point.loss for point in view.train_loss]
            valid = f", held out {view.valid_loss[-1].loss:.3f}" if view.valid_loss else ""
            words = f"from {losses[0]:.3f} to {losses[-1]:.3f} at step {view.train_loss[-1].step}{valid}"
            self.query_one("#loss", Curve).show(losses, words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can only be done to a run in hand."""
        return self.following if action in ("cancel", "leave") else True

    def action_cancel(self) -> None:
        """Ask, then end the run."""
        ways = (Way("n", "no, go on"), Way("y", "yes, cancel it"), Way("d", "stop watching, let it run"))
        self.app.push_screen(Choice(CANCEL, *ways), self._cancel)

    async def _cancel(self, way: str | None) -> None:
        if not self.following:
            return
        if way == "d":
            await self._left()
        elif way == "y":
            try:
                await self.session.cancel_run()
            except AdvisorError as error:
                self.notify(str(error), severity="error", markup=False)

    def action_leave(self) -> None:
        """Ask, then follow no longer; the run goes on."""
        self.app.push_screen(
            Choice(LEAVE, Way("n", "no, keep watching"), Way("y", "yes, leave it running")), self._leave
        )

    async def _leave(self, way: str | None) -> None:
        if way == "y" and self.following:
            await self._left()

    async def _left(self) -> None:
        self.following = False
        self.workers.cancel_group(self, "run")
        self.dismiss(await self.session.leave_running())

    def action_log(self) -> None:
        """Show or hide the log."""
        self.toggle_class("-log")

    def action_back(self) -> None:
        """Return to the conversation once the run has ended."""
        if self.following:
            self.notify(ON_ITS_WAY, markup=False)
        else:
            self.dismiss(self._outcome)
