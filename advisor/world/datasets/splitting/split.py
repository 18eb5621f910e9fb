"""Dividing a dataset into train, dev and test, every input on one side only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from advisor.domain.dataset import DatasetReport, Finding, split_sizes
from advisor.domain.shortage import PARTS_NEED, Shortage, shortage
from advisor.errors import UsageError
from advisor.world.datasets.files.readers import Table, open_table
from advisor.world.datasets.findings.quality_findings import in_order
from advisor.world.datasets.findings.rare_labels import split_findings
from advisor.world.datasets.keys import group_key, label_key, label_names
from advisor.world.datasets.records import CHAT_LABEL, Record, Roles, as_text, is_filled
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.splitting.contexts import Contexts
from advisor.world.datasets.text import count

Example = dict[str, str]
"""One row to learn or measure from: the text of every input field and of the label, by field name."""


class Split(NamedTuple):
    """The three parts; every normalised input stands in one of them, once."""

    train: tuple[Example, ...]
    dev: tuple[Example, ...]
    test: tuple[Example, ...]
    findings: tuple[Finding, ...] = ()
    dropped_copies: int = 0
    """Rows left out because the same input stands there with the same label."""
    dropped_conflicts: int = 0
    """Rows left out because the same input carries another label more often, or first among equals."""
    skipped: int = 0
    """Rows left out because the input or the label is missing."""


@dataclass
class _Group:
    """The rows of one normalised input: how often each label stands there, and the first row with it."""

    counts: Counter[int] = field(default_factory=Counter)
    rows: dict[int, Example] = field(default_factory=dict)
    labels: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def majority(self) -> int:
        """The commonest label, the one seen first among equals."""
        return max(self.counts, key=lambda label: self.counts[label])


def split(path: Path, report: DatasetReport, seed: int = 0) -> Split:
    """Return the three parts of the data that `report` describes, one row for each distinct input.

    Splits that the file brought along are pooled. The same rows and seed give the same parts, in whatever
    order the rows stand; a new row moves few others. Questions about one text stand in one part. A finding that
    blocks says that too little could be measured for a run.

    Raises:
        UsageError: the report names no input or no label.
        UnreadableDataset: the file can no longer be read.
    """
    if not report.input_fields or report.label_field is None:
        raise UsageError(
            "This data cannot be split yet.",
            "It has no input or no label.",
            "Name the input and the label column first.",
        )
    roles = Roles(report.input_fields, report.label_field, report.label_confidence, report.task)
    contexts = Contexts(roles.input_fields, roles.task)
    groups, skipped = _grouped(open_table(path, report.table), roles, contexts)
    strata, short = _strata(groups, contexts, report.task)
    sizes = split_sizes(len(groups))
    # One of each class stays for dev and one for train, then one for train.
    measured = {name: units for name, units in strata.items() if len(units) >= PARTS_NEED}
    test = _take(measured, sizes.test, 2, seed)
    rest = {name: _without(units, test) for name, units in measured.items()}
    dev = _take(rest, sizes.dev, 1, seed)
    parts = _parts(groups, test, dev, seed)
    rows = sum(sum(group.counts.values()) for group in groups.values())
    kept = sum(group.counts[group.majority] for group in groups.values())
    measured_on = {"dev": (len(parts[1]), sizes.dev), "test": (len(parts[2]), sizes.test)}
    uneven = contexts.uneven(measured_on) if contexts.kept_together else ()
    return Split(
        *parts,
        findings=in_order([*_left_out(rows - kept), *split_findings(short, path), *contexts.findings(), *uneven]),
        dropped_copies=kept - len(groups),
        dropped_conflicts=rows - kept,
        skipped=skipped,
    )


def _grouped(table: Table, roles: Roles, contexts: Contexts) -> tuple[dict[int, _Group], int]:
    groups: defaultdict[int, _Group] = defaultdict(_Group)
    skipped = 0
    for record in table.records():
        inputs, label = roles.inputs(record), roles.label(record)
        if label is None or not any(map(is_filled, inputs)):
            skipped += 1
            continue
        key, answer = group_key(inputs), label_key(label, roles.task)
        contexts.add(key, inputs)
        group = groups[key]
        group.counts[answer] += 1
        if answer not in group.rows:
            group.rows[answer] = _example(roles, record, inputs, label)
            group.labels[answer] = label_names(label, roles.task)
    return dict(groups), skipped


def _example(roles: Roles, record: Record, inputs: Sequence[str], label: object) -> Example:
    names = (*roles.input_fields, CHAT_LABEL if roles.task == "chat" else str(roles.label_field))
    return dict(zip(names, (*inputs, as_text(label)), strict=True))


Units = Mapping[int, list[int]]
"""Inputs that go to the same part together, by a key that orders them."""


def _strata(groups: Mapping[int, _Group], contexts: Contexts, task: str | None) -> tuple[dict[str, Units], Shortage]:
    """Return the inputs of every class, or all of them where answers do not repeat, and the classes that are rare."""
    if task not in CLASS_LIKE:
        return {"": contexts.units(list(groups))}, shortage({}, len(groups))
    sizes = Counter(name for group in groups.values() for name in group.labels[group.majority])
    strata: dict[str, dict[int, list[int]]] = {}
    for key, group in groups.items():
        # A row with several labels stands for its rarest, which is the hardest to place.
        name = min(group.labels[group.majority], key=lambda name: (sizes[name], name), default="")
        strata.setdefault(name, {})[key] = [key]
    return dict(strata), shortage(sizes, len(groups), single=task != "multi_label")


def _order(key: int, seed: int) -> bytes:
    return blake2b(key.to_bytes(8, "big"), key=seed.to_bytes(16, "big", signed=True), digest_size=8).digest()


def _without(units: Units, taken: set[int]) -> Units:
    return {key: groups for key, groups in units.items() if groups[0] not in taken}


def _take(strata: Mapping[str, Units], wanted: int, leave: int, seed: int) -> set[int]:
    """Return about `wanted` inputs: of every class its share, one where there is room, at most all but `leave`."""
    quotas = _quotas({name: sum(map(len, units.values())) for name, units in strata.items()}, wanted, leave)
    return {group for name, units in strata.items() for group in _first(units, quotas[name], leave, seed)}


def _first(units: Units, quota: int, leave: int, seed: int) -> Iterator[int]:
    """Yield whole units up to the quota, or beyond it where that comes nearer.

    One that would go over the quota gives way to the next; what fits best of those fills the room that is left.
    """
    room = quota
    ordered = sorted(units, key=lambda key: _order(key, seed))
    beyond = []
    for key in ordered[: max(0, len(ordered) - leave)]:
        if len(units[key]) <= room:
            room -= len(units[key])
            yield from units[key]
        else:
            beyond.append(key)
    nearest = min(beyond, key=lambda key: len(units[key]), default=None)
    if nearest is not None and len(units[nearest]) < 2 * room:
        yield from units[nearest]


def _quotas(sizes: Mapping[str, int], wanted: int, leave: int) -> dict[str, int]:
    """Return how many of each class to take, by largest remainder."""
    total = sum(sizes.values())
    wanted = min(wanted, total)
    least = 1 if len(sizes) <= wanted else 0
    exact = {name: wanted * n / total for name, n in sizes.items()}
    quotas = {name: max(least, int(share)) for name, share in exact.items()}
    by_need = sorted(sizes, key=lambda name: (quotas[name] - exact[name], name))
    for name in by_need[: max(0, wanted - sum(quotas.values()))]:
        quotas[name] += 1
    return {name: min(quotas[name], sizes[name] - leave) for name in sizes}


def _parts(
    groups: Mapping[int, _Group], test: set[int], dev: set[int], seed: int
) -> tuple[tuple[Example, ...], tuple[Example, ...], tuple[Example, ...]]:
    train_rows: list[Example] = []
    dev_rows: list[Example] = []
    test_rows: list[Example] = []
    for key in sorted(groups, key=lambda key: _order(key, seed)):
        group = groups[key]
        part = test_rows if key in test else dev_rows if key in dev else train_rows
        part.append(group.rows[group.majority])
    return tuple(train_rows), tuple(dev_rows), tuple(test_rows)


def _left_out(dropped: int) -> Iterator[Finding]:
    if dropped:
        yield Finding(
            severity="warns",
            about="conflicts",
            what=f"{count(dropped, 'row')} left out: the input stands more often, or first, with another label.",
            consequence="The parts hold one label of each input, so a test score can be above what the file allows.",
        )
