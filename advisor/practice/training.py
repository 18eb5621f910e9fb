"""Fine-tunes a model on chat rows: one head per field with repeated short answers, memory for the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.practice.fields import Choice
from advisor.practice.head import Epoch, Head, LabelledRows, Schedule, fit
from advisor.practice.model import LabelTask, PracticeModel, label_task
from advisor.practice.prompt import Demo, Message, Prompt, joined
from advisor.practice.scorer import label_key

LEAST_ROWS = 10
HELD_OUT_SHARE = 0.1
MEMORY_ROWS = 400
MOST_LABELS = 300
LABEL_LENGTH = 80


class UnusableFile(Exception):
    """A training file cannot be trained on; the message says why, as the client will read it."""


@dataclass(frozen=True)
class Row:
    """One training row, read as prompt, inputs and the answer to learn."""

    prompt: Prompt
    inputs: dict[str, str]
    outputs: dict[str, str]


@dataclass(frozen=True)
class Trained:
    """What a finished training leaves behind."""

    heads: dict[str, Head]
    memory: tuple[Demo, ...]


def parse_rows(content: bytes, what: str = "Training") -> list[list[Message]]:
    """Return the messages of each row of an uploaded JSON Lines file.

    Raises:
        UnusableFile: a line is not a chat row that ends with the assistant's answer.
    """
    rows = []
    for number, line in enumerate(content.decode("utf-8-sig", errors="replace").split("\n"), 1):
        if line.strip():
            rows.append(_parse_row(line, f"{what} file, line {number}"))
    return rows


def _parse_row(line: str, where: str) -> list[Message]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise UnusableFile(f"Invalid file format. {where} is not valid JSON.") from None
    messages = row.get("messages") if isinstance(row, dict) else None
    if not isinstance(messages, list) or not messages:
        raise UnusableFile(f'Invalid file format. {where}: missing "messages", a list of chat messages.')
    read: list[Message] = []
    for message in messages:
        role = message.get("role") if isinstance(message, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        if role not in ("system", "developer", "user", "assistant") or not isinstance(content, str):
            raise UnusableFile(f'Invalid file format. {where}: every message needs a "role" and a text "content".')
        read.append((role, content))
    if read[-1][0] != "assistant" or not any(role == "user" for role, _ in read):
        raise UnusableFile(f"Invalid file format. {where} must hold a user message and end with an assistant one.")
    return read


def read_rows(model: PracticeModel, rows: Sequence[Sequence[Message]]) -> list[Row]:
    """Return `rows` as `model` reads them."""
    read = []
    for messages in rows:
        asked = max(at for at, (role, _) in enumerate(messages) if role == "user")
        prompt = model.read(messages[:asked]).prompt
        read.append(Row(prompt, prompt.read_input(messages[asked][1]), prompt.read_output(messages[-1][1])))
    return read


def check_rows(rows: Sequence[Row]) -> None:
    """Raise `UnusableFile` unless there are enough rows with an answer in them."""
    if len(rows) < LEAST_ROWS:
        raise UnusableFile(f"Training file has {len(rows)} example(s), but must have at least {LEAST_ROWS} examples")
    if not any(row.outputs for row in rows):
        raise UnusableFile("Training file has no answer the practice model can read in its assistant messages.")


class Training:
    """One fine-tuning run: iterate it for its epochs, then take `trained`."""

    def __init__(self, model: PracticeModel, rows: Sequence[Row], valid: Sequence[Row], schedule: Schedule) -> None:
        self._model = model
        self._rows = rows
        self._heads: dict[str, Head] = {}
        self._fits: list[Iterator[Epoch]] = []
        for name in dict.fromkeys(name for row in rows for name in row.outputs):
            self._prepare(name, rows, valid, schedule)
        self._memory = self._remembered()

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields that get a head; the others are remembered."""
        return tuple(self._heads)

    @property
    def trained(self) -> Trained:
        """Return what was learned so far; a copy, so that later epochs do not change it."""
        heads = {name: head.widened(()) for name, head in self._heads.items()}
        return Trained({**self._model.heads, **heads}, self._memory)

    def __iter__(self) -> Iterator[Epoch]:
        """Train all fields in step and yield the mean of their epochs."""
        for epochs in zip(*self._fits, strict=True):
            yield _mean(epochs)

    def _prepare(self, name: str, rows: Sequence[Row], valid: Sequence[Row], schedule: Schedule) -> None:
        usable = [row for row in rows if name in row.outputs]
        labels = _labels(name, usable)
        if not labels:
            return
        before = self._model.heads.get(name)
        head = before.widened(labels) if before else Head.blank(labels, self._model.size.columns, self._model.size.rich)
        train = self._labelled(name, usable, head)
        if len(train.texts) == 0:
            return
        held = self._labelled(name, [row for row in valid if name in row.outputs], head)
        self._heads[name] = head
        self._fits.append(fit(head, train, held, schedule))

    def _labelled(self, name: str, rows: Sequence[Row], head: Head) -> LabelledRows:
        columns = {label_key(label): column for column, label in enumerate(head.labels)}
        texts, targets, base = [], [], []
        tasks: dict[int, LabelTask] = {}
        for row in rows:
            column = columns.get(label_key(row.outputs[name]))
            if column is None:
                continue
            task = tasks.get(id(row.prompt))
            if task is None:
                task = tasks[id(row.prompt)] = label_task(row.prompt, name, head.labels, self._model.size, None)
            text = joined(row.inputs)
            texts.append(text)
            targets.append(column)
            base.append(task.score(text))
        logits = np.array(base, np.float32).reshape(len(texts), len(head.labels))
        return LabelledRows(texts, np.array(targets, np.int64), logits)

    def _remembered(self) -> tuple[Demo, ...]:
        kept = []
        for row in self._rows:
            outputs = {name: value for name, value in row.outputs.items() if name not in self._heads}
            if outputs and not ("reasoning" in outputs and len(outputs) == 1 and self._heads):
                kept.append(Demo(row.inputs, outputs))
        return (*self._model.memory, *kept)[-MEMORY_ROWS:]


