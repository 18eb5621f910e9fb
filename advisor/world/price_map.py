"""Prices, contexts and retirement dates from the map that ships with litellm; litellm itself is not imported."""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import date
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from advisor.domain.catalogue import Listed

PACKAGE = "litellm"
FILE = "model_prices_and_context_window_backup.json"
SNAPSHOT = re.compile(r"(.+)-(\d{4}-?\d{2}-?\d{2})")
MILLION = 1_000_000


def listed(model: str) -> Listed | None:
    """Return what the map says of a model, an alias as its newest dated snapshot; None where it has none."""
    found = _map()
    if model not in found and model not in _snapshots():
        return None
    dated = _newest(model)
    entry = {**found.get(dated, {}), **{k: v for k, v in found.get(model, {}).items() if v is not None}}
    tuned = found.get(f"ft:{dated}", {})
    return Listed(
        name=dated,
        source=source(),
        price_in=_price(entry, "input_cost_per_token"),
        price_out=_price(entry, "output_cost_per_token"),
        tuned_in=_price(tuned, "input_cost_per_token"),
        tuned_out=_price(tuned, "output_cost_per_token"),
        context=_whole(entry.get("max_input_tokens") or entry.get("max_tokens")),
        retires=_day(entry.get("deprecation_date")),
    )


@lru_cache(maxsize=1)
def source() -> str:
    """Return what the figures are quoted from."""
    return f"litellm {metadata.version(PACKAGE)}, its price map"


def location() -> Path | None:
    """Return the map's file; finding it runs nothing of litellm."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).parent / FILE
    return file if file.is_file() else None


@lru_cache(maxsize=1)
def _map() -> dict[str, dict[str, Any]]:
    file = location()
    if file is None:
        return {}
    try:
        read = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: entry for name, entry in read.items() if isinstance(entry, dict) and name != "sample_spec"}


@lru_cache(maxsize=1)
def _snapshots() -> dict[str, str]:
    """The newest dated name of each name that has any."""
    newest: dict[str, str] = {}
    for name in _map():
        if (match := SNAPSHOT.fullmatch(name)) is not None:
            newest[match[1]] = max(newest.get(match[1], ""), name)
    return newest


def _newest(model: str) -> str:
    return _snapshots().get(model, model)


def _price(entry: dict[str, Any], name: str) -> float | None:
    """Dollars per million tokens; the map writes 0 where nobody filled a price in."""
    found = entry.get(name)
    if not isinstance(found, (int, float)) or isinstance(found, bool) or found <= 0:
        return None
    return round(found * MILLION, 6)


def _whole(found: object) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None


def _day(found: object) -> date | None:
    try:
        return date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None
