"""The o200k tokenizer, from the file litellm brings along; the network is never asked."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable
from pathlib import Path

NAME = "o200k"
CACHE = "TIKTOKEN_CACHE_DIR"

MEASURED = 400_000
"""Characters of one text that are counted; a longer one follows by its own ratio."""

_PIECE = 20_000
_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""Name tiktoken looks for: SHA-1 of the address it would be fetched from."""
_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_LOADING = threading.Lock()

Count = Callable[[str], int]


def load() -> Count | None:
    """Return what counts the tokens of a text, or None where no tokenizer is at hand.

    Takes about a second the first time: not for the thread that draws.
    """
    with _LOADING:
        return _loaded()


@functools.cache
def _loaded() -> Count | None:
    folder = _folder()
    if folder is None:
        return None
    before = os.environ.get(CACHE)
    os.environ[CACHE] = str(folder)
    try:
        # Imported here: the table takes longer to build than most reports.
        import tiktoken

        encode = tiktoken.get_encoding("o200k_base").encode_ordinary
    except ImportError:
        return None
    finally:
        if before is None:
            del os.environ[CACHE]
        else:
            os.environ[CACHE] = before
    return lambda text: _count(encode, text)


def _folder() -> Path | None:
    """Return the folder with the table; a damaged one would be deleted and fetched again, so it is checked first."""
    if importlib.util.find_spec("tiktoken") is None:
        return None
    found = importlib.util.find_spec("litellm")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "litellm_core_utils" / "tokenizers"
    try:
        table = (folder / _FILE).read_bytes()
    except OSError:
        return None
    return folder if hashlib.sha256(table).hexdigest() == _SHA256 else None


def _count(encode: Callable[[str], list[int]], text: str) -> int:
    if len(text) <= _PIECE:
        return len(encode(text))
    pieces = (text[start : start + _PIECE] for start in range(0, min(len(text), MEASURED), _PIECE))
    counted = sum(len(encode(piece)) for piece in pieces)
    return round(counted * max(1.0, len(text) / MEASURED))
