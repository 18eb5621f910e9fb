"""Words, stems and features of a text: all the practice model ever sees of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

_STOP = """\
a an the i me my we us our you your he she it its is am are was were be been do does did has have had to of in on at
for from with and or but if so as by this that these those there then than can could would should will not no yes hi
hello hey please thanks thank what when where who how why which just also any some im dont pls
"""
STOP_WORDS = frozenset(_STOP.split())

GRAM_WEIGHT = 0.4
"""Weight of a character n-gram beside a whole word."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_SUFFIXES = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied"),
    *("ers", "er", "ed", "es", "ly", "s", "e", "y"),
)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case; scripts without spaces give pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        if _UNSPACED.search(word) and len(word) > 2:
            found += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return `word` without its commonest English endings."""
    word = word.replace("'s", "").replace("'", "")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def content_words(text: str) -> list[str]:
    """Return the words of `text` that carry meaning, as written."""
    return [word for word in tokens(text.replace("_", " ")) if word not in STOP_WORDS]


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of `text` that carry meaning, in order."""
    return tuple(stem(word) for word in content_words(text))


def grams(words: Sequence[str]) -> list[str]:
    """Return the character 3- and 4-grams of `words`, marked so that none equals a word."""
    found = []
    for word in words:
        edged = f"^{word}$"
        for size in (3, 4):
            found += ["~" + edged[i : i + size] for i in range(len(edged) - size + 1)]
    return found


@lru_cache(maxsize=4096)
def features(text: str, rich: bool) -> dict[str, float]:
    """Return weighted features of `text`: words, and if `rich` word pairs and character n-grams.

    The result is shared between callers: do not change it.
    """
    words = stems(text)
    weights = dict.fromkeys(words, 1.0)
    if rich:
        weights.update((f"{first}_{second}", 1.0) for first, second in pairwise(words))
        weights.update(dict.fromkeys(grams(words), GRAM_WEIGHT))
    return weights


def keywords(text: str, limit: int = 3) -> list[str]:
    """Return the commonest words of `text` that carry meaning."""
    return [word for word, _ in Counter(content_words(text)).most_common(limit)]
