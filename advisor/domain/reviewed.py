"""What a judge says of wrong answers, in words. Plain Python: every generated project carries it along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST = 100
"""Wrong answers a judge is shown."""
CALLS = 1.5
"""For a wrong answer: where the judge prefers the program's label, it is asked once more, in the other order."""
LISTED = "review.md"
"""The file of a run with the rows that are worth looking at."""


def in_words(found: Mapping[str, Any], judge: str) -> str:
    """Return what a `reviewed` event says; `judge` is the model's name as it may be shown."""
    wrong, asked = int(found["wrong"]), int(found["asked"])
    if not asked:
        return f"There was no wrong answer for the judge ({judge}) to look at."
    drawn = f"{asked} of the {wrong:,} wrong answers, drawn by lot," if asked < wrong else _counted(asked)
    parts = [f"prefers the data's label for {found['data']}", f"the program's for {found['program']}"]
    parts += [f"finds neither right for {found['neither']}"] if found["neither"] else []
    said = f"Of {drawn} the judge ({judge}) {', '.join(parts)} and cannot tell for {found['unsure']}."
    if found["failed"]:
        said += f" {found['failed']} got no usable answer from it."
    doubtful = int(found["program"]) + int(found["neither"])
    if not doubtful:
        return f"{said} This changes no score."
    rows = "the 1 is" if doubtful == 1 else f"the {doubtful} are"
    return f"{said} This changes no score; {rows} worth looking at, in {LISTED} of the run."


def _counted(number: int) -> str:
    return "1 wrong answer" if number == 1 else f"{number} wrong answers"
