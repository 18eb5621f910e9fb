"""The Textual front end: screens over one session object.

Only Textual itself is imported before the first paint; the screens and what they need come behind it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from advisor.interrupting import INTERRUPTED, on_signals
from advisor.ui.shell import Shell

if TYPE_CHECKING:
    from advisor.domain.dialogue import Offer
    from advisor.ui.port import Beginning
    from advisor.ui.screens.base import TakeUp


class AdvisorApp(Shell):
    """One conversation in a terminal."""

    TITLE = "advisor"
    CSS_PATH = Path(__file__).with_name("advisor.tcss")
    # Textual declares these two as instance variables.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    def __init__(
        self, beginning: Callable[[], Beginning], data: Path | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__()
        self.clock = clock
        """Unix time, as the events of a run have it."""
        self._begin = beginning
        self._data = data

    def compose(self) -> ComposeResult:
        """Paint at once; what the conversation needs is imported behind it."""
        yield Static(" advisor", markup=False)

    def on_mount(self) -> None:
        """Begin after the first paint; a closed terminal ends what the session started."""
        on_signals(lambda: self.exit(return_code=INTERRUPTED))
        self.call_after_refresh(self._start)

    async def _start(self) -> None:
        from advisor.ui.themes import HIGH_CONTRAST

        self.register_theme(HIGH_CONTRAST)
        self._beginning = self._begin()
        offers = () if self._data else await asyncio.to_thread(self._beginning.offers)
        if any(offer.target for offer in offers):
            self._choose(offers)
        else:
            await self._converse()

    async def _converse(self, offer: Offer | None = None, typed: str = "") -> None:
        """Open a conversation in place of the one before."""
        from advisor.errors import AdvisorError
        from advisor.ui.screens.conversation import ConversationScreen

        browse = offer is not None and offer.kind == "data"
        try:
            session = self._beginning.begin(None if browse else offer, self._data)
        except AdvisorError as error:
            if self.session is None and offer is None:
                self.exit(return_code=error.exit_code, message=str(error))
                return
            self.notify(str(error), severity="error", markup=False)
            if self.session is None:
                self.action_resume()
            return
        about = self._data.name if self._data else ""
        before, self.session, self._data = self.session, session, None
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if before is not None and before is not session:
            await before.close()
        await self.push_screen(ConversationScreen(session, self.clock, about=about, browse=browse, typed=typed))

    async def on_take_up(self, message: TakeUp) -> None:
        """Go on with a conversation that was left, in place of the one that is open."""
        await self._converse(message.offer)

    def _choose(self, offers: tuple[Offer, ...]) -> None:
        from advisor.ui.screens.start import StartScreen

        async def chosen(choice: tuple[Offer | None, str] | None) -> None:
            if choice is not None:
                await self._converse(*choice)

        self.push_screen(StartScreen(offers, returning=self.session is not None), chosen)

    @work(exclusive=True, group="resume")
    async def action_resume(self) -> None:
        """Offer the other conversations and runs."""
        if self.followed:
            self.notify("A run is going. Leave it running or cancel it before you open another.", markup=False)
        elif not isinstance(self.screen, ModalScreen):
            self._choose(await asyncio.to_thread(self._beginning.offers))


def run_app(beginning: Callable[[], Beginning], data: Path | None = None) -> int:
    """Show conversations until the user leaves, the first about `data`; return the exit code.

    `beginning` is called behind the first paint, so that what it imports does not delay it.
    """
    app = AdvisorApp(beginning, data)
    app.run()
    return app.return_code or (app.session.exit_code if app.session else 0)
