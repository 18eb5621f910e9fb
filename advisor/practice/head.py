"""The fine-tuned part of a model: softmax regression that starts from the base model's own logits.

It learns how far to trust those as well: labels that do not follow from the text teach it to ignore them.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from advisor.practice.fields import Choice
from advisor.practice.scorer import label_key
from advisor.practice.words import features

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int64]
Vector = tuple[Columns, Floats]
"""A sparse row: columns and their values."""

LEARNING_RATE = 0.35
WEIGHT_DECAY = 1e-5
BIAS_SHARE = 0.1
"""Learning rate of the biases beside that of the weights; a faster one only learns how frequent a label is."""
TRUST_SHARE = 0.3
"""Learning rate of the trust in the base model beside that of the weights."""
GRADIENT_FLOOR = 1e-3


@dataclass
class Head:
    """Weights of one output field: `logits = trust * base + x W + b`."""

    labels: tuple[Choice, ...]
    weights: Floats
    """One row per hashed feature, one column per label."""
    bias: Floats
    rarity: Floats
    """Inverse document frequency of each hashed feature in the training file."""
    rich: bool
    trust: float = 1.0
    """Factor of the base model's logits, 0 to 1: above 1 it would spare the weights their learning."""

    @classmethod
    def blank(cls, labels: Sequence[Choice], columns: int, rich: bool) -> Head:
        """Return a head that changes nothing yet."""
        count = len(labels)
        zeros = np.zeros((columns, count), np.float32)
        return cls(tuple(labels), zeros, np.zeros(count, np.float32), np.ones(columns, np.float32), rich)

    def widened(self, labels: Sequence[Choice]) -> Head:
        """Return a copy that also knows `labels`, for training on from here."""
        known = {label_key(label) for label in self.labels}
        added = [label for label in labels if label_key(label) not in known]
        columns = self.weights.shape[0]
        weights = np.concatenate([self.weights, np.zeros((columns, len(added)), np.float32)], axis=1)
        bias = np.concatenate([self.bias, np.zeros(len(added), np.float32)])
        return Head((*self.labels, *added), weights, bias, self.rarity.copy(), self.rich, self.trust)

    def hashed(self, text: str) -> Vector:
        """Return `text` as unweighted hashed features."""
        weights = features(text, self.rich)
        columns = [zlib.crc32(feature.encode(errors="replace")) % self.weights.shape[0] for feature in weights]
        return np.array(columns, np.int64), np.array(list(weights.values()), np.float32)

    def weighted(self, vector: Vector) -> Vector:
        """Return `vector` with rare features counted more, at length 1."""
        columns, values = vector
        values = values * self.rarity[columns]
        return columns, values / (float(np.linalg.norm(values)) or 1.0)

    def shift(self, text: str) -> Floats:
        """Return what fine-tuning adds to the base model's logit of each label."""
        columns, values = self.weighted(self.hashed(text))
        shift: Floats = values @ self.weights[columns] + self.bias
        return shift


@dataclass(frozen=True)
class LabelledRows:
    """Rows of a training file for one field."""

    texts: Sequence[str]
    targets: npt.NDArray[np.int64]
    base: Floats
    """The base model's logits, one row per text."""


