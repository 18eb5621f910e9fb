"""Models a reply names for something beside the student and the teacher."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName
from advisor.world import reading


def read(text: str, asked: FactName | None = None) -> dict[str, object]:
    return {fact.name: fact.value for fact in reading.read(text, asked).facts}


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("let gpt-5 write the prompts", "gpt-5"),
        ("have gpt-5 propose the instructions", "gpt-5"),
        ("use claude-opus as prompt model", "claude-opus"),
        ("use claude-opus-4 as proposer", "claude-opus-4"),
        ("use claude-opus-4-1 for the instructions", "claude-opus-4-1"),
        ("gpt-4.1 as the reflection model please", "gpt-4.1"),
        ("prompt model: gpt-5", "gpt-5"),
        ("the prompt model is anthropic/claude-opus-4", "anthropic/claude-opus-4"),
        ("the prompt model changes to gpt-5", "gpt-5"),
        ("the prompts should be written by gpt-4.1", "gpt-4.1"),
        ("use ollama_chat/llama3.1:8b as prompt model", "ollama_chat/llama3.1:8b"),
    ],
)
@pytest.mark.parametrize("asked", [None, "calls_per_month", "teacher_model", "student_model", "prompt_model"])
def test_who_writes_the_prompts(text: str, model: str, asked: FactName | None) -> None:
    assert read(text, asked) == {"prompt_model": model}


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("the judge is claude-opus-4", "claude-opus-4"),
        ("gpt-4.1 should review the wrong answers", "gpt-4.1"),
        ("use ollama_chat/llama3.1:8b as judge", "ollama_chat/llama3.1:8b"),
        ("use gpt-5 as judge", "gpt-5"),
        ("judge model: gpt-5", "gpt-5"),
        ("let gpt-5 judge", "gpt-5"),
    ],
)
@pytest.mark.parametrize("asked", [None, "calls_per_month", "teacher_model", "student_model", "judge_model"])
def test_who_judges(text: str, model: str, asked: FactName | None) -> None:
    assert {name: value for name, value in read(text, asked).items() if name != "metric"} == {"judge_model": model}


@pytest.mark.parametrize(
    ("text", "asked"),
    [("gpt-4o as judge", "metric"), ("gpt-4o grades every answer from 1 to 5", None), ("no judge, please", None)],
)
def test_how_answers_are_scored_today_names_no_judge_for_the_run(text: str, asked: FactName | None) -> None:
    assert "judge_model" not in read(text, asked)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "the teacher is gpt-4.1 and let gpt-5 write the prompts",
            {"teacher_model": "gpt-4.1", "prompt_model": "gpt-5"},
        ),
        (
            "gpt-5 should write the instructions, the student is gpt-4o-mini",
            {"student_model": "gpt-4o-mini", "prompt_model": "gpt-5"},
        ),
        ("don't let gpt-5 write the prompts", {}),
        ("we use gpt-4o, prompts by hand", {"current_model": "gpt-4o", "prompt_optimization": "by_hand"}),
    ],
)
def test_beside_others_and_not_at_all(text: str, facts: dict[str, object]) -> None:
    assert read(text) == facts
