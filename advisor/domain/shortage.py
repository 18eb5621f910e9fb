"""Labels with too few different examples to be measured, and what a split in three can still say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from advisor.domain.dataset import MIN_GROUPS_PER_CLASS, TEST_FLOOR, DatasetReport
from advisor.domain.statistics import percent

PARTS_NEED = 3
"""Different inputs without which a label cannot stand in train, dev and test."""

UNSPOKEN_SHARE = 0.05
"""Share of the inputs a score may leave out; with more it is not the score of the task. A judgement."""

FOLDS = 5
"""Parts of a cross-validation: the usual number, and each label of five can stand in each."""


class Shortage(NamedTuple):
    """The labels of a dataset that are too rare, with their different inputs, the rarest first."""

    unmeasured: dict[str, int]
    """Too few to stand in every part."""
    thin: dict[str, int]
    """In every part, by one or two rows."""
    share: float
    """Of all inputs, those with an unmeasured label."""
    measured: int
    """Labels that stand in every part."""
    inputs: int
    single: bool
    """Whether each input carries one label."""

    @property
    def rare(self) -> dict[str, int]:
        """Every label under what a split in three asks for."""
        return self.unmeasured | self.thin

    @property
    def refused(self) -> bool:
        """Whether a score would leave out too much to be one: of the inputs, or all labels but one."""
        return self.single and bool(self.unmeasured) and (self.share >= UNSPOKEN_SHARE or self.measured < 2)

    @property
    def missing(self) -> int:
        """Rows to add until no label is rare."""
        return sum(MIN_GROUPS_PER_CLASS - n for n in self.rare.values())

    @property
    def below(self) -> int | None:
        """Under how many examples labels have to go for the rest to be measured; None where that leaves one or none."""
        staying = self.measured if self.unmeasured else self.measured - len(self.thin)
        return None if staying < 2 or not self.single else PARTS_NEED if self.unmeasured else MIN_GROUPS_PER_CLASS

    @property
    def folds(self) -> tuple[int, int] | None:
        """Folds and test rows of each; None where a part held back is large enough, or no row is left for one."""
        return (FOLDS, self.inputs // FOLDS) if FOLDS <= self.inputs < 5 * TEST_FLOOR else None


def shortage(sizes: Mapping[str, int], inputs: int, *, single: bool = True) -> Shortage:
    """Return the rare labels; `sizes` counts the different inputs of each label, `inputs` all of them."""
    ordered = sorted(sizes.items(), key=lambda item: (item[1], item[0]))
    unmeasured = {name: n for name, n in ordered if n < PARTS_NEED}
    thin = {name: n for name, n in ordered if PARTS_NEED <= n < MIN_GROUPS_PER_CLASS}
    total = max(1, sum(sizes.values()))
    share = sum(unmeasured.values()) / total
    return Shortage(unmeasured, thin, share, len(sizes) - len(unmeasured), inputs, single)


def shortage_at(report: DatasetReport, rows: int) -> Shortage:
    """Return the rare labels if there were so many usable rows, spread over the labels as those of the file are."""
    scale = rows / max(1, report.labelled)
    sizes = {name: round(n * scale) for name, n in report.label_counts.items()}
    return shortage(sizes, rows, single=report.task != "multi_label")


def meaning(short: Shortage, unmeasured: str) -> str:
    """Return what rare labels mean for a score; `unmeasured` names those that no test part can hold."""
    if not short.unmeasured:
        return "Too few to hold more than one or two back for testing, which say next to nothing"
    if short.refused:
        left = "all labels but one" if short.measured < 2 else f"{percent(short.share)} of the inputs"
        return f"No test part could speak for {left}, so I write no run from this"
    return f"Nothing measures {unmeasured}, and a score does not speak for what it leaves out"
