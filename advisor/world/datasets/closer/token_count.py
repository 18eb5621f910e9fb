"""How many tokens the examples are: counted where they are few, else drawn and scaled by characters."""

from __future__ import annotations

import heapq
import math
import random
from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from advisor.domain.dataset import Beyond, Tokens
from advisor.domain.statistics import Z95
from advisor.world.datasets.closer.tokenizer import MEASURED, NAME, Count

DRAWN = 400
"""Rows drawn: the 95% interval of the total is then 0.3 to 1.7% either way (measured on six sets)."""

COUNTED_FULLY = 2**20
"""Characters up to which every row is counted."""

LONGEST = 50
"""Rows with most characters that are counted to find the longest."""

AT_MOST = 12_000_000
"""Characters counted in all: some seconds."""

LEAST = 30
"""Rows drawn before `AT_MOST` may end the counting."""

PER_MESSAGE = 3
PER_EXAMPLE = 3
"""Marks of a chat around each message and each example, by OpenAI's cookbook, which calls them not exact."""


class Texts(NamedTuple):
    """One example."""

    asked: str
    answered: str
    messages: int

    @property
    def characters(self) -> int:
        """Of both."""
        return len(self.asked) + len(self.answered)


class _Kept(NamedTuple):
    """As much of an example as is counted, and how long it is."""

    start: Texts
    asked: int
    answered: int

    @classmethod
    def of(cls, texts: Texts) -> _Kept:
        """Return what is kept of an example: whole, the longest of a large file would fill the memory."""
        start = texts._replace(asked=texts.asked[:MEASURED], answered=texts.answered[:MEASURED])
        return cls(start, len(texts.asked), len(texts.answered))

    @property
    def characters(self) -> int:
        return self.asked + self.answered

    def counted(self, count: Count) -> _Counted:
        asked, answered = self.start.asked, self.start.answered
        return _Counted(
            round(count(asked) * max(1.0, self.asked / MEASURED)),
            round(count(answered) * max(1.0, self.answered / MEASURED)) if answered else 0,
            self,
        )


class _Counted(NamedTuple):
    asked: int
    answered: int
    kept: _Kept

    @property
    def tokens(self) -> int:
        return self.asked + self.answered

    @property
    def with_marks(self) -> int:
        return self.tokens + PER_MESSAGE * self.kept.start.messages + PER_EXAMPLE


class TokenGauge:
    """Texts seen so far: their lengths, a random draw of them, the longest, and all while they are few."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)
        self._lengths = array("Q")
        self._asked = self._answered = self._marks = self._labelled = 0
        self._drawn: list[_Kept] = []
        self._all: list[_Kept] | None = []
        self._longest: list[tuple[int, int, _Kept]] = []

    def add(self, texts: Texts) -> None:
        """Take in one example."""
        number, characters = len(self._lengths), texts.characters
        self._lengths.append(characters)
        self._asked += len(texts.asked)
        self._answered += len(texts.answered)
        if texts.answered:
            self._labelled += characters
            self._marks += PER_MESSAGE * texts.messages + PER_EXAMPLE
        kept = _Kept.of(texts)
        self._draw(number, kept)
        if self._asked + self._answered > COUNTED_FULLY:
            self._all = None
        if self._all is not None:
            self._all.append(kept)
        entry = (characters, -number, kept)
        if len(self._longest) < LONGEST:
            heapq.heappush(self._longest, entry)
        elif characters > self._longest[0][0]:
            heapq.heapreplace(self._longest, entry)

    def _draw(self, number: int, kept: _Kept) -> None:
        if number < DRAWN:
            self._drawn.append(kept)
        elif (place := self._chance.randrange(number + 1)) < DRAWN:
            self._drawn[place] = kept

    def result(self, count: Count, contexts: Sequence[int], cancelled: Callable[[], bool]) -> Tokens | None:
        """Return how long the examples are; None without any, or when cancelled."""
        whole = self._all is not None
        if self._all is None:
            self._chance.shuffle(self._drawn)
        sample = _counted(self._all or self._drawn, count, cancelled)
        longest = sample if whole else _counted([kept for *_, kept in sorted(self._longest)[::-1]], count, cancelled)
        if not sample or not longest or cancelled():
            return None
        rows, characters = len(self._lengths), self._asked + self._answered
        whole = whole and len(sample) == rows
        total, error = _ratio(sample, rows, characters)
        return Tokens(
            input_mean=round(self._scaled(sample, "asked") / rows, 1),
            label_mean=round(self._scaled(sample, "answered") / rows, 1),
            longest=max(one.tokens for one in longest),
            estimated=False,
            tokenizer=NAME,
            counted=len(sample),
            total=total,
            error=0.0 if whole else round(error, 4),
            training=round(total * self._labelled / characters) + self._marks if characters else 0,
            beyond=tuple(self._beyond(contexts, sample, longest, whole)),
        )

    def _scaled(self, sample: Sequence[_Counted], part: str) -> float:
        characters = self._asked if part == "asked" else self._answered
        seen = sum(getattr(one.kept, part) for one in sample)
        return sum(getattr(one, part) for one in sample) * characters / seen if seen else 0.0

    def _beyond(
        self, contexts: Sequence[int], sample: Sequence[_Counted], longest: Sequence[_Counted], whole: bool
    ) -> list[Beyond]:
        found = []
        for context in contexts:
            counted = sum(one.with_marks > context for one in longest)
            if not whole and counted == len(longest):
                ratio = sum(one.with_marks for one in longest) / max(1, sum(one.kept.characters for one in longest))
                counted = max(counted, sum(characters * ratio > context for characters in self._lengths))
                found.append(Beyond(context=context, rows=counted, exact=False))
            elif counted:
                found.append(Beyond(context=context, rows=counted, exact=whole))
        return found


def _counted(examples: Sequence[_Kept], count: Count, cancelled: Callable[[], bool]) -> list[_Counted]:
    done: list[_Counted] = []
    left = AT_MOST
    for one in examples:
        if cancelled() or (left <= 0 and len(done) >= LEAST):
            break
        done.append(one.counted(count))
        left -= min(one.characters, 2 * MEASURED)
    return done


def _ratio(sample: Sequence[_Counted], rows: int, characters: int) -> tuple[int, float]:
    """Return the total by the ratio of tokens to characters, and half its 95% interval as a share."""
    seen, n = sum(one.kept.characters for one in sample), len(sample)
    if not seen:
        return 0, 0.0
    ratio = sum(one.tokens for one in sample) / seen
    residues = sum((one.tokens - ratio * one.kept.characters) ** 2 for one in sample)
    spread = rows * math.sqrt(residues / max(1, n - 1) / n * max(0.0, 1 - n / rows))
    total = ratio * characters
    return round(total), Z95 * spread / total if total else 0.0
