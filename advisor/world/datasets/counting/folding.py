"""Many texts normalised at once, as `text.normalize` does one by one."""

from __future__ import annotations

import string
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING

from advisor.world.datasets.text import CURRENCIES, is_dropped, normalize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_APART = "\0"
_SPACES = b"\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
_FOLD = bytes.maketrans(
    string.ascii_uppercase.encode() + _SPACES, string.ascii_lowercase.encode() + b" " * len(_SPACES)
)
_DROPPED = bytes(byte for byte in range(1, 128) if is_dropped(chr(byte)))

_MARK, _NUMBER, _SPACE = 1, 2, 4


def _roles(character: str) -> int:
    return (
        _MARK * is_dropped(character)
        | _NUMBER * (character.isdigit() or character in CURRENCIES)
        | _SPACE * character.isspace()
    )


_ROLES = bytes([0, *(_roles(chr(byte)) for byte in range(1, 128)), *bytes(128)])


def normalize_all(texts: Sequence[str]) -> list[str]:
    """Return every text normalised, in order."""
    plain = list(map(str.isascii, texts))
    if all(plain):
        return _fold(texts)
    folded = iter(_fold(list(compress(texts, plain))))
    return [next(folded) if is_plain else normalize(text) for text, is_plain in zip(texts, plain, strict=True)]


def _fold(texts: Sequence[str]) -> list[str]:
    """Return ASCII texts normalised, in one pass over all of them: one by one takes ten times as long."""
    if not texts:
        return []
    joined = _APART.join(texts).encode("ascii")
    folded = joined.translate(_FOLD, _DROPPED)
    pieces = folded.decode("ascii").split(_APART)
    if len(pieces) > len(texts):
        # A text holds a NUL of its own.
        return list(map(normalize, texts))
    for place in _spaced_out(folded, pieces):
        pieces[place] = " ".join(pieces[place].split()) or normalize(texts[place])
    for place in _with_numbers(joined, texts):
        pieces[place] = normalize(texts[place])
    return pieces


def _spaced_out(folded: bytes, pieces: Sequence[str]) -> Sequence[int]:
    """Return which pieces are empty, or have spaces at an end or several in a row."""
    import numpy as np  # a start-up that reads no data does not pay for it

    # After folding only the separator and the space are below 33; both ends are edges like the separators.
    low = np.frombuffer(_APART.encode() + folded + _APART.encode(), dtype=np.uint8) < 33
    return _rows(np.flatnonzero(low[:-1] & low[1:]), pieces)


def _with_numbers(joined: bytes, texts: Sequence[str]) -> Sequence[int]:
    """Return at least the texts with punctuation that stays: before or between numbers."""
    import numpy as np

    roles = np.frombuffer(joined.translate(_ROLES), dtype=np.uint8)
    marks, numbers = roles & _MARK, (roles & _NUMBER) >> 1
    if not numbers.any():
        return ()
    before = np.flatnonzero(marks[:-1] & numbers[1:])
    spaces = (roles & _SPACE) >> 2
    alone = 2 + np.flatnonzero(spaces[1:-3] & marks[2:-2] & spaces[3:-1])
    alone = alone[(roles[alone - 2] & (_NUMBER | _SPACE)) > 0]
    return _rows(np.concatenate([before, alone]), texts)


def _rows(places: NDArray[np.intp], texts: Sequence[str]) -> Sequence[int]:
    """Return in which of the texts, one after another and a separator between them, these places are."""
    import numpy as np

    if not places.size:
        return ()
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1)
    return list(map(int, np.unique(np.searchsorted(ends, places, side="right"))))
