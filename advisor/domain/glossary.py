"""The guide's and the program's words in plain ones."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from advisor.domain.glossary_measuring import MEASURING
from advisor.domain.glossary_training import TRAINING, Entry

ENTRIES: tuple[Entry, ...] = tuple(sorted(TRAINING + MEASURING, key=lambda entry: entry.term.lower()))

EVERYDAY = ("program", "run", "budget", "gate", "split", "cache", "forecast", "tokens", "checklist", "training host")
"""Words that most texts contain; they come after the others."""

UNMARKED = ("p", "practice", "limit", "decision", "copies", "chance", "record of the decision", "power", "host",
            "labels", "estimate", "provider", "interval", "significant", "conflicts", "gold")  # fmt: skip
"""Other names that are too common to point to an entry inside a text; they can be looked up."""

LIKENESS = 0.85
"""How alike two spellings have to be, 0 to 1: one slip in six letters."""

SHORTEST_WITH_SLIPS = 4
MOST_LETTERS = 80

_ASKED = re.compile(
    r"^\W*(?:(?:what(?:'s| is| are| does)?|define|explain|meaning of|tell me about|who is|how does)\s+)*"
    r"(?:(?:an?|the)\s+)?"
    r"|\s+(?:mean|means|stand for|work)\W*$|\W+$",
    re.IGNORECASE,
)


def look_up(words: str) -> Entry | None:
    """Return what a word means; case, plural, hyphens, small slips and a question around it do not matter."""
    plain = _ASKED.sub("", words[:MOST_LETTERS].strip().replace("’", "'"))
    names = _names()
    for key in (_key(words[:MOST_LETTERS]), _key(plain), _key(plain).removesuffix("s")):
        if key in names:
            return names[key]
    key = _key(plain)
    if len(key) < SHORTEST_WITH_SLIPS:
        return None
    close = get_close_matches(key, names, n=1, cutoff=LIKENESS)
    return names[close[0]] if close else None


def terms_in(text: str) -> tuple[Entry, ...]:
    """Return the entries whose words occur in a text, in their order, everyday words last."""
    names = _names()
    found = dict.fromkeys(names[_key(match[0])] for match in _pattern().finditer(text) if _key(match[0]) in names)
    return tuple(sorted(found, key=lambda entry: entry.term in EVERYDAY))


@lru_cache(maxsize=1)
def _names() -> dict[str, Entry]:
    """Return every name as it is compared, singular and plural."""
    names: dict[str, Entry] = {}
    for entry in ENTRIES:
        for name in (entry.term, *entry.also):
            names.setdefault(_key(name), entry)
    for key, entry in list(names.items()):
        names.setdefault(key.removesuffix("s") if key.endswith("s") else f"{key}s", entry)
    return names


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    marked = [name for entry in ENTRIES for name in (entry.term, *entry.also) if name not in UNMARKED]
    longest = sorted(marked, key=len, reverse=True)
    spelled = "|".join(re.sub(r"(?:\\[ -]|_)+", r"[\\s_-]+", re.escape(name)) + "s?" for name in longest)
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE)


def _key(name: str) -> str:
    """Return a name as it is compared: letters and digits, in lower case."""
    return re.sub(r"[\W_]+", "", name.lower())
