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


COMMENTS: dict[str, str] = {
    "label_field": (
        "Tour, 1 of 4: the data. Most of what decides about fine-tuning can be measured from the file. "
        "I guessed the fields from their names and contents; a guess is wrong one time in four, so you confirm it."
    ),
    "prompt_optimization": (
        "Tour, 2 of 4: where you stand. In this story the team has already run MIPROv2 and scores 70%. "
        "Had it not, I would say: optimize the prompts first, it is cheaper and often enough."
    ),
    "goal": (
        "Tour, 3 of 4: what it is for. Better answers lead to tuning the model you have; lower cost leads to "
        "teaching a smaller one."
    ),
    "host": (
        "Tour, 4 of 4: where it runs. The practice model trains here in seconds. With a real host you would now see "
        "who receives the rows and what it costs."
    ),
}
"""What a newcomer should know at a question, by the fact it asks for."""

OFFER = (
    "This is the advice, with its reasons, and the project is written: an ordinary DSPy script you can read and "
    "keep. Before a yes you see how many calls each step makes, which rows go where, and the price."
)
RESULT = (
    "How to read this: each program answered the same test rows once. The interval is what the score could really "
    "be; the paired test asks whether two programs differ by more than luck. Without it, a few rows look like progress."
)


def comment(moment: str) -> str:
    """Return what the tour explains at the question for a fact, at an offer or a result; or nothing."""
    return {"offer": OFFER, "result": RESULT}.get(moment) or COMMENTS.get(moment, "")
