"""A pane over a screen, closed with Escape."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from advisor.ui.screens.leaving import LeftOnce

Result = TypeVar("Result")


class Pane(ModalScreen["Result | None"], LeftOnce["Result | None"], Generic[Result]):
    """Lies over the screen without moving it; Escape closes it and returns nothing."""

    CSS_PATH = "pane.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "close")]

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss(None)
