"""The log of a run with its search."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from advisor.domain.run_log import LINES_KEPT, Log
from advisor.ui.text import line
from advisor.ui.widgets.run_log import RunLog


class LogPanel(Vertical):
    """The newest lines, what is searched for in them, and where all of them lie on disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next(1)", "next"),
        Binding("N", "next(-1)", "before", key_display="N"),
        Binding("f", "only_matches", "matches only"),
        Binding("escape", "leave_search", "end search"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._file = ""
        self._said = 0
        self._told = ""
        self._counted: tuple[int, int, str, bool] | None = None

    def compose(self) -> ComposeResult:
        """The lines, the search, the place on disk."""
        yield RunLog()
        with Horizontal(id="search"):
            yield Static("/ ", markup=False)
            yield Input(placeholder="search the log", compact=True)
            yield Static(markup=False, id="found")
        yield Static(markup=False, id="log-file")

    @property
    def lines(self) -> RunLog:
        """The lines themselves."""
        return self.query_one(RunLog)

    @property
    def searching(self) -> bool:
        """Whether something is searched for."""
        return self.has_class("-searching")

    def tell(self, log: Log, file: str) -> None:
        """Say where all of a log lies, and how much of it is shown."""
        if (log.said, file) != (self._said, self._file):
            self._said, self._file = log.said, file
            newest = f"the newest {LINES_KEPT:,} of {log.said:,} lines; " if log.said > LINES_KEPT else ""
            # A path is cut nowhere: it is there to be copied.
            told = f"{newest}all of it: {line(file, 1000)}" if file else newest
            self.query_one("#log-file", Static).update(told, layout=self.size.height > 0 and file not in self._told)
            self._told = told
        self._count()

    def search(self) -> None:
        """Begin to search, or change what is searched for."""
        self.add_class("-searching")
        self.query_one(Input).focus()
        self.refresh_bindings()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self.lines.find(message.value)
        self._count()

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.lines.focus()

    def _count(self) -> None:
        log = self.lines
        if (log.place, len(log.matches), log.search, log.only_matches) == self._counted:
            return
        self._counted = (log.place, len(log.matches), log.search, log.only_matches)
        found = f"{log.place:,} of {len(log.matches):,}" if log.matches else "not found" if log.search else ""
        told = f"{found}, matches only" if log.only_matches else found
        self.query_one("#found", Static).update(told, layout=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of a search only during one."""
        return self.searching if action in ("next", "only_matches", "leave_search") else True

    def action_next(self, by: int) -> None:
        """Go to the next match, or the one before."""
        self.lines.go(by)
        self._count()

    def action_only_matches(self) -> None:
        """Hide or show the lines without a match."""
        self.lines.show_only_matches(not self.lines.only_matches)
        self._count()

    def action_leave_search(self) -> None:
        """End the search; what was in view stays there."""
        if not self.searching:
            raise SkipAction
        self.remove_class("-searching")
        self.query_one(Input).value = ""
        self.lines.find("")
        self.lines.focus()
        self.refresh_bindings()
