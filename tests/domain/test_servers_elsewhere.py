"""A server of one's own may listen on another computer: then it is not called here, free, or kept to."""

from __future__ import annotations

from typing import cast

import pytest

from advisor.domain.facts import Fact, FactName, Facts, FactValue, Source
from advisor.domain.local_models import address_of, named_elsewhere
from advisor.domain.looked_up import look_up
from advisor.domain.loopback import SERVERS, is_here, named_in, usual_address
from advisor.domain.planning import make_plan
from advisor.domain.preflight import first_refusal
from advisor.domain.providers import others_asked, roles_in_words
from advisor.run_telling import not_asked
from advisor.world import catalogue, price_map
from tests.domain.test_helpers import TODAY
from tests.domain.test_planning import report

AT_HOME = {"host": "local", "student_model": "Qwen/Qwen3-8B", "prompt_effort": "light"}
AWAY = {"HOSTED_VLLM_API_BASE": "http://gpu-box:8000/v1", "OLLAMA_API_BASE": "gpu-box:11434"}


def told(environment: dict[str, str], **known: FactValue) -> Facts:
    facts = Facts().learn(*(Fact(name=cast(FactName, n), value=v, source=Source.told) for n, v in known.items()))
    facts = facts.learn(named_elsewhere(named_in(environment)))
    return facts.learn(*look_up(catalogue.read(), price_map.listed, facts, TODAY))


@pytest.mark.parametrize("model", [f"{name}/llama3" for name in SERVERS])
def test_the_plan_always_holds_the_address_of_a_server_here(model: str) -> None:
    plan = make_plan("gold_finetune", told({}, **AT_HOME, prompt_model=model), report())
    assert plan.prompt_model.address == usual_address(model) and is_here(plan.prompt_model.address)
    assert plan.free and others_asked(plan) == ()


def test_a_variable_may_name_another_port_of_this_computer() -> None:
    facts = told({"OLLAMA_API_BASE": "http://localhost:9999"}, **AT_HOME, prompt_model="ollama_chat/llama3")
    plan = make_plan("gold_finetune", facts, report())
    assert plan.prompt_model.address == "http://localhost:9999" and plan.free


@pytest.mark.parametrize(("model", "server"), [("hosted_vllm/big", "vLLM"), ("ollama_chat/llama3", "Ollama")])
def test_one_on_another_computer_is_said_to_be_there_with_no_known_price(model: str, server: str) -> None:
    facts = told(AWAY, **AT_HOME, prompt_model=model)
    plan = make_plan("gold_finetune", facts, report())
    assert f"prompts written by {model} ({server} on gpu-box)" in roles_in_words(plan)
    assert [provider.title for provider in others_asked(plan)] == [f"{server} on gpu-box"]
    assert plan.prompt_model.price_in is None and not plan.free
    refusal = first_refusal(facts.learn(Fact(name="data_must_stay", value=True, source=Source.told)))
    assert refusal is not None and f"{model} answers at {server} on gpu-box" in refusal.why


def test_a_student_there_is_refused_as_well_where_rows_must_stay() -> None:
    known: dict[str, FactValue] = {"host": "local", "student_model": "hosted_vllm/big", "data_must_stay": True}
    refusal = first_refusal(told(AWAY, **known))
    assert refusal is not None and "vLLM on gpu-box" in refusal.why
    assert "vLLM on gpu-box" not in str(first_refusal(told({}, **known)))


def test_a_model_that_was_found_here_is_asked_here_whatever_the_variable_says() -> None:
    found = Fact(name="local_models", value=("hosted_vllm/big@http://127.0.0.1:8000/v1",), source=Source.measured)
    assert address_of("hosted_vllm/big", told(AWAY).learn(found)) == "http://127.0.0.1:8000/v1"
    assert address_of("hosted_vllm/other", told(AWAY).learn(found)) == "http://gpu-box:8000/v1"


def test_practice_asks_no_other_computer() -> None:
    facts = told(AWAY, host="practice", prompt_model="hosted_vllm/big", prompt_effort="light")
    plan = make_plan("gold_finetune", facts, report())
    assert plan.prompt_model.model == "practice-large" and plan.free
    assert "hosted_vllm/big is played by practice-large" in not_asked(plan, facts)


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://[::1]:8000/v1", True),
        ("localhost:11434", True),
        ("http://127.0.0.1.example.com", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_which_addresses_are_this_computers(address: str, here: bool) -> None:
    assert is_here(address) is here
