"""Words as a shell reads them, those too that hold what a terminal obeys or does not show."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

_ESCAPED = {"\\": "\\\\", "'": "\\'"}


def shell_line(words: Iterable[str]) -> str:
    """Return words as one command line."""
    return " ".join(map(shell_word, words))


def shell_word(word: str) -> str:
    """Return a word so that a shell reads it letter for letter, with numbers for what cannot be shown."""
    if word.isprintable():
        return shlex.quote(word)
    return f"$'{''.join(map(_shown, word))}'"


def _shown(character: str) -> str:
    if character.isprintable():
        return _ESCAPED.get(character, character)
    # A file name in an unknown encoding has its bytes as lone surrogates.
    how = "surrogateescape" if "\udc80" <= character <= "\udcff" else "replace"
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", how))
