"""The log of a run: bounded, quick, and still where it is being read."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import Selection

from advisor.domain.run_log import LINES_KEPT, Log, LogLine
from advisor.ui.widgets.log_panel import LogPanel
from advisor.ui.widgets.run_log import RunLog


def said(log: Log, *texts: str) -> Log:
    for text in texts:
        log = log.after(LogLine(1.0, "info", text))
    return log


class Logged(App[None]):
    def compose(self) -> ComposeResult:
        yield LogPanel()


def logged(app: App[Any]) -> RunLog:
    return app.query_one(LogPanel).lines


def top(log: RunLog) -> str:
    return log.shown[log.scroll_offset.y].plain[11:]


async def test_only_the_newest_lines_are_kept_and_what_is_read_stays_in_view() -> None:
    app = Logged()
    async with app.run_test(size=(80, 24)) as pilot:
        widget, log = logged(app), said(Log(), *(f"line {number}" for number in range(LINES_KEPT)))
        widget.write(log)
        await pilot.pause()
        assert widget.is_vertical_scroll_end
        widget.focus()
        await pilot.press("pageup", "pageup")
        await pilot.pause()
        reading = top(widget)
        log = said(log, *(f"more {number}" for number in range(100)))
        widget.write(log)
        await pilot.pause()
        assert len(widget.shown) == LINES_KEPT and top(widget) == reading and not widget.is_vertical_scroll_end
        await pilot.press("end")
        await pilot.pause()
        log = said(log, "last")
        widget.write(log)
        await pilot.pause()
        assert widget.is_vertical_scroll_end and widget.shown[-1].plain.endswith("last")
        widget.write(Log())
        widget.write(said(Log(), "another run"))
        assert len(widget.shown) == 1


async def test_a_match_stays_marked_while_lines_come_and_go() -> None:
    app = Logged()
    async with app.run_test(size=(80, 24)) as pilot:
        widget, log = logged(app), said(Log(), *(f"row {number}" for number in range(LINES_KEPT)))
        widget.write(log)
        widget.find("ROW 4990")
        await pilot.pause()
        assert widget.place == 1 and widget.cursor == 4990
        widget.write(said(log, *(f"row 4990{number}" for number in range(10))))
        await pilot.pause()
        assert widget.cursor == 4980 and widget.place == 1 and len(widget.matches) == 11
        widget.show_only_matches(True)
        assert widget.as_text.count("\n") == 10 and widget.cursor == 0
        widget.find("")
        assert len(widget.shown) == LINES_KEPT and widget.matches == []


async def test_nothing_moves_while_text_is_selected_and_it_is_copied_without_escapes() -> None:
    app = Logged()
    async with app.run_test(size=(80, 24)) as pilot:
        widget, log = logged(app), said(Log(), "one [b]x[/b] \x1b[31mred", "two")
        widget.write(log)
        app.screen.selections = {widget: Selection(Offset(11, 0), Offset(13, 1))}
        await pilot.pause()
        widget.write(said(log, "three"))
        assert len(widget.shown) == 2
        copied = app.screen.get_selected_text() or ""
        assert copied.startswith("one [b]x[/b] red\n") and copied.endswith(" tw")
        app.screen.clear_selection()
        await pilot.pause()
        widget.write(said(log, "three"))
        assert len(widget.shown) == 3


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=40))
def test_a_log_is_a_value_whatever_grew_from_it(steps: list[int]) -> None:
    logs: list[tuple[Log, list[str]]] = [(Log(), [])]
    for number, back in enumerate(steps):
        log, texts = logs[max(0, len(logs) - 1 - back)]
        logs.append((said(log, str(number)), [*texts, str(number)]))
    for log, texts in logs:
        assert [line.text for line in log] == texts and log.said == len(texts) == len(log)
        assert [line.text for line in log.since(1)] == texts[1:]
        assert [line.text for line in log[-2:]] == texts[-2:]


def test_a_long_log_keeps_its_newest_lines() -> None:
    log = said(Log(), *(str(number) for number in range(3 * LINES_KEPT + 7)))
    assert (len(log), log.said) == (LINES_KEPT, 3 * LINES_KEPT + 7)
    assert (log[0].text, log[-1].text) == (str(2 * LINES_KEPT + 7), str(3 * LINES_KEPT + 6))
    assert [line.text for line in log.since(log.said - 2)] == [str(log.said - 2), str(log.said - 1)]
