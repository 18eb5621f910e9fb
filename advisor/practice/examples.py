"""Finds labelled examples in text: what a proposer or a reflection prompt shows of the data."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
"""Input text and its label."""

LABEL_LENGTH = 60
"""Longer answers are text, not labels."""

_REPR = re.compile(r"Example\((\{.*?\})\) \(input_keys=(\{[^}]*\}|None)\)", re.DOTALL)
_RECORDS = re.compile(r'\[\s*\{\s*"Inputs".*\}\s*\]', re.DOTALL)
_BLOCK_LINE = re.compile(r"^([A-Z][\w ]{0,40}): (.*)$", re.MULTILINE)
_REFLECTED = re.compile(r"^# Example \d+$", re.MULTILINE)
_RIGHT_ANSWER = re.compile(
    r"(?:expected|correct|gold|label|should (?:be|have been)|answer)[^`'\"\n]*?"
    r"(?:`([^`\n]+)`|\"([^\"\n]+)\"|'([^\n]+?)'(?!\w))",
    re.IGNORECASE,
)


def labelled_examples(text: str) -> list[Pair]:
    """Return the labelled examples that `text` shows, in whichever of the known forms it uses."""
    for read in (_from_reprs, _from_records, _from_reflection, _from_blocks):
        pairs = read(text)
        if pairs:
            return pairs
    return []


def right_answer(feedback: str) -> str | None:
    """Return the answer that `feedback` quotes as the right one, or None."""
    found = _RIGHT_ANSWER.findall(feedback)
    return next(filter(None, found[-1])) if found else None


def _from_reprs(text: str) -> list[Pair]:
    """DSPy's own `repr` of a list of examples."""
    rows: list[tuple[dict[str, str], dict[str, str]]] = []
    for body, keys in _REPR.findall(text):
        try:
            values = ast.literal_eval(body)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        known = {str(name): str(value) for name, value in values.items() if not str(name).startswith("dspy_")}
        inputs = set(re.findall(r"'(\w+)'", keys)) or set(list(known)[:-1])
        rows.append(
            (
                {name: value for name, value in known.items() if name in inputs},
                {name: value for name, value in known.items() if name not in inputs},
            )
        )
    labels = _label_fields([outputs for _, outputs in rows])
    return [
        (" ".join(inputs.values()), outputs[name]) for inputs, outputs in rows for name in labels if name in outputs
    ]


def _label_fields(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the fields that look like labels: short, and repeated where any field repeats."""
    values: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            values.setdefault(name, []).append(value)
    short = {name: found for name, found in values.items() if max(map(len, found)) <= LABEL_LENGTH}
    repeated = [name for name, found in short.items() if 1 < len(set(found)) < len(found)]
    wordy = [name for name, found in short.items() if not all(value.isdigit() for value in found)]
    return repeated or wordy[:1] or list(short)[:1]


def _from_records(text: str) -> list[Pair]:
    """A JSON list of inputs, outputs and feedback, as GEPA's structured proposer sends it."""
    found = _RECORDS.search(text)
    if not found:
        return []
    try:
        records, _ = json.JSONDecoder().raw_decode(found.group())
    except (ValueError, RecursionError):
        return []
    pairs = []
    for record in records:
        inputs = record.get("Inputs") if isinstance(record, dict) else None
        answer = right_answer(str(record.get("Feedback", ""))) if isinstance(inputs, dict) else None
        if isinstance(inputs, dict) and answer:
            pairs.append((" ".join(map(str, inputs.values())), answer))
    return pairs


def _from_reflection(text: str) -> list[Pair]:
    """GEPA's Markdown: `# Example 1`, `## Inputs`, `## Generated Outputs`, `## Feedback`."""
    pairs = []
    for block in _REFLECTED.split(text)[1:]:
        _, _, rest = block.partition("## Inputs\n")
        inputs, _, rest = rest.partition("## Generated Outputs\n")
        answer = right_answer(rest.partition("## Feedback\n")[2])
        if answer and inputs.strip():
            pairs.append((re.sub(r"^### \w+$", "", inputs, flags=re.MULTILINE).strip(), answer))
    return pairs


def _from_blocks(text: str) -> list[Pair]:
    """Blocks of `Name: value` lines whose last value is the label."""
    pairs = []
    for block in re.split(r"\n\s*\n", text):
        lines = _BLOCK_LINE.findall(block)
        if len(lines) > 1 and lines[-1][1].strip() and len(lines[-1][1]) <= LABEL_LENGTH:
            pairs.append((" ".join(value for _, value in lines[:-1]), lines[-1][1].strip()))
    return pairs
