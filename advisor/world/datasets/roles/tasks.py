"""What kind of task the labels make."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.world.datasets.records import Roles, as_text
from advisor.world.datasets.roles.names import words_of
from advisor.world.datasets.roles.profiles import Profile, Sample

CLASS_LIKE = frozenset({"classification", "multi_label"})
"""Tasks whose labels come from a list and can be counted."""

_QUESTIONS = frozenset({"question", "query", "problem"})


def guess_task(sample: Sample, roles: Roles) -> str | None:
    """Return the name of the likeliest task, or None without a label."""
    label = sample.profile(roles.label_field)
    if label is None or not label.filled:
        return None
    if label.kind == "list":
        return _list_task(sample, roles, label)
    if label.kind == "object" or _is_json(sample, label.name):
        return "structured"
    if label.kind == "number" and (label.distinct > 20 and (label.decimals or label.repetition < 3)):
        return "numeric"
    if label.kind == "flag" or _repeats(label):
        return "classification"
    if label.kind == "number":
        return "numeric"
    return _free_task(sample, roles, label)


def _list_task(sample: Sample, roles: Roles, label: Profile) -> str:
    """Return whether the elements are labels that come again, pieces of the input, or something else."""
    lists = [(record, record.values.get(label.name)) for record in sample.records[:500]]
    pieces = [
        (as_text(item).strip().casefold(), record)
        for record, items in lists
        if isinstance(items, list)
        for item in items
        if isinstance(item, str)
    ]
    found = sum(any(piece in text.casefold() for text in roles.inputs(record)) for piece, record in pieces if piece)
    come_again = len(pieces) / max(1, len({piece for piece, _ in pieces}))
    if found > 0.7 * len(pieces) and come_again < 3 and len(pieces) >= 10:
        return "extraction"
    return "multi_label" if label.short_lists else "structured"


def _repeats(label: Profile) -> bool:
    # A few rows repeat a label less often than many do.
    enough = 3.0 if label.filled >= 50 else 1.5
    return label.words <= 6 and label.repetition >= enough


def _is_json(sample: Sample, name: str) -> bool:
    texts = _texts(sample, name)
    return bool(texts) and sum(text[:1] == "{" and text[-1:] == "}" for text in texts) > 0.9 * len(texts)


def _free_task(sample: Sample, roles: Roles, label: Profile) -> str:
    question = any(_QUESTIONS & set(words_of(name)) for name in roles.input_fields)
    quoted = _quoted(sample, roles)
    if question and (label.words <= 6 or quoted > 0.7):
        return "question_answering"
    return "extraction" if quoted > 0.7 and label.words <= 15 else "free_text"


def _quoted(sample: Sample, roles: Roles) -> float:
    """Return the share of labels that stand word for word in their input."""
    found = seen = 0
    for record in sample.records[:500]:
        answer = as_text(record.values.get(roles.label_field or "")).strip().casefold()
        if answer:
            seen += 1
            found += any(answer in text.casefold() for text in roles.inputs(record))
    return found / seen if seen else 0.0


def _texts(sample: Sample, name: str) -> Sequence[str]:
    return [text for record in sample.records[:500] if (text := as_text(record.values.get(name)).strip())]
