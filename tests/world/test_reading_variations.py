"""The same things said in other words: one class after another, the ways people put it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.commands.read import as_json, understand

FILE = Path(__file__).parents[1] / "replies" / "variations.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").split("\n") if line]


def plain(value: object) -> object:
    """Return a value in which 5 and 5.0 are equal."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return round(float(value), 4) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["reply"][:50])
def test_a_variation(row: dict[str, Any]) -> None:
    read = as_json(understand(row["reply"], row["asked"]))
    found: Any = read["facts"]
    assert {fact["name"]: plain(fact["value"]) for fact in found} == plain(row["facts"])
    assert row.get("intent") in (None, read["intent"])
