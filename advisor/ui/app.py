"""The Textual front end: screens over one session object."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from advisor.ui.port import SessionPort
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.choice import Choice, Way
from advisor.ui.screens.conversation import ConversationScreen

RUNNING = "A run is going. What is done so far is kept either way."
INTERRUPTED = 130


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

    def __init__(self, session: SessionPort, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.session = session
        self.clock = clock
        """Unix time, as the events of a run have it."""

    def on_mount(self) -> None:
        """Begin with the conversation."""
        self.push_screen(ConversationScreen(self.session, self.clock))

    async def on_unmount(self) -> None:
        """End what the session started, however the app ends."""
        await self.session.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what this screen can copy beside Textual's own commands."""
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
        if isinstance(self.screen, Choice):
            return
        if any(isinstance(screen, AdvisorScreen) and screen.unfinished for screen in self.screen_stack):
            ways = (Way("s", "stay"), Way("d", "leave, and let the run go on"), Way("c", "cancel the run, and leave"))
            self.push_screen(Choice(RUNNING, *ways), self._leave_run)
        else:
            self.exit()

    async def _leave_run(self, way: str | None) -> None:
        if way == "d":
            self.session.leave_running()
            self.exit()
        elif way == "c":
            await self.session.cancel_run()
            self.exit(return_code=INTERRUPTED)


def run_app(session: SessionPort) -> int:
    """Show a session until the user leaves and return the exit code."""
    app = AdvisorApp(session)
    app.run()
    return app.return_code or session.exit_code
