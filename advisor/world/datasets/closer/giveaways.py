"""Fields that say the label by themselves, and inputs that hold the text of their own label."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from advisor.domain.close_look import Echo, Giveaway
from advisor.domain.dataset import DatasetReport
from advisor.world.datasets.keys import label_key, label_names
from advisor.world.datasets.records import Record, Roles, as_text, is_filled
from advisor.world.datasets.roles.names import words_of
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import key, normalize

ROWS = 50_000
"""Rows compared."""

FIELDS = 50
LEAST_ROWS = 20
PURE = 0.98
"""Share of rows from which on a field counts as giving the label away."""

REPEATED = 0.5
"""Share of different values above which a field repeats too little to be judged."""

ABOVE_CHANCE = 0.5
"""Of what always saying the commonest label leaves open, the share a field must settle."""

_LEAST_LETTERS = 3


class GiveawayTally:
    """Which labels stand with each value of the fields that could give them away."""

    def __init__(self, report: DatasetReport, roles: Roles) -> None:
        self.roles = roles
        self.rows = 0
        self._fields = tuple(_candidates(report)) if roles.label_field and roles.task != "chat" else ()
        self._pairs: dict[str, defaultdict[int, Counter[int]]] = {
            name: defaultdict(Counter) for name in self._fields if roles.task in CLASS_LIKE
        }
        self._equal: Counter[str] = Counter()
        self._labels: Counter[int] = Counter()
        self._own = self._other = self._worded = self._compared = 0
        self._before = ""

    def add(self, record: Record) -> None:
        """Take in one row."""
        label = self.roles.label(record)
        if label is None or self.rows >= ROWS:
            return
        self.rows += 1
        answer, text = label_key(label, self.roles.task), as_text(label)
        self._labels[answer] += 1
        for name in self._fields:
            value = record.values.get(name)
            if is_filled(value):
                self._equal[name] += as_text(value) == text
                if name in self._pairs:
                    self._pairs[name][key(as_text(value))][answer] += 1
        if self.roles.task == "classification":
            self._look_for(label_names(label, self.roles.task)[0], self.roles.inputs(record))

    def _look_for(self, label: str, inputs: Iterable[str]) -> None:
        words = " ".join(words_of(label))
        if sum(character.isalpha() for character in words) < _LEAST_LETTERS:
            return
        text = f" {normalize(' '.join(inputs))} "
        self._worded += 1
        self._own += f" {words} " in text
        if self._before and self._before != words:
            self._compared += 1
            self._other += f" {self._before} " in text
        self._before = words

    def echo(self) -> Echo | None:
        """Return how often the input holds its own label; None where the labels are too few or no words."""
        if self._worded < LEAST_ROWS or self._worded < self.rows / 2:
            return None
        other = self._other / self._compared if self._compared else 0.0
        return Echo(rows=self._worded, own=round(self._own / self._worded, 4), other=round(other, 4))

    def result(self) -> tuple[Giveaway, ...]:
        """Return the fields that give the label away, the surest first."""
        return tuple(sorted(self._found(), key=lambda found: (not found.same, -found.purity)))

    def _found(self) -> Iterator[Giveaway]:
        majority = max(self._labels.values(), default=0) / max(1, self.rows)
        for name in self._fields:
            is_input = name in self.roles.input_fields
            if self.rows >= LEAST_ROWS and self._equal[name] >= PURE * self.rows:
                share = self._equal[name] / self.rows
                yield Giveaway(
                    field=name, purity=share, majority=majority, rows=self.rows, same=True, is_input=is_input
                )
            elif name in self._pairs:
                yield from self._judged(name, majority, is_input)

    def _judged(self, name: str, majority: float, is_input: bool) -> Iterator[Giveaway]:
        values = self._pairs[name]
        rows, agreed = _agreement(values.values())
        if rows < max(LEAST_ROWS, self.rows / 2) or not agreed:
            return
        purity = agreed / rows
        if purity >= PURE and purity - majority >= ABOVE_CHANCE * (1 - majority):
            same = len(values) == len(self._labels) and all(len(counts) == 1 for counts in values.values())
            yield Giveaway(
                field=name,
                purity=round(purity, 4),
                majority=round(majority, 4),
                rows=rows,
                same=same,
                is_input=is_input,
            )


def _agreement(values: Iterable[Counter[int]]) -> tuple[int, int]:
    """Return the rows whose value repeats, and those whose label the others with that value would have said."""
    rows = agreed = 0
    for counts in values:
        seen = sum(counts.values())
        if seen < 2:
            continue
        rows += seen
        (_, most), *others = counts.most_common(2)
        # Without itself a row of the commonest label must still be outvoted by none.
        agreed += most if most - 1 > (others[0][1] if others else 0) or not others else 0
    return rows, agreed


def _candidates(report: DatasetReport) -> Sequence[str]:
    """Return the fields to compare: repeating ones, and of the inputs only short ones beside another."""
    seen = max(1, min(report.rows, 5_000))
    names = []
    for field in report.fields:
        splits = field.name == report.split_field
        alone = field.role == "input" and (len(report.input_fields) == 1 or field.kind == "text")
        classes = report.task in CLASS_LIKE
        if field.role == "label" or splits or alone or (classes and field.distinct > REPEATED * seen):
            continue
        names.append(field.name)
    return names[:FIELDS]
