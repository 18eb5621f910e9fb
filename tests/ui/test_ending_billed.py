"""A run at a host that bills: asked to end again, the screen says what is waited for, and nothing is cut short."""

from __future__ import annotations

import pytest

from advisor.domain.plan import Driver
from advisor.ui.screens.choice import Choice
from tests.ui.fakes import FakeSession
from tests.ui.runs import ending_slowly

WAITED_FOR = {
    "together": "A training job and an endpoint at the host, where there are any, are ended first",
    "openai": "A training job at the host, where there is one, is cancelled first",
}


def at_host(session: FakeSession, driver: Driver) -> None:
    assert session.plan is not None
    host = session.plan.host.model_copy(update={"driver": driver, "free": False})
    session.plan = session.plan.model_copy(update={"host": host, "practice": False})


@pytest.mark.parametrize("driver", ["together", "openai"])
@pytest.mark.parametrize("keys", [("c", "y", "c"), ("ctrl+q", "c", "ctrl+q")])
async def test_a_second_time_says_what_is_waited_for(driver: Driver, keys: tuple[str, str, str]) -> None:
    async with ending_slowly() as (session, app, pilot):
        at_host(session, driver)
        await pilot.press(*keys[:2])
        await pilot.pause()
        await pilot.press(keys[2])
        await pilot.pause()
        said = [notice.message for notice in app._notifications]
        assert len(said) == 2 and all(WAITED_FOR[driver] in text and "seconds at most" in text for text in said)
        assert not isinstance(app.screen, Choice) and "cancel_run at once" not in session.calls
        assert session.ending is not None
        session.ending.set()
        await app.workers.wait_for_complete()
    assert session.calls.count("cancel_run") == 1


async def test_a_checkpoint_can_be_given_up_and_the_question_says_what_stays() -> None:
    async with ending_slowly() as (session, app, pilot):
        at_host(session, "local")
        await pilot.press("c", "y")
        await pilot.pause()
        await pilot.press("c")
        assert isinstance(app.screen, Choice) and "its last whole checkpoint stays" in app.screen.question
        await pilot.press("y")
        await app.workers.wait_for_complete()
    assert "cancel_run at once" in session.calls
