"""What is counted over every row: copies, conflicts, gaps, leaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from advisor.domain.dataset import BadRow, Leak
from advisor.world.datasets.records import Record, Roles, as_text, is_filled
from advisor.world.datasets.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, has_control, key, normalize
from advisor.world.datasets.tokens import TokenTally

BAD_ROW_SAMPLES = 20
LATE_RECORDS = 200
EXAMPLES = 3

_BETWEEN = "\x1f"
_NO_LABEL = -1


def input_key(inputs: tuple[str, ...]) -> int:
    """Return the key of an input exactly as it stands."""
    return key(_BETWEEN.join(inputs))


def group_key(inputs: tuple[str, ...]) -> int:
    """Return the key that copies of an input share after normalisation."""
    return key(_BETWEEN.join(map(normalize, inputs)))


def label_names(label: object, task: str | None) -> tuple[str, ...]:
    """Return the single labels a row carries: several for a list of labels."""
    if label is None:
        return ()
    if task == "multi_label" and isinstance(label, list):
        return tuple(dict.fromkeys(as_text(item) for item in label))
    return (as_text(label),)


def label_key(label: object, task: str | None) -> int:
    """Return the key of a label; the order of a list of labels does not matter."""
    return key(_BETWEEN.join(sorted(label_names(label, task))))


@dataclass
class Tally:
    """Counts over the rows added so far; texts are kept as 64-bit keys only."""

    roles: Roles
    known: frozenset[str]
    """Columns already profiled; records with others are kept aside, the first few."""
    rows: int = 0
    bad_rows: int = 0
    bad_row_samples: list[BadRow] = field(default_factory=list)
    late: list[Record] = field(default_factory=list)
    filled: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    """Distinct normalised inputs of each label."""
    label_kinds: Counter[str] = field(default_factory=Counter)
    splits: Counter[str] = field(default_factory=Counter)
    labelled: int = 0
    without_input: int = 0
    control_rows: int = 0
    duplicates: int = 0
    usable: int = 0
    tokens: TokenTally = field(default_factory=TokenTally)
    conflict_texts: dict[int, str] = field(default_factory=dict)
    _first_label: dict[int, int] = field(default_factory=dict)
    _repeated: dict[int, Counter[int]] = field(default_factory=dict)
    _groups: dict[int, bool] = field(default_factory=dict)
    _in_splits: dict[int, int] = field(default_factory=dict)
    _groups_in_splits: dict[int, int] = field(default_factory=dict)
    _with_input: int = 0

    def add(self, row: Record | BadRow) -> None:
        """Count one row."""
        if isinstance(row, BadRow):
            self.bad_rows += 1
            if len(self.bad_row_samples) < BAD_ROW_SAMPLES:
                self.bad_row_samples.append(row)
            return
        self.rows += 1
        self._count_fields(row)
        inputs, label = self.roles.inputs(row), self.roles.label(row)
        if label is not None:
            self.labelled += 1
            self._count_label(label)
        if not any(map(is_filled, inputs)):
            self.without_input += 1
            return
        self.control_rows += any(map(has_control, inputs))
        self.tokens.add("\n".join(inputs), as_text(label))
        self._count_input(inputs, label, self.roles.split(row))

    def _count_fields(self, row: Record) -> None:
        for name, value in row.values.items():
            if is_filled(value):
                self.filled[name] += 1
        if len(self.late) < LATE_RECORDS and not row.values.keys() <= self.known:
            self.late.append(row)

    def _count_label(self, label: object) -> None:
        self.label_kinds[_kind(label)] += 1
        if self.roles.task in CLASS_LIKE:
            self.labels.update(label_names(label, self.roles.task))

    def _count_input(self, inputs: tuple[str, ...], label: object, split: str) -> None:
        self._with_input += 1
        exact, group = input_key(inputs), group_key(inputs)
        answer = _NO_LABEL if label is None else label_key(label, self.roles.task)
        if exact in self._first_label:
            self.duplicates += 1
            counts = self._repeated.setdefault(exact, Counter({self._first_label[exact]: 1}))
            counts[answer] += 1
            if len(self.conflict_texts) < EXAMPLES and _conflicts(counts):
                self.conflict_texts.setdefault(exact, clean(" · ".join(inputs)))
        else:
            self._first_label[exact] = answer
        complete = label is not None
        if complete and not self._groups.get(group, False):
            self.usable += 1
            if self.roles.task in CLASS_LIKE:
                self.groups.update(label_names(label, self.roles.task))
        self._groups[group] = complete or self._groups.get(group, False)
        if split:
            self._count_split(exact, group, split)

    def _count_split(self, exact: int, group: int, split: str) -> None:
        self.splits[split] += 1
        bit = 1 << list(self.splits).index(split)
        self._in_splits[exact] = self._in_splits.get(exact, 0) | bit
        self._groups_in_splits[group] = self._groups_in_splits.get(group, 0) | bit

    @property
    def normalized_duplicates(self) -> int:
        """Rows beyond the first of the same normalised input."""
        return self._with_input - len(self._groups)

    @property
    def conflicting_inputs(self) -> int:
        """Distinct inputs that carry more than one label."""
        return sum(map(_conflicts, self._repeated.values()))

    @property
    def conflicting_rows(self) -> int:
        """Rows whose input carries more than one label somewhere."""
        return sum(_labelled(counts) for counts in self._repeated.values() if _conflicts(counts))

    @property
    def accuracy_ceiling(self) -> float:
        """The share right of a program that gives every input its commonest label."""
        lost = sum(_labelled(c) - max(_labels(c).values()) for c in self._repeated.values() if _conflicts(c))
        return 1 - lost / self.labelled if self.labelled else 1.0

    def conflict_examples(self) -> tuple[str, ...]:
        """Return up to three inputs with the labels they carry."""
        names = {key(name): name for name in self.labels}
        return tuple(_example(text, self._repeated[exact], names) for exact, text in self.conflict_texts.items())

    def leaks(self) -> tuple[Leak, ...]:
        """Return the splits of the file that share inputs."""
        return tuple(self._leaks())

    def _leaks(self) -> Iterator[Leak]:
        exact, groups = Counter(self._in_splits.values()), Counter(self._groups_in_splits.values())
        for (i, first), (j, second) in combinations(enumerate(self.splits), 2):
            both = 1 << i | 1 << j
            inputs = sum(n for mask, n in exact.items() if mask & both == both)
            normalized = sum(n for mask, n in groups.items() if mask & both == both)
            if normalized:
                yield Leak(first=first, second=second, inputs=inputs, normalized_inputs=normalized)


def _labels(counts: Counter[int]) -> dict[int, int]:
    return {label: n for label, n in counts.items() if label != _NO_LABEL}


def _labelled(counts: Counter[int]) -> int:
    return sum(_labels(counts).values())


def _conflicts(counts: Counter[int]) -> bool:
    return len(_labels(counts)) > 1


def _example(text: str, counts: Counter[int], names: dict[int, str]) -> str:
    labels = [f"{clean(names[label], 40)} ({n})" for label, n in counts.most_common(4) if label in names]
    return f"{text} → {', '.join(labels)}" if labels else text


def _kind(label: object) -> str:
    if isinstance(label, bool):
        return "true or false"
    if isinstance(label, (int, float)):
        return "number"
    if isinstance(label, str):
        return "text"
    return "list" if isinstance(label, list) else "object" if isinstance(label, dict) else "other"
