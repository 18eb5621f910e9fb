"""Scores labels for a text from the prompt alone: their names, their descriptions, the demonstrations."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from advisor.practice.fields import Choice
from advisor.practice.lexicon import RELATED
from advisor.practice.prompt import Demo, Prompt, joined
from advisor.practice.sizes import Size
from advisor.practice.words import features, grams, stems

Scores = npt.NDArray[np.float64]
Postings = Mapping[str, Sequence[tuple[int, float]]]
"""A feature and, for each label it speaks for, how loudly."""

NAME_WEIGHT = 2.0
CUE_WEIGHT = 0.9
RELATED_WEIGHT = 0.8
CUE_DECAY = 0.08
"""Share of its weight a described word loses for each word before it."""
CUE_FLOOR = 0.2
PRIOR_DEMOS = 20
"""Imagined demonstrations behind the word counts, so that four real ones do not decide which words are rare."""

# Every part has a bound: an unbounded one takes minutes on a line of ten thousand asterisks.
_CUE_LINE = re.compile(r"^\W{0,8}([^\n]{1,60}?)[`*\"']{0,4}\s{0,4}(?::|—|–| - |=>|->|=)\s*(.+)$")


def label_key(value: Choice) -> str:
    """Return how a label is compared: as written, save for the two spellings of true, false and none."""
    text = str(value).strip()
    return {"true": "True", "false": "False", "null": "None"}.get(text, text)


class LabelScorer:
    """Scores every label of one field of one prompt; built once per prompt."""

    def __init__(self, prompt: Prompt, field: str, labels: Sequence[Choice], size: Size) -> None:
        self.labels = tuple(labels)
        names = [unique(stems(str(label))) for label in labels]
        described = prompt.outputs[field].description if field in prompt.outputs else ""
        self._names = _name_postings(names)
        self._cues = _cue_postings(labels, f"{prompt.instruction}\n{described}", size.cue_limit)
        self._related = _related_postings(names) if size.rich else {}
        self._grams = _gram_postings(names) if size.rich else {}
        self._demos = _DemoIndex(prompt.demos, field, labels, size)

    def score(self, text: str) -> Scores:
        """Return one logit per label."""
        scores = np.zeros(len(self.labels))
        words = unique(stems(text))
        for postings, weight in (
            (self._names, NAME_WEIGHT),
            (self._cues, CUE_WEIGHT),
            (self._related, RELATED_WEIGHT),
        ):
            _add(scores, postings, words, weight)
        if self._grams:
            _add(scores, self._grams, unique(grams(words)), (len(words) + 1) ** -0.25)
        self._demos.add(scores, text)
        return scores

    def evidence(self, text: str, label: int) -> list[str]:
        """Return the stems of `text` that speak for label number `label`."""
        return [
            word
            for word in unique(stems(text))
            if any(label == at for table in (self._names, self._cues) for at, _ in table.get(word, ()))
        ]


class _DemoIndex:
    """The demonstrations of a prompt, searchable by the features they share with a text."""

    def __init__(self, demos: Sequence[Demo], field: str, labels: Sequence[Choice], size: Size) -> None:
        index = {label_key(label): number for number, label in enumerate(labels)}
        usable = [
            (joined(demo.inputs), index[label_key(demo.outputs[field])])
            for demo in demos
            if label_key(demo.outputs.get(field, "")) in index
        ][-size.demo_limit :]
        self._size = size
        self._targets = [target for _, target in usable]
        vectors = [features(text, size.rich) for text, _ in usable]
        seen = Counter(feature for vector in vectors for feature in vector)
        total = len(usable) + PRIOR_DEMOS
        self._unseen_rarity = math.log(1 + total)
        self._rarity = {feature: math.log(1 + total / count) for feature, count in seen.items()}
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(vectors):
            weighted = {feature: weight * self._rarity[feature] for feature, weight in vector.items()}
            norm = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
            for feature, weight in weighted.items():
                self._postings[feature].append((number, weight / norm))

    def add(self, scores: Scores, text: str) -> None:
        """Add to each label its likest demonstration.

        The cosine is squared: with a linear vote, few demonstrations hurt, since the labels that happen to
        have one win everything.
        """
        if not self._targets:
            return
        cosines = [0.0] * len(self._targets)
        length = 1e-9
        for feature, weight in features(text, self._size.rich).items():
            weight *= self._rarity.get(feature, self._unseen_rarity)
            length += weight * weight
            for number, other in self._postings.get(feature, ()):
                cosines[number] += weight * other
        best: dict[int, float] = {}
        for target, cosine in zip(self._targets, cosines, strict=True):
            best[target] = max(best.get(target, 0.0), 2 * cosine * cosine / length)
        for target, likeness in best.items():
            scores[target] += self._size.demo_weight * likeness


def unique(words: Iterable[str]) -> list[str]:
    """Return `words` without repeats, in order: a set's order, and so the last digit of a sum, varies by run."""
    return list(dict.fromkeys(words))


def described_labels(labels: Iterable[Choice], text: str) -> dict[int, list[str]]:
    """Return, for labels that `text` describes in lines such as `- label: words`, the described stems."""
    plain = {_plain(str(label)): number for number, label in enumerate(labels)}
    found: dict[int, list[str]] = {}
    for line in text.splitlines():
        cue = _CUE_LINE.match(line.strip())
        number = plain.get(_plain(cue.group(1))) if cue else None
        if cue and number is not None:
            found.setdefault(number, []).extend(stems(cue.group(2)))
    return found


def _plain(label: str) -> str:
    return re.sub(r"[\W_]+", " ", label.lower()).strip()


def _add(scores: Scores, postings: Postings, words: Iterable[str], weight: float) -> None:
    for word in words:
        for label, strength in postings.get(word, ()):
            scores[label] += weight * strength


def _name_postings(names: Sequence[Iterable[str]]) -> Postings:
    """A word in many label names says little; a name of many words is not louder than a short one."""
    seen = Counter(word for name in names for word in name)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for label, name in enumerate(names):
        rarity = {word: math.log(1 + len(names) / seen[word]) for word in name}
        norm = math.sqrt(sum(value * value for value in rarity.values())) or 1.0
        for word, value in rarity.items():
            postings[word].append((label, value / norm))
    return dict(postings)


def _gram_postings(names: Sequence[Sequence[str]]) -> Postings:
    return _name_postings([unique(grams(name)) for name in names])


def _related_postings(names: Sequence[Sequence[str]]) -> Postings:
    related = [sorted({other for word in name for other in RELATED.get(word, ())} - set(name)) for name in names]
    seen = Counter(word for words in related for word in words)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    scale = math.log(1 + len(names))
    for label, words in enumerate(related):
        for word in words:
            postings[word].append((label, math.log(1 + len(names) / seen[word]) / scale))
    return dict(postings)


def _cue_postings(labels: Sequence[Choice], text: str, limit: int) -> Postings:
    cues = {label: list(dict.fromkeys(words))[:limit] for label, words in described_labels(labels, text).items()}
    seen = Counter(word for words in cues.values() for word in words)
    count = max(2, len(cues))
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for label, words in cues.items():
        for rank, word in enumerate(words):
            decay = max(CUE_FLOOR, 1 - CUE_DECAY * rank)
            postings[word].append((label, decay * math.log(1 + count / seen[word]) / math.log(1 + count)))
    return dict(postings)
