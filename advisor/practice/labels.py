"""Finds a set of labels in words, where no type lists them."""

from __future__ import annotations

import re
from itertools import islice

from advisor.practice.fields import Choice, Field
from advisor.practice.notes import CUE_HEADING, Notes
from advisor.practice.prompt import Prompt

FEW_DEMOS = 4
"""Demonstrations from which repeated short answers count as labels."""
LABEL_LENGTH = 60
LABEL_WORDS = 5
LIST_LENGTH = 4000
MOST_LISTS = 20

_ANNOUNCED = re.compile(
    r"\b(?:one of|categories|labels|options|classes|choose from)(?: the following| these)?(?: are)?\b", re.IGNORECASE
)
_BULLET = re.compile(r"^[-*•]\s+(.+)$|^\d+[.)]\s+(.+)$")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
_BETWEEN = re.compile(r"[,;|/]|\bor\b|\band\b")


def labels_in_words(prompt: Prompt, field: Field) -> tuple[Choice, ...]:
    """Return the labels of a text field that demonstrations repeat, cue lines name, or prose lists."""
    if field.kind != "text":
        return ()
    shown = [demo.outputs[field.name] for demo in prompt.demos if field.name in demo.outputs]
    if len(shown) >= FEW_DEMOS and len(set(shown)) <= 0.75 * len(shown) and max(map(len, shown)) < LABEL_LENGTH:
        return tuple(sorted(set(shown)))
    if CUE_HEADING in prompt.instruction and len(prompt.outputs) == 1:
        return tuple(Notes().add_cues(prompt.instruction).examples)
    return listed_labels(f"{field.description}\n{prompt.instruction}")


def listed_labels(text: str) -> tuple[str, ...]:
    """Return the labels that `text` announces and then lists, in a sentence or in bullets."""
    for announced in islice(_ANNOUNCED.finditer(text), MOST_LISTS):
        listed = text[announced.end() : announced.end() + LIST_LENGTH].lstrip(" \t:\n")
        labels = _bulleted(listed) or _separated(listed)
        if len(labels) >= 2:
            return labels
    return ()


def _bulleted(text: str) -> tuple[str, ...]:
    found = []
    for line in text.splitlines():
        bullet = _BULLET.match(line.strip())
        if not bullet:
            break
        found.append((bullet.group(1) or bullet.group(2)).partition(":")[0])
    return _checked(found)


def _separated(text: str) -> tuple[str, ...]:
    return _checked(_BETWEEN.split(_SENTENCE_END.split(text, maxsplit=1)[0]))


def _checked(parts: list[str]) -> tuple[str, ...]:
    """Return the parts without quotes, or nothing if one of them is not like a label."""
    labels = [part.strip(" \t`'\"*.()[]{}") for part in parts]
    labels = [label for label in labels if label]
    if any(len(label) > LABEL_LENGTH or len(label.split()) > LABEL_WORDS for label in labels):
        return ()
    return tuple(dict.fromkeys(labels))
