"""Watches every model call: what it cost, how far an evaluation has come, and when to stop."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import dspy
from dspy.clients.base_lm import GLOBAL_HISTORY
from dspy.utils.callback import ACTIVE_CALL_ID, BaseCallback

from advisor.kit.journal import Journal
from advisor.kit.refusals import Failures
from advisor.kit.stops import Stop

PROGRESS_SECONDS = 0.2
NEWEST = 256
"""Entries of DSPy's history searched for a call that has just ended; more than there are threads."""

Price = tuple[float, float]
"""Dollars per million input and output tokens."""


@dataclass
class Meter:
    """What was spent since the run began."""

    calls: int = 0
    cache_hits: int = 0
    failed_calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float = 0.0
    unpriced_calls: int = 0


@dataclass
class Tally:
    """What one evaluation took, answers from the cache counted as if they had been asked."""

    calls: int = 0
    cache_hits: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float | None = 0.0
    seconds: list[float] = field(default_factory=list)

    def as_fields(self) -> dict[str, Any]:
        """Return the fields of a `scored` event."""
        fields = asdict(self)
        seconds = fields.pop("seconds")
        return {**fields, "seconds_per_call": statistics.median(seconds) if seconds else None}


@dataclass
class _Evaluation:
    total: int
    what: str
    trial: bool
    full: bool
    done: int = 0
    failed: int = 0


