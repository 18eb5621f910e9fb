"""The first reading before a file is cleaned: which labels, which copies, which conflicts there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from advisor.domain.dataset import BadRow
from advisor.domain.fixing import Choices
from advisor.errors import UsageError
from advisor.world.datasets.fixing.mending import Mended, Mender, fold
from advisor.world.datasets.keys import group_key
from advisor.world.datasets.records import Record, is_filled
from advisor.world.datasets.text import clean, spelling

_LABELS_SHOWN = 4


class Survey:
    """Counts over every row; texts are kept as keys only."""

    def __init__(self, mender: Mender, choices: Choices) -> None:
        self._mender = mender
        self._choices = choices
        self.spelling: dict[str, str] = {}
        """How each label is written in the copy, by its folded form."""
        self.rare: frozenset[int] = frozenset()
        self.splits = False
        """Whether the rows stand in splits that the file brought along."""
        self._spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._fields: dict[str, None] = {}
        self._nested: dict[str, None] = {}
        self._first: dict[int, int] = {}
        self._several: dict[int, Counter[int]] = {}
        self._names: dict[int, str] = {}
        self._merged: set[str] = set()

    def add(self, row: Record | BadRow) -> None:
        """Count one row."""
        if isinstance(row, BadRow):
            return
        self.splits = self.splits or bool(row.split)
        self._fields.update(dict.fromkeys(row.values))
        self._nested.update((name, None) for name, value in row.values.items() if isinstance(value, (list, dict)))
        one = self._mender.mend(row, {})
        self._merged.update(edit.was for edit in one.edits if edit.kind == "merged")
        inputs = self._mender.roles.inputs(one.record)
        if self._mender.roles.label(one.record) is None or not any(map(is_filled, inputs)):
            return
        self._count_label(one)
        self._count_group(group_key(inputs), one.answer)

    def _count_label(self, one: Mended) -> None:
        if self._mender.lists_labels:
            self._names.setdefault(one.answer, one.label_text)
            for name in one.names:
                self._spellings[fold(name)][name] += 1

    def _count_group(self, group: int, answer: int) -> None:
        if group in self._several:
            self._several[group][answer] += 1
        elif group in self._first:
            self._several[group] = Counter([self._first[group], answer])
        else:
            self._first[group] = answer

    def conclude(self) -> None:
        """Settle the spelling of every label and which labels are rare, once all rows are counted."""
        self.spelling = {folded: names.most_common(1)[0][0] for folded, names in self._spellings.items()}
        rare: set[int] = set()
        while self._choices.drop_rare and not (more := self._too_few()) <= rare:
            rare |= more
            self.rare = frozenset(rare)

    def _too_few(self) -> set[int]:
        """Return the labels with too few different inputs; one with several labels counts for its commonest."""
        sizes: Counter[int] = Counter()
        for group in self._first:
            if standing := self.standing(group):
                sizes[max(standing, key=lambda answer: standing[answer])] += 1
        return {answer for answer in self._names if sizes[answer] < self._choices.drop_rare}

    def standing(self, group: int) -> Mapping[int, int]:
        """Return the labels of an input that stay in the copy, with how often each stands there."""
        counts = self._counts(group)
        if len(counts) < 2 or self._choices.conflicts == "keep":
            return counts
        if self._choices.conflicts == "drop":
            return {}
        most = max(counts.values())
        top = {answer: n for answer, n in counts.items() if n == most}
        return top if len(top) == 1 else counts

    def _counts(self, group: int) -> Mapping[int, int]:
        if group not in self._first:
            return {}
        counts = self._several.get(group) or {self._first[group]: 1}
        return {answer: n for answer, n in counts.items() if answer not in self.rare}

    @property
    def conflicting(self) -> int:
        """Inputs that stand in the copy with several labels."""
        return sum(len(self.standing(group)) > 1 for group in self._several)

    @property
    def unsettled(self) -> int:
        """Of these, the ones where no label has the most rows."""
        tops = (sorted(self.standing(group).values())[-2:] for group in self._several)
        return sum(len(top) == 2 and top[0] == top[1] for top in tops)

    def labels_of(self, group: int) -> str:
        """Return the labels an input stands with, the commonest first."""
        counts = Counter(self._several.get(group, {}))
        if not self._mender.lists_labels:
            return f"{len(counts)} different answers"
        shown = [f"`{self._shown(answer)}` {n}" for answer, n in counts.most_common(_LABELS_SHOWN)]
        more = len(counts) - len(shown)
        return ", ".join(shown) + (f" and {more} more" if more else "")

    def _shown(self, answer: int) -> str:
        name = self._names.get(answer, "")
        return clean(self.spelling.get(fold(name), name), 40)

    def fields(self) -> tuple[str, ...]:
        """Return every field, in order of appearance."""
        return tuple(self._fields)

    def check_table(self) -> None:
        """Refuse to write lists and objects into cells.

        Raises:
            UsageError: a field holds some.
        """
        if self._nested:
            raise UsageError(
                f"`{clean(next(iter(self._nested)), 40)}` holds lists or objects, which a CSV cell cannot.",
                "Read back they would be plain text.",
                "Give the copy a name that ends in .jsonl.",
            )

    def variants(self) -> tuple[tuple[str, ...], ...]:
        """Return labels that differ in spaces inside or punctuation only."""
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.spelling.values():
            alike[spelling(name)].append(name)
        return tuple(tuple(clean(name, 40) for name in names) for names in alike.values() if len(names) > 1)

    def unknown(self) -> tuple[str, ...]:
        """Return the labels that were to be merged and do not occur."""
        seen = {fold(name) for name in self._merged}
        return tuple(clean(old, 40) for old in self._choices.merge if self._mender.merged_as(old) not in seen)
