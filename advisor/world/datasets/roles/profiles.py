"""What the columns of a table look like, from its first rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from advisor.world.datasets.records import Record, as_text, is_conversation, is_filled, is_number
from advisor.world.datasets.roles.names import SPLIT_NAMES, SPLITS

PROFILED = 5_000
"""Rows the roles of the columns are guessed from."""

SHORT_LABEL = 40
"""Characters of an element that can be one label among several."""

Kind = Literal["text", "word", "number", "flag", "list", "object", "date"]

_FLAGS = frozenset({"true", "false", "yes", "no", "0", "1", "t", "f", "y", "n"})
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DATE = re.compile(r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[T ].{0,30})?\s*")


class Profile(NamedTuple):
    """One column."""

    name: str
    kind: Kind
    rows: int
    filled: int
    distinct: int
    words: float
    """Mean words of a filled value."""
    decimals: bool
    is_counter: bool
    """Whole numbers that only ever rise: a row number."""
    short_lists: bool
    nested: bool
    """Lists of objects that are no conversations."""
    conversations: bool
    names_splits: bool

    @property
    def distinct_ratio(self) -> float:
        """Distinct values per filled row."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def repetition(self) -> float:
        """Rows per distinct value."""
        return self.filled / self.distinct if self.distinct else 0.0


class Sample(NamedTuple):
    """The first rows and what their columns look like, in order of appearance."""

    records: tuple[Record, ...]
    profiles: tuple[Profile, ...]

    def profile(self, name: str | None) -> Profile | None:
        """Return the column of that name, or None."""
        return next((p for p in self.profiles if p.name == name), None)


def take_sample(records: Iterable[Record]) -> Sample:
    """Return the sample those records make."""
    kept = tuple(records)
    names = dict.fromkeys(name for record in kept for name in record.values)
    return Sample(kept, tuple(_profile(name, [record.values.get(name) for record in kept]) for name in names))


def _profile(name: str, values: Sequence[object]) -> Profile:
    filled = [value for value in values if is_filled(value)]
    texts = [as_text(value) for value in filled]
    counts = Counter(texts)
    kind = _kind(filled, texts, counts)
    numbers = kind == "number"
    return Profile(
        name=name,
        kind=kind,
        rows=len(values),
        filled=len(filled),
        distinct=len(counts),
        words=sum(map(_words, texts)) / len(texts) if texts else 0.0,
        decimals=numbers and _share(texts, lambda text: "." in text.strip().rstrip("0").rstrip(".")) > 0,
        is_counter=numbers and _rises(texts),
        short_lists=kind == "list" and _share(filled, _is_short_list) > 0.9,
        nested=kind == "list" and _share(filled, _is_nested) > 0.5,
        conversations=kind == "list" and _share(filled, is_conversation) > 0.5,
        names_splits=name.strip().casefold() in SPLIT_NAMES
        and 1 < len(counts) <= 6
        and all(text.strip().casefold() in SPLITS for text in counts),
    )


def _kind(filled: Sequence[object], texts: Sequence[str], counts: Counter[str]) -> Kind:
    if _share(filled, lambda value: isinstance(value, list)) > 0.5:
        return "list"
    if _share(filled, lambda value: isinstance(value, dict)) > 0.5:
        return "object"
    if counts and len(counts) <= 2 and all(text.strip().casefold() in _FLAGS for text in counts):
        return "flag"
    if _share(texts, is_number) > 0.9:
        return "number"
    if _share(texts, lambda text: _DATE.fullmatch(text) is not None) > 0.9:
        return "date"
    return "word" if _share(texts, lambda text: len(text.split()) == 1) > 0.9 else "text"


def _words(text: str) -> float:
    """Return how many words a text has; Chinese and Japanese put no spaces between theirs, of about two characters."""
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) / 2)


def _share(values: Sequence[object] | Sequence[str], holds: Callable[..., bool]) -> float:
    return sum(map(holds, values)) / len(values) if values else 0.0


def _is_short_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and len(item) <= SHORT_LABEL for item in value)


def _is_nested(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value) and not is_conversation(value)


def _rises(texts: Sequence[str]) -> bool:
    digits = [int(text) for text in texts if text.strip().isdecimal()]
    if len(digits) < 5 or len(digits) < len(texts):
        return False
    return all(later > earlier for earlier, later in pairwise(digits))
