"""What a cheap classifier sees of a text: its words, or its characters where no spaces part the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""

_LETTER = re.compile(r"[^\W\d_]")
LOOKED_AT = 2_000
"""Characters of a text that say how it is written."""


def is_unspaced(text: str) -> bool:
    """Say whether most letters of a text are of scripts that put no spaces between words."""
    start = text[:LOOKED_AT]
    return not start.isascii() and 2 * len(_UNSPACED.findall(start)) > len(_LETTER.findall(start))


def vectorizer(texts: Sequence[str], **words: Any) -> Any:
    """Return what counts the words of such texts, one and two in a row, or one to three characters."""
    # Imported here: an optional extra, used in a process of its own.
    from sklearn.feature_extraction.text import TfidfVectorizer

    if 2 * sum(map(is_unspaced, texts)) > len(texts):
        return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, max_features=200_000)
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=200_000, **words)
