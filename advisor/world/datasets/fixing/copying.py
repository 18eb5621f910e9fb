"""Two new files that appear whole or not at all: the copy, read back before it does, and what was changed."""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, NamedTuple

from advisor.errors import AdvisorError, UsageError
from advisor.world.datasets.files.readers import open_table
from advisor.world.datasets.fixing.repairs import marked
from advisor.world.datasets.records import Record, as_text
from advisor.world.datasets.text import clean

FORMATS = (".jsonl", ".csv")
HEADER = ("file", "line", "what", "field", "was", "now", "why")


class Place(NamedTuple):
    """Where a row stands."""

    file: str
    line: int
    """Its number from 1 where rows have no lines of their own."""


def changes_beside(out: Path) -> Path:
    """Return where the changes are listed."""
    return out.with_name(f"{out.stem}.changes.csv")


def check_free(path: Path, out: Path) -> None:
    """Refuse a place where the copy cannot or must not stand.

    Raises:
        UsageError: nothing is ever written over.
    """
    name = clean(str(out), 300)
    if out.suffix.lower() not in FORMATS:
        raise UsageError(
            f"I do not know how to write {name}.", "The end of its name says the format.", "Use .jsonl or .csv."
        )
    if os.path.lexists(out) and path.exists() and out.exists() and out.samefile(path):
        raise UsageError("The copy cannot be the file itself.", "I never change your data.", "Choose another name.")
    for taken in (out, changes_beside(out)):
        if os.path.lexists(taken):
            kind = "a folder" if taken.is_dir() else "there already"
            raise UsageError(
                f"{clean(str(taken), 300)} is {kind}.", "I never write over a file.", "Choose another name."
            )
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {clean(str(out.parent), 300)}.", "", "Make it, or choose another place.")
    if path.is_dir() and path.resolve() in out.resolve().parents:
        raise UsageError(
            "The copy would stand among the files it is made of.", "Read again it would be counted twice.",
            "Choose a place outside the folder.",
        )  # fmt: skip


class CopyWriter:
    """Writes the copy and its changes beside their places, and moves both there at the end."""

    def __init__(self, path: Path, out: Path, fields: Sequence[str], *, splits: bool) -> None:
        self.changes = changes_beside(out)
        self._path, self._out = path, out
        self._table = out.suffix.lower() == ".csv"
        self._split = next(n for n in ("split", "split_2", "split_3") if n not in fields) if splits else ""
        self._fields = (*fields, self._split) if splits else tuple(fields)
        self._header = tuple(map(marked, self._fields))
        pairs = zip(self._fields, self._header, strict=True)
        self.renamed = [(one, other) for one, other in pairs if self._table and one != other]
        self._rows, self._digest = 0, blake2b()
        self._stack = ExitStack()

    def __enter__(self) -> CopyWriter:
        if len(set(self._header)) < len(self._header) and self._table:
            raise UsageError(
                "Two columns would get the same name.", "One begins like a formula and has to be marked as text.",
                "Give the copy a name that ends in .jsonl.",
            )  # fmt: skip
        try:
            self._copy, self._copied = self._temporary(self._out)
            self._listing, listed = self._temporary(self.changes)
        except OSError as error:
            self._stack.close()
            raise self._unwritable(error) from None
        self._lines = csv.writer(listed)
        self._lines.writerow(HEADER)
        self._cells = csv.writer(self._copied, lineterminator="\n")
        if self._table:
            self._cells.writerow(self._header)
        self._open = (self._copied, listed)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _temporary(self, target: Path) -> tuple[Path, IO[str]]:
        number, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=target.suffix.lower(), dir=target.parent)
        path = Path(name)
        self._stack.callback(path.unlink, missing_ok=True)
        return path, self._stack.enter_context(os.fdopen(number, "w", encoding="utf-8", errors="replace", newline=""))

    def add(self, record: Record) -> None:
        """Write one row of the copy."""
        values = {**record.values, **({self._split: record.split} if self._split else {})}
        try:
            if self._table:
                cells = [as_text(values.get(name)) for name in self._fields]
                self._cells.writerow(cells)
                self._count(dict(zip(self._header, cells, strict=True)))
            else:
                plain = {name: _plain(value) for name, value in values.items()}
                self._copied.write(json.dumps(plain, ensure_ascii=False, default=str) + "\n")
                self._count(plain)
        except OSError as error:
            raise self._unwritable(error) from None

    def explain(self, where: Place, what: str, field: str, was: str, now: str, why: str) -> None:
        """Write one row about a change; every text is made safe to show and to open."""
        texts = (what, clean(field, 80), was, now, clean(why, 300))
        self._lines.writerow((marked(clean(where.file, 120)), where.line, *map(marked, texts)))

    def _count(self, values: dict[str, object] | dict[str, str]) -> None:
        self._rows += 1
        self._digest.update(_digest(values))

    def publish(self) -> None:
        """Read the copy back and move both files to their places.

        Raises:
            UsageError: it does not read back as written, or a place has been taken meanwhile.
        """
        try:
            for stream in self._open:
                stream.close()
            self._read_back()
            for file in (self._copy, self._listing):
                _like(self._path, file)
            _move(self._copy, self._out)
            try:
                _move(self._listing, self.changes)
            except OSError:
                self._out.unlink()
                raise
        except OSError as error:
            raise self._unwritable(error) from None

    def _read_back(self) -> None:
        rows, digest = 0, blake2b()
        try:
            for row in open_table(self._copy).rows():
                rows += 1
                digest.update(_digest(row.values) if isinstance(row, Record) else b"bad")
        except AdvisorError:
            rows = -1
        if rows != self._rows or digest.digest() != self._digest.digest():
            other = "Give the copy a name that ends in .jsonl." if self._table else "Use the file as it is."
            raise UsageError("The copy would not read back as the rows I wrote, so I wrote none.", "", other)

    def _unwritable(self, error: OSError) -> UsageError:
        why = "It is there already" if isinstance(error, FileExistsError) else error.strerror or "It failed"
        return UsageError(f"I could not write {clean(str(self._out), 300)}.", f"{why}.", "Choose another place.")


def _digest(values: Any) -> bytes:
    texts = [(name, as_text(value)) for name, value in values.items()]
    return blake2b(repr(texts).encode("utf-8", "replace"), digest_size=16).digest()


def _plain(value: object) -> object:
    """Return a value as JSON has it, which knows no NaN and no infinity."""
    return as_text(value) if isinstance(value, float) and not math.isfinite(value) else value


def _like(source: Path, copy: Path) -> None:
    """Let those read the copy who may read the source."""
    shutil.copymode(source, copy) if source.is_file() else copy.chmod(0o644)
    copy.chmod(copy.stat().st_mode | 0o600)


def _move(file: Path, target: Path) -> None:
    """Move a file to a place that is free; unlike a rename a link never replaces what stands there."""
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError(17, "File exists") from None
        file.rename(target)
