"""The rows the deep checks work on: one of each input."""

from __future__ import annotations

import random
from array import array
from sys import intern
from typing import NamedTuple

from advisor.world.datasets.closer.traces import masked
from advisor.world.datasets.files.readers import Table
from advisor.world.datasets.keys import group_key, label_names
from advisor.world.datasets.records import Roles, is_filled
from advisor.world.datasets.text import clean, key

SHORT = 100
"""Characters of a label that may stand on many rows."""

SHOWN = 80
"""Characters of a row in an example."""

COMPARED = 20_000
"""Characters of two rows in which the place is sought where they part."""

LEAD_IN = 25
"""Characters shown of what two rows share before they part."""


class DeepRow(NamedTuple):
    """One input, its label as text, and the split it stands in."""

    text: str
    label: str
    split: str
    group: int = 0
    """The key it shares with its copies."""


class Draw(NamedTuple):
    """Rows, and whether they are a random draw of more."""

    rows: list[DeepRow]
    sampled: bool


def distinct_rows(
    table: Table, roles: Roles, most: int, *, labelled: bool, in_each_split: bool = False, seed: int = 0
) -> Draw:
    """Return the first row of each normalised input, at most `most` of them drawn at random, in file order.

    `in_each_split` keeps an input once in each split that the file brought along.
    """
    chance = random.Random(seed)
    known: set[int] = set()
    kept: list[DeepRow] = []
    places = array("Q")
    for record in table.records():
        inputs, label, split = roles.inputs(record), roles.label(record), roles.split(record)
        if not any(map(is_filled, inputs)) or (labelled and label is None):
            continue
        group = group_key(inputs)
        kept_once = group ^ (key(split) if in_each_split else 0)
        if kept_once in known:
            continue
        known.add(kept_once)
        name = " + ".join(sorted(label_names(label, roles.task)))
        # A million rows have few labels and splits: each is kept once.
        row = DeepRow("\n".join(inputs), intern(name) if len(name) < SHORT else name, intern(split), group)
        if len(kept) < most:
            kept.append(row)
            places.append(len(known))
        elif (place := chance.randrange(len(known))) < most:
            kept[place], places[place] = row, len(known)
    sampled = len(known) > most
    return Draw([kept[i] for i in sorted(range(most), key=places.__getitem__)] if sampled else kept, sampled)


def shown(text: str, limit: int = SHOWN) -> str:
    """Return a row's text fit for an example: personal data masked, one line."""
    return clean(masked(text[: 20 * limit]), limit)


def shown_apart(first: str, second: str) -> str:
    """Return two texts that are nearly the same, from shortly before they part."""
    # Masked before it is cut: half a number would no longer be known for one.
    first, second = masked(first[:COMPARED]), masked(second[:COMPARED])
    letters = enumerate(zip(first, second, strict=False))
    same = next((place for place, (one, other) in letters if one != other), min(len(first), len(second)))
    start = max(0, same - LEAD_IN) if same > SHOWN // 2 else 0
    lead = "…" if start else ""
    return f"{lead}{clean(first[start:], SHOWN)} ≈ {lead}{clean(second[start:], SHOWN)}"
