"""A model that the plan has on this computer is asked here, wherever the environment points."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.kit.endpoint import Roles, resolve, told_of_other_computers
from advisor.kit.models import Models
from advisor.kit.plan import Role, read_plan
from tests.projects.project_bench import make_plan

AWAY = "http://gpu-box.example:8000/v1"
VARIABLES = {
    "ollama/a": "OLLAMA_API_BASE",
    "ollama_chat/a": "OLLAMA_API_BASE",
    "hosted_vllm/a": "HOSTED_VLLM_API_BASE",
    "lm_studio/a": "LM_STUDIO_API_BASE",
    "llamafile/a": "LLAMAFILE_API_BASE",
}


@pytest.mark.parametrize("name", VARIABLES)
def test_no_variable_leads_it_away(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLES[name], AWAY)
    path = tmp_path / "plan.json"
    path.write_text(make_plan("gold_finetune").model_dump_json())
    plan, role = read_plan(path), Role(name, 0, 0, elsewhere=True)
    roles = Roles(role, None, role)
    model = Models(plan, resolve(plan, {"ADVISED_BASE_URL": "http://127.0.0.1:1/v1"}), roles, None)(name)
    assert model.kwargs["api_base"].startswith("http://127.0.0.1:")


def test_a_run_says_which_computer_is_asked_where_that_is_in_doubt() -> None:
    here = Role("hosted_vllm/a", 0, 0, elsewhere=True, address="http://127.0.0.1:8000/v1")
    away = Role("lm_studio/a", elsewhere=True, address=AWAY)
    assert told_of_other_computers([here], {}) == []
    assert told_of_other_computers([here], {"HOSTED_VLLM_API_BASE": "http://localhost:8001/v1"}) == []
    (said,) = told_of_other_computers([here], {"HOSTED_VLLM_API_BASE": AWAY})
    assert said.startswith("HOSTED_VLLM_API_BASE names another computer, gpu-box.example. It is not asked")
    (said,) = told_of_other_computers([away, Role("lm_studio/a")], {})
    assert said == "lm_studio/a answers on another computer, gpu-box.example: rows are shown to it."
