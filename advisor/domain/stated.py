"""Whether a reply's words carry a value: what a proposed fact has to pass before anybody is shown it."""

from __future__ import annotations

import math
import re

from advisor.domain.facts import HELPERS, FactName, FactValue, Gpu, Range

LITERAL: frozenset[FactName] = frozenset(("data_path", "data_table", "label_field", "input_fields"))
"""Names of the user's own files and fields: they are taken as the reply spells them."""
MODELS: frozenset[FactName] = frozenset(("current_model", "student_model", *HELPERS))
COUNTED: frozenset[FactName] = frozenset((
    "labelled_examples", "classes", "budget_usd", "student_price_in", "student_price_out", "student_price_training",
))  # fmt: skip
"""Numbers that are said as they are; rates are calculated per month, and scores from "one in four"."""

LARGEST = 1e12
MOST_FIELDS = 20
MOST_GPUS = 16

_QUOTES = str.maketrans("‘’‛′“”„″", "''''\"\"\"\"")
_MODEL = re.compile(r"[A-Za-z0-9][\w.:/@+-]{0,199}", re.ASCII)
_GPU = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./+-]{0,59}", re.ASCII)
_MODEL_ENDS = r"(?![A-Za-z0-9]|[-.:/_@][A-Za-z0-9])"
"""gpt-4 is not said by gpt-4o or gpt-4-turbo."""
_GPU_ENDS = r"s?(?![A-Za-z0-9])"
_NUMERAL = re.compile(r"(?<!\w)(?<![A-Za-z]-)\d[\d.,_]*")
"""A number by itself: the digits of gpt-4o and A100 count nothing."""
_SPELLED_OUT = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?|couple|once|twice"
    r"|half|halves|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten)ths?)\b"
)
_NOTHING = re.compile(r"\b(?:zero|none|nothing)\b")


class NotStated(ValueError):
    """The words do not carry the value; the message says why."""


def carried(name: FactName, value: FactValue, words: str) -> FactValue:
    """Return a value that words quoted from a reply carry, names spelled as they are there.

    Whether the words mean this fact is for the user to say; here a value is refused that cannot come from them.

    Raises:
        NotStated: it does not come from these words.
    """
    if name in LITERAL:
        return _spelled(value, words)
    if name in MODELS:
        return _model(value, words)
    if isinstance(value, tuple):
        return _gpus(value, words)
    if isinstance(value, Range):
        _check_numbers(name, (value.low, value.high), words)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        _check_numbers(name, (value,), words)
    return value


def standing(piece: str, text: str) -> str:
    """Return a piece as it stands in a text, whole words and whole numbers, or nothing; case and spaces are free."""
    parts = piece.translate(_QUOTES).split()
    if not any(character.isalnum() for character in piece):
        return ""
    before = r"(?<![A-Za-z0-9])" if parts[0][0].isalnum() else ""
    before += r"(?<!\d[.,])" if parts[0][0].isdigit() else ""
    after = r"(?![A-Za-z0-9])" if parts[-1][-1].isalnum() else ""
    after += r"(?![.,]\d)" if parts[-1][-1].isdigit() else ""
    pattern = before + r"\s+".join(map(re.escape, parts)) + after
    found = re.search(pattern, text.translate(_QUOTES), re.IGNORECASE)
    return text[found.start() : found.end()] if found else ""


def _spelled(value: FactValue, words: str) -> FactValue:
    """Return names as the words spell them."""
    names = value if isinstance(value, tuple) else (value,)
    found = tuple(standing(str(name), words) for name in names)
    if not all(found) or len(found) > MOST_FIELDS:
        raise NotStated("that name is not in the words quoted")
    return found if isinstance(value, tuple) else found[0]


def _model(value: FactValue, words: str) -> FactValue:
    if not isinstance(value, str) or not _MODEL.fullmatch(value) or not _within(value, words, _MODEL_ENDS):
        raise NotStated("that model is not in the words quoted")
    return value


def _gpus(value: tuple[object, ...], words: str) -> FactValue:
    cards = tuple(card for card in value if isinstance(card, Gpu))
    numerals = _numerals(words)
    if not cards or len(cards) > MOST_GPUS:
        raise NotStated("no processor is named")
    for card in cards:
        if not _GPU.fullmatch(card.name) or not _within(card.name, words, _GPU_ENDS):
            raise NotStated("that processor is not in the words quoted")
        if not 0 < card.gib < LARGEST or _figures(card.gib) not in numerals:
            raise NotStated("its memory is not in the words quoted")
    return cards


def _check_numbers(name: FactName, numbers: tuple[float, ...], words: str) -> None:
    if not all(math.isfinite(number) and number <= LARGEST for number in numbers):
        raise NotStated("the number is too large")
    low = words.lower()
    if _SPELLED_OUT.search(low) or (_NOTHING.search(low) and not any(numbers)):
        return
    numerals = _numerals(words)
    if not numerals:
        raise NotStated("there is no number in the words quoted")
    if name in COUNTED and not all(_figures(number) in numerals for number in numbers):
        raise NotStated("that number is not in the words quoted")


def _numerals(words: str) -> set[str]:
    """Return the figures of every number in the words, without separators and outer zeros."""
    return {re.sub(r"\D", "", found).strip("0") for found in _NUMERAL.findall(words)}


def _figures(number: float) -> str:
    return f"{number:.6f}".replace(".", "").strip("0")


def _within(name: str, words: str, ends: str) -> bool:
    """Say whether a name stands in the words, however its letters and numbers are joined, and ends there."""
    joined = r"[\W_]*".join(re.findall(r"[^\W\d_]+|\d+", name))
    return re.search(rf"(?:(?<![A-Za-z0-9])|(?<=\dx)){joined}{ends}", words, re.IGNORECASE) is not None
