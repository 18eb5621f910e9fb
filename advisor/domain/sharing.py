"""A model that is too large for one card: its weights shared out among several of a kind.

The formula is that of one card with weights, gradients and the optimizer's memory divided (FSDP); it is ours and was
not validated on a GPU. QLoRA is not among it: there each card holds a copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple, TypeVar

from advisor.domain import fit
from advisor.domain.facts import Gpu
from advisor.domain.fit import Band, Method, Work
from advisor.domain.model_shape import Shape
from advisor.domain.plan import Tuning

COUNTS = (2, 4, 8)
"""Cards of a kind that clouds have in one machine."""
Kind = TypeVar("Kind", bound=Hashable)


class Cards(NamedTuple):
    """Cards of a kind in one machine of a cloud, by SkyPilot's name."""

    name: str
    number: int = 1

    def __str__(self) -> str:
        """Write them as SkyPilot does: H100, H100:4."""
        return self.name if self.number == 1 else f"{self.name}:{self.number}"


class Together(NamedTuple):
    """What each of several cards takes."""

    cards: int
    need_gib: float
    band: Band


def joined(count: int) -> int:
    """Return how many of so many cards train together: the rows of a step are shared out evenly."""
    return max(n for n in range(1, max(count, 1) + 1) if Tuning().batch % n == 0)


def together(shape: Shape, method: Method, work: Work, free_gib: float, count: int) -> Together | None:
    """Judge so many cards of a kind, with so much memory free on each; None where weights are not shared out."""
    cards = joined(count)
    if cards < 2 or method == "qlora":
        return None
    need = fit.need(shape, method, _on_each(work, cards), cards).gib
    return Together(cards, need, fit.band_of(need, free_gib))


def fits_together(shape: Shape, method: Method, work: Work, cards: Sequence[Gpu]) -> bool:
    """Return whether a model fits when it is shared out among the largest of these cards."""
    if not cards:
        return False
    kind, count = most_of_a_kind([(card.gib, card.name) for card in cards])
    judged = together(shape, method, work, kind[0], count)
    return judged is not None and judged.band != "does not fit"


def most_of_a_kind(kinds: Sequence[Kind]) -> tuple[Kind, int]:
    """Return the largest kind and how many there are; what is largest is said by its first part."""
    return max(Counter(kinds).items(), key=lambda one: (one[0], one[1]))


def sets(shape: Shape, method: Method, work: Work) -> tuple[Cards, ...]:
    """Return the cards of the clouds of which several hold it."""
    found: list[Cards] = []
    for gib, names in fit.CARDS:
        enough = (n for n in COUNTS if (one := together(shape, method, work, gib, n)) and one.band != "does not fit")
        if (count := next(enough, None)) is not None:
            found += [Cards(name, count) for name in names]
    return tuple(found)


def _on_each(work: Work, cards: int) -> Work:
    return work._replace(batch=-(-work.batch // cards))
