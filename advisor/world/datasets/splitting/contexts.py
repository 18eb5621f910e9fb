"""Questions about the same text: they go to one part together, or a score tests memory of the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from advisor.domain.dataset import MIN_GROUPS_PER_CLASS, Finding
from advisor.world.datasets.roles.tasks import CLASS_LIKE
from advisor.world.datasets.text import clean, count, key, normalize

LONG = 100
"""Mean characters of an input that is a text to be read rather than a question or an attribute, in any script."""

REPEATED = 0.8
"""Different values for each row, at most, of a text that several questions are about."""


@dataclass
class Contexts:
    """The texts that the inputs are about, where several share one."""

    fields: Sequence[str]
    task: str | None
    _values: dict[str, dict[int, int]] = field(default_factory=dict)
    """Per input field: the key of its value, by the key of the whole input."""
    _length: Counter[str] = field(default_factory=Counter)
    _rows: int = 0

    def add(self, group: int, inputs: Sequence[str]) -> None:
        """Take in one input; classes are balanced by label instead."""
        if self.task in CLASS_LIKE or len(self.fields) < 2:
            return
        self._rows += 1
        for name, text in zip(self.fields, inputs, strict=True):
            self._values.setdefault(name, {})[group] = key(normalize(text))
            self._length[name] += len(text)

    @property
    def shared(self) -> str | None:
        """The field with the texts that several inputs share, if there is one."""
        found = {name: len(set(values.values())) for name, values in self._values.items()}
        long = [
            name for name, n in found.items()
            if self._length[name] >= LONG * self._rows and n <= REPEATED * len(self._values[name])
        ]  # fmt: skip
        return min(long, key=lambda name: found[name], default=None)

    @property
    def kept_together(self) -> str | None:
        """The field whose texts stand in one part each; None where there are too few of them for that."""
        shared = self.shared
        many = shared is not None and len(set(self._values[shared].values())) >= MIN_GROUPS_PER_CLASS
        return shared if many else None

    def units(self, groups: Sequence[int]) -> Mapping[int, list[int]]:
        """Return the inputs that have to stay together, by the key of what they share."""
        units: defaultdict[int, list[int]] = defaultdict(list)
        shared = self.kept_together
        texts = self._values[shared] if shared else {}
        for group in groups:
            units[texts.get(group, group)].append(group)
        return units

    def findings(self) -> Sequence[Finding]:
        """Say that the inputs are kept together by text, or that there are too few texts for that."""
        shared = self.shared
        if shared is None:
            return ()
        texts = count(len(set(self._values[shared].values())), "text")
        what = f"{count(len(self._values[shared]), 'input')} are about {texts} in `{clean(shared, 40)}`"
        if self.kept_together is None:
            return (Finding(
                severity="warns", about="test", what=f"{what}: too few to keep some back for the test.",
                consequence="The score is of new questions about the same texts, not of new texts; add texts.",
            ),)  # fmt: skip
        return (Finding(
            severity="notes", about="test", what=f"{what}.",
            consequence="All inputs about one text stand in one part, so that the test is on texts nobody trained on.",
        ),)  # fmt: skip

    def uneven(self, parts: Mapping[str, tuple[int, int]]) -> Sequence[Finding]:
        """Say which parts got less than half of the inputs they should have; each by name, what it got and should."""
        return tuple(
            Finding(
                severity="warns" if got else "blocks", about="test",
                what=f"{count(got, 'input')} in {name} instead of {wanted:,}: those about one text stay together.",
                consequence="So few measure next to nothing; add other texts, or cut the ones with most inputs.",
            )
            for name, (got, wanted) in parts.items() if 2 * got < wanted
        )  # fmt: skip
