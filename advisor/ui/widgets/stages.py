"""The stages of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from advisor.domain.progress import RunView
from advisor.domain.stage_view import DevScore, StageView
from advisor.domain.standing import TRAINING
from advisor.domain.statistics import percent
from advisor.domain.wording import amount, duration
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.text import line
from advisor.ui.widgets.lines import Rows

MARKS = {"waiting": "○", "running": "▶", "done": "✓", "skipped": "–", "stopped": "■"}
STYLES = {"running": "bold $text-primary", "done": "$text-success", "stopped": "$text-error"}

NAME = 10
BAR = 24
NARROW = 74
"""Below this width intervals shrink."""

ROOMY = 90
"""Below this width progress bars shrink: their words matter more."""


class StageList(Rows):
    """A line a stage: state, score with its interval, progress of the one in hand."""

    HELP = (
        "✓ done  ▶ in hand  ○ waiting  – skipped  ■ stopped. Scores are on the development rows, 95% intervals. "
        "Choose a stage with the arrows or the mouse: its curve is shown; Enter or a double click looks inside."
    )
    FITTED = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "inside")]

    def __init__(self, expected: Mapping[str, float]) -> None:
        super().__init__()
        self.expected = expected
        """Model calls forecast for each stage."""
        self._run = RunView()

    def follow(self, view: RunView) -> None:
        """Show a run's stages."""
        self._run = view
        self._draw()

    @property
    def chosen(self) -> StageView | None:
        """The marked stage."""
        stages = self._run.stages
        return stages[self.cursor] if self.cursor is not None and self.cursor < len(stages) else None

    @property
    def first(self) -> int:
        """The stage in hand, or the last one begun."""
        stages = self._run.stages
        begun = [index for index, stage in enumerate(stages) if stage.state not in ("waiting", "skipped")]
        return next((index for index in begun if stages[index].name == self._run.current), begun[-1] if begun else 0)

    def on_resize(self) -> None:
        """Draw bars to the new width."""
        self._draw()

    def _draw(self) -> None:
        scored = [stage.dev for stage in self._run.stages if stage.dev]
        scale = scale_for((dev.low, dev.high) for dev in scored)
        width = BAR if self.size.width >= NARROW else BAR // 2
        lines = [_headline(stage, self._detail(stage, scale, width), self.size.width) for stage in self._run.stages]
        self.show(lines or [Content.styled("No stage began." if self._run.over else "Starting.", "$foreground-muted")])

    def _detail(self, stage: StageView, scale: Scale, width: int) -> str:
        if stage.state == "waiting":
            calls = self.expected.get(stage.name)
            training = "a training and " if stage.name in TRAINING else ""
            return f"expects {training}about {amount(calls)} calls" if calls else ""
        if stage.state == "running" and stage.dev is None:
            return _progress(stage, BAR if self.size.width >= ROOMY else BAR // 2) + _tried(stage)
        if stage.dev is not None:
            return _scored(stage.dev, scale, width)
        if stage.name == "split":
            return " / ".join(f"{self._run.rows.get(part, 0):,} {part}" for part in ("train", "dev", "test"))
        if stage.name == "traces" and self._run.traces is not None:
            return f"kept {self._run.traces.kept:,} of {self._run.traces.tried:,} answers"
        return line(stage.note)


def _headline(stage: StageView, detail: str, width: int) -> Content:
    head = f"{MARKS[stage.state]} {line(stage.name, NAME):<{NAME}}"
    took = f"  {duration(stage.seconds / 60)}" if stage.state == "done" and stage.seconds >= 1 else ""
    told = Content.assemble((head, STYLES.get(stage.state, "$foreground-muted")), detail, (took, "$foreground-muted"))
    return told.truncate(width, ellipsis=True) if width else told


def _progress(stage: StageView, width: int) -> str:
    share, count = stage.fraction, f"{stage.done:,} of {stage.total:,} {line(stage.what, 30)}".rstrip()
    if stage.step is not None and stage.total_steps:
        share = min(1.0, max(0, stage.step) / stage.total_steps)
        count = f"step {stage.step:,} of {stage.total_steps:,}"
    if share is None:
        return line(stage.note) or "began"
    filled = round(share * width)
    rate = f" · {percent(stage.pass_rate)} pass" if stage.pass_rate is not None and not stage.trials else ""
    failed = f" · {stage.failed:,} failed" if stage.failed else ""
    return f"{'━' * filled}{'─' * (width - filled)} {share:4.0%}  {count}{rate}{failed}"


def _scored(dev: DevScore, scale: Scale, width: int) -> str:
    failed = f", {dev.failures:,} failed" if dev.failures else ""
    shown = drawn(dev.low, dev.score, dev.high, scale, width)
    return f"{percent(dev.score):>6} {shown}  {dev.correct:,} of {dev.n:,} rows{failed}"


def _tried(stage: StageView) -> str:
    if not stage.trials:
        return ""
    of = f" of {stage.trials_expected}" if stage.trials_expected else ""
    best = f", best on dev {percent(stage.best)}" if stage.best else ""
    return f" · {stage.trials[-1].number}{of} trials{best}"
