"""What the model writes down about labelled examples: words seen with each label.

Notes travel between prompts as text only, so whatever prompt optimization gains, it gains by its own search.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from advisor.practice.examples import Pair
from advisor.practice.words import content_words, stem

CUE_HEADING = "Typical cues for each answer, taken from examples"
TELLING = 0.3
"""Least count times log-odds of a word worth telling."""
WELL_SEEN = 6
"""Examples of a label from which a word must be seen twice."""
UNSEEN = 2
"""Examples imagined of labels not seen yet, so that the words of a first label can tell something."""
CUE_EXAMPLES, CUE_COUNT = 3, 2
"""What a cue line without counts is taken to stand for: examples of its label, and sightings of each word."""

# Each line ends with a full stop: prompts join notes without a line break between them.
_COUNTED = re.compile(r"^- (.+?) \[(\d+)\]: ([^.:\n\[\]]*)\.", re.MULTILINE)
_CUE = re.compile(r"^- (.+?): ([^.:\n\[\]]*)\.$", re.MULTILINE)
_ITEM = re.compile(r"^([^\W_][\w']*)(?: x(\d+))?$")


class Notes:
    """Counts of words per label, and the spelling to show for each stem."""

    def __init__(self) -> None:
        self.examples: Counter[str] = Counter()
        self._words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._spelling: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.examples)

    def add_examples(self, pairs: Iterable[Pair]) -> Notes:
        """Count the words of labelled examples."""
        for text, label in pairs:
            label = _one_line(label)
            self.examples[label] += 1
            for word in dict.fromkeys(content_words(text)):
                if len(word) > 1 and not word.isdigit():
                    self._count(label, word, 1)
        return self

    def add_counted(self, text: str) -> Notes:
        """Read back notes written by `counted`."""
        for label, count, listed in _COUNTED.findall(text):
            self.examples[label] += int(count)
            for word, times in _items(listed):
                self._count(label, word, times or 1)
        return self

    def add_cues(self, text: str) -> Notes:
        """Read back cue lines written by `cue_lines`, which carry no counts."""
        for label, listed in _CUE.findall(cue_block(text)):
            self.examples[label] += CUE_EXAMPLES
            for word, times in _items(listed):
                self._count(label, word, times or CUE_COUNT)
        return self

    def _count(self, label: str, word: str, times: int) -> None:
        root = stem(word)
        self._spelling.setdefault(root, word)
        self._words[label][root] += times

    def telling(self, limit: int, sightings: int | None = None) -> dict[str, list[str]]:
        """Return up to `limit` stems per label that tell it from the others, best first."""
        total: Counter[str] = Counter()
        for words in self._words.values():
            total.update(words)
        everything = sum(self.examples.values()) + UNSEEN
        told: dict[str, list[str]] = {}
        for label, words in self._words.items():
            share = self.examples[label] / everything
            least = sightings or (2 if self.examples[label] >= WELL_SEEN else 1)
            worth = {
                word: count * math.log((count + 0.2) / (share * total[word] + 0.2))
                for word, count in words.items()
                if count >= least
            }
            best = sorted(worth, key=lambda word: (-worth[word], word))[:limit]
            told[label] = [word for word in best if worth[word] > TELLING]
        return {label: words for label, words in told.items() if words}

    def counted(self, limit: int) -> str:
        """Return the notes as lines that `add_counted` can read and add to others."""
        lines = []
        for label, words in self.telling(limit, sightings=1).items():
            items = [self._shown(word, self._words[label][word]) for word in words]
            lines.append(f"- {label} [{self.examples[label]}]: {', '.join(items)}.")
        return "\n".join(lines)

    def cue_lines(self, limit: int, sightings: int | None = None) -> str:
        """Return one line of cue words per label, for an instruction."""
        return format_cues(
            {label: [self._spelling[word] for word in words] for label, words in self.telling(limit, sightings).items()}
        )

    def _shown(self, word: str, count: int) -> str:
        return f"{self._spelling[word]} x{count}" if count > 1 else self._spelling[word]


def format_cues(cues: Mapping[str, Sequence[str]]) -> str:
    """Return cue words per label as lines that a later prompt can read."""
    return "\n".join(f"- {label}: {', '.join(words)}." for label, words in cues.items())


def cue_block(instruction: str) -> str:
    """Return the cue lines under the heading in `instruction`, or nothing."""
    return instruction.partition(CUE_HEADING)[2]


def without_cues(instruction: str) -> str:
    """Return `instruction` without the heading and the cue lines under it."""
    before, found, after = instruction.partition(CUE_HEADING)
    kept = _CUE.sub("", after) if found else ""
    return "\n".join(line for line in f"{before}{kept}".splitlines() if line.strip()).strip()


def _one_line(label: str) -> str:
    return " ".join(label.split())


def _items(listed: str) -> list[tuple[str, int]]:
    found = (_ITEM.match(item.strip()) for item in listed.split(","))
    return [(item.group(1), int(item.group(2) or 0)) for item in found if item]
