"""What is inside a stage, and what is behind a failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from advisor.domain.answered import missed
from advisor.domain.progress import STAGE_OF, RunView
from advisor.domain.stage_view import StageView, TrialPoint
from advisor.domain.statistics import percent
from advisor.domain.wording import amount, duration
from advisor.ui.port import SessionPort
from advisor.ui.screens.reading import ReadingScreen, Written, paragraphs
from advisor.ui.screens.rows import RowsScreen, missed_row
from advisor.ui.text import line, money
from advisor.ui.widgets.curve import KEY, losses_drawn, losses_told, trials_drawn, trials_told
from advisor.ui.widgets.run_log import stamped

CANDIDATE_OF = {stage: candidate for candidate, stage in STAGE_OF.items()}
"""The candidate a stage makes."""

CURVE_HEIGHT = 10


def inside(view: Callable[[], RunView], name: str, instructions: Callable[[], str]) -> Written:
    """Return how a stage is written out: its figures, curves, trials, instructions and its lines of the log."""

    def written(width: int) -> list[Content]:
        now = view()
        stage = now.stage(name) or StageView(name=name)
        parts = [_figures(now, stage), _curves(stage, width), _trials(stage), _told(instructions(), width)]
        said = [said for said in now.log if said.stage == name]
        parts.append(_titled("said during this stage", [stamped(one) for one in said]))
        return [line for part in parts if part for line in (*part, Content())]

    return written


def details(view: RunView, output: str, error: str = "") -> Written:
    """Return how a failure is written out: what to try, what is known of it, and the last words of the run."""

    def written(width: int) -> list[Content]:
        lines = paragraphs(error or view.ended, width, "bold")
        if view.why and not error:
            lines += [Content(), *_titled("what the run said", paragraphs(view.why, width))]
        if view.last_host_event is not None:
            heard = f"{view.last_host_event.job_id} {view.last_host_event.status}: {view.last_host_event.message}"
            lines += [Content(), *_titled("the last word of the training host", paragraphs(heard, width))]
        shown = paragraphs(output, width) if output else [Content("Nothing was written.")]
        return [*lines, Content(), *_titled("the end of the output, word for word", shown)]

    return written


def _titled(title: str, lines: list[Content]) -> list[Content]:
    return [Content.styled(title, "bold $text-accent"), *lines] if lines else []


def _figures(view: RunView, stage: StageView) -> list[Content]:
    rows = [("stage", f"{stage.name}, {stage.state}"), ("about", stage.note), ("took", duration(stage.seconds / 60))]
    if stage.dev is not None:
        dev = stage.dev
        score = f"{percent(dev.score)} ({dev.low:.0%} to {dev.high:.0%}), {dev.correct:,} of {dev.n:,} right"
        rows.append(("dev rows", f"{score}, {dev.failures:,} without an answer"))
    elif stage.total:
        rows.append(("progress", f"{stage.done:,} of {stage.total:,} {stage.what}, {stage.failed:,} failed"))
    if stage.name == "traces" and view.traces is not None:
        traces = view.traces
        rows.append(("kept", f"{traces.kept:,} of {traces.tried:,} answers, {traces.failed:,} failed"))
        rows.append(("no answer for", ", ".join(traces.classes_missing)))
    if stage.metered:
        spent = stage.spent
        tokens = f"{amount(spent.tokens_in)} tokens in, {amount(spent.tokens_out)} out"
        rows.append(
            ("spent", f"{spent.calls:,} calls, {spent.cache_hits:,} from cache, {tokens}, {money(spent.dollars)}")
        )
    return [Content.assemble((f"{name:<14}", "$foreground-muted"), line(told, 500)) for name, told in rows if told]


def _curves(stage: StageView, width: int) -> list[Content]:
    lines: list[Content] = []
    if draw := trials_drawn(stage):
        told = Content.styled(f"{trials_told(stage)}. {KEY}.", "$foreground-muted")
        lines += [*draw(width, CURVE_HEIGHT), *told.wrap(width)]
    if draw := losses_drawn(stage):
        lines += [*draw(width, CURVE_HEIGHT), Content.styled(losses_told(stage), "$foreground-muted")]
    return lines


def _trials(stage: StageView) -> list[Content]:
    return _titled("trials", [Content(_trial(trial)) for trial in stage.trials])


def _trial(trial: TrialPoint) -> str:
    low, high = trial.interval
    part = "" if trial.full else ", a part of them"
    return f"{trial.number:>4}  {percent(trial.score):>6}  {low:>4.0%} to {high:<4.0%}  {trial.rows:,} rows{part}"


def _told(instructions: str, width: int) -> list[Content]:
    return _titled("the best instructions so far", paragraphs(instructions, width)) if instructions else []


class StageScreen(ReadingScreen):
    """One stage, for as long as it goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "rows", "rows it missed")]

    def __init__(self, session: SessionPort, stage: str, view: Callable[[], RunView]) -> None:
        self.candidate = CANDIDATE_OF.get(stage)
        super().__init__(session, stage, inside(view, stage, self._instructions))

    def _instructions(self) -> str:
        return self.session.instructions(self.candidate) if self.candidate else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the rows of a stage that answers some."""
        return self.candidate is not None if action == "rows" else True

    def action_rows(self) -> None:
        """Show the development rows its candidate did not get right."""
        if self.candidate is not None:
            rows = [missed_row(row) for row in missed(self.session.answered_rows(self.candidate, "dev"))]
            self.app.push_screen(RowsScreen(self.session, f"{self.named}: {len(rows):,} dev rows missed", rows))
