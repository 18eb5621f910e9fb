"""What is counted over every row: copies, conflicts, gaps, leaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from advisor.domain.dataset import BadRow
from advisor.world.datasets.counting.batches import Batch
from advisor.world.datasets.counting.counts import Counts
from advisor.world.datasets.counting.folding import normalize_all
from advisor.world.datasets.counting.repeats import conflicts, distinct, leaks, majority_answers
from advisor.world.datasets.counting.tokens import TokenTally
from advisor.world.datasets.keys import BETWEEN, label_names, label_text
from advisor.world.datasets.records import Record, Roles, as_texts, conversation_parts
from advisor.world.datasets.roles.tasks import CLASS_LIKE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BAD_ROW_SAMPLES = 20
LATE_RECORDS = 200
EXAMPLES = 3

_KINDS = {bool: "true or false", int: "number", float: "number", str: "text", list: "list", dict: "object"}


class Tally:
    """Counts over the batches added so far; texts are kept as 64-bit keys only."""

    def __init__(self, roles: Roles, known: Iterable[str]) -> None:
        self.roles = roles
        self.rows = 0
        self.labels: Counter[str] = Counter()
        self._known = frozenset(known)
        self._filled: Counter[str] = Counter()
        self._label_kinds: Counter[str] = Counter()
        self._tokens = TokenTally()
        self._bad_rows = 0
        self._bad_row_samples: list[BadRow] = []
        self._late: list[Record] = []
        self._names: dict[int, tuple[str, ...]] = {}
        self._splits: Counter[str] = Counter()
        self._columns: list[tuple[NDArray[np.int64], ...]] = []

    def add(self, batch: Batch) -> None:
        """Count the rows of a batch."""
        self._bad_rows += len(batch.bad)
        self._bad_row_samples += batch.bad[: BAD_ROW_SAMPLES - len(self._bad_row_samples)]
        if not batch.size:
            return
        self._filled.update(batch.filled)
        self._keep_late(batch)
        inputs, has_input = inputs_of(self.roles, batch)
        labels, has_label = _labels(self.roles, batch)
        answers = self._count_labels(labels if all(has_label) else list(compress(labels, has_label)))
        self._tokens.add_all(*_asked(inputs, labels, has_input))
        self._keep_keys(inputs, answers, has_input, has_label, self._split_places(batch))
        self.rows += batch.size

    def counts(self) -> Counts:
        """Return what the rows come to."""
        import numpy as np  # a start-up that reads no data does not pay for it

        blank = tuple(np.zeros(0, dtype=np.int64) for _ in range(6))
        inputs, groups, answers, has_input, has_label, splits = (
            tuple(np.concatenate(column) for column in zip(*self._columns, strict=True)) if self._columns else blank
        )
        asked, labelled = has_input.astype(bool), has_label.astype(bool)
        complete = asked & labelled
        class_like = self.roles.task in CLASS_LIKE
        names = {hash(name): (name,) for name in self.labels} if self.roles.task == "classification" else self._names
        kept = majority_answers(groups[complete], answers[complete]) if class_like else {}
        split_names = tuple(self._splits)
        return Counts(
            roles=self.roles,
            rows=self.rows,
            labelled=int(labelled.sum()),
            without_input=self.rows - int(asked.sum()),
            usable=sum(kept.values()) if class_like else distinct(groups[complete]),
            filled=self._filled,
            labels=self.labels,
            groups=_by_name(kept, names),
            label_kinds=self._label_kinds,
            duplicates=int(asked.sum()) - distinct(inputs[asked]),
            normalized_duplicates=int(asked.sum()) - distinct(groups[asked]),
            conflicts=conflicts(
                inputs[asked], answers[asked], labelled[asked], np.flatnonzero(asked), examples=EXAMPLES
            ),
            splits=self._splits,
            leaks=tuple(leaks(split_names, splits[asked], inputs[asked], groups[asked])),
            tokens=self._tokens,
            bad_rows=self._bad_rows,
            bad_row_samples=tuple(self._bad_row_samples),
            late=tuple(self._late),
            names=names,
        )

    def _keep_late(self, batch: Batch) -> None:
        late = [name for name in batch.columns if name not in self._known]
        for place in range(batch.size) if late and len(self._late) < LATE_RECORDS else ():
            if any(batch.columns[name][place] is not None for name in late):
                self._late.append(Record(0, {name: column[place] for name, column in batch.columns.items()}))
        del self._late[LATE_RECORDS:]

    def _count_labels(self, labels: Sequence[object]) -> list[int]:
        """Count the labels there are and return their keys."""
        self._label_kinds.update(_kinds(labels))
        task = self.roles.task
        if task != "multi_label":
            texts = as_texts(labels)
            if task in CLASS_LIKE:
                self.labels.update(texts)
            return list(map(hash, texts))
        keys = []
        for label in labels:
            names = label_names(label, task)
            self.labels.update(names)
            keys.append(hash(label_text(label, task)))
            self._names[keys[-1]] = names
        return keys

    def _split_places(self, batch: Batch) -> Sequence[int]:
        field = self.roles.split_field
        splits = batch.texts(field) if field else batch.splits or ("",) * batch.size
        self._splits.update(filter(None, splits))
        places = {name: place for place, name in enumerate(self._splits)}
        return [places.get(name, -1) for name in splits]

    def _keep_keys(
        self,
        inputs: Sequence[Sequence[str]],
        answers: Iterable[int],
        has_input: Sequence[bool],
        has_label: Sequence[bool],
        splits: Sequence[int],
    ) -> None:
        import numpy as np  # a start-up that reads no data does not pay for it

        size = len(has_input)
        labelled = np.fromiter(has_label, dtype=bool, count=size)
        answer_keys = np.zeros(size, dtype=np.int64)
        answer_keys[labelled] = np.fromiter(answers, dtype=np.int64)
        self._columns.append((
            _keys(inputs, size),
            _keys([normalize_all(texts) for texts in inputs], size),
            answer_keys,
            np.fromiter(has_input, dtype=np.int8, count=size),
            labelled.astype(np.int8),
            np.fromiter(splits, dtype=np.int32, count=size),
        ))  # fmt: skip


def inputs_of(roles: Roles, batch: Batch) -> tuple[list[Sequence[str]], Sequence[bool]]:
    """Return the text of every input field, and which rows have any."""
    if roles.task == "chat":
        asked = [conversation_parts(turns)[0] for turns in _chats(roles, batch)]
        return [asked], list(map(bool, asked))
    texts = [batch.texts(name) for name in roles.input_fields]
    filled = [batch.are_filled(name) for name in roles.input_fields]
    return texts, filled[0] if len(filled) == 1 else list(map(any, zip(*filled, strict=True))) or (False,) * batch.size


def _chats(roles: Roles, batch: Batch) -> Sequence[object]:
    return batch.columns.get(roles.input_fields[0], (None,) * batch.size)


def _labels(roles: Roles, batch: Batch) -> tuple[Sequence[object], Sequence[bool]]:
    """Return the labels as read, and which rows have one."""
    if roles.task == "chat":
        replies = [conversation_parts(turns)[1] for turns in _chats(roles, batch)]
        return replies, list(map(bool, replies))
    name = roles.label_field
    if name is None or name not in batch.columns:
        return (None,) * batch.size, (False,) * batch.size
    return batch.columns[name], batch.are_filled(name)


def _asked(
    inputs: Sequence[Sequence[str]], labels: Sequence[object], has_input: Sequence[bool]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return what is asked and what is answered, of the rows that ask something."""
    asked = inputs[0] if len(inputs) == 1 else list(map("\n".join, zip(*inputs, strict=True)))
    answered = as_texts(labels)
    if all(has_input):
        return asked, answered
    return list(compress(asked, has_input)), list(compress(answered, has_input))


def _keys(columns: Sequence[Sequence[str]], size: int) -> NDArray[np.int64]:
    """Return a key for every row; two of a million texts share one with probability 3e-8."""
    import numpy as np  # a start-up that reads no data does not pay for it

    texts = columns[0] if len(columns) == 1 else list(map(BETWEEN.join, zip(*columns, strict=True)))
    return np.fromiter(map(hash, texts or [""] * size), dtype=np.int64, count=size)


def _by_name(kept: Mapping[int, int], names: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key, n in kept.items():
        for name in names[key]:
            found[name] += n
    return dict(found)


def _kinds(labels: Sequence[object]) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, n in Counter(map(type, labels)).items():
        found[_KINDS.get(kind, "other")] += n
    return found
