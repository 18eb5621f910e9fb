"""Whether the hosts on the network answer; asked only when the user wants it, and without a key."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from advisor.domain.cleaning import clean
from advisor.domain.machine import Reached

HOSTS = {
    "OPENAI_API_KEY": "https://api.openai.com/",
    "NEBIUS_API_KEY": "https://api.tokenfactory.nebius.com/",
    "TOGETHER_API_KEY": "https://api.together.xyz/",
    "HF_TOKEN": "https://huggingface.co/",
}
PATIENCE_S = 4.0


def named(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the addresses worth asking: the known hosts, and the one the environment names, without its path."""
    own = environment.get("ADVISED_BASE_URL", "").strip()
    try:
        parts = urlsplit(own)
        place = parts.hostname and f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}/"
    except ValueError:
        place = None
    known = tuple(HOSTS.values())
    return (place, *known) if place and place.startswith(("http://", "https://")) and place not in known else known


def reach(addresses: Iterable[str]) -> tuple[Reached, ...]:
    """Ask every address for its headers, all at once; any answer will do, also a refusal."""
    wanted = tuple(addresses)
    if not wanted:
        return ()
    with ThreadPoolExecutor(len(wanted)) as pool:
        return tuple(pool.map(_reach, wanted))


def _reach(address: str) -> Reached:
    host = clean(urlsplit(address).netloc, 80)
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=PATIENCE_S):
            return Reached(host=host, answered=True)
    except urllib.error.HTTPError:
        return Reached(host=host, answered=True)
    except Exception as error:
        # Whatever answered was not the web: a proxy's page, half a reply, an unknown name.
        why = getattr(error, "reason", None) or error
        return Reached(host=host, answered=False, why=clean(str(getattr(why, "strerror", None) or why), 80))
