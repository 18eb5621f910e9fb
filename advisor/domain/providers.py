"""Whose model a name means: the training host's own, or another provider's, asked beside it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from advisor.domain.cleaning import clean
from advisor.domain.hosts import HOSTS
from advisor.domain.loopback import computer_of, is_here, is_this_computer
from advisor.domain.plan import Plan
from advisor.domain.provider_names import NAMES


class Provider(NamedTuple):
    """Somebody who answers beside the host."""

    title: str
    key: str = ""
    """Environment variable in which LiteLLM looks for the key; nothing where it wants more than one, or none."""
    here: bool = False
    """Answers on this computer."""
    or_else: tuple[str, ...] = ()
    """Other variables in which LiteLLM finds a key as well."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The variables of which any one is enough; the first is the one to name."""
        return (self.key, *self.or_else) if self.key else ()


_OF_AZURE = ("AZURE_OPENAI_API_KEY", "AZURE_AD_TOKEN", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE")
_OF_TOGETHER = ("TOGETHER_AI_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN")
_OF_FIREWORKS = ("FIREWORKS_AI_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN")

PROVIDERS: dict[str, Provider] = {
    "openai": Provider("OpenAI", "OPENAI_API_KEY"),
    "anthropic": Provider("Anthropic", "ANTHROPIC_API_KEY", or_else=("ANTHROPIC_AUTH_TOKEN",)),
    "gemini": Provider("Google", "GEMINI_API_KEY", or_else=("GOOGLE_API_KEY",)),
    "vertex_ai": Provider("Google Cloud"),
    "azure": Provider("Microsoft Azure", "AZURE_API_KEY", or_else=_OF_AZURE),
    "bedrock": Provider("AWS Bedrock"),
    "mistral": Provider("Mistral", "MISTRAL_API_KEY", or_else=("MISTRAL_AZURE_API_KEY",)),
    "groq": Provider("Groq", "GROQ_API_KEY"),
    "deepseek": Provider("DeepSeek", "DEEPSEEK_API_KEY"),
    "xai": Provider("xAI", "XAI_API_KEY"),
    "cohere": Provider("Cohere", "COHERE_API_KEY", or_else=("CO_API_KEY",)),
    "openrouter": Provider("OpenRouter", "OPENROUTER_API_KEY", or_else=("OR_API_KEY",)),
    "together_ai": Provider("Together AI", "TOGETHER_API_KEY", or_else=_OF_TOGETHER),
    "fireworks_ai": Provider("Fireworks AI", "FIREWORKS_API_KEY", or_else=_OF_FIREWORKS),
    "nebius": Provider("Nebius", "NEBIUS_API_KEY"),
    "perplexity": Provider("Perplexity", "PERPLEXITYAI_API_KEY", or_else=("PERPLEXITY_API_KEY",)),
    "moonshot": Provider("Moonshot AI", "MOONSHOT_API_KEY"),
    "replicate": Provider("Replicate", "REPLICATE_API_KEY", or_else=("REPLICATE_API_TOKEN",)),
    "github": Provider("GitHub Models", "GITHUB_API_KEY"),
    "ollama": Provider("Ollama", here=True),
    "ollama_chat": Provider("Ollama", here=True),
    "lm_studio": Provider("LM Studio", here=True),
    "hosted_vllm": Provider("vLLM", here=True),
    "llamafile": Provider("llama.cpp", here=True),
}
"""By the name LiteLLM writes before a model's (docs.litellm.ai, providers); those that people name.

Every other provider that LiteLLM knows is called by that name.
"""

_FAMILIES = (
    (re.compile(r"(?:gpt-(?!oss)|chatgpt|o\d)[\w.-]*\Z", re.IGNORECASE), "openai"),
    (re.compile(r"claude[\w.-]*\Z", re.IGNORECASE), "anthropic"),
    (re.compile(r"gemini[\w.-]*\Z", re.IGNORECASE), "gemini"),
)
"""Names that stand alone and are one provider's."""

_OWN = {"openai": ("openai",), "nebius": ("nebius", "openai"), "together": ("together_ai",),
        "foundry": ("azure", "openai"), "databricks": ("databricks",),
        "fireworks": ("fireworks_ai",), "other": ("openai",)}  # fmt: skip
"""Names before a model's that mean the host itself."""

ON_THE_HUB = re.compile(
    r"openai/gpt-oss|cerebras/(?:Cerebras-GPT|btlm|[\w.-]*REAP)|databricks/(?:dolly|dbrx-)|sail/Sailor"
    r"|tencent/(?:Hunyuan|HY-)|predibase/Predibase"
)
"""Open weights of makers whose name on the hub is a provider's, too."""

_SERVES_ANYTHING = ("other", "foundry")
"""A gateway may well have another's model under its plain name."""


def elsewhere(model: str, host: str, address: str = "") -> str | None:
    """Return the name LiteLLM has for a model that is not the host's own; None for one that is.

    `address` is where its server answers, for one that may do so on this computer or on another.
    The practice host plays every model that is not on this computer: nothing is billed there and nothing leaves.
    """
    prefix, slash, _ = model.partition("/")
    if host == "practice":
        provider = provider_of(model, address) if slash else None
        return model if provider is not None and provider.here else None
    if ON_THE_HUB.match(model):
        return None
    own = _OWN.get(host, ())
    if slash and prefix not in own:
        return model if prefix in NAMES else None
    if host in _SERVES_ANYTHING:
        return None
    # A host that speaks as OpenAI does is told so before a model's name; OpenAI's own models it has not.
    name = model.removeprefix("openai/")
    family = next((name_of for pattern, name_of in _FAMILIES if pattern.match(name)), None)
    return f"{family}/{name}" if family and family != host else None


def provider_of(model: str, address: str = "") -> Provider | None:
    """Return who answers under a name as LiteLLM spells it; a server at another computer's address is not here."""
    name, slash, _ = model.partition("/")
    known = PROVIDERS.get(name) or (Provider(name) if slash and name in NAMES else None)
    if known is None or not known.here or not address or is_here(address):
        return known
    return Provider(f"{known.title} on {clean(computer_of(address), 60) or 'another computer'}")


def beside(model: str, host: str, address: str = "") -> Provider | None:
    """Return who answers beside the host under a name that somebody gave a model."""
    other = elsewhere(model, host, address)
    return provider_of(other, address) if other else None


def answers_at(model: str, host: str, address: str = "") -> str:
    """Say where a model answers."""
    if provider := beside(model, host, address):
        return f"{provider.title} on this computer" if provider.here else provider.title
    return HOSTS[host].title if host in HOSTS else host


def roles_in_words(plan: Plan, at: str = "") -> str:
    """Say in one line which model does what, and where it answers; `at` is the host where it is not the planned one."""
    told: list[str] = []
    said: set[str] = set()
    for place, (part, role) in enumerate(plan.roles):
        if before := next((other for other, same in plan.roles[:place] if same == role), None):
            told.append(f"{part} the {'writer of the prompts' if before == 'prompts written by' else before}")
            continue
        where = at if at and not role.elsewhere else answers_at(role.model, plan.host.name, role.address)
        told.append(f"{part} {clean(role.model, 60)} ({'there too' if where in said else where})")
        said = {where}
    return ", ".join(told)


def others_asked(plan: Plan) -> tuple[Provider, ...]:
    """Return the providers away from this computer that a run shows rows to, beside the host."""
    return tuple(dict.fromkeys(provider for _, _, provider in beside_the_host(plan) if not provider.here))


def keys_of(plan: Plan) -> tuple[str, ...]:
    """Return the variables that hold the keys of the models that answer beside the host."""
    return tuple(dict.fromkeys(provider.key for _, _, provider in beside_the_host(plan) if provider.key))


def keys_wanted(plan: Plan) -> tuple[str, ...] | None:
    """Return the variables that a run reads its keys from; None where a provider's are known to LiteLLM alone."""
    host = () if plan.host.free or plan.rented else (plan.host.key_variable,)
    keys = (*host, *keys_of(plan))
    keyless = [provider for provider in others_asked(plan) if not provider.key]
    return None if keyless and not keys else keys


def rows_go_to(plan: Plan) -> Literal["here", "cloud", "host"]:
    """Return whose computer the rows of a plan are kept on and trained on; models beside it are not counted."""
    if plan.rented:
        return "cloud"
    return "here" if is_this_computer(plan.host.upload_to) else "host"


def beside_the_host(plan: Plan) -> tuple[tuple[str, str, Provider], ...]:
    """Return the models that answer beside the host: part, name and who answers."""
    return tuple(
        (part, role.model, provider)
        for part, role in plan.roles
        if role.elsewhere and (provider := provider_of(role.model, role.address))
    )
