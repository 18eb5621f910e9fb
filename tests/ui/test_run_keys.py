"""Every key of the run screen, at three sizes, and what each one shows."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from advisor.domain.events import Finished, GatePassed, JobReported, RunEvent
from advisor.ui.screens.choice import Choice
from advisor.ui.screens.reading import ReadingScreen
from advisor.ui.screens.rows import RowsScreen
from advisor.ui.screens.stage import StageScreen
from advisor.ui.widgets.comparison import ComparisonPanel
from advisor.ui.widgets.curve import Curve
from advisor.ui.widgets.lines import Lines, Rows
from advisor.ui.widgets.log_panel import LogPanel
from advisor.ui.widgets.pairs import PairList
from advisor.ui.widgets.pulse import Pulse
from advisor.ui.widgets.stages import StageList
from tests.ui.alone import Alone, drawn, held, planned, run_screen
from tests.ui.events import BEGAN, until, whole_run
from tests.ui.fakes import FakeSession
from tests.ui.samples import NASTY

SIZES = [(60, 20), (80, 24), (200, 50)]


def told(app: Alone) -> str:
    return [note.message for note in app._notifications][-1]


Kind = TypeVar("Kind", bound=Screen[Any])


def shown(app: Alone, kind: type[Kind]) -> Kind:
    assert isinstance(app.screen, kind)
    return app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_stages_are_chosen_and_looked_into(size: tuple[int, int]) -> None:
    session = held("train")
    app = Alone(run_screen(session))
    async with app.run_test(size=size) as pilot:
        screen = await drawn(pilot, session)
        stages, scores = screen.query_one(StageList), screen.query_one("#trials", Curve)
        assert app.focused is stages and stages.cursor is None
        assert "teacher" in str(scores.content)
        await press(pilot, "up")
        assert stages.chosen is not None and stages.chosen.name == "train"
        await press(pilot, "up", "up", "up")
        screen._paint_all()
        assert stages.chosen.name == "optimize" and "optimize" in str(scores.content)
        await press(pilot, "enter")
        inside = app.screen
        assert isinstance(inside, StageScreen)
        text = inside.all_text()
        for part in (
            "dev rows",
            "64 of 80 right",
            "trials",
            "  13     77%",
            "the best instructions so far",
            "Read the",
        ):
            assert part in text
        assert "said during this stage" in text and "optimize began" in text and "baseline began" not in text
        assert "\x1b" not in text and "\u202e" not in text and "[bold red]x[/]" in text
        await press(pilot, "r")
        assert "16 dev rows missed" in shown(app, RowsScreen).named
        await press(pilot, "down", "c")
        assert "no usable answer" in app.clipboard or "[bold red]" in app.clipboard
        await press(pilot, "escape", "f5")
        assert app.clipboard == text
        await press(pilot, "escape")
        assert app.screen is screen and stages.chosen.name == "optimize"
        await press(pilot, "escape")
        assert stages.cursor is None and screen.following
        await press(pilot, "escape")
        assert "The run goes on" in told(app)
        session.held.set()  # type: ignore[union-attr]


async def test_a_stage_is_chosen_with_the_mouse_and_its_inside_goes_on() -> None:
    session = held("optimize")
    app = Alone(run_screen(session))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await drawn(pilot, session)
        stages = screen.query_one(StageList)
        await pilot.click(StageList, offset=(10, 2))
        assert stages.chosen is not None and stages.chosen.name == "baseline"
        await pilot.double_click(StageList, offset=(10, 3))
        await pilot.pause()
        assert isinstance(app.screen, StageScreen)
        assert "trial 7 of 13" in app.screen.all_text()
        for event in list(until("optimize", 0.9))[len(until("optimize")) :]:
            screen.view = screen.view.after(event)
        screen._paint_all()
        assert "trial 12 of 13" in app.screen.all_text()
        session.held.set()  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
async def test_the_log_is_searched(size: tuple[int, int]) -> None:
    session = held("train")
    app = Alone(run_screen(session))
    async with app.run_test(size=size) as pilot:
        screen = await drawn(pilot, session)
        panel, log = screen.query_one(LogPanel), screen.query_one(LogPanel).lines
        await press(pilot, "l")
        assert app.focused is log and not screen.query_one("#body").display
        assert "output.log" in str(panel.query_one("#log-file", Static).content)
        assert log.is_vertical_scroll_end
        await press(pilot, "slash", *"trial 1")
        found = panel.query_one("#found", Static)
        assert panel.query_one(Input).has_focus and str(found.content) == "10 of 10"
        await press(pilot, "enter", "n")
        assert screen.focused is log and str(found.content) == "1 of 10"
        assert log.cursor is not None and "trial 1 of 13" in log.shown[log.cursor].plain
        assert log.scroll_offset.y <= log.cursor < log.scroll_offset.y + log.size.height
        await press(pilot, "n", "N", "N")
        assert str(found.content) == "10 of 10"
        await press(pilot, "f")
        assert log.as_text.count("\n") == 9 and "matches only" in str(found.content)
        await press(pilot, "f", "slash", "x", "y")
        assert str(found.content) == "not found"
        await press(pilot, "escape")
        assert not panel.searching and not log.search and screen.has_class("-log")
        assert screen.check_action("leave", ()) and panel.check_action("next", ()) is False
        await press(pilot, "escape")
        assert not screen.has_class("-log") and screen.query_one(StageList).has_focus
        session.held.set()  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
async def test_questions_before_a_run_is_left_or_cancelled(size: tuple[int, int]) -> None:
    session = held("optimize")
    app = Alone(run_screen(session))
    async with app.run_test(size=size) as pilot:
        screen = await drawn(pilot, session)
        assert screen.check_action("report", ()) is False
        for key in ("c", "d"):
            await press(pilot, key)
            assert isinstance(app.screen, Choice)
            await press(pilot, "escape")
        assert session.calls == ["run"]
        await press(pilot, "e")
        assert isinstance(app.screen, ReadingScreen) and "No space left" in app.screen.all_text()
        await press(pilot, "escape", "d", "y")
        assert session.calls == ["run", "leave_running"] and len(app.results) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_comparison_opens_its_rows_and_its_report(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    session = planned(FakeSession(whole_run()))
    app = Alone(run_screen(session))
    async with app.run_test(size=size) as pilot:
        screen = await drawn(pilot, session)
        panel, pairs = screen.query_one(ComparisonPanel), screen.query_one(PairList)
        picture = str(panel.query_one("#intervals", Static).content)
        assert picture.count("●") == 4 and "60%" in picture and max(map(len, picture.splitlines())) <= size[0] - 4
        assert app.focused is pairs
        assert [line.split("  ")[0] for line in pairs.as_text.splitlines()] == [
            "prompts − plain", "tuned − plain", "tuned − prompts",
        ]  # fmt: skip
        assert any("┆" in line or "┼" in line for line in pairs.as_text.splitlines())
        await press(pilot, "down", "down", "up", "enter")
        rows = app.screen
        assert isinstance(rows, RowsScreen) and rows.named.startswith("prompts − plain: ")
        pair = pairs.pairs[0]
        lines = rows.query_one(Rows).as_text.splitlines()
        assert sum(line.startswith("✓ fixed") for line in lines) == pair.fixed
        assert sum(line.startswith("✗ broken") for line in lines) == pair.broken
        assert lines[0].startswith("✗ broken") and "\x1b" not in rows.all_text()
        await press(pilot, "down", "c")
        assert app.clipboard.startswith("row ")
        await press(pilot, "f5", "escape")
        assert app.clipboard.count("right   refund") == pair.fixed + pair.broken
        assert app.screen is screen
        await press(pilot, "s")
        assert app.clipboard.endswith("report.md") and "report.md" in told(app)
        await press(pilot, "o")
        assert "No editor is set" in told(app)
        await press(pilot, "pagedown", "pageup", "home", "end")
        assert screen.check_action("details", ()) is False and screen.check_action("cancel", ()) is False
        await press(pilot, "f5")
        assert "prompts − plain" in app.clipboard
        assert ("95% interval" in app.clipboard.splitlines()[0]) == (size[0] >= 80)
        await press(pilot, "escape")
        assert len(app.results) == 1


@pytest.mark.parametrize("target", [0.55, 0.75, 0.9, 1.0])
@pytest.mark.parametrize("size", SIZES)
async def test_the_target_is_named_under_its_own_line(size: tuple[int, int], target: float) -> None:
    session = planned(FakeSession(whole_run()))
    assert session.plan is not None
    gates = session.plan.gates.model_copy(update={"target_score": target})
    session.plan = session.plan.model_copy(update={"gates": gates})
    app = Alone(run_screen(session))
    async with app.run_test(size=size) as pilot:
        screen = await drawn(pilot, session)
        picture = str(screen.query_one(ComparisonPanel).query_one("#intervals", Static).content)
        *candidates, named, axis = picture.splitlines()
        at = named.index("┆")
        assert named.strip(" ┆") == f"the target, {target:.0%}" and axis.strip().endswith("%")
        assert all(line.ljust(at + 1)[at] in "┆┼├┤●" for line in candidates)
        assert len(named) <= size[0] - 4


@pytest.mark.parametrize("size", SIZES)
async def test_a_failure_is_a_sentence_and_its_details_are_one_key_away(size: tuple[int, int]) -> None:
    words = "The process ended without reporting a result (exit code 1). Its last lines:\nOSError: [full]\nbye"
    events: list[RunEvent] = [
        *until("train"),
        JobReported(t=BEGAN + 200, job_id="job-1", status="failed", message=f"quota {NASTY}"),
        Finished(t=BEGAN + 201, outcome="failed", why=words, try_this="Free some room and resume.", exit_code=7),
    ]
    session = planned(FakeSession(events))
    app = Alone(run_screen(session))
    async with app.run_test(size=size) as pilot:
        screen = await drawn(pilot, session)
        shown = str(screen.query_one(Pulse).content)
        assert "The run failed. The process ended without reporting a result (exit code 1). Free some room" in shown
        assert "Its last lines" not in shown and "e shows the details" in shown
        await press(pilot, "e")
        text = app.screen.query_one(Lines).as_text
        for part in ("OSError: [full]", "the last word of the training host", "quota [bold red]x[/]", "No space left"):
            assert part in text
        assert "\x1b" not in text
        await press(pilot, "pagedown", "escape", "escape")
        assert len(app.results) == 1


async def test_the_end_takes_nothing_from_who_is_reading() -> None:
    session = planned(FakeSession(whole_run()))
    session.held = asyncio.Event()
    app = Alone(run_screen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await drawn(pilot, session)
        await press(pilot, "l", "pageup")
        session.held.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.has_class("-log") and screen.query_one(LogPanel).display
        assert app.focused is screen.query_one(LogPanel).lines
        assert "The run has ended" in told(app)
        await press(pilot, "escape")
        assert screen.query_one(ComparisonPanel).display


async def test_the_money_is_a_bar_with_words() -> None:
    session = held("optimize")
    assert session.plan is not None and session.forecast is not None
    host = session.plan.host.model_copy(update={"free": False})
    session.plan = session.plan.model_copy(update={"budget_usd": 20.0, "host": host})
    span = session.forecast.calls.model_copy(update={"low": 3.0, "likely": 6.1, "high": 9.0})
    session.forecast = session.forecast.model_copy(update={"dollars": span})
    app = Alone(run_screen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await drawn(pilot, session)
        meter = screen.view.meter.model_copy(update={"dollars": 11.84})
        screen.view = screen.view.model_copy(update={"meter": meter})
        screen._paint_all()
        line = str(screen.query_one(Pulse).content).splitlines()[1]
        assert line == "━━━━━━┼━━━━━────────  $11.84 of $20.00, likely $6.10 in all, 59%"
        meter = meter.model_copy(update={"unpriced_calls": 3, "dollars": 40.0})
        screen.view = screen.view.model_copy(update={"meter": meter})
        screen._paint_all()
        assert "$40.00 or more of $20.00" in str(screen.query_one(Pulse).content)
        session.held.set()  # type: ignore[union-attr]


async def test_hostile_names_stay_text() -> None:
    gate = GatePassed(t=BEGAN + 60, gate="traces", outcome="warn", reason=NASTY)
    session = held("optimize")
    app = Alone(run_screen(session))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await drawn(pilot, session)
        screen.view = screen.view.after(gate)
        screen._paint_all()
        await pilot.pause()
        painted = "\n".join("".join(segment.text for segment in strip) for strip in screen._compositor.render_strips())
        assert "[bold red]x[/]" in painted and "\x1b" not in painted and "\u202e" not in painted
        session.held.set()  # type: ignore[union-attr]