class Watch(BaseCallback):  # type: ignore[misc]
    """DSPy callback of a run. Thread-safe: calls end in worker threads."""

    def __init__(self, journal: Journal, prices: dict[str, Price], budget: float | None, meter: Meter) -> None:
        self.journal = journal
        self.prices = prices
        self.budget = budget
        self.meter = meter
        self.stage = "split"
        self.counting = "rows"
        self.passed: int | None = None
        self.trials: int | None = None
        """Trials the optimizer in hand will make, when that is known."""
        self.step_error: BaseException | None = None
        """What the last optimizer that failed had raised."""
        self._trial, self._best = 0, 0.0
        self._lock = threading.RLock()
        self._failures = Failures()
        self._halted: Stop | None = None
        self._tally = Tally()
        self._begun: dict[str, float] = {}
        self._dearest = 0.0
        self._evaluations: dict[str, _Evaluation] = {}
        self._rows: dict[str, _Evaluation] = {}
        self._told = 0.0

    # -- the run's side

    def begin(self, stage: str) -> None:
        """Count trials and progress for another stage."""
        self.stage, self.trials, self._trial, self._best = stage, None, 0, 0.0

    @contextmanager
    def tally(self, what: str) -> Iterator[Tally]:
        """Count what the calls made inside take; `what` is what is being counted."""
        with self._lock:
            self._tally, self.counting, self.passed = Tally(), what, 0
        try:
            yield self._tally
        finally:
            self.counting, self.passed = "rows", None

    def row_passed(self, passed: bool) -> None:
        """Count a right answer for the progress line."""
        with self._lock:
            if self.passed is not None:
                self.passed += passed

    def spend(self, dollars: float) -> None:
        """Add what was paid for something else than a call."""
        with self._lock:
            self.meter.dollars += dollars

    def halt(self, stop: Stop) -> None:
        """Let every call from now on end the run."""
        with self._lock:
            self._halted = self._halted or stop

    def check(self) -> None:
        """Raise what halted the run, if anything has."""
        if self._halted:
            raise Stop(self._halted.outcome, self._halted.why, self._halted.try_this)

    # -- calls

    def on_lm_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Refuse the call when the run is over or the call might cross the budget."""
        with self._lock:
            self.check()
            reserve = (len(self._begun) + 1) * self._dearest
            if self.budget is not None and self.meter.dollars + reserve > self.budget:
                self.halt(_over(self.budget, self.meter.dollars))
                self.check()
            self._begun[call_id] = time.monotonic()

    def on_lm_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Count the call; give up when the host answers nothing any more."""
        with self._lock:
            begun = self._begun.pop(call_id, None)
            if begun is None:
                return
            if exception is not None:
                self.meter.failed_calls += 1
                if stop := self._failures.after(exception):
                    self.halt(stop)
                    self.check()
                return
            self._failures.clear()
            entry = _entry_of(outputs)
            if entry is not None:
                self._count(entry, time.monotonic() - begun)

    def _count(self, entry: dict[str, Any], seconds: float) -> None:
        tokens_in, tokens_out = _tokens(entry)
        price = self.prices.get(entry["model"])
        dollars = None if price is None else (tokens_in * price[0] + tokens_out * price[1]) / 1e6
        tally, meter = self._tally, self.meter
        tally.calls += 1
        tally.tokens_in += tokens_in
        tally.tokens_out += tokens_out
        tally.dollars = None if dollars is None or tally.dollars is None else tally.dollars + dollars
        # DSPy leaves the usage of an answer from the cache empty.
        if not entry["usage"]:
            tally.cache_hits += 1
            meter.cache_hits += 1
            return
        tally.seconds.append(seconds)
        meter.calls += 1
        meter.tokens_in += tokens_in
        meter.tokens_out += tokens_out
        meter.dollars += dollars or 0.0
        meter.unpriced_calls += dollars is None
        self._dearest = max(self._dearest, dollars or 0.0)

    # -- evaluations and trials

    def on_compile_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Nothing to count; named so that a failed step is seen below."""

    def on_compile_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Keep what a step raised: BetterTogether only logs it."""
        if exception is not None and self.step_error is None:
            self.step_error = exception

    def on_evaluate_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """An evaluation began: ours, or a trial of an optimizer."""
        metadata = inputs.get("callback_metadata") or {}
        key = metadata.get("metric_key")
        rows = inputs.get("devset") or instance.devset
        what = self.counting if key is None else f"trial {self._trial + 1}"
        with self._lock:
            self._evaluations[call_id] = _Evaluation(len(rows), what, key is not None, key == "eval_full")

    def on_evaluate_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Report a trial's score."""
        with self._lock:
            evaluation = self._evaluations.pop(call_id, None)
            if evaluation is None or not evaluation.trial or outputs is None:
                return
            self._trial += 1
            score = float(outputs.score) / 100
            self._best = max(self._best, score) if evaluation.full else self._best
            self.journal.append(
                "trial", stage=self.stage, number=self._trial, total=self.trials, score=score, best=self._best,
                rows=evaluation.total, full=evaluation.full,
            )  # fmt: skip

    def on_module_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Note a program that an evaluation runs on one row."""
        with self._lock:
            evaluation = self._evaluations.get(ACTIVE_CALL_ID.get() or "")
            if evaluation is not None:
                self._rows[call_id] = evaluation

    def on_module_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Report progress, at most five times a second and at the last row."""
        with self._lock:
            evaluation = self._rows.pop(call_id, None)
            if evaluation is None:
                return
            evaluation.done += 1
            evaluation.failed += exception is not None
            now = time.monotonic()
            if evaluation.done < evaluation.total and now - self._told < PROGRESS_SECONDS:
                return
            self._told = now
            self.journal.append(
                "progress", stage=self.stage, what=evaluation.what, done=evaluation.done, total=evaluation.total,
                passed=None if evaluation.trial else self.passed, failed=evaluation.failed, meter=asdict(self.meter),
            )  # fmt: skip


def _over(budget: float, spent: float) -> Stop:
    return Stop(
        "over_budget",
        f"The next call could cross the budget of ${budget:,.2f}; ${spent:,.4f} are spent.",
        "Raise it with --budget and go on with --resume: what is paid is kept.",
    )


def _entry_of(outputs: Any) -> dict[str, Any] | None:
    """Find the history entry of a call by the identity of its outputs: the last entry may be another thread's."""
    newest = itertools.islice(reversed(GLOBAL_HISTORY), NEWEST)
    return next((entry for entry in newest if entry["outputs"] is outputs), None)


def _tokens(entry: dict[str, Any]) -> tuple[int, int]:
    """Return the tokens of a call; for one from the cache those of the answer that was kept."""
    usage = entry["usage"]
    if usage:
        return usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0
    kept = getattr(entry["response"], "usage", None)
    return getattr(kept, "input_tokens", None) or 0, getattr(kept, "output_tokens", None) or 0


def configure(watch: Watch, lm: Any, threads: int) -> None:
    """Set DSPy up for a run.

    Without `max_history_size=0` every copy of a program copies the whole history of its model.
    """
    dspy.configure(
        lm=lm, callbacks=[watch], num_threads=threads, max_history_size=0, adapter=dspy.ChatAdapter(),
    )  # fmt: skip
