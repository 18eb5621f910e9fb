"""Whose model a name means."""

from __future__ import annotations

import pytest

from advisor.domain.plan import Host, Role
from advisor.domain.providers import elsewhere, others_asked, roles_in_words
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
        ("claude-sonnet-5", "other", None),
        ("ollama_chat/llama3", "local", "ollama_chat/llama3"),
        ("ollama_chat/llama3", "practice", "ollama_chat/llama3"),
        ("anthropic/claude-sonnet-5", "practice", None),
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
