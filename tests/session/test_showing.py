"""Parts of the dataset's report told in the conversation, in the words every front end shows."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.session import Session
from tests.session.test_session import said

LABELS = 24


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    """Tickets with many labels, copies, and an input that stands with two of them."""
    path = tmp_path / "my tickets.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("text", "queue"))
        for n in range(LABELS * 12):
            writer.writerow((f"case {n} of the card that went missing {n // LABELS} days ago", f"queue {n % LABELS}"))
        writer.writerow(("case 0 of the card that went missing 0 days ago", "queue 1"))
        writer.writerow(("Case 1 of the card, that went missing 0 days ago", "queue 1"))
    return path


async def test_sections_are_told_and_the_question_is_put_again(tickets: Path) -> None:
    session = Session(tickets)
    opened = await session.open()
    step = await session.reply("show the duplicates")
    words = said(step)
    assert "copies, conflicts" in words and "1 in 2 rows with another answer" in words
    assert "queue 0" in words and "queue 1" in words, "the rows themselves"
    assert step.section == "copies" and step.asked == opened.asked
    assert step.messages[-1] == opened.messages[-1]
    step = await session.reply("which rows are wrong")
    assert "copies, conflicts" in said(step) and "label noise" in said(step)
    assert step.section == "copies"
    assert "No single field gives the label away." in said(await session.reply("what leaks")), "it was waited for"
    assert (await session.reply("?")).section is None
    await session.close()


async def test_a_long_section_says_how_many_more_there_are_and_where(tickets: Path) -> None:
    session = Session(tickets)
    await session.open()
    words = said(await session.reply("show labels"))
    assert words.count("█ ") + words.count("█\n") == 10
    assert f"… {LABELS - 10} more: press F9, or `advisor inspect '{tickets}'`." in words
    assert max(map(len, words.split("\n\nI take")[0].splitlines())) <= 60 or str(tickets) in words
    await session.close()


async def test_before_a_file_was_read_there_is_nothing_to_show(tmp_path: Path) -> None:
    session = Session(tmp_path / "missing.csv")
    await session.open()
    step = await session.reply("show labels")
    assert "I have read no file yet" in said(step) and step.section is None and step.asked == "data_path"
    await session.close()


def test_the_plain_front_end_prints_them(tickets: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "plain", str(tickets)], cwd=tmp_path, input="show labels\nquit\n", text=True,
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "14 more: press F9" in done.stdout and "queue 3" in done.stdout
