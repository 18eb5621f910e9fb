"""What a cleaned copy of a dataset may change, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

Conflicts = Literal["keep", "drop", "majority"]
Unlabelled = Literal["drop", "keep", "empty"]

Kind = Literal[
    "unreadable", "no_input", "no_label", "copy", "conflict", "rare",
    "control", "entities", "trimmed", "spelling", "merged", "formula", "empty_list",
    "conflict_left", "unlabelled_left",
]  # fmt: skip
"""What happened to a row or to a value."""

REMOVED: dict[Kind, str] = {
    "unreadable": "could not be read",
    "no_input": "no input",
    "no_label": "no label",
    "copy": "a copy of an earlier row with the same label; case, spaces and punctuation do not count",
    "conflict": "another label stands with the same input",
    "rare": "a label with too few different examples",
}
"""Why a row is not in the copy."""

CHANGED: dict[Kind, str] = {
    "control": "control characters taken out",
    "entities": "HTML entities decoded",
    "trimmed": "spaces around a label taken away",
    "spelling": "a label written as it mostly is",
    "merged": "a label merged into another, as asked",
    "formula": "a cell that a spreadsheet would run as a formula, marked as text with an apostrophe",
    "empty_list": "no label, taken as an empty list, as asked",
}
"""Why a value is another one in the copy."""

LEFT: dict[Kind, str] = {
    "conflict_left": "the same input stands with different labels; which is right is not mine to decide",
    "unlabelled_left": "no label, which may mean that none applies",
}
"""Why a row stands as it was although something is odd about it."""


class Choices(BaseModel):
    """What the user wants done where there is more than one way."""

    model_config = ConfigDict(frozen=True)

    conflicts: Conflicts = "keep"
    unlabelled: Unlabelled | None = None
    """None: rows without a label are left out, unless a row may carry several labels or none."""
    decode_entities: bool = False
    drop_rare: int = 0
    """Labels with fewer different examples are left out with their rows."""
    merge: Mapping[str, str] = {}
    """Labels to be written as another one."""


class Edit(NamedTuple):
    """One value that is another in the copy."""

    kind: Kind
    field: str
    was: str
    now: str


class Fixed(BaseModel):
    """What became of every row; its JSON is the `--json` of the command."""

    model_config = ConfigDict(frozen=True)

    path: str
    out: str
    changes: str
    """The file with one row for each change."""
    rows: int
    """Rows read, those that could not be read among them."""
    kept: int
    counts: dict[Kind, int]
    """How many rows were removed or left, and how many values changed, of each kind."""
    conflicting_inputs: int = 0
    """Inputs with different labels that stand in the copy."""
    unsettled: int = 0
    """Of these, with as many rows for one label as for another."""
    entity_rows: int = 0
    """Rows with HTML entities that were not decoded."""
    variants: tuple[tuple[str, ...], ...] = ()
    """Labels alike but for spaces inside or punctuation, which are left apart."""
    rare_labels: dict[str, int] = {}
    """Rows removed of each label with too few different examples, most first."""
    merged_labels: dict[str, int] = {}
    """Values written as another label, by the one they were, most first."""
    unknown_labels: tuple[str, ...] = ()
    """Labels that were to be merged and do not occur."""

    @property
    def changed(self) -> int:
        """How much is different: rows removed and values changed."""
        return sum(n for kind, n in self.counts.items() if kind not in LEFT)
