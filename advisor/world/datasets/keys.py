"""Keys that stand for inputs and labels, the same in every process."""

from __future__ import annotations

from advisor.world.datasets.records import as_text
from advisor.world.datasets.text import key, normalize

BETWEEN = "\x1f"


def group_key(inputs: tuple[str, ...]) -> int:
    """Return the key that copies of an input share after normalisation."""
    return key(BETWEEN.join(map(normalize, inputs)))


def label_names(label: object, task: str | None) -> tuple[str, ...]:
    """Return the single labels a row carries: several for a list of labels."""
    if label is None:
        return ()
    if task == "multi_label" and isinstance(label, list):
        return tuple(dict.fromkeys(as_text(item) for item in label))
    return (as_text(label),)


def label_text(label: object, task: str | None) -> str:
    """Return what tells a label from others; the order of a list of labels does not matter."""
    return BETWEEN.join(sorted(label_names(label, task)))


def label_key(label: object, task: str | None) -> int:
    """Return the key of a label."""
    return key(label_text(label, task))
