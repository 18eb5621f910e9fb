"""File names as choices while a path is typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class PathChoice(NamedTuple):
    """One name in a folder that goes on from what was typed."""

    text: str
    """The whole path as it may be typed, folders with a slash at the end."""
    name: str
    """The last part alone, as it lies on disk."""
    folder: bool
    dataset: bool
    """Whether its name says it can be read as a dataset."""


def completed(text: str, choices: Iterable[PathChoice]) -> str:
    """Return the longest path that every choice begins with; `text` itself when they share no more."""
    paths = [choice.text for choice in choices]
    if not paths:
        return text
    first, last = min(paths), max(paths)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same] if same >= len(text) else text


def quoted(path: str) -> str:
    """Return a path as it stands in a reply: in quotes when it has spaces."""
    if not any(character.isspace() for character in path):
        return path
    return f"'{path}'" if '"' in path else f'"{path}"'
