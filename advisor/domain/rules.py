"""The decision table: the first rule that holds names the route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from advisor.domain import figures
from advisor.domain.case import Case, well_above_chance
from advisor.domain.ceiling import most_right
from advisor.domain.preflight import first_refusal
from advisor.domain.statistics import percent

Route = Literal[
    "define_task", "define_metric", "fix_task_or_data", "collect_data", "retrieval", "prompt_optimization", "stop",
    "bootstrap_finetune", "gold_finetune", "distillation", "better_together", "switch_host",
]  # fmt: skip

TRAINING_ROUTES: tuple[Route, ...] = ("bootstrap_finetune", "gold_finetune", "distillation", "better_together")
"""Routes that pay for training: never recommended with an unmet checklist item unless the user overrules."""

RUN_ROUTES: tuple[Route, ...] = ("prompt_optimization", *TRAINING_ROUTES)
"""Routes a project is generated for."""

CLOSED = "the hosts' own pages; `advisor models` names them"
"""Where the rules about doors come from."""

OVERRULE = " You may overrule this."
"""Ends a reason that is no reason to some; said only while nobody has overruled it."""


class Rule(NamedTuple):
    """One row of the table."""

    route: Route
    when: Callable[[Case], list[str]]
    """The reasons it holds; none when it does not."""
    source: str


def _retrieval(case: Case) -> list[str]:
    if case.goal != "knowledge":
        return []
    return ["The model lacks facts, not skill. Weights are a poor store for facts that change; looking them up is not."]


def _no_metric(case: Case) -> list[str]:
    if case.facts.text("metric") != "none":
        return []
    return ["Without a metric nothing can be measured, optimized or kept for training."]


def _undefined(case: Case) -> list[str]:
    if case.facts.text("task_stability") != "defining":
        return []
    return ["The task is still being defined, and training would lock in today's version of it."]


def _ceiling(case: Case) -> list[str]:
    ceiling = case.facts.number("accuracy_ceiling")
    if ceiling is None or case.target is None or case.target <= ceiling:
        return []
    return [
        f"Some texts appear with different labels. {most_right(ceiling)} of the file; your target is "
        f"{case.target_in_words}."
    ]


def _reached(case: Case) -> list[str]:
    if case.tuning == "reached":
        return ["Fine-tuning has done what it was for."]
    if case.cheaper or case.sure_score is None or case.target is None or case.sure_score < case.target:
        return []
    return [f"The score of {case.score_in_words} reaches the target of {case.target_in_words}."]


def _changing(case: Case) -> list[str]:
    if case.facts.text("task_stability") != "changing":
        return []
    return ["The task changes often. Prompts can follow it in an hour; tuned weights would be out of date."]


def _untried(case: Case) -> list[str]:
    if case.optimized or (case.cheaper and case.optimized is None and case.score is not None):
        return []
    tried = case.facts.text("prompt_optimization")
    first = {
        "none": "Prompt optimization has not been tried.",
        "by_hand": "The prompts were tuned by hand only.",
    }.get(tried or "", "Nothing says yet that prompts were optimized.")
    reasons = [first + " It is cheaper than training and often enough."]
    if case.cheaper:
        reasons.append("For lower cost, measure a newer cheap model with optimized prompts first.")
    return reasons


def _weak(case: Case) -> list[str]:
    if case.score is None or not (case.optimized or case.cheaper):
        return []
    if case.chance is not None and case.score <= case.chance:
        return [
            f"{case.score_in_words} is no better than always giving the most frequent label ({percent(case.chance)})."
        ]
    if case.score >= figures.WEAK_SCORE.value or well_above_chance(case):
        return []
    return [f"The score is {case.score_in_words} even so: the task or the labels are the problem."]


def _few(case: Case) -> list[str]:
    if case.examples is None or case.examples >= figures.ENOUGH_EXAMPLES.value:
        return []
    if case.examples < figures.FEWEST_EXAMPLES.value:
        return [f"{case.examples_in_words} examples are too few to train on, and too few to measure a change with."]
    return [
        f"{case.examples_in_words} usable examples. The guide asks for {figures.ENOUGH_EXAMPLES.value:.0f}; hosts take "
        f"fewer, but expect noise.{OVERRULE}"
    ]


def _closed(case: Case) -> list[str]:
    refusal = first_refusal(case.facts)
    return [refusal.why, refusal.try_this] if refusal else []


def _exhausted(case: Case) -> list[str]:
    if case.tuning != "below_target" or "better_together" not in case.facts.words("routes_run"):
        return []
    best = case.facts.number("tuned_score")
    stands = f"; the best stands at {percent(best)}" if best is not None else ""
    return [
        f"Prompts, weights and both together were run, and no program is shown to reach the target{stands}.",
        "What is left is in the task: read the rows every program misses, check the metric on 20 of them, add "
        "examples of those kinds, or take a larger base model.",
    ]


def _cheaper(case: Case) -> list[str]:
    if not case.cheaper or case.tuning == "below_target":
        return []
    what = "cost" if case.goal == "cost" else "speed"
    reasons = [f"The goal is {what}: a small model can learn the answers of the big one and replace it."]
    spend = case.facts.number("spend_per_month_usd")
    if spend:
        reasons.append(f"At ${spend:,.0f} a month there is something to save.")
    if case.score is not None:
        reasons.append(f"The program at {case.score_in_words} is the teacher, with its prompts optimized first.")
    return reasons


def _beyond(case: Case) -> list[str]:
    if case.tuning != "below_target":
        return []
    return ["No tuned program is shown to reach the target. Alternating prompts and weights may add a few points."]


def _labels(case: Case) -> list[str]:
    if not case.label_is_answer:
        return []
    if case.traces is not None and case.traces < figures.ENOUGH_TRACES.value:
        return [
            f"Only about {case.traces} of the program's own answers would pass and could be trained on; "
            "your labels are the answers already, so train on them."
        ]
    classes = case.facts.number("classes")
    if classes and classes >= figures.MANY_CLASSES.value:
        return [f"With {classes:.0f} labels, some would be missing among the program's own right answers."]
    return []


def _finetune(case: Case) -> list[str]:
    reasons = []
    if case.score is not None:
        reasons.append(f"Prompts are optimized and stand at {case.score_in_words}.")
    if case.sure_score is not None and case.target is not None:
        reasons.append(
            f"The target of {case.target_in_words} is {(case.target - case.sure_score) * 100:.0f} points away."
        )
    if case.examples is not None:
        reasons.append(f"{case.examples_in_words} usable rows are enough: {case.put_to_use}.")
    if case.traces is not None:
        reasons.append(f"About {case.traces:,} of the program's own answers should pass the metric and be kept.")
    if case.label_is_answer:
        reasons.append("Training on the labels themselves runs beside it; that is often the larger step.")
    return reasons or ["Every prerequisite that is known is met."]


TABLE: tuple[Rule, ...] = (
    Rule("retrieval", _retrieval, "the guide, what it leaves out: missing facts are a retrieval problem"),
    Rule("define_metric", _no_metric, "the guide, section 2: no clear metric, no fine-tuning"),
    Rule("define_task", _undefined, "the guide, section 2: not while the task is moving"),
    Rule("fix_task_or_data", _ceiling, "conflicting labels bound the accuracy of any deterministic program"),
    Rule("stop", _reached, "the guide, section 4: stop where the measured score reaches the target"),
    Rule("prompt_optimization", _changing, "the guide, section 2: not when the use case changes often"),
    Rule("prompt_optimization", _untried, "the guide, question 1"),
    Rule("fix_task_or_data", _weak, figures.WEAK_SCORE.source + "; compared with chance"),
    Rule("collect_data", _few, figures.ENOUGH_EXAMPLES.source),
    Rule("switch_host", _closed, CLOSED),
    Rule("fix_task_or_data", _exhausted, "the guide, section 6: when it goes wrong"),
    Rule("distillation", _cheaper, "the guide, section 4: distillation for cost or speed"),
    Rule("better_together", _beyond, "arXiv 2407.10930v2: up to 6% over prompts and weights apart"),
    Rule("gold_finetune", _labels, figures.MANY_CLASSES.source),
    Rule("bootstrap_finetune", _finetune, "the guide, section 4: BootstrapFinetune for quality"),
)
