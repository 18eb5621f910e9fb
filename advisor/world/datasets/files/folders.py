"""Which files of a folder hold its rows, and what their names say of them."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from advisor.domain.dataset import Finding
from advisor.domain.file_formats import PACKED, SUFFIXES
from advisor.errors import UnreadableDataset
from advisor.world.datasets.files.opening import forbidden
from advisor.world.datasets.roles.names import SPLITS, label_weight, names_split, words_of
from advisor.world.datasets.text import clean, count, named

FILES = 1_000
"""Files of one folder that are looked at."""

_DATA = (*SUFFIXES, ".txt")
_ABOUT = frozenset({
    "license", "licence", "copying", "notice", "readme", "citation", "changelog", "authors", "credits", "requirements",
    "dataset_info", "dataset_infos", "dataset_dict", "state", "metadata", "config", "package", "schema",
})  # fmt: skip
"""Names of files that speak about the data."""

_OF_LABELS = frozenset({"labels", "classes", "classnames", "names", "mapping", "categories", "vocab", "ontology"})
_VERSIONS = frozenset({"full", "all", "complete", "small", "sample", "mini", "tiny", "subset"})
_SHARD = re.compile(r"[-_.]?(?:part|shard)?[-_.]?\d{2,}(?:[-_.]of[-_.]\d+)?$|[-_.]\d+[-_.]of[-_.]\d+$", re.IGNORECASE)


class Chosen(NamedTuple):
    """A file that holds rows, and what its name says of them."""

    path: Path
    split: str = ""
    label: str | None = None


class Plan(NamedTuple):
    """The files to read as one table."""

    files: tuple[Chosen, ...]
    findings: tuple[Finding, ...] = ()


class _Name(NamedTuple):
    """The parts of a file's name."""

    path: Path
    split: str
    rest: str
    """What is left without the split and the number of a shard."""
    version: str
    """The word that says it is a shorter or longer version of another file."""


