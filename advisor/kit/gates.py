"""Checks between stages: is the next one worth paying for?

The numbers are in `plan.json` under `gates`.
"""

from __future__ import annotations

from advisor.domain import statistics
from advisor.domain.statistics import percent, span
from advisor.kit.hosts.host import FEWEST_ROWS
from advisor.kit.run import Run
from advisor.kit.stops import GateClosed
from advisor.kit.traces import Kept


def above_chance(run: Run) -> None:
    """Warn when the plain program is no better than always giving the most frequent label.

    Better prompts are the remedy, so they are tried before `worth_training` may stop the run.
    """
    right, n, failed = run.last_score("baseline")
    chance = run.plan.gates.chance_score
    if right / n > chance:
        _pass(
            run,
            "baseline_at_chance",
            f"{percent(right / n)} is above the most frequent label's share of {percent(chance)}.",
        )
        return
    reason = f"The plain program is right on {percent(right / n)} of dev; "
    reason += f"the most frequent label alone makes {percent(chance)}."
    _warn(run, "baseline_at_chance", reason + _likely_cause(failed, n))


def worth_training(run: Run) -> None:
    """Stop when neither prompt can be better than always giving the most frequent label.

    The 95% interval counts, from both ends: on few rows a score on either side of chance may be luck.
    """
    right, n, failed = max(run.last_score(candidate) for candidate in ("baseline", "optimized"))
    chance, likely = run.plan.gates.chance_score, statistics.wilson(right, n)
    figures = f"the best prompt is right on {percent(right / n)} of dev ({span(likely.low, likely.high)})"
    figures += f"; the most frequent label alone makes {percent(chance)}"
    if likely.high <= chance:
        _stop(run, "baseline_at_chance", f"Not worth training: {figures}.{_likely_cause(failed, n)}")
    elif likely.low <= chance:
        _warn(run, "baseline_at_chance", f"It may be no better than chance, the rows are too few: {figures}.")
    else:
        _pass(run, "baseline_at_chance", f"Above chance: {figures}.")


def _likely_cause(failed: int, n: int) -> str:
    if failed > n / 2:
        return f" {failed} of {n} rows got no usable answer: the format fails, not the task."
    return " Look at the task description and the labels before paying for more."


def target_not_reached(run: Run) -> None:
    """Stop when prompts alone reach the target for sure: the lower end of the 95% interval counts.

    The optimizer chose its prompt by these very rows, so its score there is a little too good.
    """
    target = run.plan.gates.target_score
    if target is None:
        return
    right, n, _ = run.last_score("optimized")
    low = statistics.wilson(right, n).low
    figures = f"{percent(right / n)} on dev, at least {percent(low)}, target {percent(target)}"
    if low >= target:
        _stop(run, "target_reached", f"Optimized prompts reach the target: {figures}. Training is not needed.")
    elif right / n >= target:
        _warn(run, "target_reached", f"Optimized prompts may have reached the target, the rows are too few: {figures}.")
    else:
        _pass(run, "target_reached", f"Optimized prompts are below the target: {figures}.")


def enough_traces(run: Run, kept: Kept) -> None:
    """Stop when too few right answers are left to train on."""
    gates = run.plan.gates
    figures = f"{len(kept.rows)} right answers to train on, from {kept.tried} rows"
    least = FEWEST_ROWS if run.limited else max(gates.min_traces, FEWEST_ROWS)
    if len(kept.rows) < least:
        _stop(run, "traces", f"Only {figures}; {least} are needed. A stronger model as teacher would give more.")
    if kept.classes_missing:
        missing = len(kept.classes_missing)
        _warn(run, "traces", f"{figures}; {missing} labels have none and will be forgotten.")
    elif len(kept.rows) < gates.warn_traces:
        _warn(run, "traces", f"{figures}; below {gates.warn_traces} a gain is uncertain.")
    else:
        _pass(run, "traces", f"{figures}.")


def better_than_prompts(run: Run, candidate: str = "tuned") -> None:
    """Say whether training did better on dev than prompts did; the test rows decide in the end."""
    prompts, n, _ = run.last_score("optimized")
    trained, _, _ = run.last_score(candidate)
    figures = f"{trained} against {prompts} of {n} dev rows"
    if trained > prompts:
        _pass(run, "better_than_prompts", f"Training did better than prompts: {figures}.")
    else:
        _warn(run, "better_than_prompts", f"Training did no better than prompts: {figures}.")


def _pass(run: Run, gate: str, reason: str) -> None:
    run.journal.append("gate", gate=gate, outcome="go_on", reason=reason)


def _warn(run: Run, gate: str, reason: str) -> None:
    run.journal.append("gate", gate=gate, outcome="warn", reason=reason)


def _stop(run: Run, gate: str, reason: str) -> None:
    run.journal.append("gate", gate=gate, outcome="stop", reason=reason)
    raise GateClosed(reason)
