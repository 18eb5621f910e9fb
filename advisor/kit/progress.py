"""Follows evaluations: how far one has come, and what a trial of an optimizer scored."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from dspy.utils.callback import ACTIVE_CALL_ID, BaseCallback

from advisor.domain import calls
from advisor.kit.journal import Journal
from advisor.kit.watch import Meter

PAUSE_SECONDS = 0.2


@dataclass
class _Evaluation:
    total: int
    what: str
    trial: bool
    full: bool
    done: int = 0
    failed: int = 0


class Progress(BaseCallback):
    """DSPy callback that journals progress and trials. Thread-safe: rows end in worker threads."""

    def __init__(self, journal: Journal, meter: Meter) -> None:
        self.journal = journal
        self.meter = meter
        self.stage = "split"
        self.step_error: BaseException | None = None
        """What the last optimizer to fail had raised: BetterTogether only logs it."""
        self._trial, self._best = 0, 0.0
        self._trials: int | None = None
        """Trials the optimizer in hand will make, where that is known."""
        self._what = "rows"
        self._passed: int | None = None
        self._lock = threading.RLock()
        self._evaluations: dict[str, _Evaluation] = {}
        self._rows: dict[str, _Evaluation] = {}
        self._told = 0.0

    def begin(self, stage: str) -> None:
        """Count anew for another stage."""
        self.stage, self.step_error = stage, None
        self._trial, self._trials, self._best = 0, None, 0.0

    @contextmanager
    def counting(self, what: str) -> Iterator[None]:
        """Say what the rows are that are counted inside."""
        self._what, self._passed = what, 0
        try:
            yield
        finally:
            self._what, self._passed = "rows", None

    def counted(self, metric: Callable[..., bool]) -> Callable[..., bool]:
        """Return a metric that also counts the rows that pass it."""

        def counting(example: Any, prediction: Any, trace: Any = None) -> bool:
            passed: bool = metric(example, prediction)
            with self._lock:
                if self._passed is not None:
                    self._passed += passed
            return passed

        return counting

    def step(self, what: str, done: int, total: int) -> None:
        """Say how far an optimizer has come with something that is no evaluation."""
        with self._lock:
            self._report(_Evaluation(total, what, trial=True, full=False, done=done))

    def on_compile_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """An optimizer began. BetterTogether runs several, so the number of its trials is not known."""
        rows = inputs.get("valset")
        effort = getattr(instance, "auto", None)
        if rows and effort and self.stage != "together":
            self._trials = calls.evaluations(f"mipro_{effort}", len(rows)) if _is_mipro(instance) else None

    def on_compile_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Keep the first error of a stage."""
        self.step_error = self.step_error or exception

    def on_evaluate_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """An evaluation began: the run's own, or a trial, which optimizers mark with a key."""
        key = (inputs.get("callback_metadata") or {}).get("metric_key")
        rows = inputs.get("devset") or instance.devset
        with self._lock:
            what = self._what if key is None else f"trial {self._trial + 1}"
            self._evaluations[call_id] = _Evaluation(len(rows), what, key is not None, key == "eval_full")

    def on_evaluate_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Report how the evaluation ended, and what a trial scored."""
        with self._lock:
            evaluation = self._evaluations.pop(call_id, None)
            if evaluation is None:
                return
            self._report(evaluation)
            if not evaluation.trial or outputs is None:
                return
            self._trial += 1
            score = float(outputs.score) / 100
            self._best = max(self._best, score) if evaluation.full else self._best
            self.journal.append(
                "trial",
                stage=self.stage,
                number=self._trial,
                total=self._trials,
                score=score,
                best=self._best,
                rows=evaluation.total,
                full=evaluation.full,
            )

    def on_module_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Note a program that an evaluation runs on one row."""
        with self._lock:
            evaluation = self._evaluations.get(ACTIVE_CALL_ID.get() or "")
            if evaluation is not None:
                self._rows[call_id] = evaluation

    def on_module_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Report progress, at most five times a second."""
        with self._lock:
            evaluation = self._rows.pop(call_id, None)
            if evaluation is None:
                return
            evaluation.done += 1
            evaluation.failed += exception is not None
            now = time.monotonic()
            if now - self._told >= PAUSE_SECONDS:
                self._told = now
                self._report(evaluation)

    def _report(self, evaluation: _Evaluation) -> None:
        self.journal.append(
            "progress",
            stage=self.stage,
            what=evaluation.what,
            done=evaluation.done,
            total=evaluation.total,
            passed=None if evaluation.trial else self._passed,
            failed=evaluation.failed,
            meter=asdict(self.meter),
        )


def _is_mipro(optimizer: Any) -> bool:
    return type(optimizer).__name__ == "MIPROv2"
