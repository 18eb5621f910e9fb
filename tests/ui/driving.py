"""Steps every test of the screens takes."""

from __future__ import annotations

from textual.pilot import Pilot

from advisor.ui.app import AdvisorApp
from advisor.ui.port import Ready
from advisor.ui.widgets.prompt import Prompt
from tests.ui.events import BEGAN
from tests.ui.fakes import FakeSession


def app_for(session: FakeSession, later: float = 60.0) -> AdvisorApp:
    """Return the app on a session, its clock stopped `later` seconds after the run began."""
    return AdvisorApp(lambda: Ready(session), clock=lambda: BEGAN + later)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is being worked on."""
    while len(pilot.app.screen_stack) == 1:  # the first screen comes behind the first paint
        await pilot.pause()
    # What is held never ends, so it is not waited for; an empty list would mean every worker.
    if ending := [worker for worker in pilot.app.workers if worker.group not in ("run", "closer")]:
        await pilot.app.workers.wait_for_complete(ending)
    await pilot.pause()


async def reply(pilot: Pilot[None], text: str) -> None:
    """Send a reply and wait for the turn after it."""
    prompt = pilot.app.screen.query_one(Prompt)
    prompt.text = text
    prompt.action_send()
    await pilot.pause()
    await settled(pilot)
