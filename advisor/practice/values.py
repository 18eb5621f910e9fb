"""Makes values that are neither labels nor prose: numbers, lists and nested objects."""

from __future__ import annotations

import json
import re

from advisor.practice.fields import MAX_DEPTH, Field, resolve, schema_choices
from advisor.practice.rendering import Value
from advisor.practice.wire import JsonObject
from advisor.practice.words import keywords

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def parsed(field: Field, text: str) -> Value:
    """Return the value that a demonstration wrote as `text`, or None if it does not fit `field`."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    fits = {"integer": int, "number": (int, float), "list": list, "choices": list, "object": dict}[field.kind]
    # mypy joins the types of the table to `object`.
    return value if isinstance(value, fits) else None  # type: ignore[arg-type]


def made_up(field: Field, text: str) -> Value:
    """Return a value of the right type for `field`, taken from `text` where possible."""
    if field.kind in ("integer", "number"):
        return _number(text, whole=field.kind == "integer")
    if field.schema is not None:
        return _instance(field.schema, field.schema, text, MAX_DEPTH)
    return list(keywords(text))


def _number(text: str, whole: bool) -> int | float:
    found = _NUMBER.search(text)
    value = float(found.group()[:15]) if found else 0.0
    return int(value) if whole else value


def _instance(schema: object, root: JsonObject, text: str, depth: int) -> Value:
    """Return the smallest value that satisfies `schema`, with words and numbers of `text` in it."""
    part = resolve(schema, root)
    choices = schema_choices(part, root)
    if choices:
        return choices[0]
    kind = part.get("type")
    if kind == "object" or "properties" in part:
        properties = part.get("properties")
        names = properties if isinstance(properties, dict) and depth else {}
        return {name: _instance(names[name], root, text, depth - 1) for name in names}
    if kind == "array":
        items = resolve(part.get("items"), root)
        if items.get("type", "string") == "string" and not schema_choices(items, root):
            return list(keywords(text))
        # Only the outermost list gets an item: a schema may hold lists of itself.
        return [_instance(items, root, text, depth - 1)] if depth == MAX_DEPTH else []
    if kind in ("integer", "number"):
        return _number(text, whole=kind == "integer")
    if kind == "null":
        return None
    return " ".join(keywords(text))
