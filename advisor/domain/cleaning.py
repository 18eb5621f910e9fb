"""Foreign text made fit to show: no control characters, no keys, no surprises in length."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(r"\x1b\][^\x07\x1b\r\n]*(?:\x07|\x1b\\)?|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.?")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Unicode categories that move the cursor, turn the reading direction or show nothing."""

_KEYS = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:(sk-|sk_|AIza|tgp_v1_|github_pat_|xai-|pplx-|nvapi-|AKIA)([A-Za-z0-9_\-]{12,})"
    r"|(hf_|gsk_|ghp_|r8_)([A-Za-z0-9]{16,}))"
)
_BEARER = re.compile(r"(?i)\b(bearer\s+)([A-Za-z0-9._~+/\-]{16,}=*)")


def redact(text: str) -> str:
    """Mask API keys: `sk-…abcd` says which key it was without giving it away."""
    for shape in (_KEYS, _BEARER):
        text = shape.sub(_masked, text)
    return text


def _masked(found: re.Match[str]) -> str:
    opening, secret = (part for part in found.groups() if part is not None)
    return f"{opening}…{secret[-4:]}"


def clean(text: str, limit: int = 500) -> str:
    """Return text as one line without escape sequences, control characters or keys, cut to `limit`."""
    return " ".join(clean_lines(text[: 4 * limit], limit))[:limit]


def clean_lines(text: str, limit: int = 500) -> list[str]:
    """Return the lines of text that hold something, each cleaned as `clean` does."""
    lines = []
    for line in re.split(r"[\r\n]+", _ESCAPES.sub("", text)):
        # Keys are looked for in what will be seen: an unseen character inside one must not hide it.
        shown = redact("".join(_visible(character) for character in line)).strip()
        if shown:
            lines.append(shown if len(shown) <= limit else shown[: limit - 1] + "…")
    return lines


def last_drawn(output: str) -> str:
    """Return a program's output as a terminal leaves it: a line drawn again after a carriage return counts once."""
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in output.split("\n"))


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    if character in "\u200c\u200d":
        return character
    return "" if unicodedata.category(character) in _HIDDEN else character
