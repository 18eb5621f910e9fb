"""A generated project read back from its folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from advisor.domain.dialogue import ProjectFile
from advisor.domain.plan import Plan
from advisor.errors import UsageError

READ_FIRST = ("optimize.py", "program.py", "README.md", "serve.py", "plan.json")
"""What a person reads, in that order; the kit follows."""

DECIDED = ("program.py", "optimize.py")
"""Files that hold what the conversation decided and nothing about when or where."""


def read_plan(project: Path) -> Plan:
    """Return the plan a project was written from.

    Raises:
        UsageError: the folder is not a project of the advisor's.
    """
    try:
        return Plan.model_validate_json((project / "plan.json").read_bytes())
    except OSError as error:
        raise UsageError(
            f"{project} is not a project of mine.",
            "It has no plan.json that can be read." if project.is_dir() else "There is no such folder.",
            "Write one with `advisor write DATA`; where it wrote none it says why, and `--route NAME` overrules that.",
        ) from error  # fmt: skip
    except ValidationError as error:
        raise UsageError(
            f"The plan of {project.name} cannot be used.", f"plan.json: {error.errors()[0]['msg']}.",
            "It may be from another version; write the project again.",
        ) from error  # fmt: skip


def files_of(project: Path) -> tuple[ProjectFile, ...]:
    """Return the files of a project, those one reads first in front."""
    kit = sorted(path.relative_to(project).as_posix() for path in (project / "kit").rglob("*.py"))
    found = (ProjectFile(name=name, text=_text(project / name)) for name in (*READ_FIRST, *kit))
    return tuple(file for file in found if file.text)


def digest(project: Path) -> str:
    """Return a fingerprint of what was decided, the same for the same decisions on any machine."""
    told = hashlib.sha256()
    for name in DECIDED:
        told.update(name.encode() + b"\0" + (project / name).read_bytes() + b"\0")
    return told.hexdigest()[:16]


def everything(project: Path) -> str:
    """Return a fingerprint of every file of a project, to tell whether anything was done with it since."""
    told = hashlib.sha256()
    for path in sorted(path for path in project.rglob("*") if path.is_file()):
        told.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def size_of(project: Path) -> int:
    """Return the bytes of a project's files."""
    return sum(path.stat().st_size for path in project.rglob("*") if path.is_file())


def withdraw(project: Path, written: str) -> bool:
    """Remove a project that is still as it was written, never run and never edited; say whether it was."""
    try:
        untouched = everything(project) == written
        if untouched:
            shutil.rmtree(project)
    except OSError:
        return False
    return untouched


def earlier_looks(project: Path, run: str) -> int:
    """Return how many runs scored the test rows of this project before this one, in it or in one beside it."""
    looks = [path for other in _same_test_rows(project) for path in (other / "runs").glob("*/predictions/*-test.jsonl")]
    return len({path.parent.parent for path in looks if path.parent.parent.name < run})


def _same_test_rows(project: Path) -> Iterator[Path]:
    rows = _text(project / "data" / "test.jsonl")
    for path in project.resolve().parent.glob("*/data/test.jsonl"):
        if rows and _text(path) == rows:
            yield path.parent.parent


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
