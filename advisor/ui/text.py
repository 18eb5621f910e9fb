"""Foreign text made safe to draw, and figures in few characters."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Unicode categories that move the cursor, turn the reading direction or show nothing."""

_ESCAPES = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.?")

_JOINERS = "\u200c\u200d"
"""Emoji and several scripts need them; on their own they do nothing."""


def visible(text: str, mark: str = "") -> str:
    """Return text that only shows: lines kept, tabs spread, every hidden character replaced by `mark`.

    Code is shown with a mark, because a character left out is a character not agreed to.
    """
    kept = text if mark or "\x1b" not in text else _ESCAPES.sub("", text)
    lines = kept.replace("\r\n", "\n").expandtabs(4).split("\n")
    return "\n".join(one if one.isprintable() else _shown(one, mark) for one in lines)


def _shown(text: str, mark: str) -> str:
    return "".join(
        mark if unicodedata.category(character) in _HIDDEN and character not in _JOINERS else character
        for character in text
    )


def line(text: str, limit: int = 200) -> str:
    """Return the visible part of text as one line, cut to `limit` characters."""
    shown = " ".join(visible(text[: 4 * limit]).split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def money(dollars: float) -> str:
    """Write an amount of money; small ones keep two figures that matter."""
    return f"${dollars:,.4f}" if 0 < dollars < 0.01 else f"${dollars:,.2f}"


def count(number: float) -> str:
    """Write a count in at most five characters: 940, 1.5k, 12k, 2.7M."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if number >= 0.9995 * size:
            return (
                f"{number / size:.1f}".removesuffix(".0") + letter
                if number < 9.95 * size
                else f"{number / size:.0f}{letter}"
            )
    return f"{number:.0f}"


def clock(seconds: float) -> str:
    """Write a time that passed as 00:14:02."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
