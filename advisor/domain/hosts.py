"""Where a project can train: names, titles, addresses. What ages of them is in the catalogue and comes as facts."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from advisor.domain.plan import Driver, Host, Role

PRACTICE_SMALL = "practice-small"
PRACTICE_LARGE = "practice-large"


class KnownHost(BaseModel):
    """A place to train, as far as a project has to know it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    host: Host
    title: str
    drivable: bool
    """Whether a generated project of this version can train there."""
    keeps_rows_here: bool = False
    """Whether the rows stay on this computer."""

    @property
    def lacking(self) -> str:
        """What this version does not do there; nothing where it trains."""
        return "" if self.drivable else "this version writes no project that trains there"


def _known(
    name: str, title: str, url: str | None, key: str, upload_to: str, *, drivable: bool, driver: Driver = "openai"
) -> KnownHost:
    here = name in ("practice", "local")
    host = Host(name=name, base_url=url, key_variable=key, upload_to=upload_to, free=here, driver=driver)
    return KnownHost(host=host, title=title, drivable=drivable, keeps_rows_here=here)


HOSTS: dict[str, KnownHost] = {
    known.host.name: known
    for known in (
        _known("practice", "the practice model on this computer", None, "ADVISED_API_KEY", "127.0.0.1", drivable=True),
        _known("openai", "OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY", "api.openai.com", drivable=True),
        _known("nebius", "Nebius Token Factory", "https://api.tokenfactory.nebius.com/v1/", "NEBIUS_API_KEY",
               "api.tokenfactory.nebius.com", drivable=True),
        _known("other", "another OpenAI-compatible host", None, "ADVISED_API_KEY", "", drivable=True),
        _known("local", "this computer", None, "ADVISED_API_KEY", "127.0.0.1", drivable=True, driver="local"),
        _known("foundry", "Microsoft Foundry", None, "AZURE_OPENAI_API_KEY", "", drivable=True),
        _known("together", "Together AI", "https://api.together.ai/v1", "TOGETHER_API_KEY", "api.together.ai",
               drivable=True, driver="together"),
        _known("sky", "a rented cloud GPU", None, "ADVISED_API_KEY", "", drivable=True, driver="local"),
        _known("fireworks", "Fireworks AI", None, "FIREWORKS_API_KEY", "", drivable=False),
        _known("tinker", "Tinker", None, "TINKER_API_KEY", "", drivable=False),
        _known("databricks", "Databricks", None, "DATABRICKS_TOKEN", "", drivable=False),
    )
}  # fmt: skip

SPOKEN = {
    "openai": r"open ?ai",
    "nebius": r"nebius(?: token factory)?",
    "together": r"together(?: ai)?",
    "foundry": r"(?:microsoft |azure )?foundry|azure",
    "fireworks": r"fireworks(?: ai)?",
    "tinker": r"tinker",
    "databricks": r"databricks",
}
"""How people name a host, as patterns."""

_EXAMPLES = {
    "nebius": "meta-llama/Meta-Llama-3.1-8B-Instruct", "together": "Qwen/Qwen3-8B", "local": "Qwen/Qwen3-0.6B",
    "sky": "Qwen/Qwen3-0.6B", "fireworks": "qwen3-8b", "tinker": "Qwen/Qwen3-8B",
}  # fmt: skip


def example_student(name: str) -> str:
    """Return a model that can be named for a host: one it trains."""
    return _EXAMPLES.get(name, "gpt-4.1-mini")


def title_of(name: str) -> str:
    """Return what a host is called."""
    return HOSTS[name].title if name in HOSTS else name


def free_role(model: str) -> Role:
    """Return a model nobody is billed for."""
    return Role(model=model, price_in=0.0, price_out=0.0, train_price=0.0)
