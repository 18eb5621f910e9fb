"""A training process among those it trains with; alone, it is the first of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

Row = TypeVar("Row")


class Tells(Protocol):
    """Something that events are told to."""

    def append(self, kind: str, **fields: Any) -> None:
        """Tell one event."""


class Unheard:
    """What a process tells to that is not the first: events are told once."""

    def append(self, kind: str, **fields: Any) -> None:
        """Tell nobody."""


def place() -> tuple[int, int]:
    """Return which process this is, from 0 on, and of how many."""
    import torch.distributed as others

    if not (others.is_available() and others.is_initialized()):
        return 0, 1
    return others.get_rank(), others.get_world_size()


def sums(numbers: Sequence[int], device: Any) -> list[int]:
    """Return the sums over all processes; each of them has to ask."""
    if place()[1] == 1:
        return list(numbers)
    import torch
    import torch.distributed as others

    held = torch.tensor(numbers, dtype=torch.int64, device=device)
    others.all_reduce(held)
    return [int(number) for number in held.tolist()]


def own_share(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """Return the rows for this process, as many as for any other, and how many of them no other has."""
    at, of = place()
    mine = list(rows[at::of])
    # Weights that are shared out are brought together for every batch: no process may have a batch less.
    return [*mine, *rows[: -(-len(rows) // of) - len(mine)]], len(mine)
