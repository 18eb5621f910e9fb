"""Near copies: MinHash finds candidates, the true overlap of word sequences decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from advisor.domain.close_look import NearCopies
from advisor.world.datasets.closer.deep_texts import DeepRow, shown_apart
from advisor.world.datasets.text import normalize

MOST = 1_000_000
"""Inputs compared; more are drawn from."""

ALIKE = 0.7
"""Jaccard overlap of three-word sequences from which two inputs are near copies."""

PERMUTATIONS = 64
BANDS = 16
"""Bands of four: of pairs that overlap by 0.7, 99 in 100 become candidates."""

WORDS = 3
CHARACTERS = 5
"""Length of the sequences of a text written without spaces."""

VERIFIED = 50
"""Candidates of one input that are compared."""

EXAMPLES = 3


def sequences(text: str) -> frozenset[str]:
    """Return the three-word sequences of a text, or its five-character ones where there are no words to speak of."""
    words = normalize(text).split()
    if len(words) >= WORDS:
        return frozenset(" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1))
    whole = " ".join(words)
    if len(whole) <= 2 * CHARACTERS or whole.isascii():
        return frozenset((whole,))
    return frozenset(whole[start : start + CHARACTERS] for start in range(len(whole) - CHARACTERS + 1))


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of sequences two texts have in common."""
    return len(first & second) / len(first | second)


def near_copies(rows: Sequence[DeepRow], *, sampled: bool) -> NearCopies:
    """Return how many inputs nearly repeat an earlier one; inputs equal but for spelling are no matter here."""
    # Imported here: an optional extra, used in a process of its own.
    from rensa import RMinHash, RMinHashLSH

    lsh: Any = RMinHashLSH(ALIKE, PERMUTATIONS, BANDS)
    families: dict[int, dict[str, int]] = {}
    across: Counter[str] = Counter()
    inputs = otherwise = 0
    examples: list[str] = []
    for number, row in enumerate(rows):
        known = sequences(row.text)
        hashed = RMinHash(PERMUTATIONS, 42)
        hashed.update(list(known))
        first = _alike(rows, known, sorted(lsh.query(hashed)))
        if first is None:
            lsh.insert(number, hashed)
            continue
        # By split the first of a family there; most inputs found none.
        family = families.setdefault(first, {rows[first].split: first})
        for split, member in family.items():
            if split != row.split and overlap(known, sequences(rows[member].text)) >= ALIKE:
                across[f"`{split}` and `{row.split}`"] += 1
        family.setdefault(row.split, number)
        if normalize(rows[first].text) == normalize(row.text):
            continue
        inputs += 1
        otherwise += bool(row.label) and row.label != rows[first].label
        if len(examples) < EXAMPLES:
            examples.append(shown_apart(rows[first].text, row.text))
    return NearCopies(
        compared=len(rows),
        inputs=inputs,
        across=dict(across),
        labelled_otherwise=otherwise,
        examples=tuple(examples),
        sampled=sampled,
    )


def _alike(rows: Sequence[DeepRow], known: frozenset[str], candidates: Sequence[int]) -> int | None:
    for candidate in islice(candidates, VERIFIED):
        if overlap(known, sequences(rows[candidate].text)) >= ALIKE:
            return candidate
    return None
