"""What column names say about their role."""

from __future__ import annotations

import re
from collections.abc import Mapping

INPUT_WEIGHT = 2.0
"""What a name such as `text` or `question` is worth, in points."""

INPUT_NAMES = frozenset({
    "text", "question", "prompt", "tweet", "sentence", "input", "query", "utterance", "message", "body",
    "content", "title", "subject", "description", "review", "comment", "document", "abstract", "article",
    "context", "passage", "instruction", "problem", "headline", "summary", "ticket", "email", "post", "statement",
    "premise", "hypothesis", "sms", "note", "notes", "paragraph",
})  # fmt: skip

LABEL_NAMES: Mapping[str, float] = {
    "label": 3.0, "labels": 3.0, "output": 3.0, "target": 3.0, "completion": 3.0, "answer": 3.0, "answers": 3.0,
    "gold": 3.0, "class": 2.5, "classification": 2.5, "intent": 2.5, "intents": 2.5, "response": 2.5,
    "category": 2.0, "categories": 2.0, "sentiment": 2.0, "tags": 2.0, "tag": 1.8, "topic": 2.0, "emotion": 2.0,
    "expected": 2.5, "solution": 2.0, "type": 1.6, "rating": 1.8, "score": 1.8, "stars": 1.8, "department": 1.6,
    "priority": 1.6, "queue": 1.6, "verdict": 2.0, "reply": 2.0, "assistant": 2.0, "y": 2.0, "translation": 2.0,
    "entities": 1.8, "sql": 2.0, "chosen": 1.6,
}  # fmt: skip

_ASKING = frozenset({"instruction", "prompt", "question", "query", "problem"})
_ANSWERING = frozenset({"answer", "answers", "output", "response", "completion", "solution", "reply"})

SPLITS = frozenset({
    "train", "training", "dev", "val", "valid", "validate", "validation", "eval", "test", "testing", "holdout",
})  # fmt: skip
"""What the parts of a dataset are called."""

SPLIT_NAMES = frozenset({"split", "partition", "subset", "fold", "set"})

_ID = re.compile(r"(?:^|[_\s-])(?:id|ids|uuid|guid|index|idx|key|hash|url|link)$|^unnamed", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a column name, lower case: `conditionLabel` and `condition_label` are two."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return tuple(word.casefold() for word in _WORD.findall(spaced))


def names_split(name: str) -> bool:
    """Say whether a name is that of a part of a dataset, such as `train` or `oos_val`."""
    return not SPLITS.isdisjoint(words_of(name))


def is_id_name(name: str) -> bool:
    """Say whether a name announces an identifier."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).strip()
    return _ID.search(spaced) is not None


def input_weight(name: str) -> float:
    """Return the points a name gives a column as input."""
    words = words_of(name)
    if words and words[-1] in INPUT_NAMES:
        return INPUT_WEIGHT
    return INPUT_WEIGHT / 2 if INPUT_NAMES & set(words) else 0.0


def label_weight(name: str) -> float:
    """Return the points a name gives a column as label."""
    words = words_of(name)
    return max((LABEL_NAMES[word] for word in words if word in LABEL_NAMES), default=0.0)


def asks(name: str) -> bool:
    """Say whether a name announces a question or an instruction."""
    return not _ASKING.isdisjoint(words_of(name))


def answers(name: str) -> bool:
    """Say whether a name announces what is said in reply."""
    return not _ANSWERING.isdisjoint(words_of(name))


def is_known_name(cell: str) -> bool:
    """Say whether a cell is a usual column name."""
    words = words_of(cell)
    if not words or len(words) > 3:
        return False
    known = INPUT_NAMES | LABEL_NAMES.keys() | SPLIT_NAMES | {"id", "date", "name", "messages"}
    return cell.strip().casefold() in known or (len(words) > 1 and words[-1] in known and "_" in cell)
