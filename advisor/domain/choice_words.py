"""What a fact may be chosen to be, in the words of the questions; the rest are words already."""

from __future__ import annotations

from advisor.domain.facts import FactName
from advisor.domain.hosts import HOSTS

CHOICE_WORDS: dict[FactName, dict[str, str]] = {
    "task": {"multi_label": "several labels a text"},
    "prompt_optimization": {
        "none": "not optimized",
        "by_hand": "tuned by hand",
        "few_shot": "with few-shot examples",
        "optimized": "optimized",
    },
    "metric": {
        "token_f1": "words in common",
        "set_f1": "items in common",
        "field_f1": "fields in common",
        "numeric": "equal within a tolerance",
        "judge": "a model judges it",
        "own": "a function of your own",
    },
    "task_stability": {"stable": "settled", "defining": "still being defined", "changing": "changing often"},
    "fine_tuning_result": {"none": "not done", "below_target": "below the target", "reached": "reached the target"},
    "host": {name: known.title for name, known in HOSTS.items() if name != "practice"},
    "host_admits": {"recent_tuners": "those who used a tuned model there in the last 60 days"},
    "student_served": {
        "per_token": "billed by the token",
        "dedicated": "on an endpoint of its own, billed while idle",
        "this_machine": "on this computer",
        "no": "not at all",
    },
    "prompt_effort": {
        "labelled": "few-shot examples from the labels",
        "bootstrap": "few-shot examples the program got right",
        "light": "MIPROv2, light",
        "medium": "MIPROv2, medium",
        "heavy": "MIPROv2, heavy",
        "gepa": "GEPA",
    },
}


def in_words(name: FactName, value: str) -> str:
    """Write a choice for a person: `words in common` for `token_f1`; a name or a path stays as it is."""
    words = CHOICE_WORDS.get(name, {}).get(value)
    return words or (value.replace("_", " ") if name in ("task", "metric", "prompt_effort") else value)


def from_words(name: FactName, text: str) -> str:
    """Return the choice that words stand for; other text as it is."""
    choices = CHOICE_WORDS.get(name, {}).items()
    return next((value for value, words in choices if words.lower() == text.lower()), text)
