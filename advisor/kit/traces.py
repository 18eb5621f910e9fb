"""Training rows: from a program's own right answers, or from the labels themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import dspy
from dspy.teleprompt.bootstrap_trace import FailedPrediction, bootstrap_trace_data

from advisor.kit.progress import Progress

ChatRow = dict[str, Any]


class Kept(NamedTuple):
    """The answers of a program that may be trained on."""

    rows: list[ChatRow]
    tried: int
    failed: int
    classes_missing: tuple[str, ...]
    """Labels without a single kept answer."""


def collect(
    program: Any, train: list[Any], keep: Callable[..., bool], label: str, progress: Progress, threads: int
) -> Kept:
    """Let the program answer every training row and keep the answers that `keep` passes.

    `dspy.BootstrapFinetune` does the same in one step, but raises after the last paid call when a single row
    failed, keeps what an unsure metric calls truthy, and would upload an empty file.
    """
    traces = bootstrap_trace_data(
        program=program.deepcopy(), dataset=train, metric=progress.counted(keep), num_threads=threads,
        raise_on_error=False,
    )  # fmt: skip
    answered = [trace for trace in traces if not isinstance(trace["prediction"], FailedPrediction)]
    good = [trace for trace in answered if trace["score"] is True]
    rows = [
        chat_row(predictor.signature, inputs, outputs)
        for trace in good
        for predictor, inputs, outputs in trace["trace"]
        if not isinstance(outputs, FailedPrediction)
    ]
    seen = Counter(trace["example"][label] for trace in good)
    missing = sorted({example[label] for example in train} - set(seen))
    return Kept(rows, len(train), len(train) - len(answered), tuple(missing))


def from_labels(program: Any, train: list[Any]) -> list[ChatRow]:
    """Return one row for every training example, answered with its label."""
    signature = program.predictors()[0].signature
    return [chat_row(signature, example.inputs().toDict(), example.labels().toDict()) for example in train]


def chat_row(signature: Any, inputs: dict[str, Any], outputs: Any) -> ChatRow:
    """Return the messages of one call, as DSPy sends them, without demonstrations."""
    row: ChatRow = dspy.ChatAdapter().format_finetune_data(
        signature=signature, demos=[], inputs=inputs, outputs=dict(outputs)
    )
    return row


def without_demos(program: Any) -> Any:
    """Return a copy with the same instruction and no demonstrations: what the training rows look like."""
    copy = program.deepcopy()
    for predictor in copy.predictors():
        predictor.demos = []
    return copy
