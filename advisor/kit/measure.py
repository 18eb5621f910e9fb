"""Score a program on rows: right, wrong, or no usable answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import dspy

from advisor.kit.progress import Progress
from advisor.kit.watch import Watch


class Measured(NamedTuple):
    """A program's answers to some rows."""

    outcomes: str
    """One character a row, in order: 1 right, 0 wrong, x no usable answer."""
    answers: list[dict[str, Any]]
    usage: dict[str, Any]

    @property
    def score(self) -> float:
        """Return the share of right answers; a row without a usable one is not right."""
        return self.outcomes.count("1") / len(self.outcomes)


def measure(
    program: Any, rows: list[Any], score: Callable[..., bool], watch: Watch, progress: Progress, threads: int
) -> Measured:
    """Let the program answer every row once and score the answers."""
    # A row that raises would otherwise end the evaluation after ten of its kind.
    evaluate = dspy.Evaluate(devset=rows, metric=progress.counted(score), num_threads=threads, max_errors=len(rows) + 1)
    tally = watch.tally()
    results = evaluate(program).results
    watch.check()
    # DSPy scores a row that raised 0, like a wrong answer; only its prediction is empty.
    outcomes = "".join("x" if not answer.keys() else "1" if passed else "0" for _, answer, passed in results)
    return Measured(outcomes, [answer.toDict() for _, answer, _ in results], tally.as_fields())
