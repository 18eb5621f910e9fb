"""The story the tour tells: a support team with 1,000 sorted tickets that wants better answers.

Each answer is only suggested; whoever takes the tour may give another.
"""

from __future__ import annotations

ANSWERS: dict[str, str] = {
    "label_field": "yes",
    "prompt_optimization": "MIPROv2",
    "optimized_score": "70%",
    "goal": "better answers",
    "target_score": "90%",
    "task_stability": "yes, it stands",
    "host": "practice",
}

CONSENT = "yes"

FACTS = {"prompt_effort": "light"}
"""The light setting of the prompt optimizer keeps the tour short."""


def suggestion(phase: str, asked: str | None) -> str:
    """Return what the story answers here; nothing once it has been told."""
    return CONSENT if phase == "offering" else ANSWERS.get(asked or "", "")
