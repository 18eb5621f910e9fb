"""What the made-up session is about: a case, a file, a program, hostile text."""

from __future__ import annotations

from advisor.domain.browsing import PathChoice
from advisor.domain.dataset import DatasetReport, Tokens
from advisor.domain.dialogue import Answer
from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source

NASTY = "[bold red]x[/] \x1b[31mred\x1b[0m \u202egnp.exe\u202c 🧑‍🔧 שלום ]["
"""Markup, escapes, a turned reading direction, joined emoji, right-to-left letters, a stray bracket."""

QUESTION = "Have you optimized the prompts yet?"
ANSWERS = (
    Answer(value="none", label="no"),
    Answer(value="by_hand", label="by hand"),
    Answer(value="few_shot", label="few-shot examples"),
    Answer(value="optimized", label="MIPROv2, GEPA or another optimizer"),
)

REPORT = DatasetReport(
    path="tickets.csv", format="csv", rows=812, usable=797, labelled=797, input_fields=("text",),
    label_field="category", label_confidence=0.9, task="classification", classes=12,
    label_counts={f"label {number}": 80 - 3 * number for number in range(12)}, missing_labels=15, duplicates=3,
    normalized_duplicates=4, conflicting_inputs=3, conflicting_rows=6, accuracy_ceiling=0.996, encoding="utf-8",
    tokens=Tokens(input_mean=42, label_mean=2, longest=180), bad_rows=0,
)  # fmt: skip

PROGRAM = '''"""Classify tickets."""

import dspy


class Ticket(dspy.Signature):
    """Read the text and choose its category."""

    text: str = dspy.InputField()
    category: str = dspy.OutputField()


def build() -> dspy.Module:
    # One predictor: a ticket is short and its label is one word.
    return dspy.Predict(Ticket)
'''


def fact(name: FactName, value: FactValue, source: Source = Source.told, evidence: str = "") -> Fact:
    return Fact(name=name, value=value, source=source, evidence=evidence)


FIRST = Facts().learn(
    fact("data_path", "tickets.csv", Source.measured, "tickets.csv"),
    fact("usable_examples", 797, Source.measured, "tickets.csv"),
    fact("classes", 12, Source.measured, "tickets.csv"),
    fact("task", "classification", Source.measured, "tickets.csv"),
    fact("host", "practice"),
    fact("baseline_score", 0.71),
)
SECOND = FIRST.learn(
    fact("prompt_optimization", "by_hand"),
    fact("metric", "exact_match"),
    fact("goal", "cost"),
    fact("forecast_usd", 0.0, Source.computed, "forecast"),
)


TERMS = (
    ("GEPA", "An optimizer that rewrites instructions by reflecting on what went wrong."),
    ("MIPROv2", "An optimizer that searches instructions and few-shot examples together."),
    ("distillation", "Training a cheaper model on the answers of a stronger one."),
    ("held out", "Rows that no training has seen."),
)

NASTY_FILE = NASTY.replace("/", "b") + ".csv"

PATHS = (
    PathChoice("tickets.csv", "tickets.csv", False, True),
    PathChoice("tickets.jsonl.gz", "tickets.jsonl.gz", False, True),
    PathChoice("data/", "data/", True, False),
    PathChoice("my data/", "my data/", True, False),
    PathChoice("notes.txt", "notes.txt", False, False),
    PathChoice(NASTY_FILE, NASTY_FILE, False, True),
    PathChoice("data/2026 export.csv", "2026 export.csv", False, True),
)
