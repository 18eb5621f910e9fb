"""`advisor write` reckons with the computer it stands on, and writes for another one all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.commands import write
from advisor.domain.machine import Graphics
from advisor.world import machine
from tests.conftest import write_tickets

TOLD = ("host=local", "prompt_optimization=optimized", "optimized_score=0.7", "target_score=0.9",
        "task_stability=stable", "goal=quality")  # fmt: skip


@pytest.fixture
def without_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    found = machine.look().model_copy(update={"graphics": Graphics(processors=())})
    monkeypatch.setattr(machine, "look", lambda **_: found)


def written(tmp_path: Path, model: str, *more: str) -> Path:
    data = write_tickets(tmp_path / "tickets.csv", 600)
    told = [part for fact in (*TOLD, f"student_model={model}", *more) for part in ("--set", fact)]
    assert write.main([str(data), "--out", str(tmp_path / "project"), *told]) == 0
    return tmp_path / "project"


def test_hours_are_forecast_where_a_processor_is_all_there_is(
    tmp_path: Path, without_a_gpu: None, capsys: pytest.CaptureFixture[str]
) -> None:
    project = written(tmp_path, "Qwen/Qwen3-0.6B")
    told = capsys.readouterr().err
    assert " h, dollars" in told and "There is no GPU here" not in told
    assert json.loads((project / "plan.json").read_text())["pace"]["trained"] > 50


def test_a_model_too_large_for_this_computer_is_written_for_another_with_a_warning(
    tmp_path: Path, without_a_gpu: None, capsys: pytest.CaptureFixture[str]
) -> None:
    project = written(tmp_path, "Qwen/Qwen3-8B")
    told = capsys.readouterr().err
    assert "! There is no GPU here: training Qwen3-8B" in told and "rent a GPU" in told
    assert json.loads((project / "plan.json").read_text())["pace"] is None


def test_a_gpu_that_was_named_is_reckoned_with(
    tmp_path: Path, without_a_gpu: None, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "Qwen/Qwen3-8B", "gpus=A100:80")
    assert "There is no GPU here" not in capsys.readouterr().err
