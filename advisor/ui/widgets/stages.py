"""The stages of a run."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Static

from advisor.domain.progress import RunView
from advisor.domain.stage_view import DevScore, StageView
from advisor.domain.wording import amount, duration
from advisor.ui.interval import Scale, drawn, scale_for
from advisor.ui.text import line, percent

MARKS = {"waiting": "○", "running": "▶", "done": "✓", "skipped": "–", "stopped": "■"}
STYLES = {"running": "bold $text-primary", "done": "$text-success", "stopped": "$text-error"}

NAME = 10
BAR = 24
NARROW = 74
"""Below this width intervals shrink."""

ROOMY = 90
"""Below this width progress bars shrink: their words matter more."""


class StageList(Static):
    """A line a stage: state, score with its interval, progress of the one in hand."""

    HELP = "✓ done  ▶ in hand  ○ waiting  – skipped  ■ stopped. Scores are on the development rows, 95% intervals."

    def __init__(self, expected: Mapping[str, float]) -> None:
        super().__init__(markup=False)
        self.expected = expected
        """Model calls forecast for each stage."""
        self._run = RunView()

    def show(self, view: RunView) -> None:
        """Show a run's stages."""
        self._run = view
        self.update(self._lines())

    def on_resize(self) -> None:
        """Draw bars to the new width."""
        self.update(self._lines())

    def _lines(self) -> Content:
        scored = [stage.dev for stage in self._run.stages if stage.dev]
        scale = scale_for((dev.low, dev.high) for dev in scored)
        width = BAR if self.size.width >= NARROW else BAR // 2
        lines: list[Content] = []
        for stage in self._run.stages:
            lines.append(_headline(stage, self._detail(stage, scale, width)))
            lines += [Content.styled(" " * (NAME + 2) + line(text), "$text-muted") for text in _beneath(stage) if text]
        if not lines:
            return Content.styled("No stage began." if self._run.over else "Starting.", "$text-muted")
        return Content("\n").join(lines)

    def _detail(self, stage: StageView, scale: Scale, width: int) -> str:
        if stage.state == "waiting":
            calls = self.expected.get(stage.name)
            return f"expects about {amount(calls)} calls" if calls else ""
        if stage.state == "running" and stage.dev is None:
            return _progress(stage, BAR if self.size.width >= ROOMY else BAR // 2)
        if stage.dev is not None:
            return _scored(stage.dev, scale, width)
        if stage.name == "split":
            return " / ".join(f"{self._run.rows.get(part, 0):,} {part}" for part in ("train", "dev", "test"))
        if stage.name == "traces" and self._run.traces is not None:
            return f"kept {self._run.traces.kept:,} of {self._run.traces.tried:,} answers"
        return line(stage.note)


def _headline(stage: StageView, detail: str) -> Content:
    head = f"{MARKS[stage.state]} {line(stage.name, NAME):<{NAME}}"
    took = f"  {duration(stage.seconds / 60)}" if stage.state == "done" and stage.seconds >= 1 else ""
    return Content.assemble((head, STYLES.get(stage.state, "$text-muted")), detail, (took, "$text-muted"))


def _progress(stage: StageView, width: int) -> str:
    share, count = stage.fraction, f"{stage.done:,} of {stage.total:,} {line(stage.what, 30)}".rstrip()
    if stage.step is not None and stage.total_steps:
        share = min(1.0, max(0, stage.step) / stage.total_steps)
        count = f"step {stage.step:,} of {stage.total_steps:,}"
    if share is None:
        return line(stage.note) or "began"
    filled = round(share * width)
    rate = f" · {percent(stage.pass_rate)} pass" if stage.pass_rate is not None else ""
    failed = f" · {stage.failed:,} failed" if stage.failed else ""
    return f"{'━' * filled}{'─' * (width - filled)} {share:4.0%}  {count}{rate}{failed}"


def _scored(dev: DevScore, scale: Scale, width: int) -> str:
    failed = f", {dev.failures:,} failed" if dev.failures else ""
    shown = drawn(dev.low, dev.score, dev.high, scale, width)
    return f"{percent(dev.score):>6} {shown}  {dev.correct:,} of {dev.n:,} rows{failed}"


def _beneath(stage: StageView) -> list[str]:
    """Return the further lines of the stage in hand."""
    if stage.state != "running":
        return []
    trial = ""
    if stage.trials:
        of = f" of {stage.trials_expected}" if stage.trials_expected else ""
        best = f", best so far {percent(stage.best)}" if stage.best is not None else ""
        trial = f"trial {stage.trials[-1].number}{of}{best}"
    return [trial]
