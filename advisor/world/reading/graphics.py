"""Graphics processors a reply names: how many, which, and how much memory."""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.domain.facts import Gpu

_MEMORY = {
    "rtx pro 6000": 96, "6000 ada": 48, "5000 ada": 32, "4500 ada": 24, "4000 ada": 20, "quadro rtx 6000": 24,
    "titan rtx": 24, "gb200": 0, "gh200": 0, "b200": 180, "b100": 0, "h200": 141, "h100": 80, "h800": 80, "h20": 96,
    "a100": 0, "a800": 0, "a6000": 48, "a5500": 24, "a5000": 24, "a4500": 20, "a4000": 16, "a2000": 0, "a40": 48,
    "a30": 24, "a16": 0, "a10g": 24, "a10": 24, "l40s": 48, "l40": 48, "l20": 48, "l4": 24, "t4": 16, "v100": 0,
    "p100": 0, "p40": 24, "k80": 0, "mi300x": 192, "mi325x": 256, "mi250x": 128, "mi250": 128, "mi210": 64,
    "mi100": 32, "gaudi 2": 96, "gaudi 3": 128,
    "5090": 32, "5080": 16, "5070 ti": 16, "5070": 12, "5060 ti": 0, "4090": 24, "4080": 16, "4070 ti": 0, "4070": 12,
    "4060 ti": 0, "4060": 8, "3090 ti": 24, "3090": 24, "3080 ti": 12, "3080": 0, "3070": 8, "3060": 12,
    "2080 ti": 11, "2080": 8, "1080 ti": 11,
}  # fmt: skip
"""GiB of cards sold with one size of memory; 0 where there are several and the user has to say."""
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "pair": 2, "couple": 2, "dual": 2, "three": 3, "four": 4,
    "quad": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "sixteen": 16,
}  # fmt: skip
_NUMBER = rf"(?<![\w.])(\d{{1,3}}(?=\s?[x*×]|\s|[a-z])|{'|'.join(_COUNTS)})\b"
_PIECES = r"(?:pieces?|pcs?\.?|units?|cards?|gpus?|st(?:ü|ue)ck|nos?\.?)"
_GIB = r"(\d{1,3})\s?-?\s?(?:gb|g|gib|gigs?|gigabytes?)\b"
_FILL = r"(?:\s?(?:of|vram|ram|memory|video memory|gpu memory|of memory))*"
_GPU = re.compile(
    rf"(?:(\d{{1,3}}|\b(?:{'|'.join(_COUNTS)}))(?:\s?[x*×]\s?|\s|(?=[a-z]))(?:{_PIECES}\s)?(?:of\s|the\s)*"
    rf"(?:(?:own|nvidia|amd|intel|good|old|used|new|big|small|local|dedicated|single)\s){{0,2}})?"
    rf"(?:{_GIB}{_FILL}\s)?"
    rf"(?<![\w.])((?:nvidia |geforce |quadro |rtx[- ]?|tesla |instinct )*)"
    rf"({'|'.join(name.replace(' ', '[- ]?') for name in sorted(_MEMORY, key=len, reverse=True))})s?"
    rf"(?![\w.]\w)(?!\w)(?:[- ](?:sxm\d?|pcie|nvl))?(?:\s(?:super|{_PIECES}))?"
    r"(?:\s?[x×]\s?(\d{1,2})\b(?!\s?gi?b?\b))?"
    rf"(?:[-\s:,(/@]{{0,3}}(?:(?:with|having|at|of|and|each|every|per card|per gpu|has|have|à|a|the|full|card|one"
    rf"|which has|which have|that have|that has)\s){{0,4}}{_GIB})?"
)
_CARD = re.compile(r"rtx|geforce|nvidia|gi?b")
"""Beside "4090": it is a card and not a count."""
MAX_GPUS = 64
MAX_NAMED = 16
"""Cards named one by one; a reply with more is a price list."""


class Cards(NamedTuple):
    """Where cards are named in a reply, and which they are."""

    spans: tuple[tuple[int, int], ...] = ()
    gpus: tuple[Gpu, ...] = ()
    missing: bool = False
    """Whether how much memory one of them has was not said and does not follow."""


def cards(low: str) -> Cards:
    """Return the graphics processors named in a text in lower case."""
    spans: list[tuple[int, int]] = []
    found: list[Gpu] = []
    missing = False
    for match in list(_GPU.finditer(low))[:MAX_NAMED]:
        name = re.sub(r"[- ]+", " ", match[4])
        known = next(key for key in _MEMORY if key.replace(" ", "") == name.replace(" ", ""))
        memory = int(match[6] or match[2] or 0) or _MEMORY[known]
        count = int(match[5] or 0) or _count(match[1])
        spans.append(match.span())
        missing = missing or not memory
        if memory and 0 < count <= MAX_GPUS:
            found += [Gpu(name=_name(match[3], known), gib=memory)] * count
    return Cards(tuple(spans), tuple(found), missing)


def marked(low: str) -> list[tuple[int, int]]:
    """Return where cards are named beyond doubt: "4090" alone may be a count."""
    named = [(match.span(), match) for match in list(_GPU.finditer(low))[:MAX_NAMED]]
    return [span for span, match in named if not match[4].isdigit() or _CARD.search(match[0])]


def _count(word: str | None) -> int:
    return int(word) if word and word.isdigit() else _COUNTS.get(word or "a", 1)


def _name(series: str, known: str) -> str:
    """Return a card as its maker writes it; "RTX" stays where it was typed."""
    named = known.title() if " " in known and not known[-1].isdigit() else known.upper()
    named = re.sub(r"\b(Rtx|Titan Rtx)\b", lambda found: found[0].upper(), named)
    return f"RTX {named}" if "rtx" in series else named
