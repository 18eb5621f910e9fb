"""The run screen."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from advisor.domain.events import Candidate, Finished, JobReported, RunEvent, StageName, StageStarted
from advisor.domain.progress import RunView
from advisor.domain.route_words import TO_DO
from advisor.errors import RunFailed
from advisor.ui.screens.choice import Choice
from advisor.ui.screens.conversation import ConversationScreen
from advisor.ui.screens.run import RunScreen
from advisor.ui.widgets.comparison import ComparisonPanel
from advisor.ui.widgets.curve import Curve
from advisor.ui.widgets.log_panel import LogPanel
from advisor.ui.widgets.plain_table import PlainTable
from advisor.ui.widgets.pulse import Pulse, Purse
from advisor.ui.widgets.run_log import RunLog
from advisor.ui.widgets.stages import StageList
from tests.ui.driving import app_for, reply, settled
from tests.ui.events import BEGAN, until, whole_run
from tests.ui.fakes import FakeSession
from tests.ui.runs import ended, held, running


def text(screen: RunScreen, widget: type[StageList] | type[Pulse]) -> str:
    shown = screen.query_one(widget)
    return shown.as_text if isinstance(shown, StageList) else str(shown.content)


async def test_a_run_in_hand_shows_stage_progress_meter_and_life() -> None:
    session = held("optimize")
    app = app_for(session, later=50)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await running(pilot)
        stages = text(screen, StageList).splitlines()
        assert stages[0].startswith("✓ split")
        assert "52 of 80 rows, 1 failed" in stages[1]
        assert stages[2].startswith("▶ optimize")
        assert "35 of 80" in stages[2] and "7 of 13 trials, best on dev 72.2%" in stages[2]
        assert stages[3].startswith("○ teacher")
        assert "calls · " in text(screen, Pulse)
        assert "heard " in text(screen, Pulse)
        assert str(screen.query_one("#trials", Curve).content).count("●") == 7
        assert not screen.query_one("#loss", Curve).display
        session.held.set()  # type: ignore[union-attr]


async def test_the_title_names_the_route_as_people_read_it() -> None:
    app = app_for(held("optimize"))
    async with app.run_test(size=(120, 36)) as pilot:
        title = str((await running(pilot)).query_one("#title-left", Static).content)
        assert TO_DO["distillation"] in title and "distillation" not in title


async def test_a_stage_that_trains_expects_a_training() -> None:
    async with app_for(held("baseline")).run_test(size=(120, 36)) as pilot:
        lines = text(await running(pilot), StageList).splitlines()
        [train] = [line for line in lines if " train " in line and "expects" in line]
        assert "expects a training and about" in train
        assert sum("a training" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("stage", "silent", "shown"),
    [
        ("optimize", 5, "● heard 5 s"),
        ("optimize", 60, "◌ waiting for an answer"),
        ("optimize", 130, "! nothing for"),
        ("train", 130, "◌ waiting for the training"),
        ("train", 1000, "! nothing for 1,000 s"),
    ],
)
def test_waiting_and_stuck_look_different(stage: StageName, silent: float, shown: str) -> None:
    view = RunView()
    for event in until(stage):
        view = view.after(event)
    assert view.last_sign_of_life is not None
    pulse = Pulse()
    pulse.show(view, Purse(), None, view.last_sign_of_life + silent)
    assert shown in str(pulse.content)


@pytest.mark.parametrize(
    ("stage", "status", "shown"),
    [
        ("train", None, "waiting for the training"),
        ("train", "queued", "waiting for the training"),
        ("train", "succeeded", "waiting for an answer"),
        ("together", None, "waiting for an answer"),
        ("together", "running", "waiting for the training"),
    ],
)
def test_what_is_waited_for_is_the_training_while_there_is_one(
    stage: StageName, status: str | None, shown: str
) -> None:
    view = RunView().after(StageStarted(t=100.0, stage=stage))
    if status:
        candidate: Candidate = "together" if stage == "together" else "tuned"
        view = view.after(JobReported(t=100.0, job_id="1", candidate=candidate, status=status, message=""))
    pulse = Pulse()
    pulse.show(view, Purse(), None, 160.0)
    assert shown in str(pulse.content)


async def test_the_end_shows_and_tells_the_comparison_and_keeps_the_log() -> None:
    session = FakeSession(whole_run())
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await ended(pilot)
        panel = screen.query_one(ComparisonPanel)
        assert panel.display
        rows = str(panel.query_one(PlainTable).content).splitlines()
        assert "95% interval" in rows[0]
        assert len(rows) == 5
        assert rows[1].startswith("→  plain program")
        assert "practice model answered" in panel.as_text()
        assert "Done." in text(screen, Pulse)
        assert session.view is not None
        log = screen.query_one(RunLog)
        lines = log.as_text.splitlines()
        assert len(lines) == len(session.view.log)
        assert any("! loud [red]log[/red] line" in line for line in lines)
        assert not screen.query_one(LogPanel).display
        await pilot.press("l")
        assert screen.query_one(LogPanel).display
        assert not screen.query_one("#body").display
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, ConversationScreen)
        assert session.calls == ["run", "after_run"]
        await pilot.press("f4")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
        assert app.screen.query_one(ComparisonPanel).display
        await pilot.press("f5")
        assert "plain program" in app.clipboard


async def test_training_shows_its_loss_and_cancelling_asks_first() -> None:
    session = held("train")
    app = app_for(session)
    async with app.run_test() as pilot:
        screen = await running(pilot)
        assert screen.query_one("#loss", Curve).display
        assert "step 20 of 40" in text(screen, StageList)
        await pilot.press("c")
        assert isinstance(app.screen, Choice)
        await pilot.press("escape")
        assert session.calls == ["run"]
        await pilot.press("c", "n")
        assert session.calls == ["run"]
        await pilot.press("c", "y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert session.calls == ["run", "cancel_run", "after_run"]


async def test_a_run_can_be_left_running() -> None:
    session = held("optimize")
    app = app_for(session)
    async with app.run_test() as pilot:
        await running(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, RunScreen)
        await pilot.press("c", "d")
        await pilot.pause()
        assert session.calls == ["run", "leave_running"]
        assert isinstance(app.screen, ConversationScreen)


@pytest.mark.parametrize(
    ("way", "calls", "code"),
    [("d", ["run", "leave_running", "close"], 0), ("c", ["run", "cancel_run", "close"], 130)],
)
async def test_closing_while_running_asks(way: str, calls: list[str], code: int) -> None:
    session = held("optimize")
    app = app_for(session)
    async with app.run_test() as pilot:
        await running(pilot)
        await pilot.press("ctrl+q")
        assert isinstance(app.screen, Choice)
        await pilot.press("ctrl+q", "s")
        assert isinstance(app.screen, RunScreen)
        assert session.calls == ["run"]
        await pilot.press("ctrl+c")
        assert session.calls == ["run"]
        await pilot.press("ctrl+q", way)
    assert [call for call in session.calls if call != "after_run"] == calls
    assert app.return_code == code


async def test_a_run_that_cannot_start_is_said_in_the_conversation() -> None:
    class Refusing(FakeSession):
        async def cancel_run(self, *, at_once: bool = False) -> None:
            raise RunFailed("Not now.")

        async def after_run(self):  # type: ignore[no-untyped-def]
            raise RunFailed("The project did not start.", "No [python].", "Install it.")

    app = app_for(Refusing())
    async with app.run_test() as pilot:
        await ended(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)
        assert "No [python]." in app.screen.all_text()


async def test_a_failed_run_says_why() -> None:
    events: list[RunEvent] = [
        *until("optimize"),
        Finished(t=BEGAN + 90, outcome="failed", why="Disk [full].", exit_code=7),
    ]
    app = app_for(FakeSession(events))
    async with app.run_test() as pilot:
        screen = await ended(pilot)
        assert "The run failed. Disk [full]." in text(screen, Pulse)
        assert not screen.query_one(ComparisonPanel).display


async def test_no_size_breaks_a_screen() -> None:
    app = app_for(FakeSession(whole_run()))
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        await every_size(pilot)
        await reply(pilot, "by hand")
        await pilot.press("f2")
        await every_size(pilot)
        await pilot.press("f3")
        await every_size(pilot)
        await pilot.press("f2", "y", "r")
        await settled(pilot)
        await app.workers.wait_for_complete()
        await every_size(pilot)
        await pilot.press("l")
        await every_size(pilot)
        assert isinstance(app.screen, RunScreen)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)


async def every_size(pilot: Pilot[None]) -> None:
    for size in ((20, 5), (40, 12), (60, 20), (1, 1)):
        await pilot.resize_terminal(*size)
        await pilot.pause()


async def test_a_letter_typed_on_the_run_screen_leaves_nothing_without_asking() -> None:
    session = held("optimize")
    app = app_for(session)
    async with app.run_test() as pilot:
        await running(pilot)
        await pilot.press("d")
        assert isinstance(app.screen, Choice)
        await pilot.press("escape")
        assert isinstance(app.screen, RunScreen)
        assert session.calls == ["run"]
        await pilot.press("d", "y")
        await pilot.pause()
        assert session.calls == ["run", "leave_running"]


async def test_a_run_keeps_what_it_might_cost_when_its_result_leaves_no_plan() -> None:
    session = FakeSession(whole_run())
    session.concludes_without_plan = True
    app = app_for(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await reply(pilot, "by hand")
        assert session.plan is not None
        billed = session.plan.host.model_copy(update={"free": False})
        session.plan = session.plan.model_copy(update={"budget_usd": 50.0, "host": billed})
        await reply(pilot, "y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert session.plan is None and isinstance(app.screen, RunScreen)
        assert " of $50.00" in text(app.screen, Pulse)
        await pilot.press("escape", "f4")
        await pilot.pause()
        assert " of $50.00" in text(app.screen, Pulse)
