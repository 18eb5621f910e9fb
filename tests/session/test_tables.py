"""Another sheet chosen in the conversation: what was known of the one before is void."""

from __future__ import annotations

from pathlib import Path

from advisor.domain.facts import Fact, Facts, Source
from advisor.session import Session
from tests.world.test_datasets_tables import SHEETS
from tests.world.workbook import workbook


async def opened(tmp_path: Path, told: Facts | None = None) -> Session:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(SHEETS))
    session = Session(path, told=told)
    await session.open()
    return session


async def test_another_sheet_is_read_and_asked_about(tmp_path: Path) -> None:
    session = await opened(tmp_path)
    await session.reply("yes")
    assert session.facts.text("label_field") == "label"
    await session.reply("use the sheet Second")
    assert session.report is not None and session.report.table == "Second"
    assert (session.facts.text("label_field"), session.facts.number("rows")) == ("topic", 60)
    assert session.asked == "label_field", "the label of another sheet is another one"
    await session.reply("back")
    assert session.report.table == "Tickets" and session.facts.text("label_field") == "label"
    await session.close()


async def test_a_sheet_named_beforehand_is_the_one(tmp_path: Path) -> None:
    chosen = Fact(name="data_table", value="Second", source=Source.told, evidence="--table")
    session = await opened(tmp_path, Facts().learn(chosen))
    assert session.report is not None and session.report.table == "Second"
    await session.correct("data_table", "Nowhere")
    assert session.report.table == "Second"
    await session.correct("data_table", "Tickets")
    assert session.report.table == "Tickets" and session.facts.text("label_field") == "label"
    await session.close()
