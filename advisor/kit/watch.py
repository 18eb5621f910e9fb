"""Watches every model call: what it took, and whether the next one may be made."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from dspy.clients.base_lm import GLOBAL_HISTORY
from dspy.utils.callback import BaseCallback

from advisor.kit.refusals import Failures
from advisor.kit.stops import Stop

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


class Watch(BaseCallback):
    """DSPy callback of a run. Thread-safe: calls end in worker threads."""

    def __init__(self, prices: dict[str, Price], budget: float | None, meter: Meter) -> None:
        self.prices = prices
        self.budget = budget
        self.meter = meter
        self._lock = threading.Condition(threading.RLock())
        self._failures = Failures()
        self._halted: Stop | None = None
        self._tally = Tally()
        self._begun: dict[str, float] = {}
        self._seen: dict[int, tuple[int, int]] = {}
        """Tokens of calls that were asked through LiteLLM: it forgets them of an answer that it keeps."""
        self._dearest = 0.0

    def tally(self) -> Tally:
        """Return a count of what the calls from now on take."""
        with self._lock:
            self._tally = Tally()
            return self._tally

    def spend(self, dollars: float) -> None:
        """Add what was paid for something else than a call."""
        with self._lock:
            self.meter.dollars += dollars

    def reaches_budget(self, reserve: float) -> bool:
        """Return whether what is spent and this much more reach the budget; if so the run is over."""
        with self._lock:
            if self.budget is None or self.meter.dollars + reserve < self.budget:
                return False
            self.halt(_over(self.budget, self.meter.dollars))
            return True

    def halt(self, stop: Stop) -> None:
        """Let every call from now on end the run."""
        with self._lock:
            self._halted = self._halted or stop

    def check(self) -> None:
        """Raise what halted the run, if anything has."""
        if self._halted:
            raise Stop(self._halted.outcome, self._halted.why, self._halted.try_this)

    def settle(self, seconds: float) -> None:
        """Wait for the calls in the air, so that they are in the meter: they are paid too."""
        with self._lock:
            self._lock.wait_for(lambda: not self._begun, seconds)

    def on_lm_start(self, call_id: str, instance: Any, inputs: dict[str, Any]) -> None:
        """Refuse the call when the run is over or the call might cross the budget."""
        with self._lock:
            self.check()
            reserve = (len(self._begun) + 1) * self._dearest
            spent = self.meter.dollars
            if self.budget is not None and (spent >= self.budget or spent + reserve > self.budget):
                self.halt(_over(self.budget, self.meter.dollars))
                self.check()
            self._begun[call_id] = time.monotonic()

    def on_lm_end(self, call_id: str, outputs: Any, exception: BaseException | None = None) -> None:
        """Count the call; give up when the host answers nothing any more."""
        with self._lock:
            begun = self._begun.pop(call_id, None)
            self._lock.notify_all()
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
        used = self._usage_of(entry)
        price = self.prices.get(entry["model"])
        dollars = None
        if price is not None and used.known:
            dollars = (used.tokens_in * price[0] + used.tokens_out * price[1]) / 1e6
        tally, meter = self._tally, self.meter
        tally.calls += 1
        tally.tokens_in += used.tokens_in
        tally.tokens_out += used.tokens_out
        tally.dollars = None if dollars is None or tally.dollars is None else tally.dollars + dollars
        if used.from_cache:
            tally.cache_hits += 1
            meter.cache_hits += 1
            return
        tally.seconds.append(seconds)
        meter.calls += 1
        meter.tokens_in += used.tokens_in
        meter.tokens_out += used.tokens_out
        meter.dollars += dollars or 0.0
        meter.unpriced_calls += dollars is None
        self._dearest = max(self._dearest, dollars or 0.0)

    def _usage_of(self, entry: dict[str, Any]) -> _Usage:
        used = _usage_of(entry)
        asked = hash(repr([entry["model"], entry["prompt"], entry["messages"]]))
        if used.known and not used.from_cache:
            self._seen[asked] = (used.tokens_in, used.tokens_out)
        elif used.from_cache and not used.known and asked in self._seen:
            return _Usage(*self._seen[asked], from_cache=True)
        return used


def _over(budget: float, spent: float) -> Stop:
    return Stop(
        "over_budget",
        f"What comes next could cross the budget of ${budget:,.2f}; ${spent:,.4f} are spent.",
        "Raise it with --budget and go on with --resume: what is paid is kept.",
    )


def _entry_of(outputs: Any) -> dict[str, Any] | None:
    """Find the history entry of a call by the identity of its outputs: the last entry may be another thread's."""
    newest = itertools.islice(reversed(GLOBAL_HISTORY), NEWEST)
    return next((entry for entry in newest if entry["outputs"] is outputs), None)


class _Usage(NamedTuple):
    tokens_in: int
    tokens_out: int
    known: bool = True
    """Some servers do not say how many tokens a call took."""
    from_cache: bool = False


def _usage_of(entry: dict[str, Any]) -> _Usage:
    """Return the tokens of a call; for an answer from the cache those it had cost.

    DSPy leaves the usage of a cached answer empty, but keeps the one in the response.
    """
    if usage := entry["usage"]:
        return _Usage(usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0)
    kept = getattr(entry["response"], "usage", None)
    tokens_in, tokens_out = getattr(kept, "input_tokens", None), getattr(kept, "output_tokens", None)
    if tokens_in is None or tokens_out is None:
        return _Usage(0, 0, known=False, from_cache=bool(getattr(entry["response"], "cache_hit", None)))
    return _Usage(tokens_in, tokens_out, from_cache=True)
