"""What the readers give: records, and the text of their values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

LINE_LIMIT = 32 * 2**20
"""Characters of one line; a longer one is skipped and counted."""

CHAT_LABEL = "reply"
"""Name given to the last assistant turn of a conversation, which no field holds by itself."""

_NUMBER = re.compile(r"\s*[-+]?[\d.,]*\d[\d.,]*\s*%?\s*")


class Record(NamedTuple):
    """One row as read."""

    line: int
    """Line it begins on; its number from 1 where rows have no lines of their own."""
    values: Mapping[str, object]
    split: str = ""
    """Split it stands in, where the file brought splits along."""


def as_text(value: object) -> str:
    """Return a value as the text that stands in the file; lists and objects as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, dict, bool)):
        # Not orjson: it refuses whole numbers beyond 64 bits.
        try:
            return json.dumps(value, ensure_ascii=False, default=str)
        except RecursionError:
            return "(nested too deep to show)"
    return str(value)


def as_texts(values: Sequence[object], kinds: set[type] | None = None) -> Sequence[str]:
    """Return the values of a column as text; those that are all text are not copied.

    `kinds` are the types among them, where somebody counted them already.
    """
    if (kinds or set(map(type, values))) == {str}:
        return cast("Sequence[str]", values)
    return list(map(as_text, values))


def readable(value: object) -> object:
    """Return a value with bytes as the text they stand for, or by their number where they are no text."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        raw = bytes(value)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return f"({len(raw):,} bytes)"
    return value


def is_filled(value: object) -> bool:
    """Say whether a value holds anything; an empty list does: it says "none of them"."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None


def is_number(text: str) -> bool:
    """Say whether a text is a number, with any thousands and decimal signs."""
    return _NUMBER.fullmatch(text) is not None


def is_conversation(value: object) -> bool:
    """Say whether a value is a list of chat messages."""
    return isinstance(value, list) and bool(value) and all(isinstance(turn, dict) and role_of(turn) for turn in value)


_SPEAKERS = {"human": "user", "gpt": "assistant", "model": "assistant", "bot": "assistant"}
"""Other names for those who speak."""


def role_of(turn: Mapping[str, object]) -> str:
    """Return who speaks, also in the older spelling `{"from": "human", "value": ...}`."""
    speaker = as_text(turn["from"] if "from" in turn and "value" in turn else turn.get("role"))
    return _SPEAKERS.get(speaker, speaker)


def conversation_parts(turns: object) -> tuple[str, str]:
    """Return what comes before the last assistant turn that is trained on, one message a line, and that turn's text."""
    if not isinstance(turns, list):
        return "", ""
    spoken = [turn for turn in turns if isinstance(turn, dict)]
    last = next((i for i in range(len(spoken) - 1, -1, -1) if _is_trained(spoken[i])), None)
    before = spoken if last is None else spoken[:last]
    asked = "\n".join(f"{role_of(turn)}: {content_of(turn)}" for turn in before)
    return asked, "" if last is None else content_of(spoken[last])


def _is_trained(turn: Mapping[str, object]) -> bool:
    return role_of(turn) == "assistant" and turn.get("weight") != 0


def content_of(turn: Mapping[str, object]) -> str:
    """Return the text of a message: of all its parts, or the calls of tools that stand in place of it."""
    content = turn.get("content", turn.get("value", turn.get("parts")))
    if isinstance(content, list):
        content = "".join(as_text(part.get("text")) if isinstance(part, dict) else as_text(part) for part in content)
    calls = turn.get("tool_calls") or turn.get("function_call")
    return as_text(content) if is_filled(content) or not calls else as_text(_calls(calls))


def _calls(calls: object) -> object:
    """Return what is called with what; the ids of calls are of no one's making."""
    if isinstance(calls, list):
        return [_calls(call) for call in calls]
    inner = calls.get("function", calls) if isinstance(calls, dict) else calls
    return {k: v for k, v in inner.items() if k in ("name", "arguments")} if isinstance(inner, dict) else inner


class Roles(NamedTuple):
    """Which field is input and which is label."""

    input_fields: tuple[str, ...]
    label_field: str | None
    confidence: float
    task: str | None
    split_field: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are read for what they say."""
        named = (*self.input_fields, self.label_field, self.split_field)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    def inputs(self, record: Record) -> tuple[str, ...]:
        """Return the text of every input field, in order."""
        if self.task == "chat":
            return (conversation_parts(record.values.get(self.input_fields[0]))[0],)
        return tuple(as_text(record.values.get(name)) for name in self.input_fields)

    def label(self, record: Record) -> object:
        """Return the label as read, or None where there is none."""
        if self.label_field is None:
            return None
        if self.task == "chat":
            return conversation_parts(record.values.get(self.input_fields[0]))[1] or None
        value = record.values.get(self.label_field)
        return value if is_filled(value) else None

    def split(self, record: Record) -> str:
        """Return the split a record stands in, empty where the file has none."""
        return as_text(record.values.get(self.split_field)) if self.split_field else record.split
