"""One row with its values set right, and what was changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.domain.fixing import Choices, Edit, Kind
from advisor.world.datasets.fixing.repairs import marked, repaired
from advisor.world.datasets.keys import BETWEEN, label_names
from advisor.world.datasets.records import Record, Roles, as_text
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import key


class Mended(NamedTuple):
    """A row as it would stand in the copy."""

    record: Record
    edits: tuple[Edit, ...]
    names: tuple[str, ...]
    """The single labels it carries; the whole answer where labels are not classes."""
    answer: int
    """The key of its label, whichever way it is spelled."""
    label_text: str


def fold(name: str) -> str:
    """Return what spellings of a label share that differ in case only."""
    return name.casefold()


class Mender:
    """What is done to the values of every row."""

    def __init__(self, roles: Roles, choices: Choices, *, table: bool) -> None:
        self.roles = roles
        self.lists_labels = roles.task in CLASS_LIKE
        self.drops_unlabelled = _drops(roles.task, choices)
        self._choices = choices
        self._table = table
        self._merge = {self.merged_as(old): new.strip() for old, new in choices.merge.items()}

    def merged_as(self, name: str) -> str:
        """Return what a label that is to be merged is known by once its values are set right."""
        steps = [name, *(text for _, text in repaired(name, decode=self._choices.decode_entities))]
        return fold(steps[-1].strip())

    def mend(self, record: Record, spelling: Mapping[str, str]) -> Mended:
        """Return a row with its values set right; `spelling` says how a label is written, by its folded form."""
        values: dict[str, object] = dict(record.values)
        edits: list[Edit] = []
        label_field = self.roles.label_field or ""
        for name, value in values.items():
            if name != label_field:
                values[name] = self._value(name, value, edits)
        if self.roles.task != "chat":
            label = self._label(record, values.get(label_field), spelling, edits)
            if label is not None or label_field in values:
                values[label_field] = label
        after = Record(record.line, values, record.split)
        found = self.roles.label(after)
        names = label_names(found, self.roles.task)
        folded = sorted(set(map(fold, names))) if self.lists_labels else names
        text = ", ".join(names) if isinstance(found, list) else as_text(found)
        return Mended(after, tuple(edits), names, key(BETWEEN.join(folded)), text)

    def _value(self, name: str, value: object, edits: list[Edit]) -> object:
        if name in self.roles.input_fields:
            value = self._repair(name, value, edits)
        return self._mark(name, value, edits)

    def _mark(self, name: str, value: object, edits: list[Edit]) -> object:
        if self._table and isinstance(value, str) and (safe := marked(value)) != value:
            edits.append(Edit("formula", name, value, safe))
            return safe
        return value

    def _repair(self, name: str, value: object, edits: list[Edit]) -> object:
        if isinstance(value, str):
            for kind, text in repaired(value, decode=self._choices.decode_entities):
                edits.append(Edit(kind, name, value, text))
                value = text
            return value
        kinds: dict[Kind, None] = {}
        after = self._within(value, kinds)
        edits.extend(Edit(kind, name, as_text(value), as_text(after)) for kind in kinds)
        return after

    def _within(self, value: object, kinds: dict[Kind, None]) -> object:
        """Repair every text inside a list or an object, such as the turns of a conversation."""
        if isinstance(value, str):
            for kind, text in repaired(value, decode=self._choices.decode_entities):
                kinds[kind] = None
                value = text
            return value
        if isinstance(value, list):
            return [self._within(item, kinds) for item in value]
        if isinstance(value, dict):
            return {name: self._within(item, kinds) for name, item in value.items()}
        return value

    def _label(self, record: Record, value: object, spelling: Mapping[str, str], edits: list[Edit]) -> object:
        field = self.roles.label_field or ""
        if self._choices.unlabelled == "empty" and self.roles.label(record) is None:
            edits.append(Edit("empty_list", field, as_text(value), "[]"))
            return []
        if isinstance(value, list) and self.roles.task == "multi_label":
            items = [self._name(field, item, spelling, edits) if isinstance(item, str) else item for item in value]
            return _once(items)
        if isinstance(value, str):
            return self._name(field, value, spelling, edits)
        if isinstance(value, (bool, int, float)) and self.lists_labels:
            text = as_text(value)
            name = self._name(field, text, spelling, edits)
            return value if name == text else name
        return self._repair(field, value, edits)

    def _name(self, field: str, name: str, spelling: Mapping[str, str], edits: list[Edit]) -> str:
        """Return one label as it is written in the copy."""
        for kind, after in self._steps(name, spelling):
            edits.append(Edit(kind, field, name, after))
            name = after
        return name

    def _steps(self, name: str, spelling: Mapping[str, str]) -> Iterator[tuple[Kind, str]]:
        for kind, after in repaired(name, decode=self._choices.decode_entities):
            yield kind, after
            name = after
        if self.lists_labels and name != name.strip():
            name = name.strip()
            yield "trimmed", name
        if (merged := self._merge.get(fold(name), name)) != name and self.lists_labels:
            name = merged
            yield "merged", name
        if self._table and (safe := marked(name)) != name:
            name = safe
            yield "formula", name
        if (usual := spelling.get(fold(name), name)) != name:
            yield "spelling", usual


def _drops(task: str | None, choices: Choices) -> bool:
    """A row that may carry several labels may as well carry none, so only the user can leave it out."""
    return choices.unlabelled == "drop" if choices.unlabelled else task != "multi_label"


def _once(items: Sequence[object]) -> list[object]:
    seen: dict[str, object] = {}
    for item in items:
        seen.setdefault(as_text(item), item)
    return list(seen.values())
