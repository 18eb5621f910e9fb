"""The Textual front end: screens over one session object.

Only Textual itself is imported before the first paint; the screens and what they need come behind it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from advisor.interrupting import INTERRUPTED, on_signals

if TYPE_CHECKING:
    from advisor.ui.port import SessionPort

RUNNING = "A run is going. What is done so far is kept either way."


class AdvisorApp(App[None]):
    """One conversation in a terminal."""

    TITLE = "advisor"
    CSS_PATH = Path(__file__).with_name("advisor.tcss")
    # Textual declares these two as instance variables.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "leave", priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(self, begin: Callable[[], SessionPort], clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.session: SessionPort | None = None
        self.clock = clock
        """Unix time, as the events of a run have it."""
        self._begin = begin

    def compose(self) -> ComposeResult:
        """Paint at once; what the conversation needs is imported behind it."""
        yield Static(" advisor", markup=False)

    def on_mount(self) -> None:
        """Begin the conversation after the first paint; a closed terminal ends what it started."""
        on_signals(lambda: self.exit(return_code=INTERRUPTED))
        self.call_after_refresh(self._converse)

    def _converse(self) -> None:
        from advisor.errors import AdvisorError
        from advisor.ui.screens.conversation import ConversationScreen

        try:
            self.session = self._begin()
        except AdvisorError as error:
            self.exit(return_code=error.exit_code, message=str(error))
            return
        self.push_screen(ConversationScreen(self.session, self.clock))

    async def on_unmount(self) -> None:
        """End what the session started, however the app ends."""
        if self.session is not None:
            await self.session.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what this screen can copy beside Textual's own commands."""
        from advisor.ui.screens.base import AdvisorScreen

        yield from super().get_system_commands(screen)
        if isinstance(screen, AdvisorScreen):
            yield SystemCommand("Copy", "Copy everything this screen shows as text", screen.action_copy_all)

    def action_keys(self) -> None:
        """Show or hide what every key does."""
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def action_help_quit(self) -> None:
        """Say how to leave; Ctrl+C copies and ends nothing."""
        self.notify("Ctrl+C copies what is selected. Ctrl+Q leaves.", markup=False)

    async def action_quit(self) -> None:
        """Leave, asking first while a run is followed."""
        from advisor.ui.screens.base import AdvisorScreen
        from advisor.ui.screens.choice import Choice, Way

        if isinstance(self.screen, Choice):
            return
        if any(isinstance(screen, AdvisorScreen) and screen.unfinished for screen in self.screen_stack):
            ways = (Way("s", "stay"), Way("d", "leave, and let the run go on"), Way("c", "cancel the run, and leave"))
            self.push_screen(Choice(RUNNING, *ways), self._leave_run)
        else:
            self.exit()

    async def _leave_run(self, way: str | None) -> None:
        assert self.session is not None
        if way == "d":
            await self.session.leave_running()
            self.exit()
        elif way == "c":
            await self.session.cancel_run()
            self.exit(return_code=INTERRUPTED)


def run_app(begin: Callable[[], SessionPort]) -> int:
    """Show the session that `begin` opens until the user leaves, and return the exit code."""
    app = AdvisorApp(begin)
    app.run()
    return app.return_code or (app.session.exit_code if app.session else 0)
