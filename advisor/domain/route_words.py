"""Routes, and the stages of a run, as parts of a sentence."""

from __future__ import annotations

from advisor.domain.events import StageName
from advisor.domain.rules import Route

TO_DO: dict[Route, str] = {
    "define_task": "define the task first",
    "define_metric": "define a metric first",
    "fix_task_or_data": "fix the task or the labels first",
    "collect_data": "collect more data first",
    "retrieval": "look the facts up instead of training",
    "prompt_optimization": "optimize the prompts",
    "stop": "stop here",
    "bootstrap_finetune": "fine-tune on the program's own right answers",
    "gold_finetune": "fine-tune on your labels",
    "distillation": "distil into a cheaper model",
    "better_together": "train prompts and weights in turn",
    "switch_host": "look for another training host",
}
"""What I would do, after "I would"."""

STAGE_WORDS: dict[StageName, str] = {
    "split": "split the rows",
    "baseline": "score the plain program",
    "optimize": "optimize the prompts",
    "teacher": "optimize the teacher",
    "traces": "collect answers that pass the metric",
    "train": "train on the kept answers",
    "gold": "train on your labels",
    "together": "prompts, weights, prompts",
    "compare": "score everything once on the test rows",
    "review": "let the judge look at wrong answers",
}
"""What a stage does, after "it will"."""


def to_do_in_words(name: str) -> str:
    """Write a route as something to do; a name that is no route stays as it is."""
    return next((words for route, words in TO_DO.items() if route == name), name)


def joined(parts: list[str], last: str) -> str:
    """Join words with commas, and with `last` before the last one."""
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), parts[-1] if parts else ""]))
