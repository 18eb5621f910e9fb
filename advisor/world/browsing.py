"""What a folder holds, while a path to it is typed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from advisor.domain.browsing import PathChoice
from advisor.domain.file_formats import PACKED, SUFFIXES

LISTED = 200
"""Choices returned; more are not read by anyone."""
READ = 20_000
"""Names looked at in one folder."""


def paths_like(text: str) -> tuple[PathChoice, ...]:
    """Return what goes on from a typed path: datasets, then folders, then the rest; nothing where none can be read.

    Hidden names come only when their dot was typed.
    """
    if "\x00" in text:
        return ()
    before, slash, start = text.rpartition("/")
    if text == "~":
        before, slash, start = "~", "/", ""
    try:
        folder = Path(before + slash or ".").expanduser()
        found = [_choice(entry, before + slash) for entry in _entries(folder, start)]
    except (OSError, RuntimeError):
        return ()
    return tuple(sorted(found, key=_order)[:LISTED])


def _entries(folder: Path, start: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in itertools.islice(entries, READ):
            hidden = entry.name.startswith(".") and not start.startswith(".")
            if not hidden and entry.name.lower().startswith(start.lower()) and _is_text(entry.name):
                yield entry


def _is_text(name: str) -> bool:
    """Whether a name is Unicode; another one could be neither shown nor kept."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _choice(entry: os.DirEntry[str], typed: str) -> PathChoice:
    try:
        folder = entry.is_dir()
    except OSError:
        folder = False
    name = entry.name + "/" if folder else entry.name
    return PathChoice(typed + name, name, folder, not folder and _is_dataset(entry.name))


def _is_dataset(name: str) -> bool:
    path = Path(name.lower())
    return (Path(path.stem) if path.suffix in PACKED else path).suffix in SUFFIXES


def _order(choice: PathChoice) -> tuple[bool, bool, str]:
    return (not choice.dataset, not choice.folder, choice.name.lower())
