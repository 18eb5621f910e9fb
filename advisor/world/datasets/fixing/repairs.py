"""What may be changed in a text without changing what it says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from advisor.domain.cleaning import redact
from advisor.domain.fixing import Edit, Kind
from advisor.world.datasets.text import CONTROL, ENTITY, clean

_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[\d;]+m", re.ASCII)
"""Colour codes; a bare U+009B is more often a quotation mark of Windows read as Latin-1, and letters follow it."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_NUMBER = re.compile(r"\s*[+-]?(?:\d[\d.,\s]*|\.\d+)(?:[eE][+-]?\d+)?\s*%?\s*")
_SHOWN = 120


def without_control(text: str) -> str:
    """Return a text without control characters, and without the colour codes that begin with one."""
    if text.isascii() and text.isprintable():
        return text
    return CONTROL.sub("", _COLOUR.sub("", text))


def has_entities(text: str) -> bool:
    """Say whether HTML entities stand in a text."""
    return "&" in text and html.unescape(text) != text and decoded(text) != text


def decoded(text: str) -> str:
    """Return a text with its HTML entities as characters; only those that end in a semicolon are meant as such."""
    return ENTITY.sub(lambda found: html.unescape(found[0]), text)


def marked(text: str) -> str:
    """Return a cell so that no spreadsheet runs it; numbers with a sign are harmless and stay."""
    if not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def repaired(text: str, *, decode: bool) -> Iterator[tuple[Kind, str]]:
    """Yield what a text becomes, step by step, until nothing more is to be done."""
    steps: list[tuple[Kind, Callable[[str], str]]] = [("control", without_control)]
    if decode:
        steps.insert(0, ("entities", decoded))
    changed = True
    while changed:
        changed = False
        for kind, step in steps:
            after = step(text)
            if after != text:
                changed, text = True, after
                yield kind, text


def shown(text: str) -> str:
    """Return a text as it is shown in an explanation: cut, its control characters spelled out."""
    return clean(CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text[: 4 * _SHOWN]), _SHOWN)


def shown_apart(edit: Edit) -> tuple[str, str]:
    """Return both texts of a change from shortly before the place where they part."""
    pairs = enumerate(zip(edit.was, edit.now, strict=False))
    place = next((i for i, (a, b) in pairs if a != b), min(len(edit.was), len(edit.now)))
    start = max(0, place - 40)
    lead = "…" if start else ""
    one, other = (_in_quotes(lead + shown(text[start:]), text) for text in (edit.was, edit.now))
    if one == other:
        one, other = (lead + redact(repr(text[start : start + 4 * _SHOWN]))[:_SHOWN] for text in (edit.was, edit.now))
    return one, other


def _in_quotes(text: str, whole: str) -> str:
    """Show where a text begins and ends when spaces stand there."""
    if whole == whole.strip() or len(whole) > _SHOWN or not whole.isprintable():
        return text
    left, right = len(whole) - len(whole.lstrip()), len(whole) - len(whole.rstrip())
    return f'"{" " * left}{text.strip()}{" " * (right if whole.strip() else 0)}"'