@dataclass(frozen=True)
class Epoch:
    """How one pass over the training rows went; accuracies are shares of rows."""

    number: int
    step: int
    total_steps: int
    train_loss: float
    train_accuracy: float
    valid_loss: float | None
    valid_accuracy: float | None


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train."""

    epochs: int
    batch_size: int
    learning_rate: float
    """Multiplier of the usual learning rate."""
    seed: int


def fit(head: Head, train: LabelledRows, valid: LabelledRows, schedule: Schedule) -> Iterator[Epoch]:
    """Train `head` in place by Adagrad and yield after each epoch."""
    hashed = [head.hashed(text) for text in train.texts]
    if not head.weights.any():
        head.rarity = _rarity(hashed, len(head.rarity))
    rows = [head.weighted(vector) for vector in hashed]
    held_out = [head.weighted(head.hashed(text)) for text in valid.texts]
    random = np.random.default_rng(schedule.seed)
    squares = (
        np.full_like(head.weights, GRADIENT_FLOOR),
        np.full_like(head.bias, GRADIENT_FLOOR),
        np.full(1, GRADIENT_FLOOR, np.float32),
    )
    count = len(rows)
    batches = max(1, math.ceil(count / schedule.batch_size))
    for number in range(1, schedule.epochs + 1):
        order = random.permutation(count)
        loss = hits = 0.0
        for start in range(0, count, schedule.batch_size):
            batch = order[start : start + schedule.batch_size]
            picked = LabelledRows([], train.targets[batch], train.base[batch])
            batch_loss, batch_hits = _step(head, [rows[i] for i in batch], picked, squares, schedule)
            loss, hits = loss + batch_loss, hits + batch_hits
        valid_loss, valid_accuracy = _measure(head, held_out, valid)
        yield Epoch(
            number,
            number * batches,
            schedule.epochs * batches,
            loss / count,
            hits / count,
            valid_loss,
            valid_accuracy,
        )


def _rarity(vectors: Sequence[Vector], columns: int) -> Floats:
    seen = np.zeros(columns, np.float32)
    for found, _ in vectors:
        seen[np.unique(found)] += 1
    count = len(vectors)
    rarity: Floats = (np.log(1 + count / (1 + seen)) / math.log(1 + count)).astype(np.float32)
    return rarity


def _step(
    head: Head,
    rows: Sequence[Vector],
    batch: LabelledRows,
    squares: tuple[Floats, Floats, Floats],
    schedule: Schedule,
) -> tuple[float, float]:
    """Take one Adagrad step, touching only the columns the batch uses; return summed loss and hits."""
    used, dense = _dense(rows)
    weights = head.weights[used]
    spread = _softmax(dense @ weights + head.bias + head.trust * batch.base)
    picked = np.arange(len(rows))
    loss = float(-np.log(spread[picked, batch.targets] + 1e-9).sum())
    hits = float((spread.argmax(1) == batch.targets).sum())
    spread[picked, batch.targets] -= 1
    spread /= len(rows)
    slope = dense.T @ spread + WEIGHT_DECAY * weights
    rate = LEARNING_RATE * schedule.learning_rate
    squares[0][used] += slope * slope
    head.weights[used] = weights - rate * slope / np.sqrt(squares[0][used])
    bias_slope = spread.sum(0)
    squares[1][:] += bias_slope * bias_slope
    head.bias -= BIAS_SHARE * rate * bias_slope / np.sqrt(squares[1])
    trust_slope = float((spread * batch.base).sum())
    squares[2][0] += trust_slope * trust_slope
    trust = head.trust - TRUST_SHARE * rate * trust_slope / math.sqrt(float(squares[2][0]))
    head.trust = min(1.0, max(0.0, trust))
    return loss, hits


def _dense(rows: Sequence[Vector]) -> tuple[Columns, Floats]:
    """Return the columns that `rows` use and the rows as a matrix of just those."""
    used, places = np.unique(np.concatenate([columns for columns, _ in rows]), return_inverse=True)
    dense = np.zeros((len(rows), len(used)), np.float32)
    owners = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
    np.add.at(dense, (owners, places), np.concatenate([values for _, values in rows]))
    return used, dense


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(1, keepdims=True))
    spread: Floats = (raised / raised.sum(1, keepdims=True)).astype(np.float32)
    return spread


def _measure(head: Head, rows: Sequence[Vector], labelled: LabelledRows) -> tuple[float | None, float | None]:
    if not rows:
        return None, None
    shifts = np.stack([values @ head.weights[columns] for columns, values in rows])
    spread = _softmax(shifts + head.bias + head.trust * labelled.base)
    picked = np.arange(len(rows))
    loss = float(-np.log(spread[picked, labelled.targets] + 1e-9).mean())
    return loss, float((spread.argmax(1) == labelled.targets).mean())
