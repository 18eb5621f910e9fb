"""Labels told in the conversation stand one a line at every width."""

from __future__ import annotations

import pytest

from advisor.domain.dialogue import Message
from advisor.domain.report_told import told
from advisor.domain.report_view import sections
from advisor.ui.widgets.paragraph import Paragraph
from advisor.ui.widgets.transcript import Transcript
from tests.domain.test_planning import report
from tests.ui.driving import app_for, settled
from tests.ui.fakes import FakeSession

COUNTS = {
    "a label with a name that is far too long for any line": 400,
    "名前の長いラベル" * 4: 300,
    " led by a space": 3,
}


@pytest.mark.parametrize("width", [60, 79, 80, 99, 100, 130, 200])
async def test_no_bar_is_broken(width: int) -> None:
    found = report(703).model_copy(update={"label_counts": COUNTS, "labelled": 703, "classes": 3})
    section = next(one for one in sections(found) if one.name == "labels")
    lines = [line for line in told(section, "t.csv").splitlines() if "█" in line]
    assert len(lines) == 3 and "' led by a space'" in lines[2]
    app = app_for(FakeSession())
    async with app.run_test(size=(width, 20)) as pilot:
        await settled(pilot)
        transcript = app.screen.query_one(Transcript)
        await transcript.say([Message(kind="says", text=f"message {number}") for number in range(30)])
        await transcript.say([Message(kind="says", text="\n".join(lines))])
        await pilot.pause()
        last = [one for one in app.screen.query(Paragraph) if "█" in one.plain][-1]
        assert last.content_region.height == len(lines)
