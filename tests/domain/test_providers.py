"""Whose model a name means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import cast

import pytest

from advisor.domain.facts import Fact, FactName, Facts, Source
from advisor.domain.plan import Host, Role
from advisor.domain.preflight import first_refusal
from advisor.domain.provider_names import NAMES
from advisor.domain.providers import PROVIDERS, answers_at, elsewhere, others_asked, roles_in_words
from tests.projects.project_bench import make_plan

LOCAL = Host(name="local", base_url=None, key_variable="", upload_to="127.0.0.1", free=True, driver="local")


@pytest.mark.parametrize(
    ("model", "host", "named"),
    [
        ("gpt-4.1", "openai", None),
        ("openai/gpt-4.1", "openai", None),
        ("gpt-4.1", "local", "openai/gpt-4.1"),
        ("o3-mini", "local", "openai/o3-mini"),
        ("openai/gpt-4.1", "local", "openai/gpt-4.1"),
        ("claude-sonnet-5", "openai", "anthropic/claude-sonnet-5"),
        ("anthropic/claude-sonnet-5", "nebius", "anthropic/claude-sonnet-5"),
        ("Qwen/Qwen3-8B", "local", None),
        ("/models/mine", "local", None),
        ("meta-llama/Llama-3.3-70B-Instruct", "nebius", None),
        ("gpt-oss-120b", "nebius", None),
        ("openai/gpt-oss-20b", "local", None),
        ("openai/gpt-oss-20b", "nebius", None),
        ("openai/Qwen/Qwen3-32B", "nebius", None),
        ("gpt-5", "nebius", "openai/gpt-5"),
        ("openai/gpt-5", "nebius", "openai/gpt-5"),
        ("openai/gpt-5", "together", "openai/gpt-5"),
        ("gpt-5", "other", None),
        ("openai/gpt-5", "other", None),
        ("openai/gpt-5", "foundry", None),
        ("nebius/meta-llama/Llama-3.3-70B-Instruct", "nebius", None),
        ("claude-sonnet-5", "other", None),
        ("ollama_chat/llama3", "local", "ollama_chat/llama3"),
        ("ollama_chat/llama3", "practice", "ollama_chat/llama3"),
        ("anthropic/claude-sonnet-5", "practice", None),
        ("perplexity/sonar", "local", "perplexity/sonar"),
        ("moonshot/kimi-k2", "nebius", "moonshot/kimi-k2"),
        ("github/gpt-4o", "openai", "github/gpt-4o"),
        ("replicate/meta/meta-llama-3-70b-instruct", "local", "replicate/meta/meta-llama-3-70b-instruct"),
        ("cerebras/llama3.1-8b", "local", "cerebras/llama3.1-8b"),
        ("cerebras/Cerebras-GPT-1.3B", "local", None),
        ("databricks/dolly-v2-3b", "local", None),
        ("tencent/Hunyuan-1.8B-Instruct", "local", None),
        ("sail/Sailor2-1B-Chat", "sky", None),
        ("moonshotai/Kimi-K2-Instruct", "nebius", None),
        ("mistralai/Mistral-7B-v0.1", "local", None),
        ("deepseek-ai/DeepSeek-R1", "together", None),
        ("openai/gpt-oss-20b", "together", None),
        ("perplexity/sonar", "practice", None),
    ],
)
def test_a_name_means_the_host_or_a_provider_beside_it(model: str, host: str, named: str | None) -> None:
    assert elsewhere(model, host) == named


def test_the_roles_are_said_in_a_line_with_those_who_answer_elsewhere() -> None:
    teacher = Role(model="anthropic/claude-sonnet-5", elsewhere=True)
    plan = make_plan("distillation", host=LOCAL, student=Role(model="Qwen/Qwen3-8B"), teacher=teacher)
    assert (
        roles_in_words(plan) == "student Qwen/Qwen3-8B (this computer), teacher anthropic/claude-sonnet-5 (Anthropic)"
    )
    assert [provider.title for provider in others_asked(plan)] == ["Anthropic"]
    assert not plan.free and not plan.uploads


@pytest.mark.parametrize("model", ["perplexity/sonar", "sambanova/Meta-Llama-3.3-70B-Instruct"])
def test_every_provider_litellm_knows_is_said_and_kept_from_rows_that_must_stay(model: str) -> None:
    title = "Perplexity" if model.startswith("perplexity") else "sambanova"
    assert answers_at(model, "local") == answers_at(model, "nebius") == title
    told = (("host", "local"), ("student_model", "Qwen/Qwen3-8B"), ("teacher_model", model), ("data_must_stay", True))
    facts = Facts().learn(*(Fact(name=cast(FactName, name), value=value, source=Source.told) for name, value in told))
    refusal = first_refusal(facts)
    assert refusal is not None and f"answers at {title}" in refusal.why


def test_the_names_are_those_of_the_litellm_that_is_installed() -> None:
    script = (
        "import json, pathlib, litellm\n"
        "own = json.loads((pathlib.Path(litellm.__file__).parent / 'llms/openai_like/providers.json').read_text())\n"
        "print(json.dumps(sorted({*own, *(getattr(each, 'value', each) for each in litellm.provider_list)})))"
    )
    environment = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert set(json.loads(done.stdout.splitlines()[-1])) == NAMES
    assert set(PROVIDERS) <= NAMES
