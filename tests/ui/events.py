"""A run from beginning to end, as events."""

from __future__ import annotations

import random
from collections.abc import Iterator

from advisor.domain.events import (
    Candidate,
    Compared,
    Finished,
    GatePassed,
    JobReported,
    Meter,
    Progress,
    RunEvent,
    Said,
    Scored,
    StageFinished,
    StageName,
    StageStarted,
    Started,
    TracesKept,
    Trial,
)

BEGAN = 1_795_000_000.0

SCORES: tuple[tuple[Candidate, float], ...] = (
    ("baseline", 0.61),
    ("optimized", 0.76),
    ("teacher", 0.84),
    ("tuned", 0.8),
)


class _Clock:
    def __init__(self) -> None:
        self.t = BEGAN

    def __call__(self, seconds: float) -> float:
        self.t += seconds
        return self.t


def _outcomes(share: float, n: int, seed: int) -> str:
    chance = random.Random(seed)
    return "".join("1" if chance.random() < share else ("x" if chance.random() < 0.05 else "0") for _ in range(n))


def _scored(clock: _Clock, name: Candidate, share: float, n: int, *, dev: bool) -> Scored:
    return Scored(
        t=clock(0.1), candidate=name, split="dev" if dev else "test", outcomes=_outcomes(share, n, len(name)),
        model="practice-large" if name == "teacher" else "practice-small", calls=n, tokens_in=n * 200,
        tokens_out=n * 22, dollars=0.0, seconds_per_call=0.012,
    )  # fmt: skip


def _optimizing(clock: _Clock, stage: StageName, calls: int) -> Iterator[RunEvent]:
    chance, best = random.Random(len(stage)), 0.0
    for number in range(1, 14):
        score = 0.55 + 0.016 * number + chance.random() * 0.06
        best = max(best, score)
        yield Trial(t=clock(4), stage=stage, number=number, total=13, score=score, best=best, rows=80)
        yield Progress(
            t=clock(1), stage=stage, what="rows of the trial", done=35, total=80, passed=27, failed=1,
            meter=Meter(calls=calls + 30 * number, cache_hits=7 * number, tokens_in=9000 * number,
                        tokens_out=700 * number),
        )  # fmt: skip


def whole_run() -> Iterator[RunEvent]:
    """Yield a distillation on the practice model that came to its end."""
    clock = _Clock()
    yield Started(
        t=clock(0), run="2026-11-22T10-31-07", route="distillation", practice=True, host="practice",
        endpoint="http://127.0.0.1:8765/v1", student="practice-small", teacher="practice-large",
        rows={"train": 638, "dev": 80, "test": 80},
        stages=("split", "baseline", "optimize", "teacher", "traces", "train", "compare"),
    )  # fmt: skip
    yield StageStarted(t=clock(0.2), stage="split", note="duplicates kept together")
    yield StageFinished(t=clock(0.3), stage="split", seconds=0.3)
    yield StageStarted(t=clock(0), stage="baseline")
    for done in range(0, 81, 8):
        meter = Meter(calls=done, tokens_in=done * 200, tokens_out=done * 22)
        yield Progress(t=clock(1), stage="baseline", what="dev rows", done=done, total=80, passed=done * 6 // 10,
                       meter=meter)  # fmt: skip
    yield _scored(clock, "baseline", 0.61, 80, dev=True)
    yield StageFinished(t=clock(0), stage="baseline", seconds=11)
    yield GatePassed(t=clock(0), gate="baseline_at_chance", outcome="go_on", reason="49 of 80, chance is 7")
    yield from _rest(clock)


def _rest(clock: _Clock) -> Iterator[RunEvent]:
    stage: StageName
    for stage, name, share in (("optimize", "optimized", 0.76), ("teacher", "teacher", 0.84)):
        yield StageStarted(t=clock(0), stage=stage)
        yield from _optimizing(clock, stage, 80 if stage == "optimize" else 500)
        yield _scored(clock, name, share, 80, dev=True)  # type: ignore[arg-type]
        yield StageFinished(t=clock(0), stage=stage, seconds=66)
    yield StageStarted(t=clock(0), stage="traces")
    yield TracesKept(t=clock(20), tried=638, kept=536, failed=2)
    yield StageFinished(t=clock(0), stage="traces", seconds=20)
    yield GatePassed(t=clock(0), gate="traces", outcome="warn", reason="536 kept; `refund` [x] has none")
    yield StageStarted(t=clock(0), stage="train")
    for step in range(1, 41):
        yield JobReported(t=clock(1), job_id="job-1", status="running", message=f"step {step}", step=step,
                          total_steps=40, train_loss=2.4 / step**0.5, valid_loss=2.5 / step**0.5)  # fmt: skip
    yield Said(t=clock(0), level="warning", text="\x1b[31mloud\x1b[0m [red]log[/red] line")
    yield _scored(clock, "tuned", 0.8, 80, dev=True)
    yield StageFinished(t=clock(0), stage="train", seconds=41)
    yield StageStarted(t=clock(0), stage="compare")
    for name, share in SCORES:
        yield _scored(clock, name, share, 80, dev=False)
    yield StageFinished(t=clock(0), stage="compare", seconds=9)
    yield Compared(t=clock(0), comparison={})
    yield Finished(t=clock(0), outcome="done")


def until(stage: StageName, part: float = 0.5) -> tuple[RunEvent, ...]:
    """Return the run's events up to the middle of a stage."""
    events = list(whole_run())
    inside = [index for index, event in enumerate(events) if _stage_of(event) == stage]
    return tuple(events[: inside[int(part * (len(inside) - 1))] + 1])


def _stage_of(event: RunEvent) -> str:
    return "train" if isinstance(event, JobReported) else str(getattr(event, "stage", ""))
