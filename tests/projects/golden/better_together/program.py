"""The program and its metric. Yours to edit; `plan.json` says where it came from."""

from __future__ import annotations

import json
from typing import Any, Literal

import dspy

INPUTS = {
    'text': 'text',
}
"""Input fields of the program, and what they are called in the data."""

LABEL = ('category', 'category')
"""The same for the field to be found."""

Label = Literal[
    'account',
    'billing',
    'shipping',
    'technical',
]


class Classify(dspy.Signature):
    'Read the text and choose its category.'

    text: str = dspy.InputField()
    category: Label = dspy.OutputField()


class Program(dspy.Module):
    """One call of the model."""

    def __init__(self, reasoning: bool = False) -> None:
        super().__init__()
        self.answer = (dspy.ChainOfThought if reasoning else dspy.Predict)(Classify)

    def forward(self, **inputs: str) -> dspy.Prediction:
        return self.answer(**inputs)


def normalised(text: object) -> str:
    """Return a label without the differences that do not matter: spacing and case."""
    return " ".join(str(text).split()).casefold()


def score(example: Any, prediction: Any, trace: Any = None) -> bool:
    """Whether the answer is the label. False for no answer; it never raises."""
    expected, answered = getattr(example, LABEL[0], None), getattr(prediction, LABEL[0], None)
    return expected is not None and answered is not None and normalised(answered) == normalised(expected)


def keep(example: Any, prediction: Any, trace: Any = None) -> bool:
    """Whether an answer may be trained on: a plain True or False, since DSPy keeps whatever is truthy."""
    return score(example, prediction) is True


def feedback(gold: Any, pred: Any, trace: Any = None, pred_name: Any = None, pred_trace: Any = None) -> dspy.Prediction:
    """The score with the reason in words, which GEPA learns from."""
    expected = json.dumps(str(getattr(gold, LABEL[0], None)), ensure_ascii=False)
    if score(gold, pred):
        return dspy.Prediction(score=1.0, feedback=f"Right. The answer is {expected}.")
    answered = json.dumps(str(getattr(pred, LABEL[0], None)), ensure_ascii=False)
    return dspy.Prediction(score=0.0, feedback=f"Wrong. The expected answer is {expected}, not {answered}.")