def split_rows(rows: Sequence[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """Return rows to train on and rows to measure on; an answer seen once is always trained on."""
    count = max(1, round(len(rows) * HELD_OUT_SHARE))
    answers = [json.dumps(list(row.outputs.values())[-1:]) for row in rows]
    left = Counter(answers)
    held: set[int] = set()
    for at in np.random.default_rng(seed).permutation(len(rows)):
        if len(held) < count and left[answers[at]] > 1:
            left[answers[at]] -= 1
            held.add(int(at))
    return [row for at, row in enumerate(rows) if at not in held], [rows[at] for at in sorted(held)]


def _labels(name: str, rows: Sequence[Row]) -> tuple[Choice, ...]:
    """Return the labels of field `name`: those its type allows, or its repeated short answers."""
    for row in rows:
        field = row.prompt.outputs.get(name)
        if field is not None and field.kind == "choice":
            return field.choices
        if field is not None and field.kind != "text":
            return ()
    answers = [row.outputs[name] for row in rows]
    distinct = set(answers)
    few = len(distinct) <= max(2, min(MOST_LABELS, len(answers) // 2))
    return tuple(sorted(distinct)) if few and max(map(len, answers)) < LABEL_LENGTH else ()


def _mean(epochs: Sequence[Epoch]) -> Epoch:
    def mean(values: Sequence[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else None

    return Epoch(
        epochs[0].number,
        max(epoch.step for epoch in epochs),
        max(epoch.total_steps for epoch in epochs),
        mean([epoch.train_loss for epoch in epochs]) or 0.0,
        mean([epoch.train_accuracy for epoch in epochs]) or 0.0,
        mean([epoch.valid_loss for epoch in epochs]),
        mean([epoch.valid_accuracy for epoch in epochs]),
    )
