"""Faults on request: what a hosted model does on a bad day, to rehearse what a program does then."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from advisor.practice.wire import ApiError, JsonObject

KINDS = ("429", "500", "401", "slow", "drop", "garbage", "job_failed")
LONGEST_WAIT = 600.0

_MESSAGES = {
    "429": "Rate limit reached for requests",
    "500": "The server had an error while processing your request",
    "401": "Incorrect API key provided",
    "job_failed": "The job failed due to an unsafe training file.",
}
_CODES = {
    "429": ("rate_limit_exceeded", "requests"),
    "500": (None, "server_error"),
    "401": ("invalid_api_key", "invalid_request_error"),
}


@dataclass
class Fault:
    """One armed fault."""

    kind: str
    path: re.Pattern[str]
    """Requests whose path it matches somewhere are hit."""
    times: int
    after: int
    """Matching requests let through first."""
    seconds: float
    """How long `slow` waits, and what `Retry-After` says."""
    message: str

    def refusal(self) -> ApiError:
        """Return the HTTP error that this fault stands for."""
        code, kind = _CODES[self.kind]
        headers = {"Retry-After": f"{self.seconds:g}"} if self.kind == "429" else {}
        return ApiError(int(self.kind), self.message, code=code, kind=kind, headers=headers)

    def public(self) -> JsonObject:
        """Return the fault as `/practice/faults` tells it."""
        return {"kind": self.kind, "path": self.path.pattern, "times": self.times, "after": self.after}


class Faults:
    """Armed faults, consumed in the order they were armed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[Fault] = []
        self.fired: Counter[str] = Counter()

    def arm(self, wanted: object) -> None:
        """Arm the list of faults `wanted`; a 400 if one of them is not understood."""
        if not isinstance(wanted, list):
            raise ApiError(400, "Send a list of faults.")
        faults = [_read(fault) for fault in wanted]
        with self._lock:
            self._armed += faults

    def clear(self) -> None:
        """Disarm all faults."""
        with self._lock:
            self._armed.clear()

    def armed(self) -> list[JsonObject]:
        """Return the faults still to come."""
        with self._lock:
            return [fault.public() for fault in self._armed]

    def next_for(self, path: str) -> Fault | None:
        """Return the fault that hits a request for `path`, using it up, or None."""
        return self._take(lambda fault: fault.kind != "job_failed" and bool(fault.path.search(path)))

    def next_job_failure(self) -> str | None:
        """Return why the job about to run fails, using the fault up, or None."""
        fault = self._take(lambda fault: fault.kind == "job_failed")
        return fault.message if fault else None

    def _take(self, hits: Callable[[Fault], bool]) -> Fault | None:
        with self._lock:
            fault = next(filter(hits, self._armed), None)
            if fault is None:
                return None
            if fault.after > 0:
                fault.after -= 1
                return None
            fault.times -= 1
            if fault.times <= 0:
                self._armed.remove(fault)
            self.fired[fault.kind] += 1
            return fault


def _read(wanted: object) -> Fault:
    kind = str(wanted.get("kind")) if isinstance(wanted, dict) else ""
    if not isinstance(wanted, dict) or kind not in KINDS:
        raise ApiError(400, f"A fault is an object whose 'kind' is one of {', '.join(KINDS)}.", param="kind")
    default_path = "/chat/completions" if kind == "garbage" else ""
    try:
        return Fault(
            kind,
            re.compile(str(wanted.get("path") or default_path)),
            int(wanted.get("times", 1)),
            int(wanted.get("after", 0)),
            min(float(wanted.get("seconds", 1)), LONGEST_WAIT),
            str(wanted.get("message") or _MESSAGES.get(kind, "")),
        )
    except (TypeError, ValueError, OverflowError, re.error) as reason:
        raise ApiError(400, f"This fault cannot be armed: {reason}.") from None