def in_reading_order(files: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Return the files with the rows to learn from before those to test on."""
    return tuple(sorted(files, key=lambda file: (_rank(file.split), file.path)))


def _rank(split: str) -> int:
    word = next((word for word in words_of(split) if word in SPLITS), "")
    return 0 if word.startswith("train") else 2 if word.startswith(("test", "hold")) else 1


def data_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that may hold rows, in order; of its folders those that name a split.

    Raises:
        UnreadableDataset: none, or too many to be parts of one table.
    """
    name = clean(str(folder))
    files, folders = _listed(folder)
    inner = [f for f in folders if names_split(f.name)] or (folders if len(folders) == 1 and not files else [])
    files = [*files, *chain.from_iterable(_listed(f)[0] for f in inner)]
    if len(files) > FILES:
        raise UnreadableDataset(
            f"{name} has more than {FILES:,} files.",
            "I read folders with a file for each split or each class.",
            "Put the rows together into one CSV or JSON Lines file.",
        )
    if not files:
        seen = f"There are folders in it: {named([f.name for f in folders])}." if folders else ""
        raise UnreadableDataset(f"{name} is a folder without a data file.", seen, "Give me the file with the rows.")
    return tuple(files)


def saved_splits(folder: Path) -> tuple[Chosen, ...]:
    """Return the Arrow files of a folder that the `datasets` library saved, or nothing for another folder."""
    inner = [(folder, ""), *((part, part.name) for part in _listed(folder)[1])]
    chosen: list[Chosen] = []
    for place, split in inner:
        state = _read_object(place / "state.json")
        files = state.get("_data_files")
        for file in files if isinstance(files, list) else ():
            stored = str(file.get("filename", "")) if isinstance(file, dict) else ""
            # A name, and no way out of the folder.
            if stored and stored == Path(stored).name:
                chosen.append(Chosen(place / stored, split or str(state.get("_split") or "")))
    return tuple(chosen)


def arrange(folder: Path, columns: Mapping[Path, Sequence[str]]) -> Plan:
    """Return which of the files to read together, given the columns of those that hold rows.

    Raises:
        UnreadableDataset: the names do not say what the files are to one another.
    """
    names, beside = _without_label_names([_name_of(folder, path) for path in columns], columns)
    names, versions = _without_versions(names)
    findings = [*beside, *versions]
    if len(names) == 1:
        return Plan((Chosen(names[0].path, names[0].split),), tuple(findings))
    parts = [name for name in names if name.split]
    if parts and len(parts) < len(names):
        others = [name for name in names if not name.split]
        findings.append(_left_out(others, "whose names are not those of a split"))
        names = parts
    if len({name.rest for name in names}) == 1:
        return Plan(tuple(Chosen(name.path, name.split) for name in names), tuple(findings))
    if not _are_classes(names, columns):
        raise UnreadableDataset(
            f"{clean(folder.name)} is a folder of {count(len(names), 'file')} that do not name splits or classes.",
            f"It has {named([name.path.name for name in names])}.",
            "Give me the one that holds the rows.",
        )
    labels = list(dict.fromkeys(name.rest for name in names))
    findings.append(_from_names(labels, any("label" in columns[name.path] for name in names)))
    return Plan(tuple(Chosen(name.path, name.split, name.rest) for name in names), tuple(findings))


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files that may hold rows and the folders, by name, without the hidden ones."""
    files: list[Path] = []
    folders: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "_", "~")):
                    continue
                path = Path(entry.path)
                # Unlike an entry, a path that leads back to itself is neither.
                if path.is_dir():
                    folders.append(path)
                elif path.is_file() and _may_hold_rows(path):
                    files.append(path)
                if len(files) > FILES:
                    break
    except PermissionError:
        raise forbidden(clean(str(folder))) from None
    return sorted(files), sorted(folders)


def _may_hold_rows(path: Path) -> bool:
    stem, suffix = _parted(path)
    return suffix in _DATA and stem.casefold() not in _ABOUT


def _parted(path: Path) -> tuple[str, str]:
    """Return the name without its endings, and the ending that tells the format."""
    inner = Path(path.stem) if path.suffix.lower() in PACKED else path
    return inner.stem, inner.suffix.lower()


def _name_of(folder: Path, path: Path) -> _Name:
    stem = _SHARD.sub("", _parted(path)[0])
    pieces = re.split(r"[-_.\s]+", stem)
    split = next((piece for piece in pieces if piece.casefold() in SPLITS), "")
    rest = [piece for piece in pieces if piece and piece != split]
    # A class may be called `small`; beside a split the word says how much of it there is.
    version = next((piece for piece in (rest if split else rest[1:]) if piece.casefold() in _VERSIONS), "")
    if not split and path.parent != folder and names_split(path.parent.name):
        split = path.parent.name
    return _Name(path, split, "_".join(rest), version)


def _without_versions(names: Sequence[_Name]) -> tuple[list[_Name], list[Finding]]:
    """Leave out the longer or shorter version of a file that is there too: rows would count twice."""
    plain = {(name.split, name.rest) for name in names if not name.version}

    def is_other(name: _Name) -> bool:
        rest = "_".join(word for word in name.rest.split("_") if word != name.version)
        return bool(name.version) and (name.split, rest) in plain

    others = [name for name in names if is_other(name)]
    findings = [_left_out(others, "another version of a file beside")] if others else []
    return [name for name in names if not is_other(name)], findings


def _without_label_names(
    names: Sequence[_Name], columns: Mapping[Path, Sequence[str]]
) -> tuple[list[_Name], list[Finding]]:
    """Leave out the table that says what the codes of the labels mean."""
    tables = [name for name in names if not _OF_LABELS.isdisjoint(words_of(name.path.stem))]
    usual = Counter(tuple(columns[name.path]) for name in names if name not in tables)
    tables = [name for name in tables if tuple(columns[name.path]) not in usual]
    if not tables or len(tables) == len(names):
        return list(names), []
    findings = [_left_out(tables, "which by its name says what the labels mean")]
    return [name for name in names if name not in tables], findings


def _left_out(names: Sequence[_Name], why: str) -> Finding:
    return Finding(
        severity="warns",
        what=f"I leave out {named([name.path.name for name in names])}, {why}.",
        consequence="Its rows are in no count here; give me that file by itself if it is the data.",
    )


def _are_classes(names: Sequence[_Name], columns: Mapping[Path, Sequence[str]]) -> bool:
    """Say whether there is one file for each class: the same columns, none of them a label, in every split alike."""
    if not all(name.rest for name in names) or len({tuple(columns[name.path]) for name in names}) > 1:
        return False
    own = [column for column in columns[names[0].path] if column != "label" and label_weight(column) > 0]
    classes: dict[str, set[str]] = {}
    for name in names:
        classes.setdefault(name.split, set()).add(name.rest)
    return not own and len(set(map(frozenset, classes.values()))) == 1


def _from_names(labels: Sequence[str], have_labels: bool) -> Finding:
    same = "the rows under it say the same" if have_labels else "I call it `label`"
    return Finding(
        severity="notes",
        about="roles",
        what=f"The label is the name of the file, {named(labels)}; {same}.",
        consequence="If the names say something else, name another column as the label.",
    )


def _read_object(path: Path) -> dict[str, object]:
    """Return the JSON object in a small file, an empty one where there is none."""
    try:
        if not path.is_file() or path.stat().st_size > 2**24:
            return {}
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
