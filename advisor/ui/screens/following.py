"""A run in hand: followed, left to itself or cancelled."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from advisor.domain.dialogue import Step
from advisor.domain.progress import RunView
from advisor.domain.run_end import RunEnd, run_end
from advisor.errors import AdvisorError
from advisor.ui.port import SessionPort
from advisor.ui.resting import Rest, short_collections
from advisor.ui.screens.base import AdvisorScreen
from advisor.ui.screens.choice import Choice, Way

CANCEL = "Cancel the run? Finished stages are kept and need not be paid for again."
LEAVE = "Stop watching? The run goes on by itself; `advisor attach` follows it again."


class FollowingScreen(AdvisorScreen["Step | AdvisorError | None"]):
    """Takes in the views of a run until it ends; nothing of it ends without a question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cancel", "cancel…"),
        Binding("d", "leave", "detach"),
    ]

    def __init__(self, session: SessionPort, *, follow: bool) -> None:
        super().__init__(session)
        self.following = follow
        self.view = session.view if not follow and session.view else RunView()
        """The newest view of the run."""
        self.outcome: Step | AdvisorError | None = None
        self._ending = False

    @property
    def _end(self) -> RunEnd:
        return run_end(self.session.plan)

    @property
    def unfinished(self) -> bool:
        """Whether a run is being followed."""
        return self.following

    @work(exclusive=True, group="run")
    async def follow(self) -> None:
        """Follow the run to its end."""
        views, rest = self.session.run(), Rest()
        try:
            with short_collections():
                async for view in views:
                    self.view = view
                    if rest.due:
                        await rest.take()
            self.outcome = await self.session.after_run()
        except AdvisorError as error:
            self.outcome = error
        finally:
            # Left to the garbage collector, the run's files would stay open.
            if close := getattr(views, "aclose", None):
                await close()
        self.following = False
        self.end()

    def end(self) -> None:
        """Show what the run brought."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can only be done to a run in hand."""
        return self.following if action in ("cancel", "leave") else True

    def action_cancel(self) -> None:
        """Ask, then end the run; asked again while it ends, offer to do it at once, or say what it waits for."""
        if self._ending and self._end.waits:
            self.notify(f"The run is ending. {self._end.told}.", markup=False)
            return
        if self._ending:
            at_once = f"The run is ending. End it at once? {self._end.lost}"
            self.app.push_screen(Choice(at_once, Way("n", "no, wait for it"), Way("y", "yes, at once")), self._cancel)
            return
        ways = (Way("n", "no, go on"), Way("y", "yes, cancel it"), Way("d", "stop watching, let it run"))
        self.app.push_screen(Choice(CANCEL, *ways), self._cancel)

    async def _cancel(self, way: str | None) -> None:
        if not self.following:
            return
        if way == "d":
            await self._left()
        elif way == "y":
            self._end_run(at_once=self._ending)

    @work(group="ending")
    async def _end_run(self, *, at_once: bool) -> None:
        """End the run beside what the screen does: a checkpoint may take minutes, and it can be told not to wait."""
        if not at_once and self._end.first:
            again = "" if self._end.waits else "; c once more ends it at once"
            self.notify(f"Ending the run. {self._end.told}{again}.", markup=False)
        self._ending = True
        try:
            await self.session.cancel_run(at_once=at_once)
        except AdvisorError as error:
            self.notify(str(error), severity="error", markup=False)
        finally:
            self._ending = False

    def action_leave(self) -> None:
        """Ask, then follow no longer; the run goes on."""
        self.app.push_screen(
            Choice(LEAVE, Way("n", "no, keep watching"), Way("y", "yes, leave it running")), self._leave
        )

    async def _leave(self, way: str | None) -> None:
        if way == "y" and self.following:
            await self._left()

    async def _left(self) -> None:
        self.following = False
        self.workers.cancel_group(self, "run")
        try:
            self.dismiss(await self.session.leave_running())
        except AdvisorError as error:
            self.dismiss(error)
