"""Rows as a candidate answered them, and how two candidates differ on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Split = Literal["dev", "test"]


class AnsweredRow(NamedTuple):
    """A row with the answer a candidate gave."""

    number: int
    """Place in the split, counted from 0."""
    text: str
    """What the program read."""
    expected: str
    answer: str | None
    """None where there was no usable one."""
    right: bool


class ChangedRow(NamedTuple):
    """A row that one candidate got right and the other did not."""

    fixed: bool
    """Right only after the change; otherwise right only before it."""
    before: AnsweredRow
    after: AnsweredRow


def answered(prediction: dict[str, object], number: int) -> AnsweredRow:
    """Return a line of a predictions file as a row; `number` stands in where it says none."""
    inputs = prediction.get("inputs")
    told = prediction.get("row")
    answer = prediction.get("answer")
    return AnsweredRow(
        number=told if isinstance(told, int) else number,
        text="\n".join(_worded(value) for value in inputs.values()) if isinstance(inputs, dict) else "",
        expected=_worded(prediction.get("expected")),
        answer=None if answer is None or prediction.get("outcome") == "x" else _worded(answer),
        right=prediction.get("outcome") == "1",
    )


def changed(before: Sequence[AnsweredRow], after: Sequence[AnsweredRow]) -> tuple[ChangedRow, ...]:
    """Return the rows whose outcome differs, the broken ones first: they are what a change costs."""
    later = {row.number: row for row in after}
    pairs = [(row, later[row.number]) for row in before if row.number in later]
    differ = [ChangedRow(then.right, row, then) for row, then in pairs if row.right != then.right]
    return tuple(sorted(differ, key=lambda row: row.fixed))


def missed(rows: Sequence[AnsweredRow]) -> tuple[AnsweredRow, ...]:
    """Return the rows without a right answer, those without any answer first."""
    return tuple(sorted((row for row in rows if not row.right), key=lambda row: row.answer is not None))


def _worded(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
