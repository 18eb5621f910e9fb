"""The practice model: reads a prompt, chooses labels and writes text; a fine-tuned one carries heads."""

from __future__ import annotations

import hashlib
import math
import random
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.practice.fields import Choice, Field
from advisor.practice.head import Head
from advisor.practice.labels import labels_in_words
from advisor.practice.prompt import Demo, Message, Prompt, Shape, joined, read_prompt
from advisor.practice.rendering import Answer, Piece, Value, render
from advisor.practice.scorer import LabelScorer, Scores, label_key
from advisor.practice.sizes import Size
from advisor.practice.values import made_up, parsed
from advisor.practice.wire import JsonObject
from advisor.practice.writer import REFLECTION_REQUEST, explain, nearest, reflect, write_text

PROMPTS_KEPT = 400
SAMPLING_SCALE = 0.15
"""Spread of the logits at temperature 1; small, so that scores survive OpenAI's default temperature."""
CONFIDENCE = 2.0
"""Factor from base logits to log probabilities; fine-tuned logits need none."""
ALTERNATIVES = 20
ALMOST_TOP = 0.6
"""Share of the best score from which a label joins a list of labels."""


@dataclass(frozen=True)
class LabelTask:
    """A choice between labels: how the prompt scores them and where the head knows them."""

    scorer: LabelScorer
    head: Head | None
    known: tuple[tuple[int, int], ...]
    """Place among the prompt's labels and column of the head, for each label both know."""

    def score(self, text: str) -> Scores:
        """Return one logit per label of the prompt; labels the head never saw keep their base logit."""
        scores = self.scorer.score(text)
        if self.head is not None and self.known:
            scores *= self.head.trust
            shift = self.head.shift(text)
            for place, column in self.known:
                scores[place] += float(shift[column])
        return scores


class Reading:
    """A prompt and what was worked out for it once."""

    def __init__(self, prompt: Prompt, size: Size, heads: Mapping[str, Head]) -> None:
        self.prompt = prompt
        self.tasks: dict[str, LabelTask] = {}
        for name, field in prompt.outputs.items():
            head = _head_for(field, heads, prompt.marked)
            labels = field.choices or (head.labels if head else ()) or labels_in_words(prompt, field)
            if labels:
                self.tasks[name] = label_task(prompt, name, labels, size, head)


def label_task(prompt: Prompt, field: str, labels: Sequence[Choice], size: Size, head: Head | None) -> LabelTask:
    """Return how to choose between `labels` for `field` of `prompt`."""
    columns = {label_key(label): column for column, label in enumerate(head.labels)} if head else {}
    keys = [label_key(label) for label in labels]
    known = tuple((place, columns[key]) for place, key in enumerate(keys) if key in columns)
    return LabelTask(LabelScorer(prompt, field, labels, size), head, known)


def _head_for(field: Field, heads: Mapping[str, Head], marked: Shape) -> Head | None:
    """Return the head trained on `field`, or one trained under another name that fits.

    That is one on mostly the same labels, or the only one if a plain prompt names no field.
    """
    if field.name in heads:
        return heads[field.name]
    if not field.choices:
        return next(iter(heads.values())) if marked == "plain" and len(heads) == 1 else None
    wanted = {label_key(label) for label in field.choices}
    for head in heads.values():
        if 2 * len(wanted & {label_key(label) for label in head.labels}) > len(wanted):
            return head
    return None


