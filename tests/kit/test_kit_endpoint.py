"""Which host, which key, which models, at what price."""

from __future__ import annotations

import dataclasses

import pytest

from advisor.kit import prices
from advisor.kit.endpoint import Roles, cast, priced, resolve
from advisor.kit.models import qualified
from advisor.kit.plan import Gates, Host, Plan, Role
from advisor.kit.stops import Stop

STUDENT = Role("small", price_in=1.0, price_out=2.0, train_price=3.0)
OPENAI = Host("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", "api.openai.com")
PRACTICE = Host("practice", None, "ADVISED_API_KEY", "127.0.0.1", free=True)
PLAN = Plan(
    name="p", title="p", route="gold_finetune", optimizer="mipro_light", stages=("baseline", "gold"), host=OPENAI,
    student=STUDENT, prompt_model=STUDENT, gates=Gates(0.5, 50, 200),
)  # fmt: skip
AT_HOME = dataclasses.replace(PLAN, host=PRACTICE)
LOCAL = "http://127.0.0.1:5000/v1"
KEY = {"OPENAI_API_KEY": "sk"}


def test_the_plan_says_where_unless_the_environment_does() -> None:
    planned = resolve(PLAN, KEY)
    assert (planned.base_url, planned.host, planned.key) == ("https://api.openai.com/v1", "api.openai.com", "sk")
    told = resolve(PLAN, {"ADVISED_BASE_URL": LOCAL, "ADVISED_API_KEY": "other"})
    assert (told.base_url, told.upload_to, told.key) == (LOCAL, "api.openai.com", "other")
    assert planned.identity != told.identity
    assert "sk" not in repr(planned)


def test_openai_base_url_is_not_looked_at() -> None:
    assert resolve(PLAN, {**KEY, "OPENAI_BASE_URL": LOCAL}).host == "api.openai.com"


def test_the_key_of_one_host_is_not_shown_to_another() -> None:
    with pytest.raises(Stop, match="Set ADVISED_API_KEY"):
        resolve(PLAN, {**KEY, "ADVISED_BASE_URL": "https://elsewhere.example/v1"})
    assert resolve(PLAN, {**KEY, "ADVISED_BASE_URL": LOCAL}).key == "none"


@pytest.mark.parametrize(
    "address", ["", "localhost:8000", "ftp://host/v1", "https:///v1", "http://[::1", "https://me:secret@host/v1"]
)
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(Stop) as stopped:
        resolve(AT_HOME, {"ADVISED_BASE_URL": address})
    assert stopped.value.exit_code == 2
    assert "secret" not in str(stopped.value)


def test_a_server_beside_the_run_is_the_same_on_another_port() -> None:
    first, second = (resolve(AT_HOME, {"ADVISED_BASE_URL": f"http://127.0.0.1:{port}/v1"}) for port in (1, 2))
    assert first.identity == second.identity == "practice"
    assert first.free and first.poll_seconds < 1


@pytest.mark.parametrize("told", ["soon", "1,5"])
def test_a_pause_that_is_no_number_is_refused(told: str) -> None:
    with pytest.raises(Stop, match="ADVISED_POLL_SECONDS"):
        resolve(AT_HOME, {"ADVISED_BASE_URL": LOCAL, "ADVISED_POLL_SECONDS": told})


def test_another_model_has_no_known_price() -> None:
    roles = cast(PLAN, {"ADVISED_STUDENT": "big"})
    assert roles.student == roles.prompt_model == Role("big")
    assert cast(PLAN, {"ADVISED_PROMPT_MODEL": "big"}).student == STUDENT
    assert cast(PLAN, {}).teacher is None


def test_prices_hold_only_at_the_planned_host() -> None:
    assert priced(STUDENT, resolve(PLAN, KEY), PLAN) == STUDENT
    elsewhere = resolve(PLAN, {"ADVISED_BASE_URL": "https://elsewhere.example/v1", "ADVISED_API_KEY": "k"})
    assert priced(STUDENT, elsewhere, PLAN) == Role("small")
    assert priced(STUDENT, resolve(AT_HOME, {"ADVISED_BASE_URL": LOCAL}), AT_HOME).price_in == 0.0
    billed = resolve(AT_HOME, {"ADVISED_BASE_URL": "https://api.openai.com/v1", "ADVISED_API_KEY": "k"})
    assert not billed.free and priced(STUDENT, billed, AT_HOME) == Role("small")


def test_a_budget_needs_every_price() -> None:
    roles, endpoint = Roles(STUDENT, None, STUDENT), resolve(PLAN, KEY)
    prices.require(PLAN, roles, endpoint)
    for student in (Role("small", 1.0, None, 3.0), Role("small", 1.0, 2.0, None)):
        with pytest.raises(Stop) as stopped:
            prices.require(PLAN, Roles(student, None, STUDENT), endpoint)
        assert stopped.value.exit_code == 5 and "plan.json" in stopped.value.try_this


def test_a_tuned_model_costs_twice_its_base() -> None:
    assert prices.tuned(["openai/ft:small"], STUDENT) == {"openai/ft:small": (2.0, 4.0)}
    assert prices.tuned(["openai/ft:small"], Role("small")) == {}


@pytest.mark.parametrize("name", ["openai/gpt-x", "gpt-x", "nebius/gpt-x"])
def test_names_reach_the_host_without_a_provider(name: str) -> None:
    assert qualified(name, "nebius") == "openai/gpt-x"
    assert qualified("meta-llama/Llama-3.1-8B", "nebius") == "openai/meta-llama/Llama-3.1-8B"


def test_a_model_beside_the_host_has_its_price_by_its_own_name() -> None:
    teacher = Role("anthropic/large", price_in=3.0, price_out=15.0, elsewhere=True)
    plan = dataclasses.replace(PLAN, stages=("baseline", "teacher"), teacher=teacher)
    found = prices.known(plan, Roles(STUDENT, teacher, STUDENT), resolve(PLAN, KEY))
    assert found == {"openai/small": (1.0, 2.0), "anthropic/large": (3.0, 15.0)}
