"""Facts, numbers and money in a few words, the same in every front end."""

from __future__ import annotations

from advisor.domain.checklist import Checklist, said_by
from advisor.domain.choice_words import in_words
from advisor.domain.cleaning import clean
from advisor.domain.dialogue import ReadingProgress
from advisor.domain.facts import NO_LIMIT, Fact, FactName, FactValue, Range
from advisor.domain.leave import told
from advisor.domain.route_words import to_do_in_words
from advisor.domain.span import Span
from advisor.domain.values import count, percent, write_value

SHORT: dict[FactName, str] = {
    "task": "task",
    "data_path": "data",
    "data_table": "table",
    "input_fields": "input",
    "label_field": "label",
    "rows": "rows",
    "labelled_examples": "labelled examples",
    "usable_examples": "usable examples",
    "classes": "labels",
    "accuracy_ceiling": "best reachable score",
    "majority_share": "most frequent label",
    "prompt_optimization": "prompts",
    "baseline_score": "baseline",
    "optimized_score": "optimized prompts",
    "target_score": "target",
    "metric": "metric",
    "goal": "goal",
    "task_stability": "task is",
    "current_model": "model today",
    "student_model": "student",
    "teacher_model": "teacher",
    "prompt_model": "prompts written by",
    "judge_model": "judge",
    "calls_per_month": "calls a month",
    "spend_per_month_usd": "dollars a month",
    "budget_usd": "budget in dollars",
    "host": "host",
    "gpus": "GPUs",
    "local_models": "models that answer here",
    "server_addresses": "model servers named by the environment",
    "data_must_stay": "data stays here",
    "openai_tuned_recently": "tuned at OpenAI lately",
    "fine_tuning_result": "fine-tuning so far",
    "tuned_score": "tuned program",
    "student_price_in": "student, dollars per million tokens in",
    "student_price_out": "student, dollars per million tokens out",
    "student_price_training": "student, dollars per million tokens trained",
    "teacher_price_in": "teacher, dollars per million tokens in",
    "teacher_price_out": "teacher, dollars per million tokens out",
    "prompt_price_in": "model for the prompts, dollars per million tokens in",
    "prompt_price_out": "model for the prompts, dollars per million tokens out",
    "judge_price_in": "judge, dollars per million tokens in",
    "judge_price_out": "judge, dollars per million tokens out",
    "host_admits": "host trains for",
    "host_closes": "host closes",
    "host_days_left": "days until the host closes",
    "host_least_rows": "fewest rows the host takes",
    "host_most_megabytes": "megabytes the host takes",
    "student_trainable": "host trains the student",
    "student_weights": "weights of the student",
    "student_context": "tokens the student is trained on",
    "student_served": "tuned student answers",
    "student_retires": "tuned student stops answering",
    "student_days_left": "days until the tuned student stops",
    "student_hosting_per_hour": "dollars an hour for the tuned student",
    "needed_days": "days the tuned model is needed",
    "row_tokens": "tokens of a training row",
    "prompt_effort": "prompt optimizer",
    "forecast_usd": "forecast in dollars",
    "overruled": "chosen against the advice",
    "routes_run": "run so far",
}

OF_FIELDS: tuple[FactName, ...] = ("data_table", "input_fields", "label_field")
"""Facts whose values are names of the user's own, a "label" among them."""

OF_ROUTES: tuple[FactName, ...] = ("overruled", "routes_run")
"""Facts that list routes."""

STATE_MARKS = {"met": "✓", "unmet": "✗", "unknown": "○"}
"""Checklist states without colour."""

SCORES: tuple[FactName, ...] = (
    "baseline_score", "optimized_score", "tuned_score", "target_score", "accuracy_ceiling", "majority_share",
)  # fmt: skip


def value_in_words(name: FactName, value: FactValue) -> str:
    """Write a value for a person: 71%, 20,000, by hand."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in SCORES and isinstance(value, (float, Range)):
        return percent(value)
    if isinstance(value, (int, float)):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, Range):
        return count(value)
    if isinstance(value, str):
        return clean(in_words(name, value), 80)
    if name in ("gpus", "local_models", "server_addresses") and value == ():
        return "none"
    if name == "local_models" and isinstance(value, tuple):
        return clean(", ".join(str(one).rpartition("@")[0] for one in value), 80)
    if name in OF_ROUTES and isinstance(value, tuple):
        return clean("; ".join(to_do_in_words(str(route)) for route in value), 300)
    return clean(write_value(value).replace(",", ", "), 80)


def limited(fact: Fact) -> str:
    """Write the value of a leave that is for some alone."""
    return clean(f"{value_in_words(fact.name, fact.value)}: {told(fact.only)}", 160)


def fact_in_words(fact: Fact) -> str:
    """Write a fact as `baseline 71%`."""
    if fact.name == "overruled" and fact.value == ():
        return "back to the advice"
    if fact.withdrawn and fact.evidence == NO_LIMIT:
        return f"{SHORT[fact.name]}: {NO_LIMIT}"
    if fact.withdrawn:
        return f"{SHORT[fact.name]} to be named"
    if fact.only:
        return clean(told(fact.only), 160)
    colon = ":" if fact.name in OF_ROUTES else ""
    shown = value_in_words(fact.name, fact.value)
    if fact.name in OF_FIELDS and shown.casefold() == SHORT[fact.name]:
        shown = f"“{shown}”"
    return f"{SHORT[fact.name]}{colon} {shown}"


def fact_with_source(fact: Fact) -> str:
    """Write a fact with who says so."""
    return f"{fact_in_words(fact)} ({clean(said_by(fact), 60)})"


def dollars(span: Span | None) -> str:
    """Write a forecast of money; an unknown price is said, never shown as zero."""
    if span is None:
        return "price unknown"
    return f"${span.low:,.2f} / ${span.likely:,.2f} / ${span.high:,.2f}"


def amount(number: float) -> str:
    """Write a count the way it is said: 940, 12.4k, 3.1M."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if number >= 10 * size or (letter == "M" and number >= size):
            return f"{number / size:,.1f}".rstrip("0").rstrip(".") + letter
    return f"{number:,.0f}"


def size_in_words(size: int) -> str:
    """Write a number of bytes: under 1 MB, 116 MB, 1.2 GB."""
    if size < 1e6:
        return "under 1 MB"
    return f"{size / 1e6:,.0f} MB" if size < 1e9 else f"{size / 1e9:,.1f} GB"


def duration(minutes: float) -> str:
    """Write a time a person can plan with."""
    if minutes < 1:
        return f"{max(1, round(minutes * 60))} s"
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def read_so_far(progress: ReadingProgress) -> str:
    """Write how far it has come: 412,000 rows, 48 labels; or the time, 12 s of 8 minutes at most."""
    if progress.seconds is not None:
        return f"{progress.seconds} s" + (f" of {progress.most} at most" if progress.most else "")
    rows = f"{progress.rows:,} row{'' if progress.rows == 1 else 's'}"
    return rows + (f", {progress.labels:,} label{'' if progress.labels == 1 else 's'}" if progress.labels else "")


def checklist_in_words(checklist: Checklist) -> str:
    """Write the five items, one a line, with their evidence and who says so."""
    lines = []
    for item in checklist.items:
        said = f"  ({clean(item.said_by, 60)})" if item.said_by else ""
        lines.append(f"{STATE_MARKS[item.state]} {item.name:<9} {clean(item.evidence, 160)}{said}")
    return "\n".join(lines)
