"""Inputs that stand in a table more than once: copies, conflicts and leaks, found among 64-bit keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from advisor.domain.dataset import Leak

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.int64]
    Mask = NDArray[np.bool_]


COMPARED = 30
"""Splits that are looked through for rows they share: the first, in the order they were met."""


class Conflict(NamedTuple):
    """One input with several answers."""

    row: int
    """Where the input stands first."""
    answers: tuple[tuple[int, int], ...]
    """Key and rows of each answer, most first, the one seen first among equals."""


class Conflicts(NamedTuple):
    """Inputs that carry more than one answer."""

    inputs: int = 0
    rows: int = 0
    lost: int = 0
    """Rows that a program which gives each input its commonest answer gets wrong."""
    examples: tuple[Conflict, ...] = ()


def distinct(keys: Keys) -> int:
    """Return how many different keys there are."""
    import numpy as np  # a start-up that reads no data does not pay for it

    if not keys.size:
        return 0
    # numpy.unique builds a hash table, which takes several times as long.
    ordered = np.sort(keys)
    return 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))


def majority_answers(groups: Keys, answers: Keys) -> dict[int, int]:
    """Return how many different inputs have each answer as their commonest, the first among equals."""
    import numpy as np  # a start-up that reads no data does not pay for it

    order = np.argsort(groups, kind="stable")
    groups, answers = groups[order], answers[order]
    new = _changes(groups)
    place = np.cumsum(new) - 1
    kept = answers[new]
    # Only where answers differ has anything to be weighed, which is seldom.
    mixed = np.zeros(kept.size, dtype=np.bool_)
    mixed[place[answers != kept[place]]] = True
    among = np.flatnonzero(mixed[place])
    kept[mixed] = _commonest(place[among], answers[among])
    found, counts = np.unique(kept, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _commonest(places: Keys, answers: Keys) -> Keys:
    """Return the commonest answer of each place, the first among equals; the places stand in order."""
    import numpy as np  # a start-up that reads no data does not pay for it

    rows = np.arange(places.size)
    order = np.lexsort((rows, answers, places))
    places, answers = places[order], answers[order]
    pairs = np.flatnonzero(_changes(places) | _changes(answers))
    counts = np.diff(pairs, append=places.size)
    places, answers, first = places[pairs], answers[pairs], order[pairs]
    best = np.lexsort((first, -counts, places))
    chosen: Keys = answers[best][_changes(places[best])]
    return chosen


def conflicts(inputs: Keys, answers: Keys, labelled: Mask, rows: Keys, examples: int) -> Conflicts:
    """Return the inputs with several answers; rows without an answer contradict nothing."""
    import numpy as np  # a start-up that reads no data does not pay for it

    again = _repeated(inputs) & labelled
    if not again.any():
        return Conflicts()
    inputs, answers, rows = inputs[again], answers[again], rows[again]
    order = np.lexsort((rows, answers, inputs))
    inputs, answers, rows = inputs[order], answers[order], rows[order]
    pairs = np.flatnonzero(_changes(inputs) | _changes(answers))
    counts = np.diff(pairs, append=inputs.size)
    starts = np.flatnonzero(_changes(inputs[pairs]))
    several = np.diff(starts, append=pairs.size) > 1
    totals, most = np.add.reduceat(counts, starts), np.maximum.reduceat(counts, starts)
    first = np.minimum.reduceat(rows[pairs], starts)
    chosen = np.flatnonzero(several)[np.argsort(first[several], kind="stable")[:examples]]
    ends = np.append(starts[1:], pairs.size)
    spans = [slice(starts[at], ends[at]) for at in chosen]
    shown = tuple(_conflict(answers[pairs[span]], counts[span], rows[pairs[span]]) for span in spans)
    lost = int((totals - most)[several].sum())
    return Conflicts(int(several.sum()), int(totals[several].sum()), lost, shown)


def leaks(names: Sequence[str], splits: Keys, inputs: Keys, groups: Keys) -> Iterator[Leak]:
    """Yield the splits that share inputs; `splits` holds the place of each row's split in `names`, -1 for none.

    Of more than `COMPARED` splits the first are compared: the pairs grow with their square.
    """
    import numpy as np  # a start-up that reads no data does not pay for it

    names = names[:COMPARED]
    exact = [np.unique(inputs[splits == place]) for place in range(len(names))]
    folded = [np.unique(groups[splits == place]) for place in range(len(names))]
    for (i, first), (j, second) in combinations(enumerate(names), 2):
        shared = np.intersect1d(folded[i], folded[j], assume_unique=True).size
        if shared:
            same = np.intersect1d(exact[i], exact[j], assume_unique=True).size
            yield Leak(first=first, second=second, inputs=int(same), normalized_inputs=int(shared))


def _repeated(keys: Keys) -> Mask:
    """Return which keys stand there more than once."""
    import numpy as np  # a start-up that reads no data does not pay for it

    ordered = np.sort(keys)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    if not again.size:
        return np.zeros(keys.size, dtype=np.bool_)
    again = again[_changes(again)]
    places = np.minimum(np.searchsorted(again, keys), again.size - 1)
    found: Mask = again[places] == keys
    return found


def _changes(keys: Keys) -> Mask:
    """Return where a key differs from the one before it; the first always does."""
    import numpy as np  # a start-up that reads no data does not pay for it

    changed = np.ones(keys.size, dtype=np.bool_)
    changed[1:] = keys[1:] != keys[:-1]
    return changed


def _conflict(answers: Keys, counts: Keys, rows: Keys) -> Conflict:
    ordered = sorted(zip((-counts).tolist(), rows.tolist(), answers.tolist(), strict=True))
    return Conflict(int(rows.min()), tuple((answer, -negated) for negated, _, answer in ordered))
