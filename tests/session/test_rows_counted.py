"""Every sentence with a number of rows says which rows it counts; fewer rows may leave labels too rare."""

from __future__ import annotations

import csv
from pathlib import Path

from advisor.session import Session
from tests.session.test_session import READY, said, talk


async def test_usable_rows_and_those_of_the_training_part_are_told_apart(ticket_file: Path) -> None:
    session = Session(ticket_file)
    opened = said(await session.open())
    assert "Of the 600 usable rows I would hold back 100 for the final test and 60 for choosing" in opened
    assert "and train on the other 440." in opened
    for reply in READY:
        step = await session.reply(reply)
    why = [reason.text for reason in session.recommendation.reasons]
    assert "600 usable rows are enough: about 440 to train on, the rest to choose and test by." in why
    assert "440 rows go to" in session.consent and "160 others only as questions" in session.consent
    assert step.phase == "offering"


async def test_fewer_rows_supposed_for_many_labels_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "intents.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "intent"])
        writer.writerows(
            (f"message {n} of {i} about card {i * n}", f"intent {n}") for n in range(77) for i in range(20)
        )
    session = Session(path)
    await talk(session, "yes")
    told = said(await session.reply("what if I had 500 labelled?"))
    assert "500 leave 77 of 77 labels under 10 different examples" in told
    assert "which say next to nothing" in told
    assert "Careful" not in said(await session.reply("what if I had 5000 labelled?"))
