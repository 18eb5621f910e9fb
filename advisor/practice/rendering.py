"""Writes field values in the shape a prompt asked for, in pieces that can be streamed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.practice.prompt import Prompt

Value = str | int | float | bool | list[object] | dict[str, object] | None

_PIECE = re.compile(r"\s*\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a reply, the practice model's token."""

    text: str
    logprob: float = 0.0
    alternatives: tuple[tuple[str, float], ...] = ()
    """Other texts that could have stood here and their log probabilities, likeliest first."""


@dataclass(frozen=True)
class Answer:
    """The value of one output field; a choice knows how likely it and its rivals were."""

    value: Value
    logprob: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()


def render(prompt: Prompt, answers: Mapping[str, Answer]) -> list[Piece]:
    """Return `answers` in the shape of `prompt`; a chosen label is always one piece."""
    pieces: list[Piece] = []
    for text, answer in _segments(prompt, answers):
        if answer is not None and answer.logprob is not None and text:
            pieces.append(Piece(text, answer.logprob, answer.alternatives))
        else:
            pieces += [Piece(part) for part in _PIECE.findall(text)]
    return pieces


def _segments(prompt: Prompt, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Answer | None]]:
    if prompt.shape == "json":
        yield from _json_segments(answers)
    elif prompt.shape == "chat":
        for name, answer in answers.items():
            yield f"[[ ## {name} ## ]]\n", None
            yield _spoken(answer.value), answer
            yield "\n\n", None
        yield "[[ ## completed ## ]]\n", None
    elif prompt.shape == "xml":
        for name, answer in answers.items():
            yield f"<{name}>", None
            yield _xml(answer.value), answer
            yield f"</{name}>\n\n", None
    else:
        for answer in answers.values():
            yield _spoken(answer.value), answer


def _json_segments(answers: Mapping[str, Answer]) -> Iterator[tuple[str, Answer | None]]:
    opening = "{"
    for name, answer in answers.items():
        yield f"{opening}{json.dumps(name)}: ", None
        yield json.dumps(answer.value, ensure_ascii=False), answer
        opening = ", "
    yield "}" if answers else "{}", None


def _spoken(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _xml(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"<item>{_xml(part)}</item>" for part in value)
    if isinstance(value, dict):
        return "".join(f"<{name}>{_xml(part)}</{name}>" for name, part in value.items())
    return str(value).replace("&", "&amp;").replace("<", "&lt;")
