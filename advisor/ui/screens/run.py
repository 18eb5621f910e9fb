"""A run while it goes on, and what it brought."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.geometry import Region
from textual.widgets import Footer

from advisor.domain.answered import changed
from advisor.domain.progress import RunView
from advisor.domain.route_words import to_do_in_words
from advisor.domain.run_log import Log
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.screens.following import FollowingScreen
from advisor.ui.screens.stage import StageScreen
from advisor.ui.widgets.comparison import ComparisonPanel
from advisor.ui.widgets.curve import Curves
from advisor.ui.widgets.gates import Gates
from advisor.ui.widgets.lines import Rows
from advisor.ui.widgets.log_panel import LogPanel
from advisor.ui.widgets.pairs import PairList
from advisor.ui.widgets.pulse import Pulse, Purse
from advisor.ui.widgets.stages import StageList
from advisor.ui.widgets.title_bar import TitleBar

FRAME = 1 / 30
CHART_SECONDS = 0.2

ON_ITS_WAY = "The run goes on. d leaves it running, c cancels it."
ENDED_MEANWHILE = "The run has ended. Its result stands above: Home, or Esc out of the log."


class RunScreen(FollowingScreen):
    """Follows a run; returns the step after it, or what went wrong; nothing when it was only looked at."""

    CSS_PATH = "run.tcss"
    # With this much room the log stands beside the rest.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (100, "-wide"), (150, "-huge")]  # noqa: RUF012
    AUTO_FOCUS = "StageList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "log", "log"),
        Binding("slash", "search", "search"),
        Binding("e", "details", "details"),
        Binding("s", "report", "report"),
        Binding("o", "open_report", "open"),
        Binding("escape", "back", "back"),
    ]

    def __init__(
        self, session: SessionPort, *, follow: bool, clock: Callable[[], float], purse: Purse | None = None
    ) -> None:
        super().__init__(session, follow=follow)
        self.clock = clock
        self.purse = purse or Purse.of(session.plan, session.forecast)
        """What the run may cost, as it was begun: its result may leave no plan, or another one."""
        self._painted: RunView | None = None
        self._titled: tuple[str, ...] = ()
        self._logged: Log | None = None
        self._part = 0
        self._second = -1
        self._charted: RunView | None = None
        self._charted_at = 0.0
        stages = session.forecast.stages if session.forecast else ()
        self._expected: dict[str, float] = {stage.stage: stage.calls.likely for stage in stages}

    def compose(self) -> ComposeResult:
        """The result over the stages and the curves, the log below or beside them."""
        yield TitleBar()
        with Container(id="board"):
            with VerticalScroll(id="body", can_focus=False):
                yield ComparisonPanel()
                yield StageList(self._expected)
                yield Gates()
                yield Curves(id="curves")
            yield LogPanel()
        yield Pulse()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to follow, or show how it ended."""
        self.query_one(StageList).border_title = "run"
        self.query_one(LogPanel).border_title = "log"
        if self.following:
            self.set_interval(FRAME, self._paint)
            self.follow()
        else:
            self.end()

    def all_text(self) -> str:
        """Return the result, the stages and the log."""
        parts = (self.query_one(ComparisonPanel).as_text(), self.query_one(StageList).as_text)
        return "\n\n".join(part for part in (*parts, self.query_one(LogPanel).lines.as_text) if part)

    def end(self) -> None:
        """Show what the run brought."""
        self._paint_all()
        body, panel = self.query_one("#body", VerticalScroll), self.query_one(ComparisonPanel)
        plan = self.session.plan
        panel.show(self.session.comparison, plan.gates.target_score if plan else None)
        self.add_class("-ended")
        if self.has_class("-log") or body.scroll_y:
            # Someone is reading: the result makes room for itself without moving that.
            self.notify(ENDED_MEANWHILE, markup=False)
            if panel.display:
                self.call_after_refresh(lambda: body.scroll_relative(y=panel.outer_size.height, animate=False))
        elif panel.display and self.focused is self.query_one(StageList):
            self.query_one(PairList).focus(scroll_visible=False)
        if isinstance(self.outcome, AdvisorError):
            self.notify(str(self.outcome), severity="error", markup=False)
        self.refresh_bindings()

    def _paint(self) -> None:
        """Show the newest view; called thirty times a second, draws only what changed.

        One part at a time, so that no frame takes long: a key waits for the frame before its own.
        """
        view, now, due = self.view, self.clock(), time.monotonic() - self._charted_at >= CHART_SECONDS
        self._part = (self._part + 1) % 3
        if view is not self._painted and self._part != 1:
            self._painted = view
            self._show_stages(view)
        elif view.log is not self._logged and self._part != 2:
            self._logged = view.log
            self.query_one(LogPanel).lines.write(view.log)
        elif view is not self._charted and due:
            self._charted, self._charted_at, self._second = view, time.monotonic(), -1
            self._chart()
        if int(now) != self._second:
            self._second = int(now)
            self._tell(view, now)

    def _show_stages(self, view: RunView) -> None:
        self.query_one(StageList).follow(view)
        self.query_one(Gates).show(view.gates)

    def _paint_all(self) -> None:
        """Show the newest view at once."""
        view = self._painted = self._charted = self.view
        self._logged, self._charted_at, self._second = view.log, time.monotonic(), int(self.clock())
        self._show_stages(view)
        self.query_one(LogPanel).lines.write(view.log)
        self._chart()
        self._tell(view, self.clock())

    def _tell(self, view: RunView, now: float) -> None:
        """Say what moves with every event, a few times a second."""
        plan = self.session.plan
        self.query_one(Pulse).show(view, self.purse, view.eta(self._expected, now), now)
        self.query_one(LogPanel).tell(view.log, str(self.session.run_file("log") or ""))
        # The run's own route: the plan has moved on once the run has taught something.
        route = view.route or (plan.route if plan else "")
        if (title := (self.session.title, to_do_in_words(route), self.session.spent)) != self._titled:
            self._titled = title
            self.show_title(*title[:2])

    def _chart(self) -> None:
        """Draw the curves of the marked stage, and the stage that is looked into."""
        self.query_one(Curves).follow(self.view, self.query_one(StageList).chosen)
        if isinstance(self.app.screen, StageScreen):
            self.app.screen.write()

    def _curve_asked(self) -> None:
        """Draw the curves with the next frame: the marked line comes first."""
        if self.following:
            self._charted, self._charted_at = None, 0.0
        else:
            self._chart()

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        """Keep the marked line in view and show its curve."""
        body = self.query_one("#body", VerticalScroll)
        if body in message.rows.ancestors:
            line = message.rows.content_region.y + message.index - body.content_region.y + body.scroll_offset.y
            body.scroll_to_region(Region(0, line, 1, 1), animate=False)
            self._curve_asked()

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        if isinstance(message.rows, PairList):
            self._open_pair(message.rows, message.index)
        elif (stage := self.query_one(StageList).chosen) is not None:
            self.app.push_screen(StageScreen(self.session, stage.name, lambda: self.view))

    def _open_pair(self, pairs: PairList, index: int) -> None:
        from advisor.ui.screens.rows import RowsScreen, changed_row

        pair = pairs.pairs[index]
        before, after = (self.session.answered_rows(name, "test") for name in (pair.before, pair.after))
        rows = [changed_row(row) for row in changed(before, after)]
        title = f"{pair.title}: {pair.fixed} fixed, {pair.broken} broken"
        self.app.push_screen(RowsScreen(self.session, title, rows))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can only be done to a run in hand, or to one that has ended."""
        if action == "details":
            return self.view.state != "done"
        if action in ("report", "open_report"):
            return not self.following and self.session.run_file("report") is not None
        return super().check_action(action, parameters)

    def action_log(self) -> None:
        """Show the log large, or give the room back."""
        self.toggle_class("-log")
        (self.query_one(LogPanel).lines if self.has_class("-log") else self.query_one(StageList)).focus()

    def action_search(self) -> None:
        """Search the log."""
        self.add_class("-log")
        self.query_one(LogPanel).search()

    def action_details(self) -> None:
        """Show what is behind the sentence: the last words of the run, of the host, of its output."""
        from advisor.ui.screens.reading import ReadingScreen
        from advisor.ui.screens.stage import details

        error = str(self.outcome) if isinstance(self.outcome, AdvisorError) else ""
        written = details(self.view, self.session.last_output(), error)
        self.app.push_screen(ReadingScreen(self.session, "details", written))

    def action_report(self) -> None:
        """Say where the report is, and copy its path."""
        if path := self.session.run_file("report"):
            self.app.copy_to_clipboard(str(path))
            self.notify(f"The report is {path}. Its path is copied; o opens it.", markup=False)

    def action_open_report(self) -> None:
        """Open the report in the user's editor."""
        from advisor.ui.editing import edit

        if (path := self.session.run_file("report")) and (told := edit(self.app, path)):
            self.notify(told, severity="warning", markup=False)

    def action_back(self) -> None:
        """Close the log, else let go of the marked stage, else return once the run has ended."""
        stages = self.query_one(StageList)
        if self.has_class("-log"):
            self.action_log()
        elif not self.following:
            self.dismiss(self.outcome)
        elif stages.cursor is not None:
            stages.cursor = None
            self._curve_asked()
        else:
            self.notify(ON_ITS_WAY, markup=False)
