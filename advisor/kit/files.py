"""Files that are whole or not there: a killed run leaves no half of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def write_text(path: Path, text: str) -> None:
    """Write a file beside its place, then move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def write_json(path: Path, value: object) -> None:
    """Write one JSON object."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_lines(path: Path, rows: Iterable[object]) -> None:
    """Write JSON Lines."""
    write_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def shown_json(value: object) -> str:
    """Return one line of JSON for a terminal: what it would obey, or not show, stands there by its number."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(character if character.isprintable() else _numbered(character) for character in text)


def _numbered(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON object; empty when there is no such file."""
    if not path.exists():
        return {}
    value = json.loads(path.read_text("utf-8"))
    return value if isinstance(value, dict) else {}


def read_whole(path: Path) -> dict[str, Any]:
    """Return a JSON object that has to be there.

    Raises:
        ValueError: the file holds none, or half of one.
        OSError: it cannot be read.
    """
    try:
        value = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not whole") from error
    if not isinstance(value, dict):
        raise ValueError("it is not whole")
    return value


def read_lines(path: Path) -> Iterator[Any]:
    """Yield the values of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
