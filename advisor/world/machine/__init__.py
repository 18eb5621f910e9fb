"""What this computer has: keys by name, processors, packages, model servers. Asks no network unless told to."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from advisor.domain.lacking_to_start import SETTINGS
from advisor.domain.loopback import named_in
from advisor.domain.machine import Machine
from advisor.domain.providers import PROVIDERS
from advisor.world.machine import graphics, hardware, packages

KEYS = tuple(dict.fromkeys((
    "OPENAI_API_KEY", "TOGETHER_API_KEY", "NEBIUS_API_KEY", "FIREWORKS_API_KEY", "AZURE_API_KEY",
    "AZURE_OPENAI_API_KEY", "TINKER_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GROQ_API_KEY",
    "MISTRAL_API_KEY", "ADVISED_API_KEY", "HF_TOKEN",
    *(name for provider in PROVIDERS.values() for name in provider.keys),
)))  # fmt: skip
PATIENCE_S = 2.0
BRIEF_S = 1.3
"""For the doctor, which promises an answer in two seconds."""


def look(environment: Mapping[str, str] | None = None, *, answering: bool = False) -> Machine:
    """Return what a conversation goes by: keys, processors, packages, programs, on request models that answer."""
    known = _known(environment)
    if not answering:
        return Machine(**_glance(known), graphics=graphics.look(PATIENCE_S))
    from advisor.world.machine import servers  # who asks none pays for none

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(servers.find, servers.where(known))
        return Machine(**_glance(known), graphics=graphics.look(PATIENCE_S), servers=found.result())


def examine(environment: Mapping[str, str] | None = None, *, online: bool = False) -> Machine:
    """Return everything that can be found out about this computer within two seconds; `online` also asks the hosts."""
    # Imported here: a conversation does not look at the hosts.
    from advisor.world.machine import hosts, servers

    known = _known(environment)
    with ThreadPoolExecutor(3) as pool:
        processors = pool.submit(graphics.look, BRIEF_S)
        answering = pool.submit(servers.find, servers.where(known))
        reached = pool.submit(hosts.reach, hosts.named(known) if online else ())
        memory, free = hardware.memory_gib()
        return Machine(
            **_glance(known),
            cores=hardware.cores(),
            memory_gib=memory,
            free_memory_gib=free,
            rooms=hardware.rooms(known),
            graphics=processors.result(),
            servers=answering.result(),
            reached=reached.result(),
        )


def host_in_environment(environment: Mapping[str, str] | None = None) -> str | None:
    """Return the host name that `ADVISED_BASE_URL` sends a project's calls to, where it is set."""
    try:
        return urlsplit(_known(environment).get("ADVISED_BASE_URL", "").strip()).hostname
    except ValueError:
        return "an address that cannot be read"


def server_addresses(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return where the environment says that model servers answer, by the name before a model's."""
    return named_in(_known(environment))


def _known(environment: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if environment is None else environment


def _glance(known: Mapping[str, str]) -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "keys": tuple(name for name in KEYS if known.get(name, "").strip()),
        "packages": packages.versions(),
        "programs": packages.programs(),
        "origin": packages.origin(),
        "settings": tuple(name for name in SETTINGS if known.get(name, "").strip()),
        "host_named": host_in_environment(known),
        "server_addresses": named_in(known),
    }