class PracticeModel:
    """One model that can be asked: a base size, alone or with what a fine-tuning job learned."""

    def __init__(
        self, name: str, size: Size, heads: Mapping[str, Head] | None = None, memory: Sequence[Demo] = ()
    ) -> None:
        self.name = name
        self.size = size
        self.heads = dict(heads or {})
        self.memory = tuple(memory)
        """Training rows for fields that no head can learn; the nearest one is imitated."""
        self._readings: OrderedDict[bytes, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, messages: Sequence[Message], response_format: JsonObject | None = None) -> Reading:
        """Return what `messages`, the last input left out, ask for; kept for the next call."""
        key = hashlib.blake2b(repr((messages, response_format)).encode(errors="replace")).digest()
        with self._lock:
            known = self._readings.get(key)
            if known is not None:
                self._readings.move_to_end(key)
                return known
        reading = Reading(read_prompt(messages, response_format), self.size, self.heads)
        with self._lock:
            self._readings[key] = reading
            while len(self._readings) > PROMPTS_KEPT:
                self._readings.popitem(last=False)
        return reading

    def complete(
        self,
        messages: Sequence[Message],
        response_format: JsonObject | None = None,
        *,
        temperature: float = 0.0,
        seeds: Sequence[int] = (0,),
    ) -> list[list[Piece]]:
        """Return one reply, in pieces, per seed; at temperature 0 label choices do not depend on it."""
        last = max((at for at, (role, _) in enumerate(messages) if role == "user"), default=len(messages) - 1)
        text = messages[last][1]
        reading = self.read(messages[:last], response_format)
        if reading.prompt.shape == "plain" and REFLECTION_REQUEST in text:
            return [[Piece(reflect(text))] for _ in seeds]
        inputs = reading.prompt.read_input(text)
        return [
            render(reading.prompt, self._answer(reading, inputs, temperature, random.Random(seed))) for seed in seeds
        ]

    def _answer(
        self, reading: Reading, inputs: Mapping[str, str], temperature: float, choice: random.Random
    ) -> dict[str, Answer]:
        text = joined(inputs)
        found: dict[str, Answer] = {}
        reason = ""
        for name, task in reading.tasks.items():
            scores = task.score(text)
            if reading.prompt.outputs[name].kind == "choices":
                found[name] = Answer(_above(scores, task.scorer.labels))
                continue
            place = _pick(scores, temperature, choice)
            found[name] = _chosen(scores, place, task)
            label = task.scorer.labels[place]
            reason = reason or explain(text, str(label), task.scorer.evidence(text, place))
        for name, field in reading.prompt.outputs.items():
            if name not in found:
                found[name] = Answer(self._other(field, reading.prompt, inputs, reason, choice))
        return {name: found[name] for name in reading.prompt.outputs}

    def _other(
        self, field: Field, prompt: Prompt, inputs: Mapping[str, str], reason: str, choice: random.Random
    ) -> Value:
        text = joined(inputs)
        if reason and field.name.lower() in ("reasoning", "rationale", "explanation"):
            return reason
        if field.kind == "text":
            remembered = nearest(self.memory, field.name, text, self.size)
            return remembered or write_text(field, prompt, inputs, self.size, choice)
        likest = nearest((*prompt.demos, *self.memory), field.name, text, self.size)
        value = parsed(field, likest) if likest is not None else None
        return made_up(field, text) if value is None else value


def _pick(scores: Scores, temperature: float, choice: random.Random) -> int:
    if temperature > 0:
        noise = np.array([-math.log(-math.log(choice.random() or 1e-12) or 1e-12) for _ in scores])
        scores = scores / (SAMPLING_SCALE * temperature) + noise
    return int(np.argmax(scores))


def _chosen(scores: Scores, place: int, task: LabelTask) -> Answer:
    scaled = scores if task.known else scores * CONFIDENCE
    scaled = scaled - scaled.max()
    logprobs = scaled - math.log(float(np.exp(scaled).sum()))
    ranked = np.argsort(-logprobs)[:ALTERNATIVES]
    others = tuple((str(task.scorer.labels[i]), float(logprobs[i])) for i in ranked)
    return Answer(task.scorer.labels[place], float(logprobs[place]), others)


def _above(scores: Scores, labels: Sequence[Choice]) -> list[object]:
    least = max(float(scores.max()) * ALMOST_TOP, 1e-9)
    chosen = [label for label, score in zip(labels, scores, strict=True) if score >= least]
    return list(chosen)
