"""Reads a prompt: DSPy's Chat, JSON and XML adapters, a JSON schema, or plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.practice.fields import Field, field_from_schema, field_from_type, split_type
from advisor.practice.wire import JsonObject

Shape = Literal["chat", "json", "xml", "plain"]
Message = tuple[str, str]
"""Role and text."""

_HEADER = re.compile(r"^\[\[ ## (\w+) ## \]\][ \t]*(.*)$")
_FIELD_LINE = re.compile(r"^\d+\. `(\w+)` (\(.*)$")
_NOTE = re.compile(r"^\{(\w+)\} +# note: the value you produce (.*)$")
_JSON_NOTE = re.compile(r'^\s*"(\w+)": "\{\w+\} +# note: the value you produce (.*)",?$')
_REMINDER = re.compile(
    r"\n\nRespond with (?:the corresponding output fields|a JSON object in the following order)[^\n]*"
)
_OBJECTIVE = "your objective is:"
_MISSING = "Not supplied for this particular example"


@dataclass(frozen=True)
class Demo:
    """One worked example of a prompt: input and output values by field name."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(frozen=True)
class Prompt:
    """Everything a prompt says before the input that is to be answered."""

    inputs: Mapping[str, Field]
    outputs: Mapping[str, Field]
    instruction: str
    demos: tuple[Demo, ...]
    shape: Shape
    marked: Shape
    """How inputs and demonstrations are marked; a JSON prompt marks its inputs as a chat prompt does."""

    def read_input(self, text: str) -> dict[str, str]:
        """Return the input values of the last user turn, without the reminder of the format."""
        reminders = list(_REMINDER.finditer(text)) if self.marked != "plain" else []
        return _read_inputs(text[: reminders[-1].start()] if reminders else text, self.inputs, self.marked)

    def read_output(self, text: str) -> dict[str, str]:
        """Return the output values of an assistant turn; missing ones are left out."""
        return _read_outputs(text, self.outputs, self.shape)


def joined(values: Mapping[str, str]) -> str:
    """Return all input values as one text."""
    return "\n".join(values.values())


def read_prompt(messages: Sequence[Message], response_format: JsonObject | None) -> Prompt:
    """Read every message but the last user turn."""
    system = "\n".join(text for role, text in messages if role in ("system", "developer"))
    inputs, outputs = _read_fields(system)
    schema = _response_schema(response_format)
    outputs = _merge_schema(outputs, schema)
    shape = _shape(system, outputs, response_format)
    marked: Shape = "plain" if not inputs else ("xml" if shape == "xml" else "chat")
    outputs = outputs or {"answer": Field("answer")}
    demos = tuple(_read_demos(messages, inputs, outputs, shape, marked))
    return Prompt(inputs, outputs, _read_instruction(system), demos, shape, marked)


def _read_fields(system: str) -> tuple[dict[str, Field], dict[str, Field]]:
    raw_inputs: dict[str, list[str]] = {}
    raw_outputs: dict[str, list[str]] = {}
    section: dict[str, list[str]] | None = None
    last: list[str] | None = None
    for line in system.splitlines():
        if line.startswith("Your input fields are:"):
            section, last = raw_inputs, None
        elif line.startswith("Your output fields are:"):
            section, last = raw_outputs, None
        elif line.startswith("All interactions will be structured"):
            break
        elif section is not None:
            found = _FIELD_LINE.match(line)
            if found:
                last = section.setdefault(found.group(1), [found.group(2)])
            elif last is not None:
                last.append(line)
    notes = _read_notes(system)
    return _fields(raw_inputs, {}), _fields(raw_outputs, notes)


def _fields(raw: Mapping[str, list[str]], notes: Mapping[str, str]) -> dict[str, Field]:
    fields = {}
    for name, lines in raw.items():
        parts = split_type(lines[0]) or ("str", "")
        description = "\n".join([parts[1], *lines[1:]]).strip()
        fields[name] = field_from_type(name, parts[0], notes.get(name, ""), description)
    return fields


def _read_notes(system: str) -> dict[str, str]:
    notes: dict[str, str] = {}
    for line in system.splitlines():
        plain, escaped = _NOTE.match(line), _JSON_NOTE.match(line)
        if plain:
            notes.setdefault(plain.group(1), plain.group(2))
        elif escaped:
            try:
                notes.setdefault(escaped.group(1), json.loads(f'"{escaped.group(2)}"'))
            except ValueError:
                continue
    return notes


