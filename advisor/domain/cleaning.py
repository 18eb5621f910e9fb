"""Foreign text made fit to show: no control characters, no keys, no surprises in length."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, screen
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"  # OSC: titles, links, clipboard
    "|\x1b[PX^_][^\x1b\x9c\n]*(?:\x1b\\\\|\x9c)?"  # device and application strings
    "|\x1b[ -/]*[0-~]?"
)
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
    line = " ".join(clean_lines(text[: 20 * limit + 2000], 20 * limit + 2000))
    return line if len(line) <= limit else line[: max(0, limit - 1)].rstrip() + "…"


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


SPECIAL_IN_MARKDOWN = "\\`*_{}[]<>#|~&$"

_LIST_MARK = re.compile(r"^(\d+)?(?=[-+.)=])")
"""What would begin a list, or underline the line before, at the start of a line."""


def markdown(value: object) -> str:
    """Return a value as text that Markdown shows as it is, on one line and without unseen characters."""
    text = " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())
    shown = "".join(f"\\{char}" if char in SPECIAL_IN_MARKDOWN else char for char in text)
    return _LIST_MARK.sub(r"\1\\", shown)
