"""A cleaned copy of a dataset: every row is in it, or it is said why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from advisor.domain.dataset import BadRow, DatasetReport
from advisor.domain.dialogue import ReadingProgress
from advisor.domain.fixing import CHANGED, LEFT, REMOVED, Choices, Fixed, Kind
from advisor.errors import UsageError
from advisor.world.datasets.files.readers import Table, open_table
from advisor.world.datasets.fixing.copying import CopyWriter, Place, check_free
from advisor.world.datasets.fixing.mending import Mended, Mender
from advisor.world.datasets.fixing.repairs import has_entities, shown, shown_apart
from advisor.world.datasets.fixing.survey import Survey
from advisor.world.datasets.keys import group_key
from advisor.world.datasets.records import Record, Roles, is_filled
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, mended

Watch = Callable[[ReadingProgress], None]
"""Hears how far a copy is."""

TOLD_ROWS = 1_000
"""Rows from one word on it to the next."""


class _Progress(NamedTuple):
    """How far the rows of a file have been gone through."""

    name: str
    rows: int
    watch: Watch

    def told(self, doing: str, rows: Iterator[tuple[str, Record | BadRow]]) -> Iterator[tuple[str, Record | BadRow]]:
        """Yield the rows, and tell how many there were."""
        for row, each in enumerate(rows, 1):
            yield each
            if row % TOLD_ROWS == 0:
                self.watch(ReadingProgress(self.name, row, min(1.0, row / max(1, self.rows)), 0, doing=doing))


class Verdict(NamedTuple):
    """What becomes of a row."""

    kind: Kind | None
    """None: it stands in the copy and nothing is odd about it."""
    about: str = ""

    @property
    def stays(self) -> bool:
        """Whether the row is in the copy."""
        return self.kind is None or self.kind in LEFT


def fix(
    path: Path,
    report: DatasetReport,
    out: Path,
    choices: Choices = Choices(),  # noqa: B008 - frozen
    watch: Watch = lambda progress: None,
) -> Fixed:
    """Write a cleaned copy of the data that `report` describes, and beside it one row for each change.

    `watch` hears how far it is.

    The copy appears whole or not at all, and is read back before it does. Cleaned once more it stays as it is.

    Raises:
        UsageError: the input or the label is not known, or the copy cannot be written as asked.
        UnreadableDataset: the file can no longer be read.
    """
    roles = _roles(report)
    check_free(path, out)
    _check_choices(roles, choices)
    mender = Mender(roles, choices, table=out.suffix.lower() == ".csv")
    survey = Survey(mender, choices)
    table = open_table(path, report.table)
    progress = _Progress(clean(path.name, 60), report.rows + report.bad_rows, watch)
    for _, row in progress.told("comparing", _located(table, path)):
        survey.add(row)
    survey.conclude()
    if out.suffix.lower() == ".csv":
        survey.check_table()
    return _Copy(path, table, out, roles, choices, mender, survey, progress).write()


def _roles(report: DatasetReport) -> Roles:
    if not report.input_fields or report.label_field is None:
        raise UsageError(
            "I cannot clean this file yet.",
            "Without an input and a label I do not know which rows are copies and which belong together.",
            "Name both: advisor inspect FILE --input COLUMN --label COLUMN --fix OUT.",
        )
    return Roles(report.input_fields, report.label_field, report.label_confidence, report.task)


def _check_choices(roles: Roles, choices: Choices) -> None:
    several, listed = roles.task == "multi_label", roles.task in CLASS_LIKE
    if choices.unlabelled == "empty" and not several:
        raise UsageError(
            "--unlabelled empty is for rows with a list of labels.", "Here every row has one.", "Use drop or keep."
        )
    if choices.drop_rare and (several or not listed):
        raise UsageError(
            "--drop-rare needs rows with one label each.",
            "A row with several labels would go with the rarest of them." if several else "Here answers do not repeat.",
            "Merge labels with --merge RARE=OTHER." if several else "Leave it away.",
        )
    if choices.merge and not listed:
        raise UsageError("--merge is for labels from a list.", "Here answers do not repeat.", "Leave it away.")


@dataclass
class _Copy:
    """The second reading: every row decided and written."""

    path: Path
    table: Table
    out: Path
    roles: Roles
    choices: Choices
    mender: Mender
    survey: Survey
    progress: _Progress
    counts: Counter[Kind] = field(default_factory=Counter)
    kept: int = 0
    rows: int = 0
    entity_rows: int = 0
    labels: defaultdict[Kind, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """What was done to the rows of each label, where it was done for the label's sake."""
    _first: dict[tuple[int, int | None], Place] = field(default_factory=dict)

    def write(self) -> Fixed:
        """Write both files."""
        with CopyWriter(self.path, self.out, self.survey.fields(), splits=self.survey.splits) as copy:
            for name, renamed in copy.renamed:
                where = Place(self.path.name, 1)
                copy.explain(where, "value changed", name, name, renamed, CHANGED["formula"])
                self.counts["formula"] += 1
            for file, row in self.progress.told("cleaning", _located(self.table, self.path)):
                self._take(row, Place(file, row.line), copy)
            if not self.kept:
                raise UsageError(
                    "Nothing would be left of the file.", "Every row has something that is left out.",
                    "Inspect it without --fix first, and check the input and the label.",
                )  # fmt: skip
            copy.publish()
        return Fixed(
            path=mended(str(self.path)), out=mended(str(self.out)), changes=mended(str(copy.changes)),
            rows=self.rows, kept=self.kept, counts=dict(self.counts),
            conflicting_inputs=self.survey.conflicting, unsettled=self.survey.unsettled,
            rare_labels=dict(self.labels["rare"].most_common()),
            merged_labels=dict(self.labels["merged"].most_common()),
            entity_rows=self.entity_rows, variants=self.survey.variants(), unknown_labels=self.survey.unknown(),
        )  # fmt: skip

    def _take(self, row: Record | BadRow, where: Place, copy: CopyWriter) -> None:
        self.rows += 1
        if isinstance(row, BadRow):
            self.counts["unreadable"] += 1
            copy.explain(where, "row removed", "", "", "", f"{REMOVED['unreadable']}: it {row.why}")
            return
        one = self.mender.mend(row, self.survey.spelling)
        verdict = self._decide(one, where)
        if not verdict.stays:
            self._explain_removal(one, where, verdict, copy)
            return
        self.kept += 1
        copy.add(one.record)
        inputs = self.roles.inputs(one.record)
        self.entity_rows += not self.choices.decode_entities and any(map(has_entities, inputs))
        for edit in one.edits:
            self.counts[edit.kind] += 1
            if edit.kind == "merged":
                self.labels[edit.kind][clean(edit.was, 40)] += 1
            copy.explain(where, "value changed", edit.field, *shown_apart(edit), CHANGED[edit.kind])
        if verdict.kind is not None:
            self.counts[verdict.kind] += 1
            label, text = shown(one.label_text), shown(" · ".join(inputs))
            why = f"{LEFT[verdict.kind]}{verdict.about}; the input: {text}"
            copy.explain(where, "left as it is", self.roles.label_field or "", label, label, why)

    def _explain_removal(self, one: Mended, where: Place, verdict: Verdict, copy: CopyWriter) -> None:
        assert verdict.kind is not None
        self.counts[verdict.kind] += 1
        if verdict.kind == "rare":
            self.labels[verdict.kind][clean(one.label_text, 40)] += 1
        text = " · ".join(self.roles.inputs(one.record))
        copy.explain(
            where, "row removed", " · ".join(self.roles.input_fields), shown(text), "",
            f"{REMOVED[verdict.kind]}{verdict.about}",
        )  # fmt: skip

    def _decide(self, one: Mended, where: Place) -> Verdict:
        inputs, label = self.roles.inputs(one.record), self.roles.label(one.record)
        if not any(map(is_filled, inputs)):
            return Verdict("no_input")
        group = group_key(inputs)
        if label is None:
            return self._unlabelled(group, where)
        answer = one.answer
        if answer in self.survey.rare:
            return Verdict("rare", f": `{clean(one.label_text, 40)}`, under {self.choices.drop_rare}")
        standing = self.survey.standing(group)
        if answer not in standing:
            return Verdict("conflict", f" ({self.survey.labels_of(group)})")
        if len(standing) > 1:
            return Verdict("conflict_left", f" ({self.survey.labels_of(group)})")
        first = self._first_place(group, answer, where)
        return Verdict("copy", f" ({self._shown(first)})") if first is not None else Verdict(None)

    def _unlabelled(self, group: int, where: Place) -> Verdict:
        if self.mender.drops_unlabelled:
            return Verdict("no_label")
        if self.survey.standing(group):
            return Verdict("copy", "; the same input stands elsewhere with a label")
        first = self._first_place(group, None, where)
        return Verdict("copy", f" ({self._shown(first)})") if first is not None else Verdict("unlabelled_left")

    def _first_place(self, group: int, answer: int | None, where: Place) -> Place | None:
        """Return where the same input stands with the same label, or None where this row is the first."""
        first = self._first.get((group, answer))
        if first is None:
            self._first[group, answer] = where
        return first

    def _shown(self, place: Place) -> str:
        return f"{clean(place.file, 60)} line {place.line}" if self.path.is_dir() else f"line {place.line}"


def _located(table: Table, path: Path) -> Iterator[tuple[str, Record | BadRow]]:
    """Yield every row with the file it stands in."""
    for part in table.parts:
        yield from ((part.table.source.path.name, row) for row in part.rows())
    if not table.parts:
        yield from ((path.name, row) for row in table.rows())
