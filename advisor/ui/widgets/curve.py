"""A live curve with its figures in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from advisor.domain.progress import RunView
from advisor.domain.stage_view import LossPoint, StageView, TrialPoint
from advisor.domain.statistics import percent, span
from advisor.ui.plot import Point, score_curve, value_curve
from advisor.ui.text import line

HEIGHT = 6
"""Lines of the drawing, its axis included; the style sheet makes room for them and the caption."""

Drawn = Callable[[int, int], list[Content]]
"""Draws a curve into a width and a height."""

KEY = "● all rows, ○ a part of them; ┬ to ┴ is the 95% interval, ╌ the best of all rows so far"


class Curve(Static):
    """A drawing over what it shows in words; it takes no room before there is a curve."""

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(markup=False, id=id)
        self.border_title = title
        self.display = False
        self._drawn: Drawn | None = None
        self._caption = ""

    def show(self, drawn: Drawn | None, caption: str = "") -> None:
        """Show a curve; None takes no room."""
        self._drawn, self._caption = drawn, caption
        self.display = drawn is not None
        self._draw()

    def on_resize(self) -> None:
        """Draw to the new width."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width
        if self._drawn is not None and width:
            caption = Content.styled(line(self._caption, width), "$foreground-muted")
            self.update(Content("\n").join([*self._drawn(width, HEIGHT), caption]), layout=False)


class Curves(Horizontal):
    """The scores and the losses of a stage."""

    def compose(self) -> ComposeResult:
        """One curve beside the other."""
        yield Curve("scores", id="trials")
        yield Curve("loss", id="loss")

    def follow(self, view: RunView, chosen: StageView | None) -> None:
        """Draw the curves of a stage, or of the newest one that has any."""
        stages = [*([chosen] if chosen else []), *reversed(view.stages)]
        tried = next((stage for stage in stages if stage.trials), None)
        trained = next((stage for stage in stages if len(stage.train_loss) > 1), None)
        scores, losses = self.query_one("#trials", Curve), self.query_one("#loss", Curve)
        scores.show(trials_drawn(tried) if tried else None, trials_told(tried) if tried else "")
        losses.show(losses_drawn(trained) if trained else None, losses_told(trained) if trained else "")


def trials_drawn(stage: StageView) -> Drawn | None:
    """Return how the trials of a stage are drawn, None before the first."""
    points = [_trial(trial) for trial in stage.trials]
    return (lambda width, height: score_curve(points, width, height)) if points else None


def trials_told(stage: StageView) -> str:
    """Say what the trials of a stage came to."""
    last, scores = stage.trials[-1], [trial.score for trial in stage.trials]
    of = f" of {stage.trials_expected}" if stage.trials_expected else ""
    best = f"best full score {percent(last.best)}, " if last.best else ""
    return f"{stage.name}: {best}trial {last.number}{of}, {span(min(scores), max(scores))}"


def losses_drawn(stage: StageView) -> Drawn | None:
    """Return how the losses of a stage are drawn, None before there are two."""
    if len(stage.train_loss) < 2:
        return None
    curves = [_losses(stage.train_loss, "•")] + ([_losses(stage.valid_loss, "○")] if stage.valid_loss else [])
    return lambda width, height: value_curve(curves, width, height)


def losses_told(stage: StageView) -> str:
    """Say where the losses stand."""
    first, last = stage.train_loss[0], stage.train_loss[-1]
    valid = f", ○ held out {stage.valid_loss[-1].loss:.3f}" if stage.valid_loss else ""
    return f"{stage.name}: • {last.loss:.3f} from {first.loss:.3f}{valid}, step {last.step}"


@lru_cache(maxsize=4096)
def _trial(trial: TrialPoint) -> Point:
    low, high = trial.interval
    return Point(trial.number, trial.score, low, high, trial.best or None, "●" if trial.full else "○")


def _losses(points: tuple[LossPoint, ...], mark: str) -> list[Point]:
    return [Point(point.step, point.loss, point.loss, point.loss, None, mark) for point in points]
