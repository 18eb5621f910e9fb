"""What an output field may hold: read from a DSPy type name or from a JSON schema."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.practice.wire import JsonObject

Choice = str | int | float | bool | None
Kind = Literal["text", "choice", "choices", "integer", "number", "list", "object"]

MAX_DEPTH = 8
"""How deep a nested schema is followed; schemas may refer to themselves."""

_LITERAL = re.compile(r"Literal(\[.*\])", re.DOTALL)
_LITERAL_ITEM = re.compile(r"""'((?:\\'|[^'])*)'|"([^"]*)"|([^\s,'"]+)""")
_SCALARS: dict[str, Kind] = {"int": "integer", "float": "number", "str": "text"}
_JSON_SCALARS: dict[str, Kind] = {"integer": "integer", "number": "number", "string": "text", "array": "list"}


@dataclass(frozen=True)
class Field:
    """One field of a prompt."""

    name: str
    description: str = ""
    kind: Kind = "text"
    choices: tuple[Choice, ...] = ()
    """Values allowed, for `choice` and (as a list of them) `choices`."""
    schema: JsonObject | None = None
    """JSON schema of a nested value, where the prompt gave one."""


def field_from_type(name: str, type_name: str, note: str, description: str) -> Field:
    """Return the field a DSPy prompt describes as `type_name`, with its `# note:` on allowed values."""
    bare = type_name.strip()
    if bare == "bool":
        return Field(name, description, "choice", (True, False))
    literal = _LITERAL.search(bare)
    if literal:
        choices = _literal_choices(literal.group(1)) or _noted_choices(note)
        if choices:
            kind: Kind = "choices" if bare.lower().startswith(("list[", "set[", "tuple[")) else "choice"
            return Field(name, description, kind, choices)
    schema = _noted_schema(note)
    if schema is not None:
        return field_from_schema(name, schema, description)
    noted = _noted_choices(note)
    if noted:
        return Field(name, description, "choice", noted)
    if bare.lower().startswith(("list[", "set[", "tuple[")):
        return Field(name, description, "list")
    if bare.lower().startswith("dict["):
        return Field(name, description, "object", (), {"type": "object"})
    return Field(name, description, _SCALARS.get(bare, "text"))


def field_from_schema(name: str, schema: JsonObject, description: str = "") -> Field:
    """Return the field a JSON schema describes; references are looked up in the schema's own `$defs`."""
    target = resolve(schema, schema)
    description = description or str(target.get("description") or schema.get("description") or "")
    choices = schema_choices(target, schema)
    if choices:
        return Field(name, description, "choice", choices)
    if target.get("type") == "array":
        items = resolve(target.get("items"), schema)
        return Field(
            name, description, "choices" if (inner := schema_choices(items, schema)) else "list", inner, schema
        )
    if target.get("type") == "object" or "properties" in target:
        return Field(name, description, "object", (), schema)
    return Field(name, description, _JSON_SCALARS.get(str(target.get("type")), "text"), (), schema)


def resolve(schema: object, root: JsonObject) -> JsonObject:
    """Return `schema` with `$ref`, a single `allOf` and an optional `anyOf` followed."""
    for _ in range(MAX_DEPTH):
        if not isinstance(schema, dict):
            return {}
        if isinstance(schema.get("$ref"), str):
            schema = _referred(schema["$ref"], root)
            continue
        options = schema.get("allOf") or schema.get("anyOf") or schema.get("oneOf")
        if not isinstance(options, list) or schema.get("type"):
            return schema
        real = [option for option in options if isinstance(option, dict) and option.get("type") != "null"]
        if len(real) != 1:
            return schema
        schema = real[0]
    return {}


def schema_choices(schema: JsonObject, root: JsonObject) -> tuple[Choice, ...]:
    """Return the values `schema` allows by `enum`, `const` or `boolean`, or nothing."""
    if isinstance(schema.get("enum"), list):
        return _scalars(schema["enum"])
    if "const" in schema:
        return _scalars([schema["const"]])
    if schema.get("type") == "boolean":
        return (True, False)
    options = schema.get("anyOf") or schema.get("oneOf")
    if isinstance(options, list):
        parts = [resolve(option, root) for option in options]
        constants = [part["const"] for part in parts if "const" in part]
        if constants and len(constants) == len(parts):
            return _scalars(constants)
    return ()


def _referred(reference: str, root: JsonObject) -> object:
    found: object = root
    for part in reference.lstrip("#/").split("/"):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _scalars(values: Sequence[object]) -> tuple[Choice, ...]:
    return tuple(value for value in values if value is None or isinstance(value, str | int | float))


def _literal_choices(bracketed: str) -> tuple[Choice, ...]:
    """Read the values of a `Literal`; DSPy quotes texts without escaping their backslashes."""
    values: list[Choice] = []
    for single, double, bare in _LITERAL_ITEM.findall(bracketed[1 : _closing(bracketed)]):
        if bare:
            try:
                values += _scalars([ast.literal_eval(bare)])
            except (ValueError, SyntaxError):
                return ()
        else:
            values.append(double or single.replace("\\'", "'"))
    return tuple(values)


def _noted_choices(note: str) -> tuple[Choice, ...]:
    _, found, listed = note.partition("one of: ")
    return tuple(value for value in listed.split("; ") if value) if found else ()


def _noted_schema(note: str) -> JsonObject | None:
    _, found, text = note.partition("must adhere to the JSON schema: ")
    if not found:
        return None
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return schema if isinstance(schema, dict) else None


def _closing(text: str) -> int:
    """Return where the bracket that opens `text` closes, minding quotes; the last place if it never does."""
    depth, quote, escaped = 0, "", False
    for place, char in enumerate(text):
        if escaped:
            escaped = False
        elif quote:
            escaped = char == "\\"
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return place
    return len(text) - 1


def split_type(described: str) -> tuple[str, str] | None:
    """Split `(type): description`, whose type may itself hold brackets and quotes."""
    end = _closing(described)
    if described[end + 1 : end + 2] != ":":
        head, found, tail = described.partition("):")
        return (head[1:], tail.strip()) if found else None
    return described[1:end], described[end + 2 :].strip()
