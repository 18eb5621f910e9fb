"""A screen that is left once, however fast its keys come."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")


class LeftOnce(Screen[Result], Generic[Result]):
    """Base of the screens that give a result: a key behind the one that left it would leave what is below, too."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result, unless it is left already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
