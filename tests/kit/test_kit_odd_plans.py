"""A plan.json whose figures make no sense is refused in words, by the kit and by the advisor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.errors import UsageError
from advisor.kit.plan import read_plan as kit_plan
from advisor.kit.stops import Stop
from advisor.world import project_folder
from tests.projects.project_bench import make_plan

RATES = (float("nan"), float("inf"), -0.5, 0, 1.5, "0.6", None, True, [0.6])
TOKENS = (float("nan"), float("inf"), -5, "12")


def written(folder: Path, reckoned: Any) -> Path:
    told = json.loads(make_plan().model_dump_json())
    told["reckoned"] = reckoned
    (folder / "plan.json").write_text(json.dumps(told))
    return folder


@pytest.mark.parametrize("reckoned", ["x", [], 0.6, *({"pass_rate": rate} for rate in RATES)], ids=str)
def test_a_share_of_right_answers_that_is_none_is_named(tmp_path: Path, reckoned: object) -> None:
    folder = written(tmp_path, reckoned)
    with pytest.raises(Stop) as stop:
        kit_plan(folder / "plan.json")
    assert "cannot be read as a plan: reckoned" in str(stop.value) and "object has no" not in str(stop.value)
    with pytest.raises(UsageError, match="cannot be used"):
        project_folder.read_plan(folder)


@pytest.mark.parametrize("name", ["input_tokens", "label_tokens"])
@pytest.mark.parametrize("tokens", TOKENS, ids=str)
def test_the_advisor_forecasts_by_no_length_that_is_none(tmp_path: Path, name: str, tokens: object) -> None:
    folder = written(tmp_path, {"pass_rate": 0.6, name: tokens})
    with pytest.raises(UsageError, match="cannot be used"):
        project_folder.read_plan(folder)


@pytest.mark.parametrize("part", ["host", "student", "gates", "task"])
def test_a_word_in_place_of_a_part_is_named_too(tmp_path: Path, part: str) -> None:
    folder = written(tmp_path, None)
    told = json.loads((folder / "plan.json").read_text())
    (folder / "plan.json").write_text(json.dumps({**told, part: "x"}))
    with pytest.raises(Stop, match="cannot be read as a plan"):
        kit_plan(folder / "plan.json")


@pytest.mark.parametrize("rate", [0.001, 0.6, 1])
def test_a_share_is_taken_as_it_stands(tmp_path: Path, rate: float) -> None:
    folder = written(tmp_path, {"pass_rate": rate, "input_tokens": 0, "label_tokens": None})
    told = project_folder.read_plan(folder).reckoned
    assert told is not None and told.pass_rate == kit_plan(folder / "plan.json").pass_rate == rate
