"""Why not another route, and what going against the advice risks."""

from __future__ import annotations

from advisor.domain import figures
from advisor.domain.case import Case
from advisor.domain.checklist import Checklist
from advisor.domain.rules import TABLE, TRAINING_ROUTES, Route


def objection(route: Route, case: Case, checklist: Checklist) -> str:
    """Return the one reason against a route in this case."""
    if route in TRAINING_ROUTES:
        return _against_training(route, case, checklist)
    holds = any(rule.when(case) for rule in TABLE if rule.route == route)
    later = "It applies too, after what is recommended."
    texts: dict[Route, str] = {
        "define_task": "The task is not said to be moving.",
        "define_metric": "Answers can be scored, or nothing says they cannot.",
        "fix_task_or_data": "Neither the score nor the labels point to a fault in the task.",
        "collect_data": "The data is not known to be short.",
        "retrieval": "Nothing says the model lacks facts.",
        "prompt_optimization": "It has been done; more of it alone is unlikely to close the gap.",
        "stop": "No score is known to reach a target.",
        "switch_host": "No chosen host is known to be closed to you.",
    }
    return later if holds else texts[route]


def _against_training(route: Route, case: Case, checklist: Checklist) -> str:
    if unmet := checklist.unmet:
        return "; ".join(f"{item.name} not met: {item.evidence.rstrip('.')}" for item in unmet) + "."
    if route == "distillation" and case.cheaper:
        return "A tuned program was measured already, and it fell short of what is wanted."
    if route == "distillation":
        return "The goal is not cost or speed; distillation keeps quality, it does not raise it."
    if route == "better_together":
        return "It costs several runs for a few points; worth it once fine-tuning alone fell short."
    if route == "gold_finetune" and not case.label_is_answer:
        return "The label is not the whole answer, so there is nothing to train on as it stands."
    if case.cheaper:
        return "It would tune the model you pay for today; the goal is a cheaper one."
    if route == "gold_finetune":
        return "It runs beside the recommended route and is compared with it."
    return "The program's own right answers would leave out what it gets wrong today."


def risk(advised: Route, chosen: Route, case: Case) -> str:
    """Return what it risks to go against the advice, once and plainly."""
    if advised in TRAINING_ROUTES and chosen not in TRAINING_ROUTES:
        return _untrained(advised, case)
    texts: dict[Route, str] = {
        "define_task": "When the task moves, the tuned model has to be trained again.",
        "define_metric": "You will not be able to tell whether it helped.",
        "fix_task_or_data": "The model would learn the faults in the labels.",
        "collect_data": (
            f"Under {figures.ENOUGH_EXAMPLES.value:.0f} examples a tuned model often learns the examples instead of "
            "the task, and the test part is too small to show it."
        ),
        "retrieval": "Facts learned in training go stale and are repeated with confidence.",
        "prompt_optimization": "You may pay for training what better prompts would have given you.",
        "stop": "You spend money on a score that is already good enough.",
        "switch_host": _closed_door(case),
        "distillation": "You would pay for quality where the goal is cost.",
        "better_together": "Fine-tuning alone has already fallen short.",
        "gold_finetune": "Labels the program never gets right will be missing from its training.",
        "bootstrap_finetune": "It may bring less than training on the program's own right answers.",
    }
    return texts[advised]


def _closed_door(case: Case) -> str:
    if case.facts.text("host") == "local":
        return "The training may end for want of memory, or take days."
    return "The host is likely to refuse, or the run to cost more than you allowed."


def _untrained(advised: Route, case: Case) -> str:
    if advised == "distillation":
        return "Better prompts make no call cheaper: the model you pay for today goes on answering."
    if case.optimized:
        return "Your prompts are optimized already; more of it alone may leave you short of what you want."
    return "Better prompts alone may leave you short of what you want."
