"""What a run looks like right now: a fold over its events, cheap enough for every one of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from advisor.domain import statistics
from advisor.domain.cleaning import clean
from advisor.domain.events import (
    Candidate,
    Compared,
    Finished,
    GatePassed,
    JobReported,
    Meter,
    Progress,
    Reviewed,
    RunEvent,
    Said,
    Scored,
    StageFinished,
    StageSkipped,
    StageStarted,
    Started,
    TracesKept,
    Trial,
    Uploaded,
)
from advisor.domain.reviewed import in_words
from advisor.domain.run_log import Level, LogLine
from advisor.domain.stage_view import (
    DevScore,
    HostEvent,
    StageView,
    TrialPoint,
    asked,
    changed,
    curve,
    gained,
    grown,
    losses,
    sound,
)
from advisor.domain.standing import RunStanding
from advisor.domain.statistics import percent, span

GATES_KEPT = 100
NOTHING: Mapping[str, Any] = {}

STAGE_OF: dict[Candidate, str] = {
    "baseline": "baseline",
    "optimized": "optimize",
    "teacher": "teacher",
    "tuned": "train",
    "gold": "gold",
    "together": "together",
}
"""The stage that makes a candidate and scores it on dev."""


class RunView(RunStanding):
    """A run at one moment, ready for its next event."""

    def after(self, event: RunEvent) -> RunView:
        """Return the view with one more event taken in."""
        if isinstance(event, Started):
            return _started(self, event)
        return _FOLDS[type(event)](self._heard(event.t), event)

    def _heard(self, t: float) -> RunView:
        """Note the time of an event; a clock that jumps back or says nothing changes nothing."""
        if not math.isfinite(t) or t <= (self.last_sign_of_life or 0.0):
            return self
        if self.stage_began is None or self.current is None:
            return self._with(last_sign_of_life=t)
        return self._stage(self.current, {"last_sign_of_life": t}, seconds=t - self.stage_began)

    def _metered(self, stage: str, reading: Meter, **changes: Any) -> RunView:
        """Add what was spent since the last reading to the run and to the stage, and change the stage."""
        resumed_at = self.meter_at_resume
        before = self.meter_before
        if resumed_at is not None and asked(reading) < asked(resumed_at):
            before = resumed_at
        total = grown(self.meter, before, reading)
        line = self.stage(stage)
        spent = gained(line.spent if line else Meter(), self.meter, total)
        metered = {"meter": total, "meter_before": before, "meter_at_resume": None}
        return self._stage(stage, metered, spent=spent, metered=True, **changes)

    def _with(self, **changes: Any) -> RunView:
        return changed(self, changes)

    def _stage(self, name: str, others: Mapping[str, Any] = NOTHING, **changes: Any) -> RunView:
        """Change a stage, and other fields of the view with it."""
        stages = list(self.stages)
        for index, stage in enumerate(stages):
            if stage.name == name:
                stages[index] = changed(stage, changes)
                break
        else:
            stages.append(changed(StageView(name=name), changes))
        return changed(self, {**others, "stages": tuple(stages)})

    def _begin(self, name: str) -> RunView:
        """Make a stage the one in hand; its clock goes on where an earlier leg of the run left it."""
        stage, now = self.stage(name), self.last_sign_of_life
        began = None if now is None else now - (stage.seconds if stage else 0.0)
        return self._stage(name, state="running")._with(current=name, stage_began=began)

    def _log(self, text: str, level: Level = "info", stage: str | None = None) -> RunView:
        line = LogLine(self.last_sign_of_life or 0.0, level, clean(text), stage or self.current or "")
        return self._with(log=self.log.after(line))


def _started(before: RunView, event: Started) -> RunView:
    if event.resumed:
        view = changed(before, {"current": None, "stage_began": None})._heard(event.t)
        kept = {stage.name: stage for stage in view.stages}
    else:
        view = RunView(last_sign_of_life=before.last_sign_of_life, log=before.log)._heard(event.t)
        kept = {}
    names = dict.fromkeys((*event.stages, *kept))
    stages = (kept.get(name, StageView(name=name)) for name in names)
    began = view._with(
        **event.model_dump(include=_HEAD),
        state="running",
        stages=tuple(stage if stage.state == "done" else _waiting(stage) for stage in stages),
        compared=False,
        why="",
        try_this="",
        exit_code=None,
        seconds_before=before.elapsed() if event.resumed else 0.0,
        began=view.last_sign_of_life,
        meter_at_resume=view.meter if event.resumed else None,
    )
    return began._log("run resumed" if event.resumed else "run started")


_HEAD = {"run", "route", "practice", "host", "endpoint", "student", "teacher", "rows", "versions"}


def _waiting(stage: StageView) -> StageView:
    return changed(stage, {"state": "waiting", "done": 0, "total": 0, "passed": None, "failed": 0})


def _stage_started(view: RunView, event: StageStarted) -> RunView:
    note = clean(event.note)
    view = view._begin(event.stage)._stage(event.stage, note=note)
    return view._log(f"{event.stage}: {note}" if note else f"{event.stage} began")


def _stage_skipped(view: RunView, event: StageSkipped) -> RunView:
    before, reason = view.stage(event.stage), clean(event.reason)
    if before is not None and before.state == "done":
        return view._with(compared=view.compared or event.stage == "compare")._log(f"{event.stage}: {reason}")
    return view._stage(event.stage, state="skipped", note=reason)._log(f"{event.stage} skipped: {reason}")


def _stage_finished(view: RunView, event: StageFinished) -> RunView:
    line = view.stage(event.stage)
    seconds = max(line.seconds if line else 0.0, sound(event.seconds))
    view = view._stage(event.stage, state="done", seconds=seconds)
    if view.current == event.stage:
        view = view._with(current=None, stage_began=None)
    return view._log(f"{event.stage} done in {seconds:.0f} s", stage=event.stage)


def _progressed(view: RunView, event: Progress) -> RunView:
    stage = view.stage(event.stage)
    if stage is None or stage.state == "waiting":
        view = view._begin(event.stage)
    return view._metered(event.stage, event.meter)._stage(
        event.stage,
        what=clean(event.what),
        done=event.done,
        total=event.total,
        passed=event.passed,
        failed=event.failed,
    )


def _tried(view: RunView, event: Trial) -> RunView:
    point = TrialPoint(event.number, event.score, event.best, event.rows, event.full)
    stage = view.stage(event.stage) or StageView(name=event.stage)
    view = view._stage(event.stage, trials=curve(stage.trials, point), trials_expected=event.total, best=event.best)
    of = f" of {event.total}" if event.total else ""
    best = f", best full score {percent(event.best)}" if event.best else ""
    return view._log(f"trial {event.number}{of}: {percent(event.score)} of {event.rows} rows{best}")


def _scored(view: RunView, event: Scored) -> RunView:
    if event.split != "dev":
        return view
    n, correct = len(event.outcomes), event.outcomes.count("1")
    low, high = statistics.wilson(correct, n)
    dev = DevScore(
        candidate=event.candidate, correct=correct, n=n, failures=event.outcomes.count("x"),
        score=correct / n if n else 0.0, low=low, high=high,
    )  # fmt: skip
    view = view._stage(STAGE_OF[event.candidate], dev=dev)
    return view._log(f"{event.candidate}: {correct} of {n} development rows, {span(low, high)}")


def _kept(view: RunView, event: TracesKept) -> RunView:
    return view._with(traces=event)._log(f"kept {event.kept} of {event.tried} answers")


def _uploaded(view: RunView, event: Uploaded) -> RunView:
    told = f"{event.rows} rows uploaded to {event.host} as {event.file_id}"
    return view._with(uploads=(*view.uploads[-GATES_KEPT:], event))._log(told)


def _job_reported(view: RunView, event: JobReported) -> RunView:
    heard = HostEvent(t=event.t, job_id=event.job_id, status=event.status, message=clean(event.message))
    name = STAGE_OF[event.candidate]
    stage = view.stage(name) or StageView(name=name)
    curves = {
        "train_loss": losses(stage.train_loss, event.step, event.train_loss),
        "valid_loss": losses(stage.valid_loss, event.step, event.valid_loss),
    }
    steps = {} if event.step is None else {"step": event.step, "total_steps": event.total_steps}
    view = view._stage(name, {"last_host_event": heard}, **curves, **steps)
    if event.meter is not None:
        view = view._metered(name, event.meter)
    return view._log(f"{event.status}: {event.message}")


def _gated(view: RunView, event: GatePassed) -> RunView:
    level: Level = "info" if event.outcome == "go_on" else "warning"
    return view._with(gates=(*view.gates[-GATES_KEPT:], event))._log(event.reason, level)


def _said(view: RunView, event: Said) -> RunView:
    return view._log(event.text, event.level)


def _compared(view: RunView, event: Compared) -> RunView:
    return view._with(compared=True)


def _reviewed(view: RunView, event: Reviewed) -> RunView:
    return view._log(in_words(event.model_dump(), clean(event.model, 60)))


def _finished(view: RunView, event: Finished) -> RunView:
    ended = "done" if event.outcome == "done" else "stopped"
    stages = tuple(changed(stage, {"state": ended}) if stage.state == "running" else stage for stage in view.stages)
    view = view._with(
        state=event.outcome, stages=stages, stage_began=None,
        why=event.why, try_this=event.try_this, exit_code=event.exit_code,
    )  # fmt: skip
    text = f"{event.outcome.replace('_', ' ')}. {event.why}".strip()
    return view._log(text, "info" if event.outcome == "done" else "warning")


_FOLDS: dict[type, Callable[[RunView, Any], RunView]] = {
    Started: _started,
    StageStarted: _stage_started,
    StageSkipped: _stage_skipped,
    StageFinished: _stage_finished,
    Progress: _progressed,
    Trial: _tried,
    Scored: _scored,
    TracesKept: _kept,
    Uploaded: _uploaded,
    JobReported: _job_reported,
    GatePassed: _gated,
    Said: _said,
    Compared: _compared,
    Reviewed: _reviewed,
    Finished: _finished,
}
