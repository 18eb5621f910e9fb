"""Whether a model can be trained on this computer at all, before a run is offered."""

from __future__ import annotations

import pytest

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Gpu, Source
from advisor.domain.preflight import closed_door


def case(**values: FactValue) -> Facts:
    told: dict[FactName, FactValue] = {"host": "local", "usable_examples": 800, **values}  # type: ignore[dict-item]
    return Facts().learn(*(Fact(name=name, value=value, source=Source.told) for name, value in told.items()))


def test_a_model_that_fits_is_trained_here() -> None:
    assert closed_door(case(student_model="Qwen/Qwen3-8B", gpus=(Gpu(name="L4", gib=22.5),))) is None


def test_one_that_is_too_large_is_refused_with_the_largest_that_fits() -> None:
    refusal = closed_door(case(student_model="Llama-3.3-70B-Instruct", gpus=(Gpu(name="L4", gib=22.5),)))
    assert refusal and "Llama-3.3-70B-Instruct does not fit" in refusal.why
    assert "would fit" in refusal.try_this and "say `rent a GPU` (`--set host=sky`)" in refusal.try_this


def test_without_a_gpu_a_large_model_takes_too_long_and_a_small_one_does_not() -> None:
    refusal = closed_door(case(student_model="Qwen/Qwen3-8B", gpus=()))
    assert refusal and "on a processor takes about 25 hours" in refusal.why
    assert closed_door(case(student_model="Qwen/Qwen3-0.6B", gpus=())) is None
    many = closed_door(case(student_model="Qwen/Qwen3-0.6B", gpus=(), usable_examples=20_000))
    assert many and "about 45 hours" in many.why


@pytest.mark.parametrize("facts", [{"student_model": "my/own-model", "gpus": ()}, {"student_model": "Qwen/Qwen3-8B"}])
def test_what_is_not_known_is_no_refusal(facts: dict[str, FactValue]) -> None:
    assert closed_door(case(**facts)) is None


@pytest.mark.parametrize(
    ("teacher", "named"),
    [("gpt-4.1", "OpenAI"), ("anthropic/claude-sonnet-5", "Anthropic"), ("ollama_chat/llama3", "")],
)
def test_a_teacher_elsewhere_would_see_rows_that_must_stay(teacher: str, named: str) -> None:
    refusal = closed_door(case(student_model="my/own", teacher_model=teacher, data_must_stay=True))
    assert (named in refusal.why) if refusal else not named
    assert closed_door(case(student_model="my/own", teacher_model=teacher)) is None
