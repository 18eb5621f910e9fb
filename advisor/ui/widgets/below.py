"""A mark that there is something further down."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Below(Static):
    """How many messages wait further down; a click goes there."""

    unread: reactive[int] = reactive(0)

    @dataclass
    class Wanted(Message):
        """The reader wants to see them."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def watch_unread(self, unread: int) -> None:
        """Show the count, or nothing."""
        self.display = unread > 0
        self.update(f"↓ {unread} new {'message' if unread == 1 else 'messages'} below. Ctrl+End or a click goes there.")

    def on_click(self) -> None:
        """Tell that someone wants to read on."""
        self.post_message(self.Wanted())
