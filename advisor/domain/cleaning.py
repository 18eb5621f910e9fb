"""Foreign text made fit to show: no control characters, no keys, no surprises in length."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from itertools import pairwise

_ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, screen
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"  # OSC: titles, links, clipboard
    "|\x1b[PX^_][^\x1b\x9c\n]*(?:\x1b\\\\|\x9c)?"  # device and application strings
    "|\x1b[ -/]*[0-~]?"
)
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Unicode categories that move the cursor, turn the reading direction or show nothing."""

MASK = "[key removed]"

_JWT = re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+){1,4}")
_KEYS = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:(sk-|sk_|AIza|tgp_v1_|github_pat_|xai-|pplx-|nvapi-|AKIA|ASIA|glpat-|xox[abp]-)([A-Za-z0-9_\-]{12,})"
    r"|(hf_|gsk_|gh[pousr]_|r8_)([A-Za-z0-9]{16,})|(v1\.|ya29\.)([A-Za-z0-9_\-]{32,}))"
)
_BEARER = re.compile(r"(?i)\b(bearer\s+)([A-Za-z0-9._~+/\-]{16,}=*)")
_NAMED = re.compile(
    r"((?:key|token|secret|password|passwd|bearer|credential)s?[\"'`]?"
    r"(?:\s{1,3}(?:is|was|=|:)(?:\s?:)?|\s?[:=]|\s)\s{0,3}[\"'`<(\[]?)([^\s\"'`,;&<>(){}\[\]]{16,4096})",
    re.IGNORECASE,
)
"""A long token after a word for a secret."""
_PADDED = re.compile(r"(?<![A-Za-z0-9+/_.\-])[A-Za-z0-9+/_-]{40,}={1,2}(?!\w)")
_BARE = re.compile(r"(?<![\w./\\~-])[A-Za-z0-9_-]{32,}(?![\w/\\-]|\.\w)")
"""A long token by itself that is no part of a path or of a file name."""
_NO_KEY = re.compile(
    r"(?:ft|ftjob|file|batch|job|run|req|resp|chatcmpl|cmpl|call|asst|thread|msg|modelcustomjob)[-_:]"
    r"|https?:|[a-z]:\\|[/~.]|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
"""How ids, addresses, paths and dates begin, long and disorderly as they may be."""
_FILE_NAME = re.compile(r"\.[A-Za-z]{1,8}\d?$")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ENTROPY = 3.0
"""Bits a character; English words stay below, hexadecimal keys reach 3.5."""
_CHANGES = 0.2
"""Share of places where letters, capitals and digits take turns; names made of words stay below."""


def redact(text: str) -> str:
    """Mask keys and other secrets by their shape, by the word before them, or by their disorder.

    `sk-…abcd` says which key it was without giving it away; where nothing says whose it was, all of it goes.
    """
    text = _JWT.sub(MASK, text)
    for shape in (_KEYS, _BEARER):
        text = shape.sub(_masked, text)
    for shape, mask in ((_NAMED, _mask_named), (_PADDED, _mask_padded), (_BARE, _mask_bare)):
        text = shape.sub(mask, text)
    return text


def _masked(found: re.Match[str]) -> str:
    opening, secret = (part for part in found.groups() if part is not None)
    return f"{opening}…{secret[-4:]}"


def _mask_named(found: re.Match[str]) -> str:
    token = found[2].rstrip(".:!?")
    # A path has slashes; so have the secrets of some clouds, which are of one length or padded.
    path = re.search(r"[/\\]", token) and not (len(token) == 40 or "+" in token or token.endswith("="))
    if len(token) < 16 or path or _NO_KEY.match(token) or _FILE_NAME.search(token) or not _disorderly(token):
        return found[0]
    apart = _UUID.fullmatch(token) or not re.search(r"\w\s+$", found[1]) or _changes(token) >= _CHANGES
    return f"{found[1]}{MASK}{found[2][len(token) :]}" if apart else found[0]


def _mask_padded(found: re.Match[str]) -> str:
    return MASK if _disorderly(found[0]) and _changes(found[0]) >= _CHANGES else found[0]


def _mask_bare(found: re.Match[str]) -> str:
    token = found[0]
    if _NO_KEY.match(token) or _UUID.fullmatch(token) or not _disorderly(token):
        return token
    return MASK if re.fullmatch(r"[A-Za-z0-9]+", token) or _changes(token) >= _CHANGES else token


def _disorderly(token: str) -> bool:
    """Say whether a token has letters, digits and the disorder of a key."""
    if not (any(c.isdigit() for c in token) and any(c.isalpha() for c in token)):
        return False
    shares = [count / len(token) for count in Counter(token).values()]
    return -sum(share * math.log2(share) for share in shares) >= _ENTROPY


def _changes(token: str) -> float:
    """Return how often capitals, small letters and digits take turns; "The" has a capital by rights."""
    kinds = ["1" if c.isdigit() else "A" if c.isupper() else "a" for c in token if c.isalnum()]
    turns = sum(a != b and (a, b) != ("A", "a") for a, b in pairwise(kinds))
    return turns / max(1, len(kinds) - 1)


def clean(text: str, limit: int = 500) -> str:
    """Return text as one line without escape sequences, control characters or keys, cut to `limit`."""
    lines = clean_lines(text[: 20 * limit + 2000], 20 * limit + 2000)
    line = redact(" ".join(lines)) if len(lines) != 1 else lines[0]
    return line if len(line) <= limit else line[: max(0, limit - 1)].rstrip() + "…"


def clean_lines(text: str, limit: int = 500) -> list[str]:
    """Return the lines of text that hold something, each cleaned as `clean` does."""
    lines = []
    # An escape sequence may end in the first letter of a key, which is then not known for one.
    whole = redact(text) if "\x1b" in text or "\x9b" in text else text
    for line in re.split(r"[\r\n]+", _ESCAPES.sub("", whole)):
        # Keys are looked for in what will be seen: an unseen character inside one must not hide it.
        shown = redact(line if line.isprintable() else "".join(_visible(character) for character in line)).strip()
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


_UNUSUAL = re.compile(r"[^\n -~]")


def escaped_json(text: str) -> str:
    """Return JSON that says the same, with the characters a terminal obeys or does not show by their numbers."""
    return _UNUSUAL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if unicodedata.category(found[0]) not in _HIDDEN:
        return found[0]
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


SPECIAL_IN_MARKDOWN = "\\`*_{}[]<>#|~&$"

_LIST_MARK = re.compile(r"^(?:(\d{1,9})(?=[.)](?: |$))|(?=[-+](?: |$))|(?=(?:-+|=+)$))")
"""What would begin a list, or underline the line before, at the start of a line; `127.0.0.1` does neither."""

_IN_A_WORD = re.compile(r"(?<=[^\W_])(?:\\_)+(?=[^\W_])")
"""Underscores between letters mark nothing."""


def markdown(value: object) -> str:
    """Return a value as text that Markdown shows as it is, on one line and without unseen characters."""
    text = " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())
    shown = "".join(f"\\{char}" if char in SPECIAL_IN_MARKDOWN else char for char in text)
    shown = _IN_A_WORD.sub(lambda found: found[0].replace("\\", ""), shown)
    return _LIST_MARK.sub(lambda found: f"{found[1] or ''}\\", shown)


def shown_label(name: str, limit: int = 60, *, always: bool = False) -> str:
    """Return a label made safe to show; in quotes, with its spaces, where some stand at its ends."""
    shown = " ".join(clean(name, limit).split())
    if not name.strip() or (name == name.strip() and not always):
        return f"'{shown}'" if always else shown or "(empty)"
    left, right = len(name) - len(name.lstrip()), len(name) - len(name.rstrip())
    return f"'{' ' * min(left, 3)}{shown}{' ' * min(right, 3)}'"
