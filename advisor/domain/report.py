"""What the report of a run says, already put into words and figures; the template only lays it out."""

from __future__ import annotations

from typing import Any

from advisor.domain.comparison import Comparison, Pair, Row
from advisor.domain.dataset import SplitSizes
from advisor.domain.plan import Plan
from advisor.domain.progress import RunView
from advisor.domain.retelling import route_in_words
from advisor.domain.stage_view import StageView
from advisor.domain.statistics import percent, span
from advisor.domain.verdict import NAMES

OUTCOMES = {
    "waiting": "had not begun",
    "running": "was still going when this was written",
    "done": "came to its end",
    "stopped_at_gate": "stopped at a check between stages",
    "cancelled": "was cancelled",
    "over_budget": "stopped at its budget",
    "host_refused": "was refused by the training host",
    "failed": "failed",
}

GATES = {
    "target_reached": "Target",
    "baseline_at_chance": "Baseline against guessing",
    "traces": "Answers to train on",
    "better_than_prompts": "Training against prompts",
    "budget": "Budget",
}

GATE_OUTCOMES = {"go_on": "passed", "warn": "warned", "stop": "closed"}


def report_values(comparison: Comparison | None, view: RunView, plan: Plan | None) -> dict[str, Any]:
    """Return everything `prompts/conversation/report.md.jinja` asks for, raw: the template escapes it."""
    practice = view.practice or bool(plan and plan.practice) or bool(comparison and comparison.practice)
    return {
        "title": plan.title if plan else view.run or "A run",
        "run": view.run,
        "route": route_in_words(plan.route if plan else view.route) or "not known",
        "ended": OUTCOMES[view.state],
        "why": view.why,
        "try_this": view.try_this,
        "complete": view.state == "done",
        "practice": practice,
        "data_path": plan.data_path if plan else "",
        "fields": ", ".join(plan.task.input_fields) if plan else "",
        "label_field": plan.task.label_field if plan else "",
        "labels": list(plan.task.labels) if plan else [],
        "parts": _parts(view, plan),
        "models": _models(view, plan),
        "host": view.host or (plan.host.name if plan else ""),
        "endpoint": view.endpoint,
        "versions": [f"{name} {version}" for name, version in sorted(view.versions.items())],
        **_compared(comparison),
        "dev_scores": [_dev(stage) for stage in view.stages if stage.dev],
        "gates": [(GATES[gate.gate], GATE_OUTCOMES[gate.outcome], gate.reason) for gate in view.gates],
        "traces": _traces(view),
        "uploads": [(upload.rows, upload.host, upload.file_id) for upload in view.uploads],
        "stages": [(stage.name, stage.state, stage.note, _spent(stage)) for stage in view.stages],
        "undone": [stage.name for stage in view.stages if stage.state in ("waiting", "stopped", "running")],
        "cost": _cost(view),
        "elapsed": _duration(view.elapsed()),
    }


def _compared(comparison: Comparison | None) -> dict[str, Any]:
    """Return what the scores on the test rows say; empty where a run came to none."""
    return {
        "practice_models": list(comparison.practice_models) if comparison else [],
        "n": comparison.n if comparison else 0,
        "scores": [_score(row, comparison.recommended) for row in comparison.rows] if comparison else [],
        "pairs": [_pair(pair) for pair in comparison.pairs] if comparison else [],
        "verdict": comparison.verdict if comparison else "",
        "review": comparison.review.told if comparison and comparison.review else "",
        "left_out": [NAMES[name] for name in comparison.left_out] if comparison else [],
        "detectable": _points(comparison.detectable_difference) if comparison else None,
        "recommended": comparison.recommended if comparison else None,
        "recommended_name": NAMES[comparison.recommended] if comparison else "",
        "training": _dollars(comparison.training_dollars) if comparison else None,
    }


def _parts(view: RunView, plan: Plan | None) -> list[tuple[str, int]]:
    planned = dict(zip(SplitSizes._fields, plan.split, strict=True)) if plan else {}
    rows = view.rows or planned
    return [(name, rows[name]) for name in SplitSizes._fields if name in rows]


def _models(view: RunView, plan: Plan | None) -> list[tuple[str, str]]:
    student = view.student or (plan.student.model if plan else "")
    teacher = view.teacher or (plan.teacher.model if plan and plan.teacher else "")
    prompts = plan.prompt_model.model if plan else ""
    judge = plan.judge.model if plan and plan.judge else ""
    named = [("Student", student), ("Teacher", teacher), ("Writes the prompts", prompts), ("Judge", judge)]
    return [(part, model) for part, model in named if model]


def _score(row: Row, recommended: str) -> dict[str, Any]:
    return {
        "name": row.name,
        "model": row.model,
        "recommended": row.candidate == recommended,
        "score": percent(row.score),
        "right": f"{row.correct} of {row.n}",
        "interval": span(row.low, row.high),
        "failures": row.failures,
        "cost": "not known" if row.dollars_per_1000 is None else _dollars(row.dollars_per_1000),
        "latency": "not measured" if row.seconds_per_call is None else f"{row.seconds_per_call:.2f} s",
    }


def _dev(stage: StageView) -> dict[str, Any]:
    assert stage.dev is not None
    dev = stage.dev
    return {
        "name": NAMES[dev.candidate],
        "score": percent(dev.score),
        "right": f"{dev.correct} of {dev.n}",
        "interval": span(dev.low, dev.high),
        "failures": dev.failures,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    said = {"better": "better", "worse": "worse", "cannot_tell": "cannot tell"}
    return {
        "after": NAMES[pair.after],
        "before": NAMES[pair.before],
        "fixed": pair.fixed,
        "broken": pair.broken,
        "difference": f"{100 * pair.difference:+.1f} points",
        "interval": f"{100 * pair.low:+.1f} to {100 * pair.high:+.1f}",
        "p": _probability(pair.p),
        "p_corrected": _probability(pair.p_corrected),
        "outcome": said[pair.outcome],
    }


def _probability(p: float) -> str:
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def _points(difference: float | None) -> str | None:
    return None if difference is None else f"{100 * difference:.0f} points"


def _traces(view: RunView) -> dict[str, Any] | None:
    if view.traces is None:
        return None
    return {
        "tried": view.traces.tried,
        "kept": view.traces.kept,
        "failed": view.traces.failed,
        "missing": list(view.traces.classes_missing),
    }


def _spent(stage: StageView) -> str:
    if not stage.metered:
        return ""
    cached = f", {stage.spent.cache_hits:,} from the cache" if stage.spent.cache_hits else ""
    return f"{stage.spent.calls:,} calls{cached}, {_dollars(stage.spent.dollars)}"


def _cost(view: RunView) -> str:
    meter = view.meter
    tokens = f"{meter.tokens_in:,} tokens in, {meter.tokens_out:,} out"
    calls = f"{meter.calls:,} calls and {meter.cache_hits:,} answers from the cache, {tokens}"
    if meter.unpriced_calls:
        return f"{calls}. At least {_dollars(meter.dollars)}: the price of {meter.unpriced_calls:,} calls is not known."
    return f"{calls}. {_dollars(meter.dollars)}."


def _dollars(amount: float | None) -> str | None:
    if amount is None:
        return None
    return f"${amount:,.4f}" if 0 < amount < 0.01 else f"${amount:,.2f}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
