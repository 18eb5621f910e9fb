"""No run is refused for a key that has another name, nor for a model that the environment replaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.domain.hosts import HOSTS
from advisor.domain.lacking_to_start import cannot_start
from advisor.domain.machine import Graphics, Machine
from advisor.domain.plan import Plan, Role
from advisor.domain.providers import PROVIDERS
from advisor.startable import lacks
from advisor.world import machine
from tests.projects.project_bench import make_plan
from tests.session.test_rented import local_plan

OWN = Role(model="some/model", price_in=0.1, price_out=0.1, train_price=1.0)
HOST_KEY = {"NEBIUS_API_KEY": "k"}
EVERY_NAME = [(name, key) for name, provider in PROVIDERS.items() if name != "nebius" for key in provider.keys]


def judged_by(model: str) -> Plan:
    judge = Role(model=model, price_in=1.0, price_out=1.0, elsewhere=True)
    return make_plan(
        "gold_finetune", host=HOSTS["nebius"].host, practice=False, student=OWN, prompt_model=OWN, judge=judge
    )


def here(environment: dict[str, str]) -> Machine:
    """Return what a look at this computer takes from these variables."""
    found = machine.look(environment)
    return Machine(
        python="3.12", system="Linux", graphics=Graphics(), packages={}, keys=found.keys, settings=found.settings
    )


@pytest.mark.parametrize(("provider", "key"), EVERY_NAME)
def test_any_name_of_a_key_that_litellm_reads_is_enough(provider: str, key: str) -> None:
    plan = judged_by(f"{provider}/m")
    (told,) = cannot_start(plan, here(HOST_KEY))
    assert f"{PROVIDERS[provider].key} ({PROVIDERS[provider].title}) is not set" in told
    assert not cannot_start(plan, here({**HOST_KEY, key: "k"}))


def test_google_and_cohere_have_two_names_each() -> None:
    assert ("gemini", "GOOGLE_API_KEY") in EVERY_NAME and ("cohere", "CO_API_KEY") in EVERY_NAME


def test_a_rented_machine_is_given_the_key_by_its_first_name() -> None:
    plan = judged_by("gemini/m").model_copy(update={"host": HOSTS["sky"].host})
    assert any("GEMINI_API_KEY" in told for told in cannot_start(plan, here({"GOOGLE_API_KEY": "k"})))


def test_a_model_that_the_environment_replaces_wants_no_key() -> None:
    plan = judged_by("anthropic/claude-sonnet-4-5")
    assert "ANTHROPIC_API_KEY" in cannot_start(plan, here({**HOST_KEY, "ADVISED_TEACHER": "some/model"}))[0]
    assert not cannot_start(plan, here({**HOST_KEY, "ADVISED_JUDGE": "some/model"}))


def test_a_folder_that_is_missing_may_be_replaced(tmp_path: Path) -> None:
    plan = local_plan()
    gone = plan.student.model_copy(update={"model": str(tmp_path / "gone")})
    plan = plan.model_copy(update={"student": gone, "prompt_model": gone})
    assert any("gone is not the folder of a model" in told for told in lacks(plan, here({})))
    assert not any("gone" in told for told in lacks(plan, here({"ADVISED_STUDENT": "Qwen/Qwen3-0.6B"})))
