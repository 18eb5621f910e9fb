"""Which sheet of a workbook or table of a database is read, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from advisor.domain.dataset import Finding
from advisor.domain.shell_words import shell_word
from advisor.errors import UsageError
from advisor.world.datasets.records import Record
from advisor.world.datasets.roles.columns import find_roles
from advisor.world.datasets.roles.profiles import take_sample
from advisor.world.datasets.text import clean, count, mended, named

SEEN = 200
"""Rows of each that the choice is made by."""

LISTED = 12
"""Names in an error."""

_SPELLINGS: tuple[Callable[[str], str], ...] = (str, mended, lambda name: clean(name).casefold())


class Held(NamedTuple):
    """A sheet or a table with rows, as far as it was looked at."""

    name: str
    rows: int
    records: tuple[Record, ...]
    """Its first rows."""


def place_of(names: Sequence[str], wanted: str) -> int | None:
    """Return which of the names is meant: spelled as it is, else the only one that differs by case or spaces."""
    for spelled in _SPELLINGS:
        found = [place for place, name in enumerate(names) if spelled(name) == spelled(wanted)]
        if len(found) == 1:
            return found[0]
    return None


def best(tables: Sequence[Held]) -> int:
    """Return the place of the largest with a text and a label, of the largest where none has both."""
    ranked = [(_fits(table.records) if len(tables) > 1 else True, table.rows, -n) for n, table in enumerate(tables)]
    return -max(ranked)[2]


def _fits(records: Sequence[Record]) -> bool:
    sample = take_sample(records)
    roles = find_roles(sample)
    if roles.label_field is None:
        return False
    kinds = {profile.kind for profile in sample.profiles if profile.name in roles.input_fields}
    return roles.task == "chat" or "text" in kinds


def others_finding(noun: str, taken: str, others: Sequence[str], seen: Sequence[Held]) -> Finding:
    """Return what is said of those that were not taken; of those seen, the likeliest is the example."""
    left = [table for table in seen if table.name != taken]
    likely = left[best(left)].name if left else others[0]
    return Finding(
        severity="warns",
        what=f"I took the {noun} `{clean(taken, 40)}`; {count(len(others), f'other {noun}')}: {named(others)}.",
        consequence=f"Take one with `--table {clean(shell_word(likely), 60)}`; in the conversation say: use the {noun} "
        f"{clean(likely, 40)}.",
    )


def unknown(noun: str, wanted: str, names: Sequence[str], file: str) -> UsageError:
    """Return the error for a name that none of them has."""
    shown = [clean(name, 40) for name in names]
    near = get_close_matches(clean(wanted).casefold(), [name.casefold() for name in shown], 1, 0.6)
    meant = next((name for name in shown if near and name.casefold() == near[0]), None)
    there = ", ".join(f"`{name}`" for name in shown[:LISTED])
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return UsageError(
        f"There is no {noun} `{clean(wanted, 40)}` with rows in {clean(file)}.",
        f"It has {there}{more}.",
        f"Did you mean `{meant}`?" if meant else "Name one of these.",
    )


def nothing_to_choose(file: str) -> UsageError:
    """Return the error for a name where there is but one table."""
    return UsageError(
        f"{clean(file)} is read as one table: there is none to choose.",
        "Only workbooks and databases hold several.",
        "Leave the name of the table out, or name the workbook or database itself.",
    )
