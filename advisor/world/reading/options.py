"""Choosing among the numbered options shown."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from advisor.domain.facts import FactName, FactValue
from advisor.domain.questions import question_for
from advisor.domain.values import SPECS, parse_value
from advisor.world.reading.commands import trimmed
from advisor.world.reading.said import Said
from advisor.world.reading.wording import value_of


class Option(NamedTuple):
    """One numbered option: what it is called on the screen and in a fact."""

    names: tuple[str, ...]
    value: FactValue | None
    """What the fact becomes; None where the option is no value of it."""


class Chosen(NamedTuple):
    """The option chosen and the words that chose it."""

    place: int
    start: int
    end: int


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LABELLED_NUMBER = re.compile(
    r"^(?:(?:i'd say|i would say|let's say|i think|maybe|probably|it's|it is|go with|i(?:'ll"
    r"| will) (?:take|go with)|take)\s)?"
    rf"(?:the\s)?(?:option|number|no\.?|nr\.?|choice|answer|#)\s?#?(\d{{1,2}}|{'|'.join(_CARDINALS)})\b"
)
_BARE_NUMBER = re.compile(
    r"^[(\[]?(?:(?:i'd say|i would say|let's say|i think|maybe|probably|it's|it is|go with|i(?:'ll"
    r"| will) (?:take|go with)|take|rather)\s)?(\d{1,2})"
    r"(?:\s?[)\].:]|$|\s?[,;]?\s(?:i think|please|maybe|probably|i guess|sounds right|for me|then"
    r"|but|-|–|—)|,(?=\s[a-z]))"
)
_SPELLED = re.compile(rf"^(?:the\s)?({'|'.join(_CARDINALS)})$")
_ORDINAL = re.compile(
    rf"\b(?:the\s)?({'|'.join(_ORDINALS)}|(\d{{1,2}})(?:st|nd|rd|th)|last)(?:\s(?:one|option|choice"
    r"|answer)(?=$|[\s,.!])|(?=$|[,.!]|\s(?:please|i think|i guess|then|for me)\b))"
)
_SEVERAL = re.compile(r"^(?:both|all(?: of (?:them|these|the above))?|either|\d{1,2}\s?(?:and|or|&|,|\+)\s?\d{1,2})$")
_DENIAL = re.compile(r"\b(?:not|no|never|without|neither|except|anything but|anyone but|all but|other than)\b|n't\b")
_SHORT = 6
"""Words in a reply that may be a name of an option with a slip of the pen."""


def options(asked: FactName | None, shown: tuple[str, ...]) -> tuple[Option, ...]:
    """Return what each option shown stands for; values and labels of the question are both understood."""
    question = question_for(asked) if asked else None
    named = [(choice.value, choice.label) for choice in question.choices] if question else []
    result = []
    for text in shown:
        pair = next((both for both in named if text.lower() in (both[0].lower(), both[1].lower())), None)
        if pair:
            result.append(Option((pair[1].lower(), pair[0].lower().replace("_", " ")), _parsed(asked, pair[0])))
            continue
        value = _parsed(asked, text)
        if value is None and asked and SPECS[asked].choices:
            value = value_of(text, asked)
        result.append(Option((text.lower().replace("_", " "),), value))
    return tuple(result)


def by_number(said: Said, count: int, numeric: bool) -> Chosen | None:
    """Return the option a reply names by its place; where a number is asked for, only an unmistakable one."""
    text = trimmed(said.low) if not said.low.lstrip().startswith(("(", "[")) else said.low.strip()
    start = max(0, said.low.find(text))
    found = _LABELLED_NUMBER.match(text) or (None if numeric else _BARE_NUMBER.match(text) or _SPELLED.match(text))
    if not found and numeric:
        found = re.match(r"^(\d{1,2})\)", said.low.strip())
    if found:
        number = int(found[1]) if found[1].isdigit() else _CARDINALS.index(found[1]) + 1
        return Chosen(number - 1, start, start + found.end()) if 1 <= number <= count else None
    ordinal = _ORDINAL.search(text) if len(text.split()) <= _SHORT else None
    if not ordinal or re.search(r"\b(?:at|for the)\s$", text[: ordinal.start()]):
        return None
    place = count if ordinal[1] == "last" else int(ordinal[2]) if ordinal[2] else _ORDINALS.index(ordinal[1]) + 1
    return Chosen(place - 1, start + ordinal.start(), start + ordinal.end()) if 1 <= place <= count else None


def by_name(said: Said, offered: tuple[Option, ...]) -> Chosen | None:
    """Return the option a reply names by its words, their beginning, or nearly."""
    text = trimmed(said.low).replace("_", " ")
    start = max(0, said.low.replace("_", " ").find(text))
    if not text:
        return None
    for matches in (_equal, _begins, _word_of, _contained, _close):
        hits = [(at, name) for at, option in enumerate(offered) for name in option.names if matches(text, name)]
        if len({at for at, _ in hits}) == 1:
            at, name = hits[0]
            inside = max(0, text.find(name)) if matches is _contained else 0
            return Chosen(at, start + inside, start + inside + len(name if matches is _contained else text))
        if hits and matches is not _equal:
            return None
    return None


def several(low: str) -> bool:
    """Say whether a reply takes more than one option."""
    return _SEVERAL.match(trimmed(low)) is not None


def _equal(text: str, name: str) -> bool:
    return text == name or text == f"the {name}" or text.replace("-", " ") == name.replace("-", " ")


def _begins(text: str, name: str) -> bool:
    return len(text) >= 2 and name.startswith(text)


def _word_of(text: str, name: str) -> bool:
    return len(text) >= 3 and " " not in text and text in name.split()


def _contained(text: str, name: str) -> bool:
    return (
        len(name) >= 4 and not _DENIAL.search(text) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    )


def _close(text: str, name: str) -> bool:
    if len(text) < 4 or len(text.split()) > _SHORT or _DENIAL.search(text):
        return False
    words = [text, *(word for word in text.split() if len(word) >= 5)]
    return bool(difflib.get_close_matches(name, words, 1, 0.8))


def _parsed(asked: FactName | None, text: str) -> FactValue | None:
    if asked is None:
        return None
    try:
        return parse_value(asked, text)[1]
    except ValueError:
        return None
