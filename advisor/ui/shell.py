"""What frames the screens: the palette, the keys, and how the app ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from advisor.interrupting import INTERRUPTED

if TYPE_CHECKING:
    from advisor.ui.port import SessionPort

RUNNING = "A run is going. What is done so far is kept either way."


class Shell(App[None]):
    """An app over one session that ends with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "leave", priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    session: SessionPort | None = None
    _leaving = False
    """Whether the run is being ended, to leave when that is done."""

    @property
    def followed(self) -> bool:
        """Whether a run is being followed."""
        return any(getattr(screen, "unfinished", False) for screen in self.screen_stack)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what can be done on this screen."""
        from advisor.ui.commands import commands

        return commands(self, screen)

    def action_keys(self) -> None:
        """Show what every key does."""
        from advisor.ui.screens.keys import Keys

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(Keys(self.screen))

    async def on_unmount(self) -> None:
        """End what the session started, however the app ends."""
        if self.session is not None:
            await self.session.close()

    def action_help_quit(self) -> None:
        """Say how to leave; Ctrl+C copies and ends nothing."""
        self.notify("Ctrl+C copies what is selected. Ctrl+Q leaves.", markup=False)

    async def action_quit(self) -> None:
        """Leave, asking first while a run is followed."""
        from advisor.ui.screens.choice import Choice, Way

        if isinstance(self.screen, Choice):
            return
        if self._leaving:
            self._cancel_and_leave()
        elif self.followed:
            ways = (Way("s", "stay"), Way("d", "leave, and let the run go on"), Way("c", "cancel the run, and leave"))
            self.push_screen(Choice(RUNNING, *ways), self._leave_run)
        else:
            self.exit()

    async def _leave_run(self, way: str | None) -> None:
        from advisor.errors import AdvisorError

        assert self.session is not None
        try:
            if way == "d":
                await self.session.leave_running()
                self.exit()
            elif way == "c":
                self._cancel_and_leave()
        except AdvisorError as error:
            self.exit(return_code=error.exit_code, message=str(error))

    @work(group="ending")
    async def _cancel_and_leave(self) -> None:
        """Leave once the run has ended; left again meanwhile, it is ended at once, but for what is billed."""
        from advisor.domain.run_end import run_end
        from advisor.errors import AdvisorError

        assert self.session is not None
        end = run_end(self.session.plan)
        at_once, self._leaving = self._leaving, True
        if end.first and (end.waits or not at_once):
            again = "." if end.waits else "; Ctrl+Q once more leaves at once."
            self.notify(f"{'The run is ending' if at_once else 'Ending the run'}. {end.told}{again}", markup=False)
        if at_once and end.waits:
            return
        try:
            await self.session.cancel_run(at_once=at_once)
            self.exit(return_code=INTERRUPTED)
        except AdvisorError as error:
            self.exit(return_code=error.exit_code, message=str(error))
