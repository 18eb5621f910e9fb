"""Whole DSPy programs on the practice server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal

import dspy
import openai
import pytest

from tests.practice.practice_harness import LABELLED, TEXTS, Server, until

LABELS = tuple(TEXTS)
ENDED = ("succeeded", "failed", "cancelled")


class Sort(dspy.Signature):  # type: ignore[misc]
    """Decide what the message is about."""

    text: str = dspy.InputField()
    label: Literal[LABELS] = dspy.OutputField()  # type: ignore[valid-type]


def right(example: Any, answer: Any, trace: object = None) -> bool:
    return bool(example.label == answer.label)


EXAMPLES = [dspy.Example(text=text, label=label).with_inputs("text") for text, label in LABELLED]


@pytest.fixture
def lm(shared: Server, tmp_path: Path) -> Iterator[Any]:
    dspy.configure_cache(enable_disk_cache=False, enable_memory_cache=False)
    lm = dspy.LM("openai/practice-small", api_base=shared.base_url, api_key="none", num_retries=0, cache=False)
    with dspy.context(lm=lm):
        yield lm


@pytest.mark.parametrize("adapter", [dspy.ChatAdapter(), dspy.JSONAdapter(), dspy.XMLAdapter()])
@pytest.mark.parametrize("module", [dspy.Predict, dspy.ChainOfThought])
def test_programs_answer_through_every_adapter(lm: Any, adapter: Any, module: Any) -> None:
    with dspy.context(adapter=adapter):
        answer = module(Sort)(text="I want to change my pin")
    assert answer.label == "change_pin"
    if module is dspy.ChainOfThought:
        assert "change_pin" in answer.reasoning


def test_several_answers_and_a_retry_after_garbage(lm: Any, client: openai.OpenAI) -> None:
    several = dspy.Predict(Sort, n=3, temperature=1.0)(text="my pin")
    assert len(several.completions) == 3
    client.post("/../practice/faults", cast_to=object, body=[{"kind": "garbage"}])
    assert dspy.Predict(Sort)(text="change my pin").label == "change_pin"


def test_gold_rows_and_bootstrapped_rows_train_alike(lm: Any, shared: Server, client: openai.OpenAI) -> None:
    adapter = dspy.ChatAdapter()
    inputs_and_outputs = [({"text": text}, {"label": label}) for text, label in LABELLED]
    gold = [
        adapter.format_finetune_data(signature=Sort, demos=[], inputs=inputs, outputs=outputs)
        for inputs, outputs in inputs_and_outputs
    ]
    bootstrapped = [
        adapter.format_finetune_data(
            signature=dspy.ChainOfThought(Sort).predict.signature,
            demos=[{"text": "pin", "label": "change_pin", "reasoning": "so"}],
            inputs=inputs,
            outputs={**outputs, "reasoning": f"It says {inputs['text']}."},
        )
        for inputs, outputs in inputs_and_outputs
    ]
    for rows, program in ((gold, dspy.Predict(Sort)), (bootstrapped, dspy.ChainOfThought(Sort))):
        content = "\n".join(json.dumps(row) for row in rows).encode()
        file = client.files.create(file=("rows.jsonl", content), purpose="fine-tune")
        job = client.fine_tuning.jobs.create(model="practice-small", training_file=file.id)
        job = until(partial(client.fine_tuning.jobs.retrieve, job.id), lambda now: now.status in ENDED)
        assert job.status == "succeeded", job.error
        tuned = dspy.LM(f"openai/{job.fine_tuned_model}", api_base=shared.base_url, api_key="none", cache=False)
        program.set_lm(tuned)
        score = dspy.Evaluate(devset=EXAMPLES, metric=right, num_threads=2)(program).score
        assert score >= 90
        plain = client.chat.completions.create(
            model=str(job.fine_tuned_model), messages=[{"role": "user", "content": "a new code please"}]
        )
        assert "change_pin" in str(plain.choices[0].message.content)


def test_prompt_optimization_gains(lm: Any) -> None:
    optimizer = dspy.MIPROv2(
        metric=right, auto=None, num_candidates=3, num_threads=2, prompt_model=lm, task_model=lm, seed=1
    )
    program = dspy.Predict(Sort)
    evaluate = dspy.Evaluate(devset=EXAMPLES, metric=right, num_threads=2)
    before = evaluate(program).score
    optimized = optimizer.compile(
        program,
        trainset=EXAMPLES,
        valset=EXAMPLES,
        num_trials=4,
        max_bootstrapped_demos=0,
        max_labeled_demos=0,
        minibatch=False,
    )
    assert evaluate(optimized).score > before
    assert "- refund_status: " in optimized.signature.instructions


def test_reflection_gains(lm: Any) -> None:
    def metric(example: Any, answer: Any, trace: Any = None, name: Any = None, program: Any = None) -> Any:
        return dspy.Prediction(score=float(right(example, answer)), feedback=f"The answer is '{example.label}'.")

    optimizer = dspy.GEPA(metric=metric, max_metric_calls=150, reflection_lm=lm, reflection_minibatch_size=6, seed=0)
    optimized = optimizer.compile(dspy.Predict(Sort), trainset=EXAMPLES, valset=EXAMPLES)
    evaluate = dspy.Evaluate(devset=EXAMPLES, metric=right, num_threads=2)
    assert evaluate(optimized).score > evaluate(dspy.Predict(Sort)).score
