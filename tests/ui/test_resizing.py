"""What a changed size leaves of what is shown."""

from __future__ import annotations

from advisor.ui.widgets.comparison import ComparisonPanel
from advisor.ui.widgets.plain_table import PlainTable
from tests.ui.driving import app_for
from tests.ui.events import whole_run
from tests.ui.fakes import FakeSession
from tests.ui.runs import ended


async def test_the_comparison_is_whole_again_in_a_larger_terminal() -> None:
    app = app_for(FakeSession(whole_run()))
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await ended(pilot)
        table = screen.query_one(PlainTable)
        for size in ((80, 24), (200, 50), (60, 20), (200, 50), (100, 30), (200, 50)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines = str(table.content).split("\n")
            panel = screen.query_one(ComparisonPanel)
            assert table.size.width >= min(panel.size.width, max(map(len, lines)))
            assert ("95% interval" in lines[0]) == (panel.size.width >= 72)
