"""What the rows of a table come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from advisor.domain.dataset import BadRow, Leak
from advisor.world.datasets.closer.traces import masked
from advisor.world.datasets.counting.repeats import Conflict, Conflicts
from advisor.world.datasets.counting.tokens import TokenTally
from advisor.world.datasets.records import Record, Roles
from advisor.world.datasets.text import clean


class Counts(NamedTuple):
    """Everything counted over the rows of a table."""

    roles: Roles
    rows: int
    labelled: int
    without_input: int
    usable: int
    """Different inputs after normalisation that stand there with a label."""
    filled: Mapping[str, int]
    labels: Counter[str]
    groups: Mapping[str, int]
    """Different inputs of each label; one with several counts for the commonest, as the split keeps it."""
    label_kinds: Counter[str]
    duplicates: int
    """Rows beyond the first of the same input."""
    normalized_duplicates: int
    conflicts: Conflicts
    splits: Mapping[str, int]
    leaks: tuple[Leak, ...]
    tokens: TokenTally
    bad_rows: int
    bad_row_samples: tuple[BadRow, ...]
    late: tuple[Record, ...]
    """The first records with fields that were not known."""
    names: Mapping[int, tuple[str, ...]]
    """Labels by the keys that conflicts name them by."""
    examples: tuple[str, ...] = ()
    """Inputs with the different labels they carry, shortened."""

    @property
    def accuracy_ceiling(self) -> float:
        """The share right of a program that gives every input its commonest label."""
        return 1 - self.conflicts.lost / self.labelled if self.labelled else 1.0

    @property
    def conflicting_inputs(self) -> int:
        """Different inputs that carry more than one label."""
        return self.conflicts.inputs

    @property
    def conflicting_rows(self) -> int:
        """Rows whose input carries more than one label somewhere."""
        return self.conflicts.rows

    def shown(self, conflict: Conflict, text: str) -> str:
        """Return an input with the labels it carries, made safe to show."""
        named = [(self.names[key], n) for key, n in conflict.answers[:4] if key in self.names]
        labels = [f"{_safe(' + '.join(names), 40)} ({n})" for names, n in named]
        return f"{_safe(text, 80)} → {', '.join(labels)}" if labels else _safe(text, 80)


def _safe(text: str, limit: int) -> str:
    # Masked before it is cut: half a number would no longer be known for one.
    return clean(masked(text[: 20 * limit]), limit)