def _read_instruction(system: str) -> str:
    _, found, objective = system.partition(_OBJECTIVE)
    if not found:
        return system.strip()
    return "\n".join(line.removeprefix(" " * 8) for line in objective.splitlines()).strip()


def _response_schema(response_format: JsonObject | None) -> JsonObject | None:
    if not response_format or response_format.get("type") != "json_schema":
        return None
    wrapped = response_format.get("json_schema")
    schema = wrapped.get("schema") if isinstance(wrapped, dict) else None
    return schema if isinstance(schema, dict) else None


def _merge_schema(outputs: dict[str, Field], schema: JsonObject | None) -> dict[str, Field]:
    """Fill in from the schema what the prompt's own words leave open."""
    properties = schema.get("properties") if schema else None
    if schema is None or not isinstance(properties, dict):
        return outputs
    definitions: JsonObject = {key: schema[key] for key in ("$defs", "definitions") if key in schema}
    merged = dict(outputs)
    for name, part in properties.items():
        if not isinstance(part, dict):
            continue
        known = merged.get(name)
        if known is None or (known.kind == "text" and not known.choices):
            merged[name] = field_from_schema(name, {**definitions, **part}, known.description if known else "")
    return merged


def _shape(system: str, outputs: Mapping[str, Field], response_format: JsonObject | None) -> Shape:
    asked = str((response_format or {}).get("type", "text"))
    if asked != "text" or "Outputs will be a JSON object" in system:
        return "json"
    if not outputs:
        return "plain"
    first = next(iter(outputs))
    return "xml" if f"\n<{first}>" in system and f"[[ ## {first} ## ]]" not in system else "chat"


def _read_demos(
    messages: Sequence[Message],
    inputs: Mapping[str, Field],
    outputs: Mapping[str, Field],
    shape: Shape,
    marked: Shape,
) -> list[Demo]:
    demos = []
    asked: str | None = None
    for role, text in messages:
        if role == "user":
            asked = text
        elif role == "assistant" and asked is not None:
            answer = _read_outputs(text, outputs, shape)
            if answer:
                demos.append(Demo(_read_inputs(asked, inputs, marked), answer))
            asked = None
    return demos


def _read_inputs(text: str, inputs: Mapping[str, Field], marked: Shape) -> dict[str, str]:
    values: dict[str, str] = {}
    if marked == "chat":
        values = _sections(text, inputs)
    elif marked == "xml":
        values = _elements(text, inputs)
    return values or {"input": text.strip()}


def _read_outputs(text: str, outputs: Mapping[str, Field], shape: Shape) -> dict[str, str]:
    values = _sections(text, outputs) or (_elements(text, outputs) if shape == "xml" else {})
    values = values or _json_values(text, outputs)
    if not values:
        values = {next(iter(outputs)): text.strip()} if len(outputs) == 1 or shape == "plain" else {}
    return {name: value for name, value in values.items() if _MISSING not in value}


def _sections(text: str, fields: Mapping[str, Field]) -> dict[str, str]:
    """Return the marked sections of `text`; only a known field not seen before starts one.

    The text of a user may hold markers of its own: those stay part of the text.
    """
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        header = _HEADER.match(line.strip())
        name = header.group(1) if header else ""
        if header and name in fields and name not in found:
            current = found.setdefault(name, [])
            if header.group(2):
                current.append(header.group(2))
        elif header and name == "completed" and len(found) == len(fields):
            current = None
        elif current is not None:
            current.append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def _elements(text: str, fields: Mapping[str, Field]) -> dict[str, str]:
    found = {}
    for name in fields:
        start, end = text.find(f"<{name}>"), text.rfind(f"</{name}>")
        if 0 <= start < end:
            value = text[start + len(name) + 2 : end].strip()
            items = re.findall(r"<item>(.*?)</item>", value, re.DOTALL)
            found[name] = json.dumps(items) if items else value.replace("&lt;", "<").replace("&amp;", "&")
    return found


def _json_values(text: str, outputs: Mapping[str, Field]) -> dict[str, str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    known = {name: part for name, part in value.items() if name in outputs} or value
    return {str(name): part if isinstance(part, str) else json.dumps(part) for name, part in known.items()}
