"""Whose model a name means: the training host's own, or another provider's, asked beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain.calls import WRITES_INSTRUCTIONS
from advisor.domain.cleaning import clean
from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Plan, Role


class Provider(NamedTuple):
    """Somebody who answers beside the host."""

    title: str
    key: str = ""
    """Environment variable in which LiteLLM looks for the key; nothing where it wants more than one, or none."""
    here: bool = False
    """Answers on this computer."""


PROVIDERS: dict[str, Provider] = {
    "openai": Provider("OpenAI", "OPENAI_API_KEY"),
    "anthropic": Provider("Anthropic", "ANTHROPIC_API_KEY"),
    "gemini": Provider("Google", "GEMINI_API_KEY"),
    "vertex_ai": Provider("Google Cloud"),
    "azure": Provider("Microsoft Azure", "AZURE_API_KEY"),
    "bedrock": Provider("AWS Bedrock"),
    "mistral": Provider("Mistral", "MISTRAL_API_KEY"),
    "groq": Provider("Groq", "GROQ_API_KEY"),
    "deepseek": Provider("DeepSeek", "DEEPSEEK_API_KEY"),
    "xai": Provider("xAI", "XAI_API_KEY"),
    "cohere": Provider("Cohere", "COHERE_API_KEY"),
    "openrouter": Provider("OpenRouter", "OPENROUTER_API_KEY"),
    "together_ai": Provider("Together AI", "TOGETHER_API_KEY"),
    "fireworks_ai": Provider("Fireworks AI", "FIREWORKS_API_KEY"),
    "nebius": Provider("Nebius", "NEBIUS_API_KEY"),
    "ollama": Provider("Ollama", here=True),
    "ollama_chat": Provider("Ollama", here=True),
    "lm_studio": Provider("LM Studio", here=True),
    "hosted_vllm": Provider("vLLM", here=True),
    "llamafile": Provider("llamafile", here=True),
}
"""By the name LiteLLM writes before a model's (docs.litellm.ai, providers); those that people name."""

_FAMILIES = (
    (re.compile(r"(?:gpt-(?!oss)|chatgpt|o\d)[\w.-]*\Z", re.IGNORECASE), "openai"),
    (re.compile(r"claude[\w.-]*\Z", re.IGNORECASE), "anthropic"),
    (re.compile(r"gemini[\w.-]*\Z", re.IGNORECASE), "gemini"),
)
"""Names that stand alone and are one provider's."""

_OWN = {"openai": ("openai",), "nebius": ("nebius", "openai"), "together": ("together_ai",),
        "foundry": ("azure", "openai"), "other": ("openai",), "practice": ("openai",)}  # fmt: skip
"""Names before a model's that mean the host itself."""

ON_THE_HUB = ("openai/gpt-oss",)
"""Names of open weights that look like a provider's."""

_SERVES_ANYTHING = ("other", "foundry")
"""A gateway may well have another's model under its plain name."""


def elsewhere(model: str, host: str) -> str | None:
    """Return the name LiteLLM has for a model that is not the host's own; None for one that is."""
    prefix, slash, _ = model.partition("/")
    if host == "local" and model.startswith(ON_THE_HUB):
        return None
    own = _OWN.get(host, ())
    if slash:
        return model if prefix in PROVIDERS and prefix not in own else None
    if host in _SERVES_ANYTHING:
        return None
    family = next((name for pattern, name in _FAMILIES if pattern.match(model)), None)
    return f"{family}/{model}" if family and family not in own else None


def provider_of(model: str) -> Provider | None:
    """Return who answers under a name as LiteLLM spells it."""
    return PROVIDERS.get(model.partition("/")[0])


def answers_at(model: str, host: str) -> str:
    """Say where a model answers."""
    other = elsewhere(model, host)
    provider = provider_of(other) if other else None
    if provider:
        return f"{provider.title}, on this computer" if provider.here else provider.title
    return HOSTS[host].title if host in HOSTS else host


def roles_in_words(plan: Plan) -> str:
    """Say in one line which model does what, and where it answers."""
    roles = [("student", plan.student), ("teacher", plan.teacher)]
    if plan.optimizer in WRITES_INSTRUCTIONS and plan.prompt_model != plan.student:
        roles.append(("prompts written by", plan.prompt_model))
    return ", ".join(f"{name} {_named(role, plan)}" for name, role in roles if role)


def _named(role: Role, plan: Plan) -> str:
    name = clean(role.model, 60)
    return f"{name} at {answers_at(role.model, plan.host.name)}" if role.elsewhere else name


def others_asked(plan: Plan) -> tuple[Provider, ...]:
    """Return the providers away from this computer that a run shows rows to, beside the host."""
    roles = [role for role in (plan.teacher, plan.prompt_model) if role and role.elsewhere]
    found = [provider for role in roles if (provider := provider_of(role.model)) and not provider.here]
    return tuple(dict.fromkeys(found))
